-- A call through a circuit breaker succeeded: the failures before it no longer count.
-- KEYS[1] cb_fail:{name}; KEYS[2] cb_open:{name}; see breaker_enter.lua
-- ARGV    the trial's token or ""
-- gives   "closed", or "late" for a call that began before it opened
local open = redis.pcall("get", KEYS[2])
if type(open) == "table" and not string.find(open.err, "WRONGTYPE") then return open end
if open and open ~= ARGV[1] then return "late" end
redis.call("del", KEYS[1], KEYS[2])
return "closed"
