import { comparablePropertyName, forbiddenPropertyNames } from "../../../catalog/privacy.ts";
import { labelsApart } from "./labels.ts";
import words from "./tables/words.json" with { type: "json" };

/** What a name says about its value. */
export type NameKind = "secret" | "personal" | "other";

/** Words that end in a figure that belongs to them; of others it only counts: `password2`. */
const numbered =
  /^(?:ipv[46]|cvv2|line[123]|street[12]|address[12]|addressline[12]|zip4|last4|oauth2|md5|base64|e164|p12|2fa)$/;

const forbidden = new Set(forbiddenPropertyNames.map(comparablePropertyName));
const named = (list: readonly string[]) => new Set(list.map((name) => name.split(" ").map(singular).join(" ")));
const plain = (list: readonly string[]) => new Set(list);
const secret = named(words.secretNames);
const personal = named([...words.personalNames, ...words.nationalNames]);
const person = named(words.persons);
const keyOfData = plain(words.keysOfData);
const sentenceStart = plain(words.sentenceStarts);
const whole = named(words.wholeNames);
const numbers = named([...words.namesOfNumbers, ...words.nationalNames]);
const reason = plain(words.reasons);
const phones = plain(words.namesOfPhones);
const measure = named(words.measures);
const key = plain(words.keyNames);
const question = plain(words.questions);
/** Words that make a question of whatever follows: `is_api_key`. */
const asks = plain(["is", "has", "are", "was", "were", "can", "should"]);
const open = named(words.publicNames);
const written = plain(words.writtenNames);
const writtenBefore = plain(words.writtenBefore);
const partOfName = plain(["first", "last", "middle", "given", "family"]);
const personPart = plain(words.personParts);

/** Most words of a name that are looked at together; longest name that is looked at, from its end. */
const mostTogether = 3;
/** Most last words of a sentence that are looked at. */
const mostWords = 4;
const longestName = 96;

/** Whether no event may carry a property of this name: the catalog's list, in any spelling (`firstName`, `First-Name`). */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(comparablePropertyName(name));
}

/** Names and their words: an app has few names, and each of its events comes with them. */
const wordsOfNames = new Map<string, readonly string[]>();

/** The words of a name: `x-api-key`, `apiKeys`, `API_KEY` and `api.key` are all "api", "key". */
export function wordsOf(name: string): readonly string[] {
  let found = wordsOfNames.get(name);
  if (found === undefined) {
    found = splitWords(name);
    if (wordsOfNames.size >= mostLooked) wordsOfNames.clear();
    wordsOfNames.set(name, found);
  }
  return found;
}

function splitWords(name: string): string[] {
  // Most names are one word in small letters.
  if (/^[a-z]{1,40}$/.test(name)) return [singular(name)];
  return (
    name
      .slice(-longestName)
      .replace(labelsApart, " ")
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      // `line 1`, `address_2`: which one it is of several.
      .filter((word, index) => word !== "" && (index === 0 || !/^\d+$/.test(word)))
      .map(singular)
  );
}

function singular(word: string): string {
  const bare = numbered.test(word) ? word : word.replace(/(?<=[a-z]{3})\d{1,2}$/, "");
  if (bare.length < 4 || /(?:[siu]s|sms|dns|tls|os|as)$/.test(bare)) return bare;
  return bare.replace(/(ss|x|ch)es$|s$/, "$1");
}

/** Names that were looked at, and what was found: an app has few, and puts them on every event. */
const looked = new Map<string, NameKind>();
const mostLooked = 1_000;

function remembered(name: string, look: () => NameKind): NameKind {
  let kind = looked.get(name);
  if (kind === undefined) {
    kind = look();
    if (looked.size >= mostLooked) looked.clear();
    looked.set(name, kind);
  }
  return kind;
}

/** What a name says about its value, by the words in it. */
export function kindOfName(name: string): NameKind {
  return remembered(name, () => kindByWords(name));
}

function kindByWords(name: string): NameKind {
  const words = withoutPublic(wordsOf(name));
  if (words.length > 1 && words.at(-1) === "name" && isPerson(words.slice(0, -1).join(" "))) return "personal";
  if (words.length > 1 && partOfName.has(words.at(-1) ?? "") && isPerson(words.slice(0, -1).join(" ")))
    return "personal";
  // `bookedByName`, not `sortByName`
  if (words.at(-1) === "name" && words.at(-2) === "by" && /(?:ed|made|sent|done)$/.test(words.at(-3) ?? ""))
    return "personal";
  if (isMeasure(words)) return "other";
  if (written.has(words.at(-1) ?? "") && writtenBefore.has(words.at(-2) ?? "")) return "personal";
  if (/^[A-Z\d]+(?:_[A-Z\d]+)*_KEYS?$/.test(name) && !keyOfData.has(words.at(-2) ?? "")) return "secret";
  if (contains(words, secret)) return "secret";
  if (contains(words, personal)) return "personal";
  const ending = words.map((word) => endings.exec(word)?.[0].slice(1)).find((found) => found !== undefined);
  return ending === undefined ? "other" : secret.has(ending) ? "secret" : "personal";
}

