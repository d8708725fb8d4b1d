/** So many requests in so long a time, counted back from each moment. */
export interface Allowance {
  requests: number;
  windowMs: number;
}

/** A request that the vendor let pass. It counts from when it was sent at the earliest, to when it was answered at the latest. */
export interface Passed {
  sentAt: number;
  answeredAt: number;
}

/**
 * When the next request may be sent: now or earlier when one may be sent now; undefined when nobody knows before one of
 * those under way is answered. `passed` is in the order of answers.
 *
 * A request is taken to leave the window when it was answered that long ago: the vendor counted it no later than that,
 * so that what is sent then is never early.
 */
export function nextTurn(
  { requests, windowMs }: Allowance,
  passed: readonly Passed[],
  underWay: number,
  now: number,
): number | undefined {
  const recent = passed.filter(({ answeredAt }) => answeredAt + windowMs > now);
  const tooMany = recent.length + underWay + 1 - requests;
  if (tooMany <= 0) return now;
  // After the last of these has left the window there is room for one more.
  const leaving = recent[tooMany - 1];
  return leaving && leaving.answeredAt + windowMs;
}
