import { vendors } from "../../model/vendors/index.ts";
import { type Failure, quoted } from "../kernel/errors.ts";
import { noAnswer } from "../kernel/network.ts";

const { address } = vendors.cloudflare;

/** Pages' code for a project that does not exist, in an account that does (cloudflare/workers-sdk#12203). */
export const projectNotFound = "8000007";
/** The path does not fit the API: an id in it has the wrong form (community.cloudflare.com/t/253309). */
const noRoute = new Set(["7000", "7003"]);
/** The Authorization header is missing or does not contain a token. Cloudflare answers 400. */
const badHeader = new Set(["6003", "6111", "9106"]);

/** Which of token, account id, project name and base URL to check. Undefined: the plain description is enough. */
export function explain(
  { status, code, detail, method, path }: Failure,
  { baseUrl, accountId }: { baseUrl: string; accountId: string },
): string | undefined {
  if (status === undefined) {
    return noAnswer(baseUrl, code, `Look at ${address.configKey}; without it, ${address.default} is used`);
  }
  if (status === 401 || (code !== undefined && badHeader.has(code))) {
    return `Cloudflare does not accept the token${quoted(detail)}. Look at CLOUDFLARE_API_TOKEN: it must be an API token (not a global API key) that has not expired`;
  }
  if (status === 403) {
    return `the token may not do this in account ${accountId}${quoted(detail)}. Look at the account id, and at the token: it needs the permission Account > Cloudflare Pages > Edit for this account`;
  }
  if (code === projectNotFound) {
    const name = decodeURIComponent(path.split("/").at(-1) ?? "");
    return noProject(name, accountId);
  }
  if (code !== undefined && noRoute.has(code)) {
    return `Cloudflare does not know account ${accountId}${quoted(detail)}. Look at the account id: 32 hexadecimal digits, in the address of Cloudflare's dashboard`;
  }
  if (code === "unexpected_answer" || code === undefined) {
    return `${baseUrl} does not answer as Cloudflare's API does (${status} to ${method} ${path})${quoted(detail)}. Look at cloudflare:baseUrl`;
  }
  return undefined;
}

export const noProject = (name: string, accountId: string): string =>
  `there is no Pages project "${name}" in account ${accountId}. Look at the project's name (in Cloudflare: Workers & Pages) and at the account id`;
