import { labels } from "../labels.ts";
import { isReason, kindOfName } from "../names.ts";
import { type Add, matches, placeOf } from "./found.ts";

/* What databases and their drivers put into messages. Each pattern has the private part as its last group. */

/** Postgres: `Failing row contains (…)`; SQL's `VALUES (…)`; SQLAlchemy's `[parameters: (…)]` */
const rows: readonly RegExp[] = [
  /(?:failing row contains|\bvalues) ?\((?!(?:\$\d+|\?|%s|:\w+|default|null)(?:, ?|\)))([^\n]{1,8192})/dgi,
  /\b(?:args|argv|bindings|parameters)["']?\s?[:=]\s?[[(]([^\]\n]{1,8192})/dg,
  // What COPY read of a file: `COPY contacts, line 9: "9,Ada,…"`
  /\bCOPY [\w".]{1,64}, line \d{1,9}: "([^\n]{1,8192})/dg,
  // A text of SQL that is not closed: `unterminated quoted string at or near "'O'Malley"`
  /\bat or near "('[^\n"]{1,512})/dg,
  // asyncpg's `invalid input for query argument $2: 'Ada Lovelace'`
  /\b(?:query argument|parameter) \$\d{1,3}(?:: | = )["']([^"'\n]{2,2048})["']/dgi,
  // Postgres's `parameters: $1 = '7', $2 = '…'`
  /\bparameters: (\$1 = [^\n]{1,8192})/dgi,
];
const postgrest =
  /(?<![\w.])([A-Za-z_][\w.]{1,60})(?:=|\.)(?:not\.)?(?:eq|neq|gte?|lte?|i?like|match|imatch|is|in|cs|cd|ov|(?:pl|ph|w)?fts)(?:\([a-z]{1,12}\))?\.([^\s,&)"'(]{1,200}|"[^"\n]{1,200}"|\([^()\n]{1,500}\)?)/dg;
/** Redis's commands: what AUTH and the like are called with, the value of a key. */
const redisSecrets: readonly RegExp[] = [
  /(?:\bAUTH2?|\bauth2|["']auth(?=["'] )|\b(?:CONFIG SET )?(?:requirepass|masterauth|masteruser))["']?((?:[ ]{1,4}["']?[^\s"'-][^\s"']{2,255}["']?){1,2})/dg,
  /\bsentinel (?:set [\w.-]{1,64} )?auth-(?:pass|user)(?: [\w.-]{1,64}(?= \S))? ["']?([^\s"']{2,256})/dgi,
  /\bredis-cli\b[^\n]{0,120}? (?:-a|--pass) ["']?([^\s"']{2,256})/dg,
  /\bon [>#](?=[^\s"']{0,64}[A-Za-z])([^\s"']{4,256})/dg,
  /\bACL SETUSER\b[^\n>#]{0,120}[>#]([^\s"']{2,256})/dgi,
];
const redisValues =
  /\b(?:SET|SETEX|GETSET|SETNX|GETEX|APPEND|PUBLISH|[LR]PUSHX?|LSET|H?MSET|HSETNX|HSET|[SXZ]ADD|GEOADD|PFADD|PSETEX)["']? ["']?[\w.{}[\]+-]{1,128}:[^\s"']{0,256}["']? ["']?([^\s"'=][^\n"']{0,8192}(?:["'][^"'\n]{1,2048}["'](?=[\s,)\]}]|$)){0,8})/dg;
/** FastAPI's and pydantic's answers: what was put in, beside where it was. */
const putInFields = /["']loc["'][^\n]{0,200}?["']input["']\s?:\s?\{([^{}\n]{1,8192})/dg;
const putIn = /["']loc["'][^\n]{0,200}?["']input["']\s?:\s?["']?([^"'}\n]{1,8192})/dg;

/** Finds what the errors and commands of databases repeat of what they were called with. */
export function findInDatabases(text: string, add: Add): void {
  for (const pattern of redisSecrets) {
    for (const found of matches(pattern, text)) if (!isReason(found[1] ?? "")) addUnlessLabel(found, labels.token, add);
  }
  for (const pattern of [redisValues, putIn, putInFields, ...rows]) {
    for (const found of matches(pattern, text)) addUnlessLabel(found, labels.private, add);
  }
  for (const found of matches(postgrest, text)) {
    const [, name = "", value = ""] = found;
    const isName = name.split(".").at(-1) === "name";
    if ((kindOfName(name) === "other" && !isName) || isReason(value) || value === "null") continue;
    add(...placeOf(found, 2), labels.private);
  }
}

function addUnlessLabel(found: RegExpExecArray, label: typeof labels.token | typeof labels.private, add: Add): void {
  const value = found[1] ?? "";
  if (/^\[[a-z]+\]$/.test(value)) return;
  const [start, end] = placeOf(found, 1);
  // Up to the bracket that closes it, where there is one; what was cut off before has none.
  const closing = /[)\]]/.test(value) ? Math.max(value.lastIndexOf(")"), value.lastIndexOf("]")) : -1;
  add(start, isRow(found[0]) && closing > 0 ? start + closing : end, label);
}

function isRow(found: string): boolean {
  return /^(?:failing|values|args|argv|bindings|parameters)/i.test(found);
}
