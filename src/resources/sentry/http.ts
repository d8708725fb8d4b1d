import { vendors } from "../../model/vendors/index.ts";
import { Http } from "../kernel/http.ts";
import { explain } from "./explain.ts";
import { readError } from "./read-error.ts";

/**
 * Requests to Sentry's API, with explained failures.
 * @param root Sentry's address, without `/api` and without a trailing slash
 * @param organization for the explanations
 */
export function sentryHttp({ root, organization, token }: { root: string; organization: string; token: string }): Http {
  return new Http({
    vendor: vendors.sentry.name,
    baseUrl: root,
    headers: { Authorization: `Bearer ${token}` },
    readError,
    explain: (failure) => explain(failure, { root, organization }),
  });
}
