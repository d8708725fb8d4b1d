import { type VendorName, vendors } from "../../model/vendors/index.ts";
import type { DashboardChange } from "../changes/dashboards.ts";
import type { Becomes } from "../plan/plan.ts";

/** How to keep a change made by hand: a command that rewrites the definition, or instructions when there is no command. */
export type Keep = { readonly command: string } | { readonly advice: string };

/**
 * The command that restores what the code says: for everything, or for one resource, named by the unique end of its URN.
 * The whole URN would fill three lines.
 */
export function healCommand(stack: string, urn?: string): string {
  const target = urn === undefined ? "" : ` --target '**${endOf(urn)}'`;
  return `pulumi up --refresh --run-program --stack ${stack}${target}`;
}

/** "posthog:Dashboard::activation-funnel" */
function endOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(/[$/]/).at(-1)}::${name}`;
}

export function keepDashboard(stack: string, { key, change, url }: DashboardChange): Keep {
  if (change === "removed") {
    return {
      advice: `remove \`dashboards/${key}.ts\`, take it out of \`dashboards/index.ts\`, and run \`pulumi up --refresh --run-program\``,
    };
  }
  return url === undefined
    ? { advice: `write the change into \`dashboards/${key}.ts\`` }
    : { command: `npx obs import dashboard ${url} --stack ${stack}` };
}

export function keepAlert(vendor: VendorName<"posthog" | "sentry">, change: Becomes): Keep {
  const file = vendor === vendors.posthog.name ? "alerts/posthog.ts" : "alerts/sentry.ts";
  return { advice: change === "removed" ? `remove it from \`${file}\`` : `write the change into \`${file}\`` };
}

/** A variable's value comes from its source and can only be changed there. */
export function keepVariables(sources: readonly (string | undefined)[]): Keep {
  const known = [...new Set(sources.filter((source) => source !== undefined))];
  return {
    advice:
      known.length === 0
        ? "take it out of `src/catalog/environment.ts`"
        : `change the value where it comes from: ${known.join("; ")}`,
  };
}

export function keepOther(urn: string, change: Becomes): Keep {
  if (/posthog:Annotation::/.test(urn)) {
    return {
      advice: "it cannot be kept: the annotation's text follows from the release; add an annotation of your own",
    };
  }
  if (/posthog:EventDefinitions::/.test(urn) && change !== "removed") {
    return { advice: "write the change into `src/catalog/events.ts`" };
  }
  if (/posthog:FeatureFlag::/.test(urn)) {
    return {
      advice:
        change === "removed"
          ? "delete it from the apps' code, then from `src/catalog/flags.ts`"
          : "write the change into `src/catalog/flags.ts`",
    };
  }
  if (/posthog:ProjectSettings::/.test(urn) && change !== "removed") {
    return {
      advice: "write the change into `src/catalog/project-settings.ts`, and say in `docs/privacy.md` what is promised",
    };
  }
  if (/posthog:EventFilter::/.test(urn) && change !== "removed") {
    return {
      advice: "write the change into `src/catalog/event-filter.ts`; what passes follows from `src/catalog/events.ts`",
    };
  }
  if (/posthog:EventSchemas::/.test(urn) && change !== "removed") {
    return {
      advice:
        "write the change into `src/catalog/events.ts`; which events PostHog refuses is in `src/catalog/event-schemas.ts`",
    };
  }
  if (/:SentryProject::/.test(urn) && change === "changed") {
    return {
      advice:
        "a new slug cannot be kept: to the code it is another project; write other changes into `src/platform/sentry/project.ts`",
    };
  }
  return {
    advice:
      change === "removed"
        ? "take it out of the program or of the stack's configuration"
        : "write the change into the program or into the stack's configuration",
  };
}
