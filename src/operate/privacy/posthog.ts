import { randomUUID } from "node:crypto";
import { eventFilterMode } from "../../catalog/event-filter.ts";
import { events } from "../../catalog/events.ts";
import { projectSettings } from "../../catalog/project-settings.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { redactOutgoing } from "../../runtime/shared/privacy/posthog.ts";
import type { Access } from "../access/access.ts";
import { answerWords } from "../access/fetch.ts";
import type { Cause } from "../access/lookup.ts";
import { type FoundEvent, PostHogQueries } from "../access/posthog.ts";
import { sendEvent } from "../access/send.ts";
import { eventually, type Patience, seconds } from "../checks/eventually.ts";
import { isFailure } from "../command/failure.ts";
import { fateOf, planted } from "./planted.ts";
import type { PlantedValue, VendorDoor } from "./report.ts";

/** Name of the marked events: no app sends it, the catalog does not have it, and no tile asks for it. */
export const privacyEvent = "obs.privacy_check";

/** The property of the catalog that holds free text: its class is `truncated-120`. */
const freeText = Object.entries(events)
  .flatMap(([event, { properties }]) =>
    Object.entries(properties).map(([name, { privacy }]) => ({ event, name, privacy })),
  )
  .find(({ privacy }) => privacy === "truncated-120");
if (!freeText) throw new Error("no event of the catalog has a property of the class truncated-120");

interface Plant {
  readonly what: string;
  readonly property: string;
  readonly value: string;
  /** The private part of the value, if it is not the whole. */
  readonly secrets?: readonly string[];
  readonly door?: string | undefined;
}

const plants: readonly Plant[] = [
  { what: "e-mail in `email`", property: "email", value: planted.email },
  { what: "phone in `phone`", property: "phone", value: planted.phone },
  { what: "card in `card_number`", property: "card_number", value: planted.card },
  { what: "token in `access_token`", property: "access_token", value: planted.token },
  { what: "name in `customer_name`", property: "customer_name", value: planted.name },
  {
    what: "IP address in `$ip`",
    property: "$ip",
    value: planted.ip,
    door: projectSettings.anonymizeIps ? "drops it" : undefined,
  },
  {
    what: "e-mail in `$current_url`",
    property: "$current_url",
    value: `https://app.example.com/clients?email=${encodeURIComponent(planted.email)}`,
    secrets: [planted.email],
  },
  {
    what: `e-mail, phone in \`${freeText.name}\``,
    property: freeText.name,
    value: `550 ${planted.email}, ${planted.phone} refused`,
    secrets: [planted.email, planted.phone],
  },
];
const isFiltered = eventFilterMode === "live";
const byId: Plant = {
  ...{ what: "e-mail as distinct id", property: "distinct_id", value: planted.email },
  door: isFiltered ? "drops the event" : undefined,
};

/** What the helper makes of the values, as properties of an event of the catalog. */
function throughHelper(): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries([...plants, byId].map(({ property, value }) => [property, value]));
  return redactOutgoing({ event: freeText?.event ?? privacyEvent, properties: given }, () => {}).properties;
}

/** Sends the planted values to PostHog around the helpers, and looks for what is stored of them. */
export async function posthogDoor(access: Access, patience: Patience): Promise<VendorDoor> {
  const where = `PostHog, project ${access.posthog.projectId}`;
  const helped = throughHelper();
  const plantedOf = (plant: Plant, stored: PlantedValue["stored"]): PlantedValue => ({
    ...{ what: plant.what, door: plant.door, stored },
    helper: fateOf(secretsOf(plant), helped[plant.property]),
  });
  const unseen = (cause: Cause, stays?: string): VendorDoor => ({
    ...{ where, unseen: cause, stays },
    values: [...plants, byId].map((plant) => plantedOf(plant, { kind: "unknown" })),
  });
  const found = await sendAndFind(access, patience);
  if (found.kind === "unseen") return unseen(found.cause, found.sent ? staysIn(access) : undefined);
  const { properties } = found.first;
  // Nothing but the filter drops an event of which another one arrived that was sent with it.
  const dropped = isFiltered ? ({ kind: "gone" } as const) : undefined;
  const second = found.second ? fateOf([planted.email], found.second.distinctId) : dropped;
  return {
    where,
    values: [
      ...plants.map((plant) => plantedOf(plant, fateOf(secretsOf(plant), properties[plant.property]))),
      plantedOf(byId, second ?? { kind: "unknown" }),
    ],
    stays: staysIn(access),
    unseen: second ? undefined : { what: "the event with an e-mail as distinct id has not arrived", fix: longer },
  };
}

const secretsOf = ({ value, secrets = [value] }: Plant): readonly string[] => secrets;

const staysIn = ({ posthog }: Access): string =>
  `two events named \`${privacyEvent}\` in PostHog's project ${posthog.projectId}, as long as its plan keeps events; no tile asks for them, and they make no person`;

const longer = "try again with `--patience 300`; `npx obs verify` says whether events arrive at all";

type Sent =
  | { readonly kind: "found"; readonly first: FoundEvent; readonly second: FoundEvent | undefined }
  | { readonly kind: "unseen"; readonly cause: Cause; readonly sent: boolean };

async function sendAndFind(access: Access, patience: Patience): Promise<Sent> {
  const { ingestHost, projectKey, projectId } = access.posthog;
  const check = randomUUID();
  let sent = false;
  try {
    const queries = new PostHogQueries(access);
    const find = () => queries.events(privacyEvent, "privacy_check_id", check);
    // A key that may not read is found out before anything is sent.
    await find();
    const send = (id: string, properties: object) =>
      sendEvent(
        ingestHost,
        projectKey,
        {
          ...{ event: privacyEvent, distinct_id: id, uuid: randomUUID() },
          properties: { privacy_check_id: check, ...properties },
        },
        patience.signal,
      );
    const ownId = `obs-privacy-${check}`;
    const answers = [
      await send(ownId, Object.fromEntries(plants.map(({ property, value }) => [property, value]))),
      await send(byId.value, {}),
    ];
    sent = answers.some(({ ok }) => ok);
    const refused = answers.find(({ ok }) => !ok);
    if (refused)
      return unseenOf(
        `${ingestHost} ${answerWords(refused)}`,
        `\`npx obs doctor --stack ${access.stack}\` says why`,
        sent,
      );
    const first = await eventually(patience, async () => (await find()).find(({ distinctId }) => distinctId === ownId));
    if (!first)
      return unseenOf(
        `${ingestHost} took the events, and after ${seconds(patience.patienceMs)} no query finds them in project ${projectId}`,
        longer,
        sent,
      );
    // Both were sent together: where one has arrived, the other is not far.
    const soon = { ...patience, patienceMs: Math.min(patience.patienceMs, 20_000) };
    const second = await eventually(soon, async () => (await find()).find(({ distinctId }) => distinctId !== ownId));
    return { kind: "found", first, second };
  } catch (error) {
    patience.signal.throwIfAborted();
    const fix = "mend that first, then run this again";
    if (isVendorError(error)) return unseenOf(error.message, fix, sent);
    if (isFailure(error)) return unseenOf(error.message, error.fix ?? fix, sent);
    throw error;
  }
}

const unseenOf = (what: string, fix: string, sent: boolean): Sent => ({ kind: "unseen", cause: { what, fix }, sent });
