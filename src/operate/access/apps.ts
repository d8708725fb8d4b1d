import type { App } from "../../catalog/variable.ts";
import { CloudflareApi } from "../../resources/cloudflare/api.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { RenderApi } from "../../resources/render/api.ts";
import { isFailure } from "../command/failure.ts";
import { type Access, requireKey } from "./access.ts";

/** A variable as an app has it. */
export interface LiveValue {
  readonly visibility: "public" | "secret";
  /** Undefined: the vendor does not show it. Only to be used or compared, never to be shown. */
  readonly value: string | undefined;
}

/** What an app finds in its environment, where it is deployed. */
export interface AppVariables {
  readonly app: App;
  /** "Pages project operator-ui" */
  readonly place: string;
  readonly variables: ReadonlyMap<string, LiveValue>;
  /** Why they cannot be read; there are none then. */
  readonly problem?: { readonly what: string; readonly fix: string };
}

/** The variables of both apps, as they are live. */
export const liveVariables = async (access: Access): Promise<Record<App, AppVariables>> => {
  const [browser, server] = await Promise.all([browserVariables(access), serverVariables(access)]);
  return { browser, server };
};

/**
 * Where people open the browser app: what the stack says, else the domain of the Pages project. Undefined: Cloudflare
 * knows of none, or cannot be asked, which the variables' own check tells.
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
    // Render makes no difference between secret and public: whoever sees the service sees them all.
    return found && new Map([...found].map(([name, value]) => [name, { visibility: "secret", value }]));
  });
}

async function reading(
  app: App,
  place: string,
  read: () => Promise<ReadonlyMap<string, LiveValue> | undefined>,
): Promise<AppVariables> {
  const none = { app, place, variables: new Map() };
  try {
    const variables = await read();
    if (variables) return { app, place, variables };
    return {
      ...none,
      problem: { what: `there is no ${place}`, fix: "pulumi up makes it, or names the setting that is wrong" },
    };
  } catch (error) {
    if (isFailure(error)) return { ...none, problem: { what: error.message, fix: error.fix ?? "" } };
    if (isVendorError(error)) return { ...none, problem: { what: error.message, fix: "mend that first" } };
    throw error;
  }
}

/** What an app works with: a value that can be read and is not empty. */
export const valueAt = ({ variables }: AppVariables, name: string): string | undefined =>
  variables.get(name)?.value || undefined;
