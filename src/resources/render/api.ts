import { z } from "zod";
import { hasStatus } from "../kernel/errors.ts";
import type { Http } from "../kernel/http.ts";
import { makeOnce } from "../kernel/lost.ts";
import { isMissingService } from "./explain.ts";
import { renderHttp } from "./http.ts";

const variablePage = z.array(
  z.object({ envVar: z.object({ key: z.string(), value: z.string() }), cursor: z.string() }),
);
const deployPage = z.array(z.object({ deploy: z.object({ id: z.string() }) }));

/** Maximum page size of Render; its default is 20. */
const pageSize = 100;

/**
 * The part of Render's API that this package needs: a service's own variables, one at a time, and its deploys
 * (api-docs.render.com). The call that replaces all variables is omitted on purpose: it deletes all others.
 */
export class RenderApi {
  readonly #http: Http;

  constructor({ host, key }: { host: string; key: string }) {
    this.#http = renderHttp({ host, key });
  }

  /** All of the service's own variables, by name. Undefined when there is no such service. */
  async variables(serviceId: string): Promise<Map<string, string> | undefined> {
    const found = new Map<string, string>();
    try {
      for (let cursor = ""; ; ) {
        const query = new URLSearchParams({ limit: String(pageSize), ...(cursor ? { cursor } : {}) });
        const page = await this.#http.request("GET", this.#path(serviceId, `env-vars?${query}`), variablePage);
        for (const { envVar } of page) found.set(envVar.key, envVar.value);
        const last = page.at(-1);
        // Only an empty page marks the end.
        if (!last) return found;
        cursor = last.cursor;
      }
    } catch (error) {
      if (isMissingService(error)) return undefined;
      throw error;
    }
  }

  /** Adds a variable or changes its value. Does not deploy. */
  async setVariable(serviceId: string, name: string, value: string): Promise<void> {
    const path = this.#path(serviceId, `env-vars/${encodeURIComponent(name)}`);
    await this.#http.request("PUT", path, z.unknown(), { body: { value }, secrets: [value] });
  }

  /** A variable that does not exist counts as deleted. Does not deploy. */
  async removeVariable(serviceId: string, name: string): Promise<void> {
    try {
      await this.#http.request("DELETE", this.#path(serviceId, `env-vars/${encodeURIComponent(name)}`), z.unknown());
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
  }

  /**
   * Starts one deploy of the live build ("deploy_only"), which uses the new variables and ships no commit. Does not
   * wait for it. When the answer is lost, any deploy that started after this call began counts, because it uses the
   * variables, too.
   */
  async deploy(serviceId: string): Promise<void> {
    const before = await this.#latestDeploy(serviceId);
    const path = this.#path(serviceId, "deploys");
    await makeOnce(
      // 201 with the deploy, or 202 without a body when it is queued behind another one.
      () => this.#http.request("POST", path, z.unknown(), { body: { deployMode: "deploy_only" } }),
      async () => {
        const latest = await this.#latestDeploy(serviceId);
        return latest === before ? undefined : latest;
      },
    );
  }

  async #latestDeploy(serviceId: string): Promise<string | undefined> {
    const [latest] = await this.#http.request("GET", this.#path(serviceId, "deploys?limit=1"), deployPage);
    return latest?.deploy.id;
  }

  #path = (serviceId: string, rest: string): string => `/services/${encodeURIComponent(serviceId)}/${rest}`;
}
