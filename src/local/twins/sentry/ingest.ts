import { randomBytes } from "node:crypto";
import { cors } from "hono/cors";
import {
  BodyTooLarge,
  defaultBodyLimits,
  isEncoding,
  isTooDeep,
  parseJson,
  refusal,
  unpack,
  wellFormed,
} from "../kit/index.ts";
import { parseEnvelope } from "./envelope.ts";
import { keepEnvironment } from "./environments.ts";
import { eventFacts } from "./event-facts.ts";
import { isRecord, now, type SentryContext } from "./http.ts";
import type { Issue, Project, SentryModel } from "./model.ts";
import type { SentryParts } from "./parts.ts";
import { seeRelease } from "./releases.ts";
import { scrub } from "./scrubbing.ts";
import { symbolicate } from "./symbolicate.ts";
import { findUploaded } from "./uploaded.ts";

/**
 * Ingestion for SDKs: no API token, but the public key of the project. Formats: Relay (getsentry/relay:
 * relay-server/src/endpoints).
 */
export function ingestRoutes({ app, model }: SentryParts): void {
  const project = "/api/:project{[1-9][0-9]*}";
  // The browser SDK runs on another origin.
  app.use(
    `${project}/*`,
    cors({ origin: "*", exposeHeaders: ["x-sentry-error", "x-sentry-rate-limits", "retry-after"] }),
  );

  const envelope = async (c: SentryContext) => {
    const { header, items } = readEnvelope(await unpackedBody(c));
    const target = authorized(model, c, text(header.dsn));
    model.transaction(() => {
      for (const item of items) refuseTooLarge(item.header.type ?? "", item.payload);
      for (const item of items) {
        if (item.header.type === "event") {
          const event = json(item.payload);
          // Relay drops unreadable items and accepts the envelope's other items.
          if (!isTooDeep(event)) keepEvent(model, target, event, text(header.event_id));
        } else keepItem(model, target, item.header, item.payload);
      }
    });
    return c.json(header.event_id === undefined ? {} : { id: header.event_id });
  };
  app.post(`${project}/envelope/`, envelope);
  app.post(`${project}/envelope`, envelope);

  app.post(`${project}/store/`, async (c) => {
    const bytes = await unpackedBody(c);
    refuseTooLarge("event", bytes);
    const event = json(bytes);
    if (isTooDeep(event)) throw unreadable();
    return c.json({ id: keepEvent(model, authorized(model, c, ""), event, "") });
  });
}

/** The body before the SDK compressed it. Relay accepts one encoding, given in the header. */
async function unpackedBody(c: SentryContext): Promise<Uint8Array> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const named = c.req.header("Content-Encoding")?.trim().toLowerCase() || "identity";
  if (named === "identity") return bytes;
  if (!isEncoding(named)) throw refusal(415, { detail: `unsupported content encoding ${named}` });
  try {
    return await unpack(bytes, named, defaultBodyLimits.unpacked);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw tooLarge("envelope");
    throw refusal(400, { detail: "failed to read request body", causes: [`it is no ${named}`] });
  }
}

/** An event holds at most 1 MiB. Source: getsentry/relay, relay-config/src/config.rs. */
function refuseTooLarge(type: string, payload: Uint8Array): void {
  if ((type === "event" || type === "transaction") && payload.length > eventBytes) throw tooLarge(type);
}

const eventBytes = 1024 * 1024;
const tooLarge = (type: string) => refusal(413, { detail: `envelope exceeded size limits for type '${type}'` });

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function readEnvelope(bytes: Uint8Array) {
  try {
    return parseEnvelope(bytes);
  } catch (error) {
    throw refusal(400, {
      detail: "invalid event envelope",
      causes: [error instanceof Error ? error.message : String(error)],
    });
  }
}

function json(payload: Uint8Array): Record<string, unknown> {
  try {
    const event: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (isRecord(event)) return isTooDeep(event) ? event : wellFormed(event);
  } catch {
    // answered below, as any payload that is not an object
  }
  throw unreadable();
}

const unreadable = () => refusal(400, { detail: "failed to read request body", causes: ["invalid JSON"] });

