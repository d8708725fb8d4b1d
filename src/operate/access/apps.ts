import type { App } from "../../catalog/variable.ts";
import { CloudflareApi } from "../../resources/cloudflare/api.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { RenderApi } from "../../resources/render/api.ts";
import { isFailure } from "../command/failure.ts";
import { type Access, requireKey } from "./access.ts";
import type { Cause, Lookup } from "./lookup.ts";

/** The variables by which each app reaches PostHog. */
export const posthogVariables = {
  browser: { key: "VITE_POSTHOG_KEY", host: "VITE_POSTHOG_HOST" },
  server: { key: "POSTHOG_API_KEY", host: "POSTHOG_HOST" },
} as const satisfies Record<App, object>;

/** The variables by which each app reaches Sentry. */
export const sentryVariables = {
  browser: { dsn: "VITE_SENTRY_DSN", environment: "VITE_SENTRY_ENVIRONMENT" },
  server: { dsn: "SENTRY_DSN", environment: "SENTRY_ENVIRONMENT" },
} as const satisfies Record<App, object>;

/** A variable as it is set for an app. */
export interface LiveValue {
  readonly visibility: "public" | "secret";
  /** Undefined: the vendor does not show it. Use it or compare it, but never print it. */
  readonly value: string | undefined;
}

/** The environment variables of a deployed app. */
export interface AppVariables {
  readonly app: App;
  /** "Pages project operator-ui" */
  readonly place: string;
  /** By name. Absent: the vendor has no such project or service. */
  readonly variables: Lookup<ReadonlyMap<string, LiveValue>>;
}

/** What is known about one variable of an app. hidden: it is set, but its vendor never shows its value. */
export type VariableLookup = Lookup<string> | { readonly kind: "empty" | "hidden" };

export function variableAt(found: AppVariables, name: string): VariableLookup {
  const { variables } = found;
  if (variables.kind === "absent") return { kind: "unreadable", cause: noPlace(found) };
  if (variables.kind !== "value") return variables;
  const live = variables.value.get(name);
  if (!live) return { kind: "absent" };
  if (live.value === undefined) return { kind: "hidden" };
  return live.value === "" ? { kind: "empty" } : { kind: "value", value: live.value };
}

/** Why an app's variables could not be read; undefined when they could. */
export function whyNotKnown(found: AppVariables): Cause | undefined {
  if (found.variables.kind === "value") return undefined;
  return found.variables.kind === "absent" ? noPlace(found) : found.variables.cause;
}

const noPlace = ({ place }: AppVariables): Cause => ({
  what: `there is no ${place}`,
  fix: "pulumi up makes it, or names the setting that is wrong",
});

/** The live variables of both apps. */
export const liveVariables = async (access: Access): Promise<Record<App, AppVariables>> => {
  const [browser, server] = await Promise.all([browserVariables(access), serverVariables(access)]);
  return { browser, server };
};

/**
 * Public address of the browser app: from the stack's settings, else the domain of the Pages project. Undefined: Cloudflare
 * has none or cannot be read; the check of the variables reports which.
 */
export async function browserAppUrl(access: Access): Promise<string | undefined> {
  if (access.appUrl !== undefined) return access.appUrl;
  const { accountId, projectName, apiUrl } = access.pages;
  const token = access.keys.cloudflare;
  if (!token) return undefined;
  try {
    const [domain] = await new CloudflareApi({ baseUrl: apiUrl, accountId, token }).domains(projectName);
    return domain === undefined ? undefined : `https://${domain}`;
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}

async function browserVariables(access: Access): Promise<AppVariables> {
  const { accountId, projectName, apiUrl } = access.pages;
  const place = `Pages project ${projectName}`;
  return reading("browser", place, async () => {
    const api = new CloudflareApi({ baseUrl: apiUrl, accountId, token: requireKey(access, "cloudflare") });
    const found = await api.variables(projectName);
    return (
      found &&
      new Map(
        Object.entries(found.production).map(([name, { type, value }]) => [
          name,
          type === "secret_text" ? { visibility: "secret", value: undefined } : { visibility: "public", value },
        ]),
      )
    );
  });
}

async function serverVariables(access: Access): Promise<AppVariables> {
  const { serviceId, apiUrl } = access.render;
  return reading("server", `Render service ${serviceId}`, async () => {
    const found = await new RenderApi({ host: apiUrl, key: requireKey(access, "render") }).variables(serviceId);
    // Render does not distinguish secret from public: whoever may see the service sees all values.
    return found && new Map([...found].map(([name, value]) => [name, { visibility: "secret", value }]));
  });
}

async function reading(
  app: App,
  place: string,
  read: () => Promise<ReadonlyMap<string, LiveValue> | undefined>,
): Promise<AppVariables> {
  try {
    const value = await read();
    return { app, place, variables: value ? { kind: "value", value } : { kind: "absent" } };
  } catch (error) {
    const cause = (what: string, fix = "mend that first"): Cause => ({ what, fix });
    if (isFailure(error))
      return { app, place, variables: { kind: "not looked at", cause: cause(error.message, error.fix) } };
    if (isVendorError(error)) return { app, place, variables: { kind: "unreadable", cause: cause(error.message) } };
    throw error;
  }
}

/** The value that an app has; undefined for whatever reason it is not known. */
export function valueAt(found: AppVariables, name: string): string | undefined {
  const known = variableAt(found, name);
  return known.kind === "value" ? known.value : undefined;
}
