import { labels } from "../labels.ts";
import { isPrivateName, isReason } from "../names.ts";
import { type Add, matches, placeOf } from "./found.ts";
import { surpriseOf } from "./letters.ts";

/*
 * What sentences and command lines put beside each other without a sign. Each pattern has the private part as its last
 * group.
 */

/** `password hunter2`, `the API key abc123`, `secret "…"` */
const told =
  /(?<![A-Za-z])(passwords?|passwd|passcode|passphrase|passwort|pwd|pin|otp|tokens?|secrets?|jwt|session(?: id)?|cookie|credentials?|(?:api|access|secret|private|signing|license|encryption|service)[ _-]?keys?|nonce|signature|authorization|basic)["']? (?:of |to |for user \S{1,40} (?:is )?|for [\w.@-]{1,40}(?: [\w.@-]{1,40})?(?: is| was| =|:) |now |-> |→ |value )?(["'`(]{0,2})([^\s"'`,;<>()]{4,2048})/dgi;
/** `Your BrandVX verification code is 123456`, `code: 123-456`, `123456 is your code`, `G-123456` */
const codes: readonly RegExp[] = [
  /(?:verification|verify|one[- ]?time|security|login|log-in|sign-?in|access|auth\w{0,10}|confirmation|reset|2fa|mfa|otp|sms|pass|pairing|activation)[ -]?(?:code|pin|passcode|password|otp)?(?: (?:for|to) [\w .]{1,30}?)?(?: is|:|=| -)? {0,2}(?<!\d)(?<!\d[ -])((?:[A-Z]-)?\d{3}[ -]?\d{1,5})(?![\d:]|\.\d|\s?(?:ms|s|seconds?|minutes?|attempts?|times|errors?)\b)/dgi,
  /\b(?:your|the) (?:[\w.-]{1,24} ){0,3}(?:code|pin|passcode|password|otp)(?: is|:) {0,2}((?:[A-Z]-)?(?=[A-Z\d -]{0,8}\d)[A-Z\d]{2,4}[ -]?[A-Z\d]{1,5})(?!\w|\.\w)/dgi,
  /\b(?:use|enter|type|submit|insert)(?: the)?(?: code)? (\d{3}[ -]?\d{1,5}) (?:to|for|as|when) (?:sign|log|verify|confirm|continue|complete|reset|finish|your|access|unlock|activate|pair)/dgi,
  /(?<![\d.:-])((?:[A-Z]-)?\d{3}[ -]?\d{1,5}) (?:is|as) (?:your|the|a) [\w -]{0,40}?(?:code|otp|pin|passcode|password)/dgi,
];
const bearer = /(?:bearer|\b(?:basic|digest|apikey|negotiate))(?:\s{1,4}|\.)([A-Za-z0-9._~+/=:-]{6,4096})/dgi;
const born =
  /(?:\b(?:born|birth(?:day|date)?|dob|d\.o\.b\.|geboren)|\bn[ée]e? le|\bnacid[oa])(?: (?:on|is|was|of|at|in|am|el))?[ :=]{1,3}["']?(\d{1,4}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{1,4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4}|\d{1,2}(?:st|nd|rd|th|\.)? [A-Z][a-z]{2,8},? \d{4})/dgi;
/** curl's `-u name:password`, mysql's `-ppassword`, `sshpass -p password` */
const logins: readonly RegExp[] = [
  /(?<![\w-])(?:-u|--user|--proxy-user|-a) ?["']?(?!https?:)([^\s:"']{1,64}:[^\s"']{1,256})/dg,
  /(?<![\w-])-p["']([^"'\s]{3,128})["']/dg,
  /\b(?:HTTP)?(?:Basic|Digest|Proxy)Auth(?:entication|Handler)?\( ?["'][^"'\n]{0,128}["'], ?["']([^"'\n]{2,256})["']/dg,
  /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,120}? -p([^\s"'-][^\s"']{2,128})/dg,
  /\b(?:sshpass|unzip|7z|openssl|docker login|htpasswd|ldapsearch|rabbitmqctl|zip)\b[^\n]{0,120}? (?:-p|-P|-w|-b|-passin|-pass)[ =]["']?(?:pass:)?([^\s"'-][^\s"']{2,128})/dg,
];

/** Finds what sentences and command lines say without a sign between. */
export function findSentences(text: string, add: Add): void {
  for (const found of matches(told, text)) {
    const [, name = "", quote = "", raw = ""] = found;
    const value = raw.replace(/[.)\]}:!?]{1,8}$/, "");
    if (!isTold(name, value, /["'`]/.test(quote))) continue;
    const [start] = placeOf(found, 3);
    add(start, start + value.length, labels.token);
  }
  for (const found of matches(bearer, text)) {
    const value = found[1] ?? "";
    if (isReason(value) || (/^[A-Z]?[a-z]+$/.test(value) && surpriseOf(value) < 4.7)) continue;
    if (/^(?:realm|error|scope|charset)=/.test(value)) continue;
    add(...placeOf(found, 1), labels.token);
  }
  for (const pattern of [...codes, ...logins]) {
    for (const found of matches(pattern, text)) add(...placeOf(found, 1), labels.token);
  }
  for (const found of matches(born, text)) add(...placeOf(found, 1), labels.private);
}

/** Whether a word after a secret's name is the secret: not a word of the sentence. */
function isTold(name: string, value: string, isQuoted: boolean): boolean {
  if (isReason(value) || /^\[[a-z]*\]?$|^\w+[=:]|^https?:|^[$%{]/.test(value) || isPrivateName(value)) return false;
  if (/^pin$/i.test(name)) return /^\d{4,8}$/.test(value);
  const isChosen = /pass|pwd|secret|phrase/i.test(name);
  if (isQuoted) return isChosen || /[\d_-]/.test(value);
  if (isChosen && ((/\d/.test(value) && /[A-Za-z]/.test(value)) || /[!$%^&*#@]/.test(value)))
    return !/^v?\d+\.\d/.test(value);
  if (/^[\da-f]{16,}$/i.test(value)) return true;
  // Groups of letters and figures, but for a word with a number.
  if (
    /token|key/i.test(name) &&
    /^(?=.{8,})(?:[A-Za-z\d]{1,24}[-_]){1,8}[A-Za-z\d]{1,24}$/.test(value) &&
    /[A-Za-z]/.test(value)
  )
    return /\d/.test(value) && !/^[A-Za-z]+[-_]\d{1,6}$/.test(value);
  return (
    value.length >= 8 &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    surpriseOf(value.replaceAll(/[^A-Za-z0-9]/g, "")) >= 4.2
  );
}