/** The words without those that together name nothing private: `max_tokens`, `public_key`. */
function withoutPublic(words: readonly string[]): readonly string[] {
  for (let from = 0; from < words.length; from += 1) {
    for (let count = Math.min(5, words.length - from); count > 1; count -= 1) {
      if (!open.has(words.slice(from, from + count).join(" "))) continue;
      return withoutPublic([...words.slice(0, from), ...words.slice(from + count)]);
    }
  }
  return words;
}

/** Whether a name by itself says that its value is private: `comment`, `city`; as part of a longer name it need not. */
export function isPrivateAlone(name: string): boolean {
  return isForbiddenName(name) || whole.has(wordsOf(name).join(" "));
}

/** The same of a sentence's last words: `your first name`, not `the email was sent to`. */
export function kindOfWords(said: string): NameKind {
  return remembered(` ${said}`, () => kindOfLastWords(said));
}

function kindOfLastWords(said: string): NameKind {
  const words = withoutPublic(wordsOf(said).slice(-mostWords));
  if (words.length > 1 && words.at(-1) === "name" && isPerson(words.slice(0, -1).join(" "))) return "personal";
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
  if (words.includes("with") || words.includes("without")) return true;
  if (words.length > 1 && asks.has(words[0] ?? "")) return true;
  if ([lastTwo, words.slice(-3).join(" ")].some((end) => secret.has(end) || personal.has(end))) return false;
  return (
    (words.length > 1 && (measure.has(last) || key.has(last) || question.has(words[0] ?? ""))) || measure.has(lastTwo)
  );
}

/** Names that are written together with what stands before them: `userpassword`, `clientsecret`. */
const endings =
  /.(?:password|passwd|passphrase|secret|token|apikey|credential|cookie|email|phonenumber|firstname|lastname)$|.(?:(?<=store|key|db|user|root|admin|mail|smtp|imap|ftp|ssh|sql|login|redis|mongo|cert|api|sys|vnc|zip|wifi|bind|sudo)(?:pass|pw)|pwd)$/;

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
  if (!/^[A-Za-z_ .-]{2,60}$/.test(value)) return false;
  const name = wordsOf(value).join(" ");
  return secret.has(name) || personal.has(name);
}

/** Whether a "name" within something called so is a person's: `customer: { name: … }`. */
export function isPerson(name: string): boolean {
  const words = wordsOf(name);
  return [1, 2, 3, 4].some((count) => person.has(words.slice(-count).join(" ")));
}

/** Whether a name within a person is a part of their name: `sender: { first: … }`. */
export function isPartOfPerson(name: string): boolean {
  return wordsOf(name).every((word) => personPart.has(word));
}

/** A value that says what became of the private thing, and is not it: "expired", "missing", "yes". */
export function isReason(value: string): boolean {
  if (value.length > 60) return false;
  if (/^[A-Z]{2}[\da-f]{32}$/.test(value)) return true;
  const words = value.trim().toLowerCase().split(/[ _-]/);
  return words.length <= 4 && words.every((word) => reason.has(word));
}

/** `This field may not be blank.`, `Enter a valid email address.`: what frameworks answer to a form. */
const answer =
  /^(?:this|the|your|each|enter|ensure|please|provide|choose|field|value|string|input|it)\b[\w '’,()-]{0,80}\b(?:field|value|must|may|can|cannot|should|required|valid|invalid|least|most|blank|empty|characters?|already|exists?|incorrect|wrong)\b/i;

/** A sentence about the private thing: "must be a valid address". */
export function isSentenceAbout(value: string): boolean {
  const [first, second] = value.trim().toLowerCase().split(/\s+/, 2);
  return second !== undefined && (sentenceStart.has(first ?? "") || answer.test(value.trim()));
}

/** Messages about a field instead of its value: `["This field is required."]`. */
function isListOfAnswers(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostAnswers) return false;
  return value.every((one) => typeof one === "string" && one.length <= 200 && (isReason(one) || isSentenceAbout(one)));
}

const mostAnswers = 16;

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
  // Whose properties they are: PostHog's and Mixpanel's
  if (name === "$name" && typeof value === "string") return true;
  if (isListOfAnswers(value)) return written.has(words.at(-1) ?? "");
  if (isForbiddenName(name) || whole.has(words.join(" "))) return true;
  if (kindOfName(name) === "other") return false;
  // The shell's working directory
  if (/^(?:OLD)?PWD$/i.test(name) && typeof value === "string" && /^[/~]/.test(value)) return false;
  const isWritten = written.has(words.at(-1) ?? "");
  return isWritten || !(typeof value === "string" && (isReason(value) || isSentenceAbout(value)));
}
