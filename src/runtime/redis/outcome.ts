import { redactText } from "../shared/privacy/text.ts";
import { reasonOf } from "../shared/reason.ts";
import { DeadlineError } from "../shared/within.ts";

/** What the helpers ask of Redis. Each can be refused by itself: by a full memory, a read-only replica, rights, a quota. */
export const operations = ["read", "write", "script", "delete", "publish"] as const;
export type Operation = (typeof operations)[number];

/** Redis answered that it does not do it. */
export interface Refusal {
  /** The server's own word: READONLY, OOM, NOPERM, NOAUTH, LOADING, …; "quota" where a service's allowance is used up. */
  readonly word: string;
  /** What the server said, without secrets. */
  readonly said: string;
  /** Whether it concerns the key alone, so that the same operation may work on another. */
  readonly ofKey: boolean;
}

/** What an error of a command tells. Only what is known to come of the connection is an outage. */
export type Outcome =
  | { readonly kind: "outage"; readonly said: string }
  | { readonly kind: "refusal"; readonly refusal: Refusal }
  /** The value or the key is not one that the command takes: too large, of another type. */
  | { readonly kind: "value"; readonly said: string }
  /** An error of the program's own: it belongs to who called. */
  | { readonly kind: "ours" };

const ofValue =
  /^(?:WRONGTYPE|ERR (?:value is not|increment|syntax|wrong number|max (?:request|single record) size|string exceeds))/i;
const quota = /\bquota\b|\b(?:limit|bandwidth|budget)\b.*\bexceeded\b|\bexceeded\b.*\blimit\b|over capacity/i;
const tooManyClients = /max number of clients|max (?:concurrent )?connections/i;
/** ioredis has no codes for these. */
const connectionLost =
  /Connection is closed|Stream isn't writeable|Command timed out|Socket (?:closed|timeout)|Unknown RESP/i;

export function outcomeOf(error: unknown): Outcome {
  if (error instanceof DeadlineError) return { kind: "outage", said: error.message };
  if (!(error instanceof Error)) return { kind: "ours" };
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (name === "ReplyError") {
    if (ofValue.test(message)) return { kind: "value", said: redactedMessage(message) };
    return { kind: "refusal", refusal: refusalOf(message) };
  }
  const ofConnection =
    ["AbortError", "InterruptError", "MaxRetriesPerRequestError", "ParserError"].includes(name) ||
    /^(?:E[A-Z]+|ERR_(?:TLS|SSL|SOCKET|STREAM)\w*|\w*CERT\w*)$/.test(code ?? "") ||
    connectionLost.test(message);
  return ofConnection ? { kind: "outage", said: reasonOf(error) } : { kind: "ours" };
}

function refusalOf(message: string): Refusal {
  // Before Redis 7 an error within a script has the server's word in the middle.
  const word = /(?:^|: -)([A-Z]{3,})\b/.exec(message)?.[1] ?? "ERR";
  const said = redactedMessage(message);
  const ofKey = word === "NOPERM" && /\bkeys?\b|\bchannels?\b/i.test(message);
  if (word !== "ERR") return { word, said, ofKey };
  if (tooManyClients.test(message)) return { word: "maxclients", said, ofKey };
  if (quota.test(message)) return { word: "quota", said, ofKey };
  if (/user executing the script/i.test(message)) return { word: "NOPERM", said, ofKey };
  return { word: /unknown command/i.test(message) ? "unknown command" : word, said, ofKey };
}

/** What the server said: up to the arguments and the script that it repeats. */
function redactedMessage(message: string): string {
  return redactText(message.replace(/,? (?:with args beginning with|script:).*$/s, ""), 160);
}
