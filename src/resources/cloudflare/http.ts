import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { Http } from "../kernel/http.ts";
import { explain } from "./explain.ts";

const errorBody = z.object({ errors: z.array(z.object({ code: z.number(), message: z.string() })).min(1) });

/**
 * Requests to Cloudflare's API, with explained failures.
 * @param accountId for the explanations
 */
export function cloudflareHttp({
  baseUrl,
  accountId,
  token,
}: {
  baseUrl: string;
  accountId: string;
  token: string;
}): Http {
  return new Http({
    vendor: vendors.cloudflare.name,
    baseUrl,
    headers: { Authorization: `Bearer ${token}` },
    readError: (body) => {
      const [first] = errorBody.safeParse(body).data?.errors ?? [];
      return first ? { code: String(first.code), detail: first.message } : {};
    },
    explain: (failure) => explain(failure, { baseUrl, accountId }),
  });
}
