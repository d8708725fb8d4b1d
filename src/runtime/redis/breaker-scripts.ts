/*
 * The shared circuit breaker's three steps, each atomic in Redis. KEYS[1] is cb_fail:name, the failures in a row;
 * KEYS[2] is cb_open:name, there while nothing is let through: "open", or the token of the one trial under way.
 * Half-open is what is left when cb_open has expired and cb_fail is still at the threshold.
 */

/** What a call may do: go ahead, go ahead as the trial, or wait. */
export type Entry =
  | { readonly state: "closed"; readonly failures: number }
  | { readonly state: "half-open" }
  | { readonly state: "open"; readonly retryAfterMs: number; readonly trial: boolean };

export interface BreakerCommands {
  breakerEnter(
    fail: string,
    open: string,
    threshold: number,
    trialMs: number,
    token: string,
  ): Promise<[state: string, detail: string, holder?: string]>;
  breakerFail(
    fail: string,
    open: string,
    threshold: number,
    windowMs: number,
    openMs: number,
    token: string,
  ): Promise<string>;
  breakerSucceed(fail: string, open: string, token: string): Promise<string>;
}

const enter = `
  local open = redis.call("get", KEYS[2])
  if open then return { "open", tostring(redis.call("pttl", KEYS[2])), open } end
  local failures = tonumber(redis.call("get", KEYS[1])) or 0
  if failures < tonumber(ARGV[1]) then return { "closed", tostring(failures) } end
  redis.call("set", KEYS[2], ARGV[3], "PX", ARGV[2])
  return { "half-open", "0" }`;

const fail = `
  local open = redis.call("get", KEYS[2])
  if open and open ~= ARGV[4] then return "late" end
  local failures = (tonumber(redis.call("get", KEYS[1])) or 0) + 1
  if ARGV[4] == "" and failures < tonumber(ARGV[1]) then
    redis.call("set", KEYS[1], failures, "PX", ARGV[2])
    return "closed"
  end
  redis.call("set", KEYS[2], "open", "PX", ARGV[3])
  redis.call("set", KEYS[1], math.max(failures, tonumber(ARGV[1])), "PX", ARGV[2] + ARGV[3])
  return "open"`;

const succeed = `
  local open = redis.call("get", KEYS[2])
  if open and open ~= ARGV[1] then return "late" end
  redis.call("del", KEYS[1], KEYS[2])
  return "closed"`;

export const breakerScripts = {
  breakerEnter: { numberOfKeys: 2, lua: enter },
  breakerFail: { numberOfKeys: 2, lua: fail },
  breakerSucceed: { numberOfKeys: 2, lua: succeed },
};
