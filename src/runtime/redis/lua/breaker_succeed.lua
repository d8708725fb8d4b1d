-- A call through a circuit breaker succeeded: the failures before it no longer count.
-- KEYS[1] cb_fail:{name}; KEYS[2] cb_open:{name}; see breaker_enter.lua
-- ARGV    failures that open it, the trial's token or ""
-- gives   "closed", or "late" for a call that was let through before it opened
local open = redis.pcall("get", KEYS[2])
if type(open) == "table" and not string.find(open.err, "WRONGTYPE") then return open end
if open and open ~= ARGV[2] then return "late" end
if ARGV[2] == "" then
  -- It opened and its time is over: that is for a trial to decide, and not for a call from before.
  local counted = redis.pcall("get", KEYS[1])
  if type(counted) == "table" and not string.find(counted.err, "WRONGTYPE") then return counted end
  local failures = 0
  if counted == "0" or type(counted) == "string" and string.match(counted, "^[1-9]%d*$") and #counted <= 15 then
    failures = tonumber(counted)
  end
  if failures > 0 and redis.call("pttl", KEYS[1]) < 0 then failures = 0 end
  if failures >= tonumber(ARGV[1]) then return "late" end
end
redis.call("del", KEYS[1], KEYS[2])
return "closed"
