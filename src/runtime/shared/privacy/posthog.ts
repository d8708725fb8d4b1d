import { isCampaignParameter } from "./campaign.ts";
import { redactProperties } from "./event.ts";
import { redactPerson } from "./person.ts";
import type { OnDrop } from "./property.ts";
import { opaqueId } from "./pseudonym.ts";
import { cutText, redactText } from "./text.ts";
import { redact } from "./value.ts";

/** Names without `$` that PostHog's SDKs themselves put on events. `title` is not kept: a page's title names people. */
const structural = new Set(["token", "distinct_id", "title"]);
type Properties = Record<string, unknown>;

/** The part of an event that both SDKs pass to `before_send`. */
export interface OutgoingEvent {
  event: string;
  properties?: Properties | undefined;
  $set?: Properties | undefined;
  $set_once?: Properties | undefined;
}

/** By the shape that the credential map wants of it (src/catalog/environment.ts; event.test.ts holds the two together). */
function isProjectKey(token: unknown): token is string {
  return typeof token === "string" && /^phc_\w+$/.test(token);
}

/**
 * What `before_send` returns: the event as it may leave. PostHog drops an event whose hook throws, so that a mistake
 * here loses an event and leaks none.
 */
export function redactOutgoing<Event extends OutgoingEvent>(event: Event, onDrop: OnDrop): Event {
  const given = event.properties ?? {};
  const described = Object.fromEntries(
    Object.entries(given).filter(([name]) => !structural.has(name) && !isCampaignParameter(name)),
  );
  const kept: Properties = redactProperties(event.event, described, onDrop);
  for (const [name, value] of Object.entries(given)) if (isCampaignParameter(name)) kept[name] = redact(value);
  // The project's public key: without it PostHog cannot tell whose event it is. Another token is no key of a project.
  if (isProjectKey(given.token)) kept.token = given.token;
  else if (given.token !== undefined) onDrop(`${redactText(event.event, 80)}.token`);
  if (given.distinct_id !== undefined) kept.distinct_id = opaqueId(String(given.distinct_id));
  // Made by the browser, has nothing of a person; PostHog tells bots and devices by it.
  if (typeof given.$raw_user_agent === "string") kept.$raw_user_agent = cutText(given.$raw_user_agent, 400);
  return {
    ...event,
    event: redactText(event.event, 200),
    properties: kept,
    ...(event.$set && { $set: redactPerson(event.$set, "$set", onDrop) }),
    ...(event.$set_once && { $set_once: redactPerson(event.$set_once, "$set_once", onDrop) }),
  };
}
