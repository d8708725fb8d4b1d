import rules from "./keys.json" with { type: "json" };

/** BrandVX's Redis keys, also used by the backend's older Python helpers. Their templates are in keys.json. */
export const keys = {
  /** Cached inventory of a tenant. */
  inv: key<[tenant: string]>(rules.keys.inv),
  /** Cached first page of a tenant's inbox; `size` is the number of threads on it, 1 to 1000, else 50. */
  inbox: key<[tenant: string, size?: number]>(rules.keys.inbox),
  /** Cached figures of a tenant's admin page. */
  kpis: key<[tenant: string]>(rules.keys.kpis),
  /** Counter of a rate limit in its current window. */
  rateLimit: key<[tenant: string, bucket: string]>(rules.keys.rateLimit),
  /** Factor on all rate limits of a tenant; read with every request, so that a change takes effect immediately. */
  rateMultiplier: key<[tenant: string]>(rules.keys.rateMultiplier),
  /** Consecutive failures of a circuit breaker. */
  breakerFailures: key<[name: string]>(rules.keys.breakerFailures),
  /** Present while a circuit breaker refuses calls, or allows one trial. */
  breakerOpen: key<[name: string]>(rules.keys.breakerOpen),
  /** Held by the process that loads a cached value. */
  loading: key<[key: string]>(rules.keys.loading),
} as const;

/** Channel that events are published on for all processes of the backend. */
export const eventChannel = rules.channel;

type Value = string | number | undefined;

/** A builder for a template such as `inbox:{tenant}:{size=50}`, which is read once: keys are built with each call. */
function key<Values extends Value[]>(template: string): (...values: Values) => string {
  const [head = "", ...rest] = template.split(/\{([^}]+)\}/);
  const fills = rest.filter((_, index) => index % 2 === 0).map(fillOf);
  const texts = rest.filter((_, index) => index % 2 === 1);
  return (...values) => {
    let text = head;
    for (let index = 0; index < fills.length; index += 1) text += fills[index]?.(values[index]) + (texts[index] ?? "");
    return text;
  };
}

function fillOf(rule: string): (value: Value) => string {
  if (rule.startsWith("+")) return String;
  const otherwise = rule.split("=")[1];
  if (otherwise === undefined) return (value) => part(String(value));
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 1_000 ? String(value) : otherwise;
}

/** A part of a key: separators such as `:` are percent-encoded. */
function part(text: string): string {
  return /^[\w.-]*$/.test(text) ? text : text.toWellFormed().replaceAll(/[^\w.-]/gu, encodeURIComponent);
}
