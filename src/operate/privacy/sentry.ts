import { randomBytes } from "node:crypto";
import { testErrorTag } from "../../alerts/sentry/index.ts";
import type { App } from "../../catalog/variable.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { sensitiveFields } from "../../platform/sentry/scrubbing.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { redactSentryEvent } from "../../runtime/shared/privacy/sentry.ts";
import type { Access } from "../access/access.ts";
import { answerWords } from "../access/fetch.ts";
import type { Cause } from "../access/lookup.ts";
import { sendError } from "../access/send.ts";
import { type ArrivedEvent, SentryIssues } from "../access/sentry.ts";
import { eventually, type Patience, seconds } from "../checks/eventually.ts";
import { isFailure } from "../command/failure.ts";
import { at, fateOf, planted } from "./planted.ts";
import type { VendorDoor } from "./report.ts";

/** The planted parts of an error, as an app without the helpers might send them. */
const error = {
  user: { id: "obs", email: planted.email, ip_address: planted.ip },
  extra: {
    phone: planted.phone,
    card_number: planted.card,
    access_token: planted.token,
    customer_name: planted.name,
  },
  exception: { values: [{ type: "PrivacyCheck", value: `550 ${planted.email}, ${planted.card} refused` }] },
  breadcrumbs: { values: [{ category: "http", message: `Calling ${planted.phone} failed` }] },
};

interface Plant {
  readonly what: string;
  readonly secrets: readonly string[];
  /** Where it stands in the error as it is sent. */
  readonly sentAt: readonly (string | number)[];
  /** Where it stands in Sentry's answer. */
  readonly storedAt: (stored: ArrivedEvent["stored"]) => unknown;
  /** What the settings that the stack gives to its projects do about it (src/platform/sentry/scrubbing.ts). */
  readonly door: string | undefined;
}

const entry = (stored: ArrivedEvent["stored"], type: string): unknown =>
  Array.isArray(stored.entries) ? stored.entries.find((one) => at(one, ["type"]) === type) : undefined;

const ofUser = (what: string, name: "email" | "ip_address", secret: string): Plant => ({
  ...{ what, secrets: [secret], sentAt: ["user", name], door: "removes it" },
  storedAt: (stored) => at(stored, ["user", name]),
});
const ofExtra = (what: string, name: keyof typeof error.extra, door?: string): Plant => ({
  ...{ what, secrets: [error.extra[name]], sentAt: ["extra", name] },
  storedAt: (stored) => at(stored, ["context", name]),
  door: door ?? (sensitiveFields.some((field) => name.includes(field)) ? "hides it by its name" : undefined),
});

const plants: readonly Plant[] = [
  ofUser("e-mail of the user", "email", planted.email),
  ofUser("IP address of the user", "ip_address", planted.ip),
  ofExtra("phone in `phone`", "phone"),
  ofExtra("card in `card_number`", "card_number", "hides card numbers"),
  ofExtra("token in `access_token`", "access_token"),
  ofExtra("name in `customer_name`", "customer_name"),
  {
    ...{ what: "e-mail, card in an error", secrets: [planted.email, planted.card], door: "replaces both" },
    sentAt: ["exception", "values", 0, "value"],
    storedAt: (stored) => at(entry(stored, "exception"), ["data", "values", 0, "value"]),
  },
  {
    ...{ what: "phone in a breadcrumb", secrets: [planted.phone], door: undefined },
    sentAt: ["breadcrumbs", "values", 0, "message"],
    storedAt: (stored) => at(entry(stored, "breadcrumbs"), ["data", "values", 0, "message"]),
  },
];

/** What the helper makes of the same error. Its SDKs hand breadcrumbs over as a list. */
function throughHelper(): object {
  const { breadcrumbs, ...rest } = error;
  const redacted = redactSentryEvent({ ...rest, breadcrumbs: breadcrumbs.values });
  return { ...redacted, breadcrumbs: { values: redacted.breadcrumbs } };
}

/** Sends the planted values to the project of an app around the helpers, and looks for what is stored of them. */
export async function sentryDoor(app: App, access: Access, patience: Patience): Promise<VendorDoor> {
  const project = access.sentry.projects[app];
  const where = `Sentry, project ${project}`;
  const helped = throughHelper();
  const isOwn = access.sentry.existing?.[`${app}Project`] !== true;
  const found = await sendAndFind(project, access, patience);
  return {
    where: isOwn ? where : `${where} (which existed, and keeps its own settings)`,
    values: plants.map(({ what, secrets, sentAt, storedAt, door }) => ({
      what,
      helper: fateOf(secrets, at(helped, sentAt)),
      door: isOwn ? door : undefined,
      stored: found.event ? fateOf(secrets, storedAt(found.event.stored)) : ({ kind: "unknown" } as const),
    })),
    unseen: found.cause,
    stays: found.stays,
  };
}

interface Found {
  readonly event?: ArrivedEvent;
  readonly cause?: Cause;
  readonly stays?: string;
}

async function sendAndFind(project: string, access: Access, patience: Patience): Promise<Found> {
  const { patienceMs, signal } = patience;
  let stays: string | undefined;
  const unseen = (what: string, fix: string): Found => ({
    cause: { what, fix },
    ...(stays !== undefined && { stays }),
  });
  try {
    const sentry = new SentryIssues(access);
    const key = (await sentry.keys(project)).find(({ isActive, dsn }) => isActive && dsn !== undefined);
    const dsn = parseDsn(key?.dsn?.public ?? "");
    if (!dsn)
      return unseen(
        `the project ${project} has no key that is switched on`,
        `\`pulumi up --refresh --run-program --stack ${access.stack}\` makes one`,
      );
    const id = randomBytes(16).toString("hex");
    const answer = await sendError(dsn, marked(id, access.stage), signal);
    if (!answer.ok)
      return unseen(`Sentry ${answerWords(answer)}`, `\`npx obs doctor --stack ${access.stack}\` says why`);
    stays = `one error in Sentry's project ${project}, as long as its plan keeps errors`;
    const event = await eventually(patience, () => sentry.event(id));
    if (!event)
      return unseen(
        `Sentry took the error, and after ${seconds(patienceMs)} it has not arrived`,
        "try again with `--patience 300`; `npx obs verify` says whether errors arrive at all",
      );
    return { event, stays: `${stays}; ${await resolved(sentry, event)}` };
  } catch (error) {
    signal.throwIfAborted();
    const fix = "mend that first, then run this again";
    if (isVendorError(error)) return unseen(error.message, fix);
    if (isFailure(error)) return unseen(error.message, error.fix ?? fix);
    throw error;
  }
}

/** What was seen stays seen where the token may not resolve an issue. */
async function resolved(sentry: SentryIssues, { issueId }: ArrivedEvent): Promise<string> {
  try {
    await sentry.resolve(issueId);
    return "its issue is resolved, and no alert reports it";
  } catch (error) {
    if (isVendorError(error))
      return `its issue ${issueId} stays open, since the token may not resolve it; no alert reports it`;
    throw error;
  }
}

const marked = (id: string, environment: string) => ({
  ...error,
  event_id: id,
  timestamp: new Date().toISOString(),
  platform: "other",
  level: "error",
  environment,
  fingerprint: ["obs-privacy"],
  tags: { [testErrorTag]: "privacy" },
});
