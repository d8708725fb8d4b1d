import { isObject, type Json, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveHogFunction } from "../answers.ts";
import type { Delivery, InsightAlertInputs } from "./inputs.ts";

/** A delivery that the program defines. */
export type OwnDelivery = Extract<Delivery, { type: "slack" | "webhook" }>;

/** The alert that is delivered. */
export interface Delivered extends Pick<InsightAlertInputs, "name" | "because" | "owner"> {
  /** UUID. */
  id: string;
}

/** PostHog's own event of a fired alert (posthog/tasks/alerts/utils.py). */
const firing = "$insight_alert_firing";

/** Name of the Hog function of a delivery, by which one without a state is found again. */
export const functionName = (key: string, { name }: Pick<Delivered, "name">): string => `${name} → ${key}`;

/** The alert that a Hog function delivers, by its UUID; undefined for one that is for others or for all. */
export function deliveredAlert({ filters }: LiveHogFunction): string | undefined {
  const { events, properties } = filters ?? {};
  const isOfAlerts = Array.isArray(events) && events.some((event) => isObject(event) && event.id === firing);
  if (!isOfAlerts || !Array.isArray(properties)) return undefined;
  const values = properties.filter(isObject).flatMap(({ key, value }) => (key === "alert_id" ? [value].flat() : []));
  return values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
}

/** The delivery as PostHog's fields, for a new Hog function (products/cdp/backend/api/hog_function.py). */
export const functionFields = (key: string, delivery: OwnDelivery, alert: Delivered): JsonObject => ({
  type: "internal_destination",
  template_id: templates[delivery.type],
  ...ownFields(key, delivery, alert),
  ...schemaOf(delivery),
});

const schemaOf = ({ type }: OwnDelivery): JsonObject => (type === "webhook" ? { inputs_schema: webhookSchema } : {});

const templates = { slack: "template-slack", webhook: "template-webhook" } as const;

function ownFields(key: string, delivery: OwnDelivery, alert: Delivered) {
  return {
    name: functionName(key, alert),
    description: `Tells ${delivery.teams.join(" and ")}. Managed by code: alerts/posthog.ts`,
    enabled: true,
    filters: {
      source: "events",
      events: [{ id: firing, type: "events" }],
      properties: [{ key: "alert_id", type: "event", value: alert.id, operator: "exact" }],
    },
    inputs: { ...addressOf(delivery), ...messageOf(delivery, alert) },
  };
}

/** PostHog's template shows the address of a webhook to everybody who may read; as a secret it answers a mark. */
const webhookSchema: JsonObject[] = [
  { key: "url", type: "string", label: "Webhook URL", secret: true, required: true },
  { key: "method", type: "string", label: "Method", secret: false, required: false },
  { key: "body", type: "json", label: "JSON Body", secret: false, required: false },
  { key: "headers", type: "dictionary", label: "Headers", secret: false, required: false },
];

const addressOf = (delivery: OwnDelivery): JsonObject =>
  delivery.type === "slack"
    ? { slack_workspace: { value: delivery.integrationId }, channel: { value: delivery.channel } }
    : { url: { value: literal(delivery.url) } };

/** A text in which PostHog's templates find nothing to evaluate. */
const literal = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("{", "\\{");

/** Slack's own escapes: a `<` would begin a link or a mention. */
const slackText = (text: string): string =>
  literal(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));

const address = "{project.url}/insights/{event.properties.insight_id}";

function messageOf({ type }: OwnDelivery, { name, because, owner }: Delivered): JsonObject {
  const templating = "hog";
  if (type === "webhook") {
    const body = {
      alert: literal(name),
      insight: "{event.properties.insight_name}",
      breaches: "{event.properties.breaches}",
      because: literal(because),
      owner,
      url: address,
    };
    return { method: { value: "POST" }, body: { value: body, templating } };
  }
  const text = `*${slackText(name)}*\n{event.properties.breaches}`;
  const section = (markdown: string): JsonObject => ({ type: "section", text: { type: "mrkdwn", text: markdown } });
  const button = { type: "button", text: { type: "plain_text", text: "The chart in PostHog" }, url: address };
  return {
    text: { value: text, templating },
    blocks: {
      value: [section(text), section(`${slackText(because)} (${owner})`), { type: "actions", elements: [button] }],
      templating,
    },
  };
}

/**
 * The fields that differ from the live Hog function, as the body of a PATCH. Empty without any.
 * @param knownUrl address that this resource last wrote; a masked one counts as that
 */
