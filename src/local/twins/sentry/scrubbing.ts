import { isRecord } from "./http.ts";
import { defaultSettings } from "./project-view.ts";

/*
 * What Relay takes out of an error before it is stored, by the project's settings (getsentry/relay, relay-pii/src:
 * convert.rs, builtin.rs, regexes.rs). Looked at are user, tags, extra, request, breadcrumbs, the exceptions' texts,
 * the message and the frames' variables. Of `relayPiiConfig` the built-in rules count, and selectors that name one field
 * (`$error.value`, `$user.email`); others are ignored, as are rules of one's own.
 */

type Json = unknown;
type Settings = typeof defaultSettings;
/** What a rule makes of a text; undefined removes the value. */
type Rule = (text: string) => string | undefined;

/** A text of the event, with the names that selectors and rules know it by. */
interface Place {
  /** `$user.email`; absent where no selector of one field finds it. */
  readonly selector?: string | undefined;
  readonly key: string;
}

const email = /\b[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,}\b/g;
const creditcard = /\b(?:3[47]\d|4\d{3}|5[1-5]\d\d|65\d\d|6011)(?:[-\s]?\d){12}\b/g;
const iban =
  /\b(?:AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK)\d{2}[a-zA-Z0-9]{11,29}\b/g;
const usssn = /\b\d{3}-\d{2}-\d{4}\b/g;
const octet = "(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)";
const ip = new RegExp(`\\b${octet}(?:\\.${octet}){3}\\b`, "g");
const bearer = /\bBearer\s+\S+/gi;
const urlauth = /(\/\/)[\w%.-]+(?::[\w%.-]+)?(@)/g;
const pemkey = /(-----BEGIN[A-Z ]+(?:PRIVATE|PUBLIC) KEY-----)[^-]+(-----END)/g;
const password =
  /password|secret|passwd|api[-_]key|apikey|auth|credentials|mysql_pwd|privatekey|private[-_]key|token\S*[:=]|^otp$|^two[-_]factor$/i;

const filtered = "[Filtered]";
const replacing =
  (pattern: RegExp, by: string): Rule =>
  (text) =>
    text.replaceAll(pattern, by);

/** Built-in rules by their names, without `@`. */
const builtIn: Readonly<Record<string, Rule>> = {
  email: replacing(email, "[email]"),
  creditcard: replacing(creditcard, "[creditcard]"),
  iban: replacing(iban, "[iban]"),
  ip: replacing(ip, "[ip]"),
  usssn: (text) => text.replaceAll(usssn, (number) => "*".repeat(number.length)),
  urlauth: replacing(urlauth, "$1[auth]$2"),
  pemkey: replacing(pemkey, "$1[pemkey]$2"),
  "anything:remove": () => undefined,
  "anything:filter": () => filtered,
};

/** Fields that the switches of the settings page leave alone (DATASCRUBBER_IGNORE). */
const leftAlone = new Set(["$error.value", "$frame.filename", "$frame.abs_path"]);

/** An event as Sentry stores it. */
export function scrub(event: Record<string, Json>, own: Readonly<Record<string, Json>>): Record<string, Json> {
  const settings = { ...defaultSettings, ...own } as Settings;
  const asked = rulesOfConfig(settings.relayPiiConfig);
  const apply = (text: string, place: Place): string | undefined => {
    let left: string | undefined = text;
    for (const rule of place.selector === undefined ? [] : (asked.get(place.selector) ?? []))
      left = left === undefined ? undefined : rule(left);
    return left === undefined ? undefined : bySwitches(left, place, settings);
  };
  return scrubEvent(event, apply, (key) => settings.dataScrubber && sensitive(settings)?.test(key) === true);
}

type Apply = (text: string, place: Place) => string | undefined;
type IsSensitive = (key: string) => boolean;