/** The project in the path, when the request's key is one of its active keys. */
function authorized(model: SentryModel, c: SentryContext, dsn: string): Project {
  const header = c.req.header("X-Sentry-Auth") ?? c.req.header("Authorization") ?? "";
  const publicKey =
    c.req.query("sentry_key") ?? /sentry_key=([^,\s]+)/.exec(header)?.[1] ?? /^https?:\/\/([^:@/]+)[:@]/.exec(dsn)?.[1];
  if (publicKey === undefined) throw refusal(401, { detail: "missing authorization information" });
  const key = model.keys.get(publicKey);
  const project = model.projects.get(c.req.param("project") ?? "");
  if (project === null || key === null || key.projectId !== project.id || !key.isActive)
    throw refusal(403, { detail: "event submission rejected with_reason: ProjectId" });
  return project;
}

function keepEvent(model: SentryModel, project: Project, payload: Record<string, unknown>, envelopeId: string): string {
  const id = (text(payload.event_id) || envelopeId || randomBytes(16).toString("hex")).replaceAll("-", "");
  // A repeated event id is dropped, so that a client may retry.
  if (model.events.get(id) !== null) return id;
  const received = now();
  const release = text(payload.release) || null;
  const scrubbed = scrub(payload, project.settings);
  const symbolicated = symbolicate(
    scrubbed,
    findUploaded(model, project.id, { release, dist: text(payload.dist) || null }),
  );
  const event = symbolicated?.event ?? scrubbed;
  const facts = eventFacts(event);
  const environment = text(payload.environment) || null;
  const issue =
    model.issues.where("grouping", `${project.id}:${facts.grouping}`)[0] ?? newIssue(model, project, event, received);
  const regressed = issue.status === "resolved";
  model.issues.put({
    ...issue,
    status: regressed ? "unresolved" : issue.status,
    statusDetails: regressed ? {} : issue.statusDetails,
    substatus: regressed ? "regressed" : issue.substatus,
    count: issue.count + 1,
    users: facts.user === null || issue.users.includes(facts.user) ? issue.users : [...issue.users, facts.user],
    environments:
      environment === null || issue.environments.includes(environment)
        ? issue.environments
        : [...issue.environments, environment],
    lastSeen: received,
  });
  model.events.put({
    ...{ id, projectId: project.id, issueId: issue.id, environment, dateReceived: received, payload, scrubbed },
    ...(symbolicated && { symbolicated: symbolicated.event, errors: [...symbolicated.errors] }),
  });
  if (environment !== null) keepEnvironment(model, environment, [project.id]);
  if (release !== null && project.settings.enableAutoReleaseCreation !== false)
    seeRelease(model, release, project.id, received);
  if (project.firstEvent === null) model.projects.put({ ...project, firstEvent: received });
  return id;
}

function newIssue(model: SentryModel, project: Project, payload: Record<string, unknown>, seen: string): Issue {
  const { grouping, title, culprit, level, type, metadata } = eventFacts(payload);
  const number = model.issues.where("projectId", project.id).length + 1;
  return {
    id: model.newId(),
    projectId: project.id,
    grouping: `${project.id}:${grouping}`,
    shortId: `${project.slug.toUpperCase()}-${number}`,
    title,
    culprit,
    level,
    type,
    metadata,
    platform: text(payload.platform) || null,
    status: "unresolved",
    statusDetails: {},
    substatus: "new",
    assignedTo: null,
    count: 0,
    users: [],
    environments: [],
    firstSeen: seen,
    lastSeen: seen,
  };
}

/**
 * Sessions, transactions, spans, replays, reports: stored unchanged. Of a recording, only the first line is stored,
 * since the rest is compressed.
 */
function keepItem(model: SentryModel, project: Project, header: Record<string, unknown>, payload: Uint8Array): void {
  const end = payload.indexOf(0x0a);
  const readable = text(header.type) === "replay_recording" && end >= 0 ? payload.subarray(0, end) : payload;
  let content: unknown = null;
  try {
    content = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(readable));
  } catch {
    // binary, or nested too deep: only its size is stored
  }
  model.items.put({
    id: model.newId(),
    projectId: project.id,
    type: text(header.type),
    header,
    payload: content,
    bytes: payload.length,
    dateReceived: now(),
  });
}
