import { labels } from "../labels.ts";
import { isPrivateName, isReason, kindOfName } from "../names.ts";
import { type Add, matches } from "./found.ts";
import { surpriseOf } from "./letters.ts";

/** `password hunter2`, `the API key is abc123`, `secret "…"`: a name and its value without a sign between them. */
const told =
  /(?<![A-Za-z])(password|passwd|passcode|passphrase|pwd|pin|otp|token|secret|jwt|session(?: id)?|cookie|credentials?|(?:api|access|secret|private|signing|license)[ _-]?key|nonce|signature|authorization|bearer|basic)(?:s|'s)?["']? (?:is |was |are |of |to |for user \S{1,40} (?:is )?|set to |now |-> |→ |value )?["'`(]{0,2}([^\s"'`,;<>()]{4,2048})/gi;
/** `Your BrandVX verification code is 123456`, `code: 123-456`, `123456 is your code`, `G-123456` */
const codeAfter =
  /(?:verification|verify|one[- ]?time|security|login|log-in|sign-?in|access|auth\w{0,10}|confirmation|reset|2fa|mfa|otp|sms|pass)[ -]?(?:code|pin|passcode|password|otp)?(?: (?:for|to) [\w .]{1,30}?)?(?: is|:|=| -)? {0,2}((?:[A-Z]-)?\d{3}[ -]?\d{1,5})(?![\d.:]|\s?(?:ms|s|seconds?|minutes?|attempts?|times|errors?)\b)/gi;
const yourCode =
  /\byour (?:[\w.-]{1,24} ){0,3}(?:code|pin|passcode|password)(?: is|:) {0,2}((?:[A-Z]-)?[A-Z\d]{2,4}[ -]?[A-Z\d]{1,5})(?![\w.])/gi;
/** `Use 204-881 to sign in` */
const codeToUse =
  /\b(?:use|enter|type)(?: the)?(?: code)? (\d{3}[ -]?\d{1,5}) (?:to|for|as) (?:sign|log|verify|confirm|continue|complete|reset|finish|your|access|unlock)/gi;
const codeBefore =
  /(?<![\d.:-])((?:[A-Z]-)?\d{3}[ -]?\d{1,5}) is (?:your|the) [\w -]{0,40}?(?:code|otp|pin|passcode|password)/gi;
const bearer = /(?:bearer|\b(?:basic|digest|apikey|negotiate))(?:\s{1,4}|\.)([A-Za-z0-9._~+/=:-]{6,4096})/gi;
const born =
  /\b(?:born|birth(?:day|date)?|dob|d\.o\.b\.)(?: (?:on|is|was|of|at|in))?[ :=]{1,3}["']?(\d{1,4}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{1,4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4})/gi;
/** curl's `-u name:password` */
const login = /(?<![\w-])(?:-u|--user|--proxy-user|-a) ?["']?([^\s:"']{1,64}:[^\s"']{1,256})/g;
/** `--token abc` */
const option = /(?<![\w-])--?([A-Za-z][\w-]{1,40})[ =]{1,2}["']?([^\s"']{3,512})/g;
/** `<password>…</password>` */
const element = /<([A-Za-z][\w:.-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,512})<\//g;
/** `"name": "authorization", "value": "…"`, `name="password" value="…"`, of form data as well */
const pair =
  /["']?\b(?:name|key|header|field|property|attribute|param|k)["']?\s?[:=]\s?["']([\w.$-]{1,64})["']\s{0,3},?\s{0,4}["']?(?:value|val|v|content|data)["']?\s?[:=]\s?["']?([^"'<>\n]{1,2048})/gi;
const formData =
  /; ?name="([\w.[\]$-]{1,64})"(?:; ?[^\r\n]{1,200})?(?:\r?\n[\w-]{1,40}: [^\r\n]{1,200}){0,3}(?:\r?\n){1,2}([^\r\n]{1,2048})/gi;
/** `["authorization", "Bearer …"]`, and a list of names and values in turn */
const tuple = /[[,(]\s?["']([A-Za-z][\w.$ -]{1,63})["']\s?(?:,|=>)\s?["']([^"'\n]{1,2048})["']/g;
/** Postgres: `Key (email, phone)=(…)`, `Failing row contains (…)`; SQL's `VALUES (…)` */
const row = /(?:failing row contains|\bvalues) ?\((?!(?:\$\d+|\?|%s|:\w+|default|null)(?:, ?|\)))([^\n]{1,2048})\)/gi;
const postgrest =
  /(?<![\w.])([A-Za-z_][\w.]{1,60})(?:=|\.)(?:not\.)?(?:eq|neq|ilike|like|match|imatch|is|in|cs|cd|fts|plfts|phfts|wfts)\.([^\s,&)"']{1,200}|"[^"\n]{1,200}")/g;
/** /home/ada/app, C:\Users\ada: accounts of a person; those of machines are not. */
const home = /(?:\/home\/|\/Users\/|\\Users\\|\bUsers\/)([^\s/\\:"'<>|]{1,64})(?=[/\\])/g;
const machines =
  /^(?:admin|administrator|all|app|appuser|azureuser|build|builder|centos|ci|circleci|cloudflare|debian|default|deploy|docker|ec2-user|gitpod|heroku|jenkins|nobody|node|nodejs|nonroot|opt|postgres|project|public|pwuser|python|redis|render|root|runner|runneradmin|sandbox|sbx_user\d*|service|shared|test|ubuntu|user|vagrant|vercel|vscode|web|worker|www-data)$/i;
/** 12 Main Street, 1600 Pennsylvania Ave NW */
const street =
  /(?<![\w.:-])\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.-]{1,24} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Crescent|Mews)\b\.?(?:,? (?:Apt|Suite|Ste|Unit|#)\.? ?[\w-]{1,6})?/g;
const strasse =
  /(?<![\p{L}\d])\p{Lu}\p{L}{2,30}(?:straße|strasse|str\.|gasse|weg|allee|platz) \d{1,4}[a-z]?(?![\p{L}\d])/gu;
const position = /(?<![\d.])-?\d{1,2}\.\d{5,15}(?:°? ?[NS])?, ?-?\d{1,3}\.\d{5,15}(?![\d.])/g;

/** Finds what sentences, command lines, markup and databases put private data into. */
export function findPhrases(text: string, add: Add): void {
  for (const found of matches(told, text)) {
    const [whole, name = "", raw = ""] = found;
    const value = raw.replace(/[.)\]}:!?]+$/, "");
    if (isTold(name, value, / (?:is|set to) /.test(whole))) {
      const start = found.index + whole.length - raw.length;
      add(start, start + value.length, labels.token);
    }
  }
  for (const found of matches(bearer, text)) {
    const value = found[1] ?? "";
    if (isReason(value) || (/^[A-Z]?[a-z]+$/.test(value) && surpriseOf(value) < 4.7)) continue;
    if (/^(?:realm|error|scope|charset)=/.test(value)) continue;
    addLast(found, value, labels.token, add);
  }
  for (const pattern of [codeAfter, yourCode, codeToUse, codeBefore]) {
    for (const found of matches(pattern, text)) addPart(found, labels.token, add);
  }
  for (const found of matches(login, text))
    if (!/^https?:/.test(found[1] ?? "")) addLast(found, found[1] ?? "", labels.token, add);
  for (const found of matches(born, text)) addLast(found, found[1] ?? "", labels.private, add);
  for (const pattern of [option, element, pair, formData, tuple]) {
    for (const found of matches(pattern, text)) {
      const [, name = "", value = ""] = found;
      const kind = kindOfName(name);
      if (
        kind === "other" ||
        isReason(value) ||
        isPrivateName(value) ||
        /^(?:true|false|null|\d{1,3})$|^\[[a-z]{2,8}\]$/.test(value.trim())
      )
        continue;
      if (pattern === tuple && kind === "personal" && !/[\d@ ]|^\p{Lu}/u.test(value)) continue;
      addLast(
        found,
        value,
        kind === "secret" ? labels.token : labels.private,
        add,
        pattern === tuple ? 1 : pattern === element ? 2 : 0,
      );
    }
  }
  for (const found of matches(row, text)) if (!/^\[[a-z]+\]$/.test(found[1] ?? "")) addPart(found, labels.private, add);
  for (const found of matches(postgrest, text)) {
    const [, name = "", value = ""] = found;
    const last = name.split(".").at(-1) ?? "";
    if ((kindOfName(name) !== "other" || last === "name") && !isReason(value))
      addLast(found, value, labels.private, add);
  }
  for (const found of matches(home, text)) {
    if (!machines.test(found[1] ?? "") && !/^\[/.test(found[1] ?? ""))
      addLast(found, found[1] ?? "", labels.private, add);
  }
  for (const pattern of [street, strasse, position]) {
    for (const { 0: whole, index } of matches(pattern, text)) add(index, index + whole.length, labels.private);
  }
}

/** Whether a word after a secret's name is the secret: not a word of the sentence. */
function isTold(name: string, value: string, isSaid: boolean): boolean {
  if (isReason(value) || /^\[[a-z]*\]?$|^\w+=|^https?:/.test(value) || isPrivateName(value)) return false;
  if (/^pin$/i.test(name)) return /^\d{4,8}$/.test(value);
  const isChosen = /pass|pwd|secret|phrase/i.test(name);
  if (isChosen && (isSaid || (/\d/.test(value) && /[A-Za-z]/.test(value)) || /[!$%^&*#@]/.test(value)))
    return !/^\d+$|^v?\d+\.\d+/.test(value);
  if (/^[\da-f]{16,}$/i.test(value)) return true;
  return (
    value.length >= 8 &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    surpriseOf(value.replaceAll(/[^A-Za-z0-9]/g, "")) >= 4.2
  );
}

function addLast(
  found: RegExpExecArray,
  value: string,
  label: typeof labels.token | typeof labels.private,
  add: Add,
  after = 0,
): void {
  const end = found.index + found[0].length - after;
  add(end - value.length, end, label);
}

function addPart(found: RegExpExecArray, label: typeof labels.token | typeof labels.private, add: Add): void {
  const value = found[1] ?? "";
  const start = found.index + found[0].indexOf(value);
  add(start, start + value.length, label);
}
