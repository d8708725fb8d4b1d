import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { withoutCredentials } from "./credentials.ts";
import { withoutEmails } from "./emails.ts";
import { withoutLongNumbers } from "./numbers.ts";

const pseudonymPattern = /^h_[a-p]{20}$/;
/** UUIDs and the like: no spaces, no at sign. */
const keyPattern = /^[\w.:|-]{1,128}$/;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * A stable stand-in for a value: the same for the same value in both apps, so that it can be counted and joined.
 * Letters alone (80 bits of SHA-256), so that no detector takes it for a number or a key. Salted with a constant: it
 * keeps a value from being read, not a determined person with a list of all phone numbers from trying each.
 */
export function pseudonym(value: string | number | boolean | bigint): string {
  const text = String(value);
  if (pseudonymPattern.test(text)) return text;
  const hash = sha256(utf8ToBytes(`brandvx:${text.trim().toLowerCase()}`)).subarray(0, 10);
  return `h_${[...hash].map((byte) => letter(byte >> 4) + letter(byte & 15)).join("")}`;
}

function letter(nibble: number): string {
  return String.fromCharCode(97 + nibble);
}

/** An opaque key as it is; anything that looks like an address, a number or a secret as its pseudonym. */
export function opaqueId(value: string | number): string {
  const id = String(value);
  if (uuid.test(id) || pseudonymPattern.test(id) || id === "") return id;
  const harmless = keyPattern.test(id) && withoutLongNumbers(withoutCredentials(withoutEmails(id))) === id;
  return harmless ? id : pseudonym(id);
}
