const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a request's Host header is a local name. Another site's name can be made to resolve to this machine (DNS
 * rebinding), and its pages could then read local data.
 */
export function isOwnName(url: string, more: readonly string[] = []): boolean {
  const { hostname } = new URL(url);
  return loopback.has(hostname) || more.includes(hostname);
}
