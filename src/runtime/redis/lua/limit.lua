-- A take of a rate limit, in one step.
-- KEYS[1] ratelimit:{tenant}:{bucket}, what is counted in the window; it lives for as long as the window
-- KEYS[2] tenant:{tenant}:rl_multiplier, the factor on all limits of the tenant
-- ARGV    cost, windowSeconds, limit (whole numbers from 0 on)
-- gives   { 1 if the take is counted else 0, all that is counted, ms until the window ends, limit times factor,
--           the factor as it stood under KEYS[2] or "",
--           what stood under KEYS[1] or KEYS[2] and was not ours: "", "text", "type", "endless" or "factor" }
-- What goes beyond the limit is not counted, so that a limit that is raised within a window lets through what it should.
local cost, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local found = ""

local said = redis.pcall("get", KEYS[2])
if type(said) == "table" and not string.find(said.err, "WRONGTYPE") then return said end
local factor, text = 1, ""
if type(said) == "string" then
  text = said
  local number = string.match(said, "^%s*(%d*%.?%d*)%s*$") or string.match(said, "^%s*(%d+%.?%d*[eE][+-]?%d%d?)%s*$")
  factor = number and tonumber(number)
elseif said then
  factor = nil
end
if not factor or factor > 1000000 then
  factor = 1
  found = "factor"
end
local allowed = math.floor(limit * factor)
if limit > 0 and factor > 0 and allowed < 1 then allowed = 1 end
if allowed > 1000000000 then allowed = 1000000000 end

local counted = redis.pcall("get", KEYS[1])
if type(counted) == "table" and not string.find(counted.err, "WRONGTYPE") then return counted end
local total, left = 0, -2
if type(counted) == "string" then
  -- INCRBY refuses leading zeros.
  if (counted == "0" or string.match(counted, "^[1-9]%d*$")) and #counted <= 15 then
    left = redis.call("pttl", KEYS[1])
    -- Without an expiry, or with one beyond a window, it would block the tenant for longer than a window: it has ended.
    if left > window * 1000 then left = -1 end
    if left >= 0 then total = tonumber(counted) else found = "endless" end
  else
    found = "text"
  end
elseif counted then
  found = "type"
end

if total + cost > allowed then return { 0, total, math.max(left, 0), allowed, text, found } end
if cost == 0 then return { 1, total, math.max(left, 0), allowed, text, found } end
if left < 0 then
  redis.call("set", KEYS[1], ARGV[1], "EX", ARGV[2])
  return { 1, cost, window * 1000, allowed, text, found }
end
redis.call("incrby", KEYS[1], ARGV[1])
return { 1, total + cost, left, allowed, text, found }
