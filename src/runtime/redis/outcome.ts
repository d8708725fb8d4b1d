import { redactText } from "../shared/privacy/text.ts";
import { reasonOf } from "../shared/reason.ts";
import { DeadlineError } from "../shared/within.ts";

/** The helpers' operations. Redis may refuse each separately: full memory, read-only replica, missing rights, used-up quota. */
export const operations = ["read", "write", "script", "delete", "publish"] as const;
export type Operation = (typeof operations)[number];

/** Redis refused the operation. */
export interface Refusal {
  /** The server's error code: READONLY, OOM, NOPERM, NOAUTH, LOADING, …; "quota" when a service's quota is used up. */
  readonly word: string;
  /** The server's message, without secrets. */
  readonly said: string;
  /** Whether it concerns only this key, so that the operation may work on another. */
  readonly ofKey: boolean;
}

/** Classifies a command's error. Only known connection errors are an outage. */
export type Outcome =
  | { readonly kind: "outage"; readonly said: string }
  | { readonly kind: "refusal"; readonly refusal: Refusal }
  /** The command does not accept the value or key: too large, or of another type. */
  | { readonly kind: "value"; readonly said: string }
  /** An error of the calling code, which is thrown to the caller. */
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

/** Whether the server refused the database of the URL, other than its first one. ioredis tells it by an event alone. */
export function isOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== "ReplyError") return false;
  const { command } = error as Error & { command?: { name?: string; args?: readonly unknown[] } };
  return command?.name === "select" && String(command.args?.[0]) !== "0";
}

function refusalOf(message: string): Refusal {
  // Before Redis 7, an error within a script has the error code in the middle.
  const word = /(?:^|: -)([A-Z]{3,})\b/.exec(message)?.[1] ?? "ERR";
  const said = redactedMessage(message);
  const ofKey = word === "NOPERM" && /\bkeys?\b|\bchannels?\b/i.test(message);
  if (word !== "ERR") return { word, said, ofKey };
  if (tooManyClients.test(message)) return { word: "maxclients", said, ofKey };
  if (quota.test(message)) return { word: "quota", said, ofKey };
  if (/user executing the script/i.test(message)) return { word: "NOPERM", said, ofKey };
  return { word: /unknown command/i.test(message) ? "unknown command" : word, said, ofKey };
}

/** The server's message without the arguments and script that it repeats. */
function redactedMessage(message: string): string {
  return redactText(message.replace(/,? (?:with args beginning with|script:).*$/s, ""), 160);
}
