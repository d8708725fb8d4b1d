import { type OnDrop, redactProperties } from "./event.ts";
import { redactPerson } from "./person.ts";
import { opaqueId } from "./pseudonym.ts";
import { cutText, redactText } from "./text.ts";
import { redact } from "./value.ts";

/** Names without `$` that PostHog's SDKs themselves put on events. `title` is not kept: a page's title names people. */
const structural = new Set(["token", "distinct_id", "title"]);
/** Where a visit came from: what posthog-js takes from a page's address. Source: posthog-js, event-utils.ts, CAMPAIGN_PARAMS. */
const campaign =
  /^(?:utm_[a-z]+|gclid|gclsrc|dclid|[gw]braid|gad_source|fbclid|msclkid|twclid|li_fat_id|mc_cid|igshid|ttclid|rdt_cid|epik|qclid|sccid|irclid|_kx|bfcid|oppref)$/;

type Properties = Record<string, unknown>;

/** The part of an event that both SDKs pass to `before_send`. */
export interface OutgoingEvent {
  event: string;
  properties?: Properties | undefined;
  $set?: Properties | undefined;
  $set_once?: Properties | undefined;
}

/**
 * What `before_send` returns: the event as it may leave. PostHog drops an event whose hook throws, so that a mistake
 * here loses an event and leaks none.
 */
export function redactOutgoing<Event extends OutgoingEvent>(event: Event, onDrop: OnDrop): Event {
  const given = event.properties ?? {};
  const described = Object.fromEntries(
    Object.entries(given).filter(([name]) => !structural.has(name) && !campaign.test(name)),
  );
  const kept: Properties = redactProperties(event.event, described, onDrop);
  for (const [name, value] of Object.entries(given)) if (campaign.test(name)) kept[name] = redact(value);
  // The project's public key: without it PostHog cannot tell whose event it is.
  if (given.token !== undefined) kept.token = given.token;
  if (given.distinct_id !== undefined) kept.distinct_id = opaqueId(String(given.distinct_id));
  // Made by the browser, has nothing of a person; PostHog tells bots and devices by it.
  if (typeof given.$raw_user_agent === "string") kept.$raw_user_agent = cutText(given.$raw_user_agent, 400);
  return {
    ...event,
    event: redactText(event.event, 200),
    properties: kept,
    ...(event.$set && { $set: redactPerson(event.$set) }),
    ...(event.$set_once && { $set_once: redactPerson(event.$set_once) }),
  };
}