function scrubEvent(event: Record<string, Json>, apply: Apply, isSensitive: IsSensitive): Record<string, Json> {
  const inside = (value: Json, place: Place, prefix?: string): Json => {
    if (typeof value === "string") return apply(value, place) ?? null;
    if (Array.isArray(value)) return value.map((item) => inside(item, place));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (typeof item === "object" && item !== null && isSensitive(key)) return [key, null];
        const selector = prefix === undefined ? undefined : `${prefix}.${key}`;
        return [key, inside(item, { key, selector })];
      }),
    );
  };
  const listOf = (value: Json, each: (item: Record<string, Json>) => Json): Json => {
    const of = (items: Json[]) => items.map((item) => (isRecord(item) ? each(item) : item));
    if (Array.isArray(value)) return of(value);
    return isRecord(value) && Array.isArray(value.values) ? { ...value, values: of(value.values) } : value;
  };
  const change = (name: string, how: (value: Json) => Json) =>
    event[name] === undefined || event[name] === null ? {} : { [name]: how(event[name]) };
  const frames = (stack: Json): Json =>
    isRecord(stack) && Array.isArray(stack.frames)
      ? {
          ...stack,
          frames: stack.frames.map((frame) =>
            isRecord(frame) && frame.vars !== undefined
              ? { ...frame, vars: inside(frame.vars, { key: "vars" }) }
              : frame,
          ),
        }
      : stack;
  const text = (value: Json, selector: string): Json =>
    typeof value === "string" ? (apply(value, { key: "value", selector }) ?? null) : value;
  return {
    ...event,
    ...change("user", (user) => inside(user, { key: "user" }, "$user")),
    ...change("tags", (tags) => inside(tags, { key: "tags" })),
    ...change("extra", (extra) => inside(extra, { key: "extra" })),
    ...change("request", (request) => inside(request, { key: "request" })),
    ...change("message", (message) => text(message, "$message")),
    ...change("logentry", (entry) =>
      isRecord(entry)
        ? { ...entry, formatted: text(entry.formatted, "$message"), message: text(entry.message, "$message") }
        : entry,
    ),
    ...change("breadcrumbs", (crumbs) => listOf(crumbs, (crumb) => inside(crumb, { key: "crumb" }, "$breadcrumb"))),
    ...change("exception", (exception) =>
      listOf(exception, (one) => ({
        ...one,
        ...(one.value !== undefined && { value: text(one.value, "$error.value") }),
        ...(one.stacktrace !== undefined && { stacktrace: frames(one.stacktrace) }),
      })),
    ),
  };
}

/** By the switches and lists of the settings page. Where a name or a text matches a list, the whole text is replaced. */
function bySwitches(text: string, { key, selector }: Place, settings: Settings): string | undefined {
  const { dataScrubber, dataScrubberDefaults, scrubIPAddresses, safeFields } = settings;
  if (selector === "$user.ip_address" && scrubIPAddresses) return undefined;
  if (selector !== undefined && leftAlone.has(selector)) return text;
  if (safeFields.some((field) => field.trim() === key)) return text;
  let left = text;
  if (dataScrubber && dataScrubberDefaults) {
    // A message is too useful to be replaced as a whole.
    const replaced = selector === "$message";
    if (!replaced && (password.test(left) || password.test(key) || /token/i.test(key))) return filtered;
    left = left
      .replaceAll(creditcard, replaced ? "[creditcard]" : filtered)
      .replaceAll(iban, replaced ? "[iban]" : filtered)
      .replaceAll(usssn, replaced ? "[us-ssn]" : filtered)
      .replaceAll(bearer, replaced ? "[token]" : filtered);
    if (replaced) left = left.replaceAll(email, "[email]");
  }
  if (selector === "$message") return left;
  if (scrubIPAddresses) left = left.replaceAll(ip, "[ip]");
  const fields = dataScrubber ? sensitive(settings) : undefined;
  return fields !== undefined && (fields.test(key) || fields.test(left)) ? filtered : left;
}

function sensitive({ sensitiveFields }: Settings): RegExp | undefined {
  const names = sensitiveFields.map((field) => field.trim()).filter((field) => field !== "");
  const literal = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return names.length === 0 ? undefined : new RegExp(literal.join("|"), "i");
}

function rulesOfConfig(config: string | null): Map<string, Rule[]> {
  const parsed: Json = config ? JSON.parse(config) : {};
  const applications = isRecord(parsed) && isRecord(parsed.applications) ? parsed.applications : {};
  return new Map(
    Object.entries(applications).map(([selector, names]) => [
      selector,
      (Array.isArray(names) ? names : []).flatMap((name) => {
        const rule =
          builtIn[
            String(name)
              .replace(/^@/, "")
              .replace(/:replace$/, "")
          ];
        return rule === undefined ? [] : [rule];
      }),
    ]),
  );
}
