import { redactAddress } from "../shared/privacy/address.ts";
import { redactText } from "../shared/privacy/text.ts";
import { redact } from "../shared/privacy/value.ts";

type Data = Record<string, unknown>;

/** rrweb's kinds of events, as far as they have more than positions and masked text. Source: rrweb-types, EventType. */
const fullSnapshot = 2;
const incrementalSnapshot = 3;
const meta = 4;
const custom = 5;

/** Long attributes about appearance, without personal data. */
const looks = /^(?:class|style|d|points|transform|viewBox|_cssText|rr_.*)$/;

/** Attributes in which apps put data that no pattern recognizes: names, notes, whole records. */
const saysMore = /^(?:data-.*|aria-(?:label|description|valuetext))$/i;

/**
 * Redacts an event of a replay. Sentry masks the page's text; what remains is in addresses (the page's own with its query,
 * `tel:` and `mailto:` links, requests) and in attributes.
 */
export function redactRecording<Event extends object>(event: Event): Event {
  const { type, data } = event as { type?: number; data?: Data };
  if (!data) return event;
  switch (type) {
    case meta:
      return { ...event, data: { ...data, href: redactAddress(String(data.href)) } };
    case fullSnapshot:
      redactNode(data.node);
      return event;
    case incrementalSnapshot:
      for (const { node } of list(data.adds)) redactNode(node);
      for (const change of list(data.attributes)) redactAttributes(change.attributes);
      return event;
    case custom:
      return { ...event, data: { ...data, payload: redact(data.payload) } };
    default:
      return event;
  }
}

/** Changes a serialized page in place: only the recording uses it, and a copy would be slow. */
function redactNode(root: unknown): void {
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const { attributes, childNodes } = node as { attributes?: unknown; childNodes?: unknown[] };
    redactAttributes(attributes);
    if (Array.isArray(childNodes)) nodes.push(...childNodes);
  }
}

function redactAttributes(attributes: unknown): void {
  if (typeof attributes !== "object" || attributes === null) return;
  const values = attributes as Data;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "string" || looks.test(name)) continue;
    if (saysMore.test(name)) {
      values[name] = "";
      continue;
    }
    values[name] = /^(?:href|src|action|formaction|xlink:href)$/.test(name) ? redactLink(value) : redactText(value);
  }
}

function redactLink(link: string): string {
  // An image within the page is no address, and Sentry leaves media out.
  if (link.startsWith("data:")) return "data:,";
  const scheme = /^(?:mailto|tel|sms|facetime|whatsapp):/i.exec(link)?.[0];
  return scheme ?? redactAddress(link);
}

function list(items: unknown): Data[] {
  return Array.isArray(items) ? items : [];
}