export function functionChanges(
  key: string,
  delivery: OwnDelivery,
  alert: Delivered,
  live: LiveHogFunction,
  knownUrl: string | undefined,
): JsonObject {
  const wanted = ownFields(key, delivery, alert);
  const { changedByHand = {}, ...shown } = reflectFunction(key, delivery, alert, live);
  const isRewritten = delivery.type === "webhook" && isMasked(live.inputs?.url) && delivery.url !== knownUrl;
  const { changedByHand: _, ...defined } = delivery;
  return {
    ...(changedByHand.name === undefined ? {} : { name: wanted.name }),
    ...(changedByHand.description === undefined ? {} : { description: wanted.description }),
    ...(changedByHand.enabled === undefined ? {} : { enabled: true }),
    ...(changedByHand.firesOn === undefined ? {} : { filters: wanted.filters }),
    ...(isRewritten || changedByHand.message !== undefined || !sameJson(shown, defined)
      ? { inputs: wanted.inputs, ...schemaOf(delivery) }
      : {}),
  };
}

/** Stands for an address that must not be shown: it differs from every wanted one, so that the next `up` writes it. */
const notKnown = "(not known)";

/** The live Hog function in the terms of the delivery as it is defined. */
export function reflectFunction(
  key: string,
  defined: OwnDelivery,
  alert: Delivered,
  live: LiveHogFunction,
): OwnDelivery {
  const wanted = ownFields(key, defined, alert);
  const inputs = live.inputs ?? {};
  const changed = withoutUndefined({
    name: live.name === wanted.name ? undefined : (live.name ?? ""),
    description: live.description === wanted.description ? undefined : (live.description ?? ""),
    enabled: live.enabled ? undefined : (false as const),
    firesOn: changedFilters(live, alert),
    message: changedMessage(defined, alert, live),
  });
  const { changedByHand: _, ...kept } = defined;
  return {
    ...(kept.type === "slack"
      ? {
          ...kept,
          integrationId: given(inputs.slack_workspace) as number,
          channel: String(given(inputs.channel) ?? ""),
        }
      : { ...kept, url: reflectUrl(kept.url, inputs.url) }),
    ...(Object.keys(changed).length > 0 ? { changedByHand: changed } : {}),
  };
}

const given = (input: JsonObject | null | undefined): Json | undefined => input?.value;

const isMasked = (input: JsonObject | null | undefined): boolean => input?.secret === true;

const reflectUrl = (url: string, input: JsonObject | null | undefined): string =>
  isMasked(input) || given(input) === literal(url) ? url : notKnown;

/** Fields of the filters that only the server adds. */
const compiled = new Set(["bytecode", "bytecode_error", "transpiled", "source"]);

function changedFilters(live: LiveHogFunction, { id }: Delivered): JsonObject | undefined {
  const { events, properties, ...rest } = live.filters ?? {};
  const others = Object.entries(rest).filter(
    ([key, value]) => !compiled.has(key) && value !== null && value !== false && !sameJson(value, []),
  );
  const [only, ...further] = Array.isArray(properties) ? properties : [];
  const isOfAlert =
    deliveredAlert(live) === id &&
    Array.isArray(events) &&
    events.length === 1 &&
    further.length === 0 &&
    isObject(only) &&
    (only.operator ?? "exact") === "exact" &&
    isPlain(events[0]);
  if (isOfAlert && others.length === 0) return undefined;
  return withoutUndefined({ events, properties, ...Object.fromEntries(others) }) as JsonObject;
}

/** An event without conditions of its own. */
const isPlain = (event: Json | undefined): boolean =>
  isObject(event) && (!Array.isArray(event.properties) || event.properties.length === 0);

/** The inputs of PostHog's template, other than the address, that differ from what is sent. */
function changedMessage(
  delivery: OwnDelivery,
  alert: Delivered,
  { inputs, inputs_schema }: LiveHogFunction,
): JsonObject | undefined {
  const addresses = Object.keys(addressOf(delivery));
  const wanted = messageOf(delivery, alert);
  const defaults = Object.fromEntries((inputs_schema ?? []).map((field) => [String(field.key), field.default]));
  const keys = new Set(
    [...Object.keys(wanted), ...Object.keys(inputs ?? {})].filter((key) => !addresses.includes(key)),
  );
  const changed = [...keys].flatMap((key): [string, Json][] => {
    const [value, own] = [given(inputs?.[key]) ?? null, wanted[key]];
    const expected = isObject(own) ? own.value : null;
    const isNothing = own === undefined && (value === null || value === "" || sameJson(value, {}));
    const isSame = sameJson(value, expected) || isNothing || (own === undefined && sameJson(value, defaults[key]));
    return isSame ? [] : [[key, value]];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
