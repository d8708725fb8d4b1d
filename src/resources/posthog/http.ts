import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { Http, type HttpOptions } from "../kernel/http.ts";
import { explain, type PosthogProject } from "./explain.ts";

const errorBody = z.object({ code: z.string(), detail: z.string(), attr: z.string().nullable() }).partial();

/**
 * Requests to PostHog's API, with explained failures.
 * @param more overrides of the client's options
 */
export function posthogHttp(
  { host, projectId, key }: PosthogProject & { key: string },
  more: Partial<HttpOptions> = {},
): Http {
  return new Http({
    vendor: vendors.posthog.name,
    baseUrl: host,
    headers: { Authorization: `Bearer ${key}` },
    readError: (body) => errorBody.safeParse(body).data ?? {},
    explain: (failure) => explain(failure, { host, projectId }),
    ...more,
  });
}
