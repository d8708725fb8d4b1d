/** An escape of half a surrogate pair: JSON.stringify writes one where the other half is missing, and only there. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** A value as JSON that DuckDB reads. Half a surrogate pair becomes U+FFFD, as in PostHog: one would break every query. */
export function storedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes("\\ud") ? json.replaceAll(loneSurrogate, "$1\ufffd") : json;
}
