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
  /(?<![A-Za-z])(passwords?|passwd|pass|passcode|passphrase|passwort|kennwort|contraseña|senha|wachtwoord|mot de passe|heslo|hasło|parola|lösenord|pwd|pin|otp|tokens?|secrets?|jwt|session(?: id)?|cookie|credentials?|(?:api|access|secret|private|signing|license|encryption|service)[ _-]?keys?|nonce|signature|authorization|basic)(?:["']|(?<!token)\])? (?:(?:is )?(?:incorrect|wrong|invalid|rejected|refused|mismatch|incorrect[ae]|inv[aá]lida?|invalide|ungültig|falsch|errata|onjuist|incorreta|felaktigt)[:,]? |of |to |for user \S{1,40} (?:is )?|for [\w.@-]{1,40}(?: [\w.@-]{1,40})?(?: is| was| =|:) |now |-> |→ |value )?(["'`(]{0,2})(?=([^\s"'`,;<>()]{4,2048}))/dgi;
/** `Your BrandVX verification code is 123456`, `code: 123-456`, `123456 is your code`, `G-123456` */
const codes: readonly RegExp[] = [
  /(?:verification|verify|one[- ]?time|security|login|log-in|sign-?in|access|auth\w{0,10}|confirmation|reset|2fa|mfa|otp|sms|pass|pairing|activation)[ -]?(?:code|pin|passcode|password|otp)?(?: (?:for|to) [\w .]{1,30}?)?(?: is|:|=| -)? {0,2}["'([]{0,2}(?<!\d)(?<!\d[ -])((?:[A-Z]-)?\d{3}[ -]?\d{1,5})(?![\d:]|\.\d|\s?(?:ms|s|seconds?|minutes?|attempts?|times|errors?)\b)/dgi,
  /\b(?:your|the) (?:[\w.-]{1,24} ){0,3}(?:code|pin|passcode|password|otp)(?: is|:) {0,2}(?!\d{1,3}(?!\w|[ -]\d))((?:[A-Z]-)?(?=[A-Z\d -]{0,8}\d)[A-Z\d]{2,4}[ -]?[A-Z\d]{1,5})(?!\w|\.\w)/dgi,
  /\b(?:re-?sent|sen[dt]|sending|entered|submitted|typed|generated|texted|e-?mailed|verified|confirmed|redeemed) (?:(?:the|a|an|your|new|wrong|correct|otp|sms|login|reset|auth|signup|sign-in|verification|confirmation) ){0,3}(?:code|otp|pin|passcode):? ["']?(?!\d{1,3}(?!\d|[ -]\d)|10[01]\d(?!\d))(\d{3}[ -]?\d{1,5})(?![\d:]|\.\d)/dgi,
  /\b(?:invalid|incorrect|wrong|bad|expired|unknown|used) (?:(?:otp|sms|verification|login|auth\w{0,12}|2fa|mfa|confirmation|reset|security) )?(?:code|otp|pin|passcode)[:=]? ["'(]?(\d{6}|\d{3}[ -]\d{3})(?![\w.-])/dgi,
  /(?<!(?:error|exit|status|zip|postal|area|country|reason|http|close|return|result) )\bcode:? ["']?(\d{3}[ -]?\d{3})["']? (?:was |has |is |had )?(?:been )?(?:sent|resent|expired|used|accepted|wrong|incorrect|verified|delivered|redeemed|entered|submitted|rejected|invalid|did not|does not|doesn't|mismatch)/dgi,
  /\b(?:use|enter|type|submit|insert)(?: the)?(?: code)? (\d{3}[ -]?\d{1,5}) (?:to|for|as|when) (?:sign|log|verify|confirm|continue|complete|reset|finish|your|access|unlock|activate|pair)/dgi,
  /(?<![\d.:-])((?:[A-Z]-)?\d{3}[ -]?\d{1,5}) (?:is|as) (?:your|the|a) [\w -]{0,40}?(?:code|otp|pin|passcode|password)/dgi,
];
/** What was said, between quotes, beside whom it went to or came from: `"…" to +1415…`, `from +1415…: "…"` */
const dispatched: readonly RegExp[] = [
  /["“](?=[^"”\n]{0,40} )([^"”\n]{3,1024})["”],? (?:(?:was |has been |could not be )?(?:sent|delivered|texted|queued|failed|bounced|received) )?(?:to|from|for) (?=["'<(]{0,2}(?:(?:whatsapp|tel|sms|mailto):)?(?:\+ ?\d{2}|\(?\d{3}\)?[ .-]\d{3}|\d{10}|[^\s@"'<>]{1,64}@|\[(?:phone|email)\]))/dgi,
  /\b(?:to|from) ["'<(]{0,2}(?:(?:whatsapp|sms):)?(?:\+?[\d(][\d ().-]{7,20}|[^\s@"'<>]{1,64}@[\w.-]{4,64}|\[(?:phone|email)\])["'>)]{0,2}(?:[:,]| -| =>| →)? (?:(?:body|text|message|saying|with|said)[:=]? )?["“](?=[^"”\n]{0,40} )([^"”\n]{3,1024})["”]/dgi,
];
/** The same in other languages: `Votre code de vérification est 123456` */
const foreignCodes: readonly RegExp[] = [
  /\b(?:votre|ton|ta|tu|su|tuo|suo|vostro|ihre?|deine?|seu|sua|uw|je|jouw|din|ditt|twój|el|le|il|der|das|o) (?:[\p{L}'’-]{1,24} ){0,4}?(?:[\p{L}-]{0,20}(?:code|c[oó]digo|codice|kod|pin|tan|passwor[dt]|contraseña|senha))(?: [\p{L}'’-]{1,24}){0,4}? {0,1}(?:est|es|è|é|ist|lautet|is|er|är|:){1} {0,2}((?:[A-Z]-)?\d{3}[ -]?\d{1,5})(?![\w.]\d)/dgiu,
  /(?<![\d.:-])((?:[A-Z]-)?\d{3}[ -]?\d{1,5}) (?:ist|est|es|è|é|is|är|er) (?:ihre?|deine?|votre|ton|tu|su|il tuo|o seu|seu|uw|je|din) [\p{L} -]{0,40}?(?:code|c[oó]digo|codice|kod|pin|tan)/dgiu,
  /\b(?:enter|use|type|saisissez|utilisez|entrez|ingrese|introduce|usa|inserisci|geben sie|eingeben|digite) (?:the |le |el |il |o |den )?(?:code |código |codice )?(\d{3}[ -]?\d{1,5}) (?:when prompted|as your|pour|para|per|um|zur|ein|on the|at the)/dgiu,
];
const bearer = /(?:bearer|\b(?:basic|digest|apikey|negotiate))(?:\s{1,4}|\.)([A-Za-z0-9._~+/=:-]{6,4096})/dgi;
const born =
  /(?:\b(?:born|birth(?:day|date)?|dob|d\.o\.b\.|geboren)|\bn[ée](?:e|\(e\)|·e)? le|\bnacid[oa])(?: (?:on|is|was|of|at|in|am|el))?[ :=]{1,3}["']?(\d{1,4}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{1,4}|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|\.)? [A-Z][a-z]{2,8},? \d{4})/dgi;
/** curl's `-u name:password`, mysql's `-ppassword`, `sshpass -p password` */
const logins: readonly RegExp[] = [
  /\becho (?:-n )?["']?([^\s"'|$][^"'|\n]{2,255}?)["']? ?\| ?[^\n|]{1,120} --?(?:password-stdin|with-token|passphrase-fd|token-stdin)/dg,
  /\bIDENTIFIED (?:WITH \S{1,40} )?(?:BY|AS) ["']([^"'\n]{2,256})["']/dgi,
  /\b(?:crypt|pgp_sym_(?:en|de)crypt|encrypt|decrypt)\((?=[^()\n]{0,256}')([^()\n]{1,1024})/dg,
  /\b[A-Za-z]{0,2}\d{1,6} LOGIN \S{1,128} ["']?(?=[^\s"']{0,64}[\d!@#$%^&*])([^\s"']{3,128})/dg,
  /\bAUTH (?:LOGIN|PLAIN|CRAM-MD5|XOAUTH2)((?: [^\s"']{4,1024}){1,2})/dg,
  /\b(?:pair for|credentials? (?:for|were|are|was|is)|credentials?:|logged in as|login as|authenticated as|decoded(?: as| to| is)?:?) ["']?([A-Za-z][\w.@+-]{0,64}:(?=[^\s"']{0,128}[\d!$%^&*#])(?=[^\s"']{0,128}[A-Za-z])[^\s"':/]{4,128})/dgi,
  /(?<![\w-])(?:-u|--user|--proxy-user|-a) ?["']?(?!https?:)([^\s:"']{1,64}:[^\s"']{1,256})/dg,
  /(?<![\w-])-p["']([^"'\s]{3,128})["']/dg,
  /\b(?:HTTP)?(?:Basic|Digest|Proxy)Auth(?:entication|Handler)?\( ?["'][^"'\n]{0,128}["'], ?["']([^"'\n]{2,256})["']/dg,
  /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,120}? -p([^\s"'-][^\s"']{2,128})/dg,
  /\b(?:sshpass|unzip|7z|openssl|docker login|htpasswd|ldapsearch|rabbitmqctl|zip|az login|login|smbclient|svn|keytool|jarsigner)\b[^\n]{0,120}? (?:-p|-P|-k|-w|-b|-passin|-passout|-pass)[ =]["']?(?:pass:)?(?!\d{2,5}(?!\S))([^\s"'-][^\s"']{2,128})/dg,
];

/** Finds what sentences and command lines say without a sign between. */
export function findSentences(text: string, add: Add): void {
  for (const found of matches(told, text)) {
    const [whole, name = "", quote = "", raw = ""] = found;
    const value = raw.replace(/[.)\]}:!?]{1,8}$/, "");
    // `cookie value a-1`: as surely a value as one in quotes
    const isSaid = /["'`]/.test(quote) || (/ value $/.test(whole) && /\d/.test(value));
    if (!isTold(name, value, isSaid)) continue;
    const [start] = placeOf(found, 3);
    add(start, start + value.length, labels.token);
  }
  for (const found of matches(bearer, text)) {
    const value = found[1] ?? "";
    if (isReason(value) || (/^[A-Z]?[a-z]+$/.test(value) && surpriseOf(value) < 4.7)) continue;
    if (/^(?:realm|error|scope|charset)=/.test(value)) continue;
    add(...placeOf(found, 1), labels.token);
  }
  for (const pattern of /\d{3}/.test(text) ? [...codes, ...foreignCodes, ...logins] : [...codes, ...logins]) {
    for (const found of matches(pattern, text)) add(...placeOf(found, 1), labels.token);
  }
  for (const pattern of text.includes('"') || text.includes("“") ? dispatched : []) {
    for (const found of matches(pattern, text)) add(...placeOf(found, 1), labels.private);
  }
  for (const found of matches(born, text)) add(...placeOf(found, 1), labels.private);
}

/** Whether a word after a secret's name is the secret: not a word of the sentence. */
function isTold(name: string, value: string, isQuoted: boolean): boolean {
  if (isReason(value) || /^\[[a-z]*\]?$|^\w+[=:]|^https?:|^[$%{]/.test(value) || isPrivateName(value)) return false;
  if (/^pin$/i.test(name)) return /^\d{4,8}$/.test(value);
  const isChosen = /pass|pwd|secret|phrase|kennwort|contrase|senha|wachtwoord|heslo|hasło|parola|lösenord/i.test(name);
  if (/^pass$/i.test(name) && (/[/\\]|^\d+[a-z]{1,3}$/.test(value) || isQuoted)) return false;
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
