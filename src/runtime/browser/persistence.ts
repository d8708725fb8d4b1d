import { isAddress, redactAddress } from "../shared/privacy/address.ts";
import { isCampaignParameter } from "../shared/privacy/campaign.ts";
import { redactText } from "../shared/privacy/text.ts";

/** The part of posthog-js that stores properties in local storage and in a cookie. */
interface Persistence {
  readonly props: Record<string, unknown>;
  register(properties: Record<string, unknown>, days?: number): boolean;
  register_once(properties: Record<string, unknown>, ...rest: unknown[]): boolean;
}

/**
 * Redacts what posthog-js stores in the browser, new and existing: the first page's whole address with its tokens, which is sent
 * to `/flags/` and set on persons (`$initial_current_url`), and search terms.
 */
export function redactPersistence(stores: readonly unknown[]): void {
  for (const store of new Set(stores)) {
    if (!isPersistence(store)) continue;
    const register = store.register.bind(store);
    const registerOnce = store.register_once.bind(store);
    Object.assign(store, {
      register: (properties: Record<string, unknown>, days?: number) => register(redacted(properties), days),
      register_once: (properties: Record<string, unknown>, ...rest: unknown[]) =>
        registerOnce(redacted(properties), ...rest),
    });
    const stored = redacted(store.props);
    const changed = Object.keys(stored).filter(
      (name) => JSON.stringify(stored[name]) !== JSON.stringify(store.props[name]),
    );
    if (changed.length > 0) register(Object.fromEntries(changed.map((name) => [name, stored[name]])));
  }
}

function isPersistence(store: unknown): store is Persistence {
  return typeof store === "object" && store !== null && "props" in store && "register" in store;
}

function redacted(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, storedValue(name, value, 0)]));
}

const deepest = 4;

function storedValue(name: string, value: unknown, depth: number): unknown {
  if (typeof value === "string") {
    // The search engine's query.
    if (name === "ph_keyword") return "";
    if (isAddress(value)) return addressWithCampaign(value);
    return isCampaignParameter(name.replace(/^\$?initial_/, "")) ? redactText(value, 200) : value;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth >= deepest) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, storedValue(key, item, depth + 1)]));
}

/** Keeps only the query's campaign parameters. */
function addressWithCampaign(address: string): string {
  const query = /\?([^#]*)/.exec(address)?.[1] ?? "";
  const campaign = query.split("&").filter((parameter) => isCampaignParameter(parameter.split("=", 1)[0] ?? ""));
  return (
    redactAddress(address) + (campaign.length > 0 ? `?${campaign.map((one) => redactText(one, 200)).join("&")}` : "")
  );
}
