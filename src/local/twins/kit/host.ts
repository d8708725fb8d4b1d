const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a request was sent to this machine by its own name. Another site's name may be made to point here (DNS
 * rebinding), and its pages would then read what is meant for this machine alone.
 */
export function isOwnName(url: string, more: readonly string[] = []): boolean {
  const { hostname } = new URL(url);
  return loopback.has(hostname) || more.includes(hostname);
}
