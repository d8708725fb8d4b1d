-- What a call through a circuit breaker may do.
-- KEYS[1] cb_fail:{name}, the failures in a row; KEYS[2] cb_open:{name}, there while nothing is let through: "open", or
--         the token of the one trial that is under way. Half-open: KEYS[2] is gone and KEYS[1] still at the threshold.
-- ARGV    failures that open it, ms that the trial may take, the caller's token, ms that it stays open
-- gives   { "closed", failures so far }, { "half-open", 0 } (the caller is the trial), or
--         { "open", ms until a trial is let through, "open" or "trial" }
local open = redis.pcall("get", KEYS[2])
if type(open) == "table" and not string.find(open.err, "WRONGTYPE") then return open end
if type(open) == "table" then
  -- Another type: somebody meant it to be open.
  redis.call("set", KEYS[2], "open", "PX", ARGV[4])
  open = "open"
end
if open then
  local left = redis.call("pttl", KEYS[2])
  if left < 0 then
    -- Without an expiry, by hand or by a crash: it gets one, so that nothing is closed for ever.
    redis.call("pexpire", KEYS[2], ARGV[4])
    left = tonumber(ARGV[4])
  end
  return { "open", left, string.sub(open, 1, 6) == "trial:" and "trial" or "open" }
end
local counted = redis.pcall("get", KEYS[1])
if type(counted) == "table" and not string.find(counted.err, "WRONGTYPE") then return counted end
local failures = 0
if counted == "0" or type(counted) == "string" and string.match(counted, "^[1-9]%d*$") and #counted <= 15 then
  failures = tonumber(counted)
end
if failures > 0 and redis.call("pttl", KEYS[1]) < 0 then failures = 0 end
if failures < tonumber(ARGV[1]) then return { "closed", failures } end
redis.call("set", KEYS[2], ARGV[3], "PX", ARGV[2])
return { "half-open", 0 }
