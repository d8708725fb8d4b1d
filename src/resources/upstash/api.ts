import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { Http } from "../kernel/http.ts";
import { noAnswer } from "../kernel/network.ts";

const database = z.object({
  database_id: z.string(),
  database_name: z.string(),
  tls: z.boolean().nullish(),
  primary_region: z.string().nullish(),
  budget: z.number().nullish(),
});
/** A database in a list. The list also contains passwords, which are not read. */
export interface LiveDatabase {
  id: string;
  name: string;
  /** False: without TLS, which the backend requires. */
  tls: boolean;
  /** Undefined: Upstash does not return it. */
  primaryRegion: string | undefined;
  /** US dollars a month; undefined when there is no budget, as on the free plan. */
  budget: number | undefined;
}

/** Upstash answers an error as a JSON text, or as an object (upstash.com/docs/devops/developer-api). */
const errorBody = z.union([
  z.string().transform((detail) => ({ detail })),
  z.object({ error: z.string() }).transform(({ error }) => ({ detail: error })),
]);

/** Read-only requests to Upstash's developer API, in addition to those of its plugin. */
export class UpstashApi {
  readonly #http: Http;
  readonly #secrets: readonly string[];

  constructor({ baseUrl, email, apiKey }: { baseUrl: string; email: string; apiKey: string }) {
    this.#secrets = [apiKey];
    this.#http = new Http({
      vendor: vendors.upstash.name,
      baseUrl,
      headers: { Authorization: `Basic ${Buffer.from(`${email}:${apiKey}`).toString("base64")}` },
      readError: (body) => errorBody.safeParse(body).data ?? {},
      explain: ({ status, code }) => {
        if (status === undefined) return noAnswer(baseUrl, code, "Look at UPSTASH_API_BASE_URL, where it is set");
        if (status === 401 || status === 403)
          return `Upstash does not accept the key (${status}). Look at UPSTASH_EMAIL and UPSTASH_API_KEY: a management API key of that account (in Upstash, Account > Management API)`;
        return undefined;
      },
    });
  }

  /** All Redis databases of the account. */
  async databases(): Promise<LiveDatabase[]> {
    const all = await this.#http.request("GET", "/v2/redis/databases", z.array(database), { secrets: this.#secrets });
    return all.map(({ database_id, database_name, tls, primary_region, budget }) => ({
      id: database_id,
      name: database_name,
      tls: tls !== false,
      primaryRegion: primary_region ?? undefined,
      budget: budget || undefined,
    }));
  }
}
