import { labels } from "../labels.ts";
import tokens from "../tables/tokens.json" with { type: "json" };
import { type Add, matches } from "./found.ts";

const escaped = (text: string) => text.replaceAll(/[.$[\]/]/g, "\\$&");

/** Shorter beginnings are parts of words: they begin a key only where no letter stands before. */
const telling = 4;

/** One pattern of all issuers' formats: fixed beginnings, then a run of characters. */
const issued = new RegExp(
  tokens.issuers
    .flatMap(({ prefixes, body, least }) =>
      prefixes.map(
        (prefix) => `${prefix.length < telling ? "(?<![A-Za-z0-9])" : ""}${escaped(prefix)}${body}{${least},}`,
      ),
    )
    .join("|"),
  "g",
);

/** Keys that have more of a form than a beginning. */
const formed: readonly RegExp[] = [
  // Telegram's bots; Slack's and Discord's hooks
  /(?<![\d:])\d{8,10}:AA[\w-]{30,}/g,
  /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{8,}/g,
  /discord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/[\w-]{20,}/g,
  // Twilio's account with its token, as curl takes them
  /(?<![A-Za-z\d])(?:AC|SK)[\da-f]{32}["']?\s?[,:]\s?["']?[\dA-Za-z]{32}(?![\dA-Za-z])/g,
  /(?<=sid["']?\s?[,:]\s?["'`])[\da-f]{32}(?=["'`])/gi,
  // Mailgun's of today, New Relic's licences, Infisical's tokens of services
  /(?<![A-Za-z\d])[\da-f]{32}-[\da-f]{8}-[\da-f]{8}(?![\w-])/g,
  /(?<![A-Za-z\d])[\da-f]{36}NRAL(?!\w)/g,
  /(?<![A-Za-z\d])st\.[\da-f]{24}(?:\.[\da-f]{32}){1,2}(?!\w)/g,
  // Mailchimp: a data centre follows
  /(?<![A-Za-z\d])[\da-f]{32}-us\d{1,2}(?!\d)/g,
  // Hashes of passwords, as crypt(3), htpasswd and argon2 write them
  /\$(?:apr1|[156y]|2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,12})\$[^\s"'`,;:]{8,512}/g,
  // .pgpass: host:port:database:user:password
  /(?<=^|\n)[\w.*-]{1,64}:(?:\d{4,5}|\*):[A-Za-z_*][\w*-]{0,40}:[A-Za-z_*][\w.@*-]{0,40}:[^\s:]{3,128}(?=\r?\n|$)/g,
  // OpenSSH's keys
  /(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3}) [A-Za-z\d+/=]{40,}/g,
];

/** Finds keys and tokens that can be told by their issuer's format. */
export function findKeys(text: string, add: Add): void {
  for (const { 0: found, index } of matches(issued, text)) add(index, index + found.length, labels.token);
  findKeyBlocks(text, add);
  for (const pattern of formed) {
    for (const { 0: found, index } of matches(pattern, text)) add(index, index + found.length, labels.token);
  }
}

const blockBegins = /-----BEGIN[^-]{0,40}(?:PRIVATE KEY|MESSAGE)[^-]{0,20}-----/g;
const blockEnds = /-----END[^-]{0,60}-----/g;

/** PEM and PGP blocks, up to their end; up to the text's where that was cut off. */
function findKeyBlocks(text: string, add: Add): void {
  let done = 0;
  for (const { 0: found, index } of matches(blockBegins, text)) {
    if (index < done) continue;
    blockEnds.lastIndex = index + found.length;
    done = blockEnds.exec(text) ? blockEnds.lastIndex : text.length;
    add(index, done, labels.token);
  }
}
