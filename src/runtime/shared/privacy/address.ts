import { cutText, longestText, redactText } from "./text.ts";

const wholeAddress = /^[a-z][a-z\d+.-]{1,30}:\/\/\S*$/i;
const wholePath = /^\/[^\s?#]*[?#]/;

/** Whether a text is nothing but the address of a page, a script or a request. */
export function isAddress(text: string): boolean {
  return wholeAddress.test(text) || wholePath.test(text);
}

/**
 * An address without query and fragment, where names, searches and tokens are, without credentials, and with a redacted
 * path. An IP address in the place of a host may be the server's: on the way to a server it is nobody's.
 */
export function redactAddress(address: string, length?: number): string {
  const bare = address.replace(/[?#].*$/s, "");
  const [, scheme, host, path = ""] = /^([a-z][a-z\d+.-]{1,30}:\/\/)(?:[^/]*@)?([^/@]*)(.*)$/is.exec(bare) ?? [];
  if (scheme === undefined || host === undefined) return redactText(bare, length);
  const redactedHost = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/.test(host) ? host : redactText(host);
  return cutText(`${scheme}${redactedHost}${redactText(path)}`, length ?? longestText);
}
