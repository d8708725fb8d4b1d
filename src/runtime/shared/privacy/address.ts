import { redactText } from "./text.ts";

const wholeAddress = /^[a-z][a-z\d+.-]{1,30}:\/\/\S*$/i;
const wholePath = /^\/\S*[?#]/;

/** Whether a text is nothing but the address of a page, a script or a request. */
export function isAddress(text: string): boolean {
  return wholeAddress.test(text) || wholePath.test(text);
}

/** An address without query and fragment, where names, searches and tokens are, and with a redacted path. */
export function redactAddress(address: string, length?: number): string {
  return redactText(address.replace(/[?#].*$/s, ""), length);
}
