-- A call through a circuit breaker failed.
-- KEYS[1] cb_fail:{name}; KEYS[2] cb_open:{name}; see breaker_enter.lua
-- ARGV    failures that open it, ms that a failure counts, ms that it stays open, the trial's token or ""
-- gives   "closed", "open", or "late" for a call that was let through before it opened
local open = redis.pcall("get", KEYS[2])
if type(open) == "table" and not string.find(open.err, "WRONGTYPE") then return open end
if open and open ~= ARGV[4] then return "late" end
local counted = redis.pcall("get", KEYS[1])
if type(counted) == "table" and not string.find(counted.err, "WRONGTYPE") then return counted end
local failures = 0
if counted == "0" or type(counted) == "string" and string.match(counted, "^[1-9]%d*$") and #counted <= 15 then
  failures = tonumber(counted)
end
if failures > 0 and redis.call("pttl", KEYS[1]) < 0 then failures = 0 end
-- It opened and its time is over: that is for a trial to decide, and not for a call from before.
if ARGV[4] == "" and failures >= tonumber(ARGV[1]) then return "late" end
failures = failures + 1
-- A trial that lost its place to another one, which closed the breaker, counts as any call does.
if not open and failures < tonumber(ARGV[1]) then
  redis.call("set", KEYS[1], failures, "PX", ARGV[2])
  return "closed"
end
redis.call("set", KEYS[2], "open", "PX", ARGV[3])
redis.call("set", KEYS[1], math.max(failures, tonumber(ARGV[1])), "PX", ARGV[2] + ARGV[3])
return "open"
