import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { findKeys } from "./detect/keys.ts";

const pseudonymPattern = /^h_[a-p]{20}$/;
/** Words, figures and letters drawn by lot, with the usual joints between them: no spaces, no at sign, no plus. */
const keyPattern = /^(?=.*[A-Za-z])[\w.:|-]{1,128}$/;
/** A word and a long number: a phone number as a chat service writes it (`whatsapp:15551234567`), or a counter. */
const wordAndNumber = /^[A-Za-z]+[_.:|-](?:\d[_.:|-]?){9,15}$/;
/** An IP address of version 6, whose groups have letters. */
const address = /^(?=.*:.*:)[\da-f:.]+$/i;
/** Keys without a letter, by lot: hexadecimal of 20 figures and more, UUIDs. */
const figuresAlone = /^(?:\d{20,64}|\d{8}-(?:\d{4}-){3}\d{12})$/;

/**
 * A stable stand-in for a value: the same for the same value in both apps, so that it can be counted and joined.
 * Letters alone (80 bits of SHA-256), so that no detector takes it for a number or a key. Salted with a constant: it
 * keeps a value from being read, not a determined person with a list of all phone numbers from trying each.
 *
 * @example pseudonym("+1 555 0100"); // the same letters each time
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

/**
 * An opaque key as it is; anything else as its pseudonym. By its shape alone, never by what its characters happen to be,
 * so that all ids of one kind are treated alike and join:
 *
 * - kept: UUID, ULID, hexadecimal, cuid, nanoid, KSUID, `cus_…`, `SM…`, `tenant_42`, `acme-beauty`;
 * - a pseudonym: a number alone (which may be a phone number), a word with a number of ten figures and more, an IP
 *   address, an issuer's key (`sk_live_…`, a JSON Web Token), whatever has a blank, `@`, `+`, `/` or more than 128 characters.
 *
 * @example opaqueId("tenant_42"); // "tenant_42"
 */
export function opaqueId(value: string | number): string {
  const id = String(value);
  const known = remembered.get(id);
  if (known !== undefined) return known;
  const opaque = isOpaque(id) ? id : pseudonym(id);
  if (remembered.size >= mostRemembered) remembered.clear();
  if (id.length <= 128) remembered.set(id, opaque);
  return opaque;
}

/** Ids that were looked at, and what became of them: tenants and devices come with every event. */
const remembered = new Map<string, string>();
const mostRemembered = 1_000;

function isOpaque(id: string): boolean {
  if (id === "" || figuresAlone.test(id)) return true;
  return keyPattern.test(id) && !wordAndNumber.test(id) && !address.test(id) && !isIssued(id);
}

/** Whether the id is a key: not one that has a key's beginning somewhere within, by chance. */
function isIssued(id: string): boolean {
  let found = false;
  findKeys(id, (start) => {
    if (start === 0 || id[start] === "_") found = true;
  });
  return found;
}
