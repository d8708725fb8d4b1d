import { posthogCloud, regionOfHost } from "../../model/posthog/hosts.ts";
import { type AppVariables, whyNotKnown } from "../access/apps.ts";
import { fails, holds, type Result, skipped } from "../checks/check.ts";
import type { DoctorContext, Symptom } from "./context.ts";

/** Checks that the management keys are set, of the right kind, and accepted. */
export const keysOpen: Symptom = {
  name: "keys",
  title: "The keys that manage the vendors",
  async run(context) {
    const { access, apps, posthog, sentry, upstash } = context;
    const wrong = access.keyFindings.map(({ problem, fix }) => fails("A key", problem, fix));
    const tried = await Promise.all([
      posthog
        ? accepted("PostHog's personal key", () => posthog.verify())
        : skipped("PostHog's personal key", "there is none"),
      sentry ? accepted("Sentry's token", () => sentry.verify()) : skipped("Sentry's token", "there is none"),
      upstash
        ? accepted("Upstash's credentials", () => upstash.databases())
        : skipped("Upstash's credentials", "there are none"),
    ]);
    return [...wrong, ...tried, ...[apps.browser, apps.server].map(placeResult), ...regionPair(context)];
  },
};

function placeResult(found: AppVariables): Result {
  const { place, variables } = found;
  // The findings about keys report which one is missing.
  if (variables.kind === "not looked at") return skipped(place, variables.cause.what);
  const cause = whyNotKnown(found);
  return cause ? fails(place, cause.what, cause.fix) : holds(place, "its variables can be read");
}

async function accepted(what: string, ask: () => Promise<unknown>): Promise<Result> {
  try {
    await ask();
    return holds(what, "is accepted");
  } catch (error) {
    return fails(what, error instanceof Error ? error.message : String(error), "make a new one, and export it");
  }
}

/** PostHog's app and ingestion hosts must be in one region: events sent to the other region never reach the project. */
function regionPair({ access }: DoctorContext): Result[] {
  const { host, ingestHost } = access.posthog;
  const [app, ingest] = [regionOfHost(host), regionOfHost(ingestHost)];
  const what = "PostHog's two addresses";
  if (app === undefined || ingest === undefined) return [];
  if (app === ingest) return [holds(what, `are both of the region ${app}`)];
  return [
    fails(
      what,
      `posthog:host is of the region ${app}, posthog:ingestHost of ${ingest}: events never reach the project`,
      `\`pulumi config set --stack ${access.stack} posthog:ingestHost ${posthogCloud[app].ingest}\``,
    ),
  ];
}
