import { comparablePropertyName, forbiddenPropertyNames } from "../../../catalog/privacy.ts";
import {
  keyNames,
  measures,
  namesOfNumbers,
  nationalNames,
  personalNames,
  publicNames,
  questions,
  reasons,
  secretNames,
  sentenceStarts,
  wholeNames,
} from "./tables/words.ts";

/** What a name says about its value. */
export type NameKind = "secret" | "personal" | "other";

const forbidden = new Set(forbiddenPropertyNames.map(comparablePropertyName));
const secret = new Set(secretNames);
const personal = new Set([...personalNames, ...nationalNames]);
const sentenceStart = new Set(sentenceStarts);
const whole = new Set(wholeNames);
const numbers = new Set(namesOfNumbers);
const reason = new Set(reasons);
const phones = new Set(["phone", "phone number", "mobile", "fax", "tel", "telephone", "whatsapp", "address"]);
const measure = new Set(measures);
const key = new Set(keyNames);
const question = new Set(questions);
const open = new Set(publicNames);

/** Most words of a name that are looked at together; longest name that is looked at, from its end. */
const mostTogether = 3;
const longestName = 96;

/** Whether no event may carry a property of this name: the catalog's list, in any spelling (`firstName`, `First-Name`). */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(comparablePropertyName(name));
}

/** The words of a name: `x-api-key`, `apiKeys`, `API_KEY` and `api.key` are all "api", "key". */
export function wordsOf(name: string): string[] {
  // Most names are one word in small letters.
  if (/^[a-z]{1,40}$/.test(name)) return [singular(name)];
  return name
    .slice(-longestName)
    .replace(/\[[a-z]{2,8}\]/g, " ")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map(singular);
}

/** Words that end in a figure that belongs to them; of others it only counts: `password2`, `line1`. */
const numbered = /^(?:ipv[46]|cvv2|line[12]|last4|oauth2|md5|base64)$/;

/** A word as it stands in the tables. */
export function singular(word: string): string {
  const bare = numbered.test(word) ? word : word.replace(/(?<=[a-z]{3})\d{1,2}$/, "");
  if (bare.length < 4 || /(?:[siu]s|sms|dns|tls|os|as)$/.test(bare)) return bare;
  return bare.replace(/(ss|x|ch)es$|s$/, "$1");
}

/** What a name says about its value, by the words in it. */
export function kindOfName(name: string): NameKind {
  const words = wordsOf(name);
  if (isMeasure(words)) return "other";
  if (contains(words, secret)) return "secret";
  if (contains(words, personal)) return "personal";
  const ending = words.map((word) => endings.exec(word)?.[0].slice(1)).find((found) => found !== undefined);
  return ending === undefined ? "other" : secret.has(ending) ? "secret" : "personal";
}

/** The same of the last of a sentence's words: `your first name`, not `the email was sent to`. */
export function kindOfWords(words: readonly string[]): NameKind {
  if (isMeasure(words)) return "other";
  for (let from = 0; from < words.length; from += 1) {
    const together = words.slice(from).join(" ");
    if (secret.has(together)) return "secret";
    if (personal.has(together)) return "personal";
  }
  return "other";
}

/** Whether a number is as private as a text under this name. */
export function takesNumbers(name: string): boolean {
  return contains(wordsOf(name), numbers);
}

/** Whether a name asks about the private thing, counts it or says of which kind it is: `has_email`, `token_type`. */
function isMeasure(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  const lastTwo = words.slice(-2).join(" ");
  if (open.has(lastTwo) || words.includes("with") || words.includes("without")) return true;
  if ([lastTwo, words.slice(-3).join(" ")].some((end) => secret.has(end) || personal.has(end))) return false;
  return (
    (words.length > 1 && (measure.has(last) || key.has(last) || question.has(words[0] ?? ""))) || measure.has(lastTwo)
  );
}

/** Names that are written together with what stands before them: `userpassword`, `clientsecret`. */
const endings =
  /.(?:password|passwd|passphrase|secret|token|apikey|credential|cookie|email|phonenumber|firstname|lastname)$/;

function contains(words: readonly string[], names: ReadonlySet<string>): boolean {
  for (let from = 0; from < words.length; from += 1) {
    let together = "";
    for (const word of words.slice(from, from + mostTogether)) {
      together = together === "" ? word : `${together} ${word}`;
      if (names.has(together)) return true;
    }
  }
  return false;
}

/** Whether a value is itself such a name: the next word of a sentence, a list of fields. */
export function isPrivateName(value: string): boolean {
  return /^[A-Za-z_ .-]{2,60}$/.test(value) && kindOfName(value) !== "other";
}

/** A value that says what became of the private thing, and is not it: "expired", "missing", "yes". */
export function isReason(value: string): boolean {
  if (value.length > 60) return false;
  if (/^[A-Z]{2}[\da-f]{32}$/.test(value)) return true;
  const words = value.trim().toLowerCase().split(/[ _-]/);
  return words.length <= 4 && words.every((word) => reason.has(word));
}

/** A sentence about the private thing: "must be a valid address". */
export function isSentenceAbout(value: string): boolean {
  const [first, second] = value.trim().toLowerCase().split(/\s+/, 2);
  return second !== undefined && sentenceStart.has(first ?? "");
}

/**
 * Whether a value under this name must not leave. Yes and no never are private; a number is where the name is one of
 * numbers (a PIN, a phone number), else it is a count.
 */
export function isPrivate(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "boolean") return false;
  const words = wordsOf(name);
  if (typeof value === "number" || typeof value === "bigint") {
    if (isMeasure(words) || !contains(words, numbers)) return false;
    // A phone number has more figures; a count of phones has not.
    return !contains(words, phones) || value >= 1_000_000;
  }
  if (isForbiddenName(name) || whole.has(words.join(" "))) return true;
  return kindOfName(name) !== "other" && !(typeof value === "string" && (isReason(value) || isSentenceAbout(value)));
}
