/** Redis keys as BrandVX has them, the backend's older Python helpers included. */
export const keys = {
  /** Cached inventory of a tenant. */
  inv: (tenant: string) => `inv:${part(tenant)}`,
  /** Cached first page of a tenant's inbox; `size` is the number of threads on it. */
  inbox: (tenant: string, size = 50) => `inbox:${part(tenant)}:${size}`,
  /** Cached figures of a tenant's admin page. */
  kpis: (tenant: string) => `kpis:${part(tenant)}`,
  /** Counter of a rate limit in its current window. */
  rateLimit: (tenant: string, bucket: string) => `ratelimit:${part(tenant)}:${part(bucket)}`,
  /** Factor on all rate limits of a tenant; read with every request, so that a change takes effect at once. */
  rateMultiplier: (tenant: string) => `tenant:${part(tenant)}:rl_multiplier`,
  /** Failures in a row behind a circuit breaker. */
  breakerFailures: (name: string) => `cb_fail:${part(name)}`,
  /** Present while a circuit breaker lets nothing through, or one trial. */
  breakerOpen: (name: string) => `cb_open:${part(name)}`,
  /** Held by the process that loads a cached value. */
  loading: (key: string) => `loading:${key}`,
} as const;

/** Channel that events are published on for all processes of the backend. */
export const eventChannel = "brandvx.events";

/** A part of a key: what would be read as another part, `:` above all, is percent-encoded. */
function part(text: string): string {
  return String(text)
    .toWellFormed()
    .replaceAll(/[^\w.-]/gu, encodeURIComponent);
}
