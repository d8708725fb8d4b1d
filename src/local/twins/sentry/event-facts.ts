import { createHash } from "node:crypto";
import { isRecord } from "./http.ts";

type Payload = Record<string, unknown>;

/** What an issue shows of its events, and the key that groups them. */
export interface EventFacts {
  grouping: string;
  title: string;
  culprit: string;
  level: string;
  type: "error" | "default";
  metadata: Record<string, unknown>;
  tags: Record<string, string>;
  /** The user's identifier, in Sentry's order: id, e-mail, name, address; `null` when the user is unknown. */
  user: string | null;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const records = (value: unknown): Payload[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Pure: reads an event as the SDK sent it. */
export function eventFacts(event: Payload): EventFacts {
  const exception = exceptionOf(event);
  const message = messageOf(event);
  const frames = exception === null ? [] : inAppFrames(exception);
  const last = frames.at(-1);
  const title = exception === null ? firstLine(message.formatted) || "<unlabeled event>" : titleOf(exception);
  return {
    grouping: hash(groupingParts(event, exception, message.template, frames)),
    title,
    culprit:
      text(event.transaction) || (last === undefined ? "" : `${text(last.filename)} in ${text(last.function) || "?"}`),
    level: levelOf(event),
    type: exception === null ? "default" : "error",
    metadata:
      exception === null
        ? { title }
        : {
            type: text(exception.type),
            value: text(exception.value),
            filename: text(last?.filename),
            function: text(last?.function),
          },
    tags: tagsOf(event),
    user: userOf(event),
  };
}

/** The thrown exception: its causes come before it. */
function exceptionOf(event: Payload): Payload | null {
  const values = isRecord(event.exception) ? records(event.exception.values) : records(event.exception);
  return values.at(-1) ?? null;
}

const levelOf = (event: Payload) => text(event.level) || "error";

function messageOf(event: Payload): { formatted: string; template: string } {
  const entry = isRecord(event.logentry) ? event.logentry : isRecord(event.message) ? event.message : null;
  if (entry === null) return { formatted: text(event.message), template: text(event.message) };
  const template = text(entry.message);
  return { formatted: text(entry.formatted) || template, template };
}

function inAppFrames(exception: Payload): Payload[] {
  const frames = isRecord(exception.stacktrace) ? records(exception.stacktrace.frames) : [];
  const own = frames.filter((frame) => frame.in_app !== false);
  return own.length > 0 ? own : frames;
}

/**
 * Groups by fingerprint when the SDK sends one, else by the frames, else by type and value, else by the message's
 * template.
 */
function groupingParts(event: Payload, exception: Payload | null, template: string, frames: Payload[]): string[] {
  const standard =
    exception === null
      ? ["message", template]
      : frames.length > 0
        ? ["stack", text(exception.type), ...frames.map((frame) => `${text(frame.filename)}:${text(frame.function)}`)]
        : ["exception", text(exception.type), text(exception.value)];
  const fingerprint = Array.isArray(event.fingerprint) ? event.fingerprint.map(String) : ["{{ default }}"];
  return fingerprint.flatMap((part) => (/^\{\{\s*default\s*\}\}$/.test(part) ? standard : [part]));
}

const titleOf = (exception: Payload) =>
  [text(exception.type) || "Error", firstLine(text(exception.value))].filter(Boolean).join(": ").slice(0, 256);

const firstLine = (lines: string) => lines.split("\n", 1)[0]?.trim() ?? "";

const hash = (parts: string[]) => createHash("md5").update(parts.join("\0")).digest("hex");

function tagsOf(event: Payload): Record<string, string> {
  const own = Array.isArray(event.tags)
    ? event.tags.filter(Array.isArray)
    : Object.entries(isRecord(event.tags) ? event.tags : {});
  const tags: Record<string, string> = {};
  for (const [key, value] of own) if (typeof key === "string" && value != null) tags[key] = String(value);
  tags.level = levelOf(event);
  for (const key of ["environment", "release", "transaction", "server_name", "dist"] as const)
    if (text(event[key]) !== "") tags[key] = text(event[key]);
  const user = userOf(event);
  if (user !== null) tags.user = user;
  return tags;
}

function userOf(event: Payload): string | null {
  const user = isRecord(event.user) ? event.user : {};
  for (const key of ["id", "email", "username", "ip_address"] as const)
    if (user[key] !== undefined && user[key] !== null && user[key] !== "{{auto}}") return `${key}:${String(user[key])}`;
  return null;
}
