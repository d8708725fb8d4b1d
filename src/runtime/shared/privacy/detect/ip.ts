import { labels } from "../labels.ts";
import { type Add, matches } from "./found.ts";

const four = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;
/** A run of groups with colons; whether it is an address is for the parser. */
const six = /(?:[\da-f]{1,4}:|::)[\da-f:]{1,64}(?:\d{1,3}(?:\.\d{1,3}){3})?/gi;
const mac = /(?<![\w:-])[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\w]|[:-][\da-f])/gi;
/** Cisco's way, and `ip-203-0-113-7.example.net`, as providers name who is connected */
const dottedMac = /(?<![\w.])(?=[\d.]{0,12}[a-f])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w.])/gi;
const inHostName = /(?<![\d.])(?<!\d-)\d{1,3}(?:-\d{1,3}){3}(?=\.[a-z][\w-]{0,40}\.[a-z])/gi;
/** `Chrome/120.0.0.0`, `v1.2.3.4`, `version 1.2.3.4`, `pkg-1.2.3.4`, `pkg@1.2.3.4` */
const versionBefore = /(?:(?:^|[\s("';,])[A-Za-z][\w+-]{0,40}\/|\bv|\bversion["']?[ :=]{1,3}["']?|[A-Za-z][-@_])$/i;
/** Addresses of this machine, of none and of all: they are nobody's. */
const nobodys = /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$)/;
/** Of a server in a private network, where a scheme stands before it. */
const internal = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

/** Finds IP addresses of both versions by parsing, and MAC addresses. */
export function findIpAddresses(text: string, add: Add): void {
  for (const { 0: found, index } of matches(four, text)) {
    const before = text.slice(Math.max(0, index - 44), index);
    if (!isIpv4(found) || nobodys.test(found) || versionBefore.test(before)) continue;
    if (internal.test(found) && /:\/\/$/.test(before)) continue;
    add(index, index + found.length, labels.address);
  }
  for (const { 0: found, index } of text.includes(":") ? matches(six, text) : []) {
    // A part of a word: `std::vec`. A colon may join it to words: `rate:2001:db8::1:email`.
    const isWithinWord = /[\w.]/.test(text[index - 1] ?? "");
    const lead = (isWithinWord ? /^[\da-f]{0,4}:(?!:)/i : /^:(?!:)/).exec(found)?.[0].length ?? 0;
    if (lead === 0 && isWithinWord) continue;
    const isInWord = /\w/.test(text[index + found.length] ?? "");
    const rest = isInWord ? found.slice(lead).replace(/(?<=[\da-f]):[\da-f]{0,4}$/i, "") : found.slice(lead);
    const candidate = rest.replace(/(?<=::|[^:]):$/, "");
    if (isInWord && lead + candidate.length === found.length) continue;
    const bare = isIpv6(candidate) ? candidate : candidate.replace(/:\d{1,5}$|(?<=::):$/, "");
    if (isIpv6(bare)) add(index + lead, index + lead + bare.length, labels.address);
  }
  for (const pattern of [mac, dottedMac])
    for (const { 0: found, index } of matches(pattern, text)) add(index, index + found.length, labels.address);
  for (const { 0: found, index } of matches(inHostName, text)) {
    const plain = found.replaceAll("-", ".");
    if (isIpv4(plain) && !internal.test(plain)) add(index, index + found.length, labels.address);
  }
}

export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** An address of somebody: eight groups, or fewer around one `::`. `::1` is this machine's, `a::b` may be code. */
function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const mapped = last.includes(".");
  if (mapped && (!isIpv4(last) || nobodys.test(last))) return false;
  if (!groups.slice(0, mapped ? -1 : groups.length).every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  const count = groups.length + (mapped ? 1 : 0);
  if (halves.length === 1) return count === 8;
  if (count > 7 || groups.length === 0) return false;
  return (
    mapped ||
    // An IPv4 address in hexadecimal
    /^::ffff:[\da-f]{1,4}:[\da-f]{1,4}$/i.test(text) ||
    /^(?:2[\da-f]{3}|3[\da-f]{3}|f[cd][\da-f]{2}|fe[89ab][\da-f]|64)$/i.test(groups[0] ?? "") ||
    (count >= 4 && /\d/.test(text))
  );
}
