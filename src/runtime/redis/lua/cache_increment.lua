-- Adds to a counter, which begins at 0 and lives for a time from its first use.
-- KEYS[1] the counter
-- ARGV    what is added (a whole number), ttlSeconds
-- gives   { the counter's new value, what stood there and was not ours: "", "text", "type" or "endless" }
-- A whole number without an expiry is counted on, and gets one. All else is replaced. It stays within 15 digits, which every
-- client's numbers hold.
local most = 999999999999999
local by = tonumber(ARGV[1])
local counted = redis.pcall("get", KEYS[1])
if type(counted) == "table" and not string.find(counted.err, "WRONGTYPE") then return counted end
local found = ""
if type(counted) == "string" then
  -- INCRBY refuses leading zeros and "-0".
  if (counted == "0" or string.match(counted, "^-?[1-9]%d*$")) and #string.gsub(counted, "%-", "") <= 15 then
    local value = tonumber(counted)
    local sum = math.max(-most, math.min(most, value + by))
    redis.call("incrby", KEYS[1], string.format("%.0f", sum - value))
    if redis.call("pttl", KEYS[1]) < 0 then
      redis.call("expire", KEYS[1], ARGV[2])
      found = "endless"
    end
    return { sum, found }
  end
  found = "text"
elseif counted then
  found = "type"
end
redis.call("set", KEYS[1], ARGV[1], "EX", ARGV[2])
return { by, found }
