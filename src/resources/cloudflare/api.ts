import { z } from "zod";
import { isVendorError } from "../kernel/errors.ts";
import type { Http } from "../kernel/http.ts";
import { projectNotFound } from "./explain.ts";
import { cloudflareHttp } from "./http.ts";

export const pagesEnvironments = ["production", "preview"] as const;
/** The two sets of settings that a Pages project has. */
export type PagesEnvironment = (typeof pagesEnvironments)[number];

/** A variable in Cloudflare's format. A `secret_text` is read back with an empty value. */
export interface LiveVariable {
  type: string;
  value: string;
}

/** By environment, by name. */
export type LiveVariables = Record<PagesEnvironment, Record<string, LiveVariable>>;

/**
 * A variable's new state: `null` removes it. Always both type and value, because a PATCH without one of them is not
 * documented.
 */
export type VariableChange = { type: "plain_text" | "secret_text"; value: string } | null;
export type VariableChanges = { [In in PagesEnvironment]?: Record<string, VariableChange> };

const variable = z.object({ type: z.string().nullish(), value: z.string().nullish() });
const settings = z.object({ env_vars: z.record(z.string(), variable.nullable()).nullish() }).nullish();
const project = z.object({
  result: z.object({
    deployment_configs: z.object({ production: settings, preview: settings }).nullish(),
    subdomain: z.string().nullish(),
    domains: z.array(z.string()).nullish(),
  }),
});
type Project = z.infer<typeof project>["result"];

/**
 * The part of Cloudflare's API for one account's Pages projects that this package needs
 * (developers.cloudflare.com/api/resources/pages/subresources/projects).
 */
export class CloudflareApi {
  readonly #http: Http;
  readonly #accountId: string;

  constructor({ baseUrl, accountId, token }: { baseUrl: string; accountId: string; token: string }) {
    this.#accountId = accountId;
    this.#http = cloudflareHttp({ baseUrl, accountId, token });
  }

  /** All variables of a project. Undefined when there is no such project. */
  async variables(projectName: string): Promise<LiveVariables | undefined> {
    const found = await this.#project(projectName);
    return found && variablesOf(found);
  }

  /** Addresses of a project's production: custom domains first, then its own. Empty without any. */
  async domains(projectName: string): Promise<string[]> {
    const { subdomain, domains } = (await this.#project(projectName)) ?? {};
    const own = subdomain ? [subdomain] : [];
    return [...(domains ?? []).filter((domain) => domain !== subdomain), ...own];
  }

  /** Undefined when there is no such project. */
  async #project(projectName: string): Promise<Project | undefined> {
    try {
      return (await this.#http.request("GET", this.#path(projectName), project)).result;
    } catch (error) {
      if (isVendorError(error) && error.failure.code === projectNotFound) return undefined;
      throw error;
    }
  }

  /** One PATCH, which Cloudflare merges key by key: other keys stay unchanged. It succeeds or fails as a whole. */
  async changeVariables(projectName: string, changes: VariableChanges): Promise<void> {
    const configs = Object.entries(changes).map(([environment, env_vars]) => [environment, { env_vars }]);
    const secrets = Object.values(changes)
      .flatMap(Object.values<VariableChange>)
      .flatMap((change) => (change?.type === "secret_text" ? change.value : []));
    const body = { deployment_configs: Object.fromEntries(configs) };
    await this.#http.request("PATCH", this.#path(projectName), z.unknown(), { body, secrets });
  }

  #path = (projectName: string): string =>
    `/accounts/${encodeURIComponent(this.#accountId)}/pages/projects/${encodeURIComponent(projectName)}`;
}

function variablesOf({ deployment_configs }: Project): LiveVariables {
  const of = (environment: PagesEnvironment) =>
    Object.fromEntries(
      Object.entries(deployment_configs?.[environment]?.env_vars ?? {}).flatMap(([name, found]) =>
        found ? [[name, { type: (found.type ?? "plain_text").toLowerCase(), value: found.value ?? "" }]] : [],
      ),
    );
  return { production: of("production"), preview: of("preview") };
}
