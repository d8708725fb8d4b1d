import { allVendors } from "../../model/vendors/index.ts";

/**
 * How vendors' own plugins print that a key is refused: the status, and Cloudflare's codes for a token that it does not know or
 * cannot read, which come with 400, 401 or 403.
 */
const refused = /\b40[13]\b|\bunauthori[sz]ed\b|\((?:6003|6111|9106|9109|10000)\)/i;
const forbidden = /\b403\b(?!.*\((?:9109|10000)\))/;

/**
 * Names the variable of a key that a vendor refuses, for the resources of the vendors' own plugins, which name none. What this
 * project's own clients print does.
 *
 * @param type Pulumi's type of the resource that failed
 * @returns what to add to the message; empty where there is nothing to add
 */
export function refusedKeyRemedy(message: string, type: string): string {
  const vendor = allVendors.find(({ kinds }) => Object.hasOwn(kinds, type));
  if (vendor === undefined || !refused.test(message)) return "";
  const { key, ...others } = vendor.credentials;
  const { name } = vendor;
  const variables = [key, ...Object.values(others)].map(({ variable }) => variable);
  if (variables.some((variable) => message.includes(variable))) return "";
  const what = forbidden.test(message) ? "does not let the key do this" : "does not accept the key";
  return `\n  ${name} ${what}: look at ${variables.join(" and ")}, which must be ${key.need}`;
}
