# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final, Literal, NotRequired, TypedDict


class NumberRule(TypedDict):
    """What a number that is given as an option may be, and what stands for one that may not be used."""

    least: float
    most: float
    otherwise: float
    whole: NotRequired[Literal["down", "up"]]
    optional: NotRequired[bool]
    moves: NotRequired[bool]
    zero: NotRequired[str]


class Script(TypedDict):
    """A Lua script, by the digest that Redis knows it by."""

    lua: str
    keys: int
    sha1: str


KEYS: Final[dict[str, str]] = {
    "inv": "inv:{tenant}",
    "inbox": "inbox:{tenant}:{size=50}",
    "kpis": "kpis:{tenant}",
    "rateLimit": "ratelimit:{tenant}:{bucket}",
    "rateMultiplier": "tenant:{tenant}:rl_multiplier",
    "breakerFailures": "cb_fail:{name}",
    "breakerOpen": "cb_open:{name}",
    "loading": "loading:{+key}",
}

CHANNEL: Final = "brandvx.events"

NUMBER_RULES: Final[dict[str, NumberRule]] = {
    "rateLimit.limit": {
        "least": 0,
        "most": 1000000000,
        "otherwise": 100,
        "whole": "down",
        "zero": "lets nothing through",
    },
    "rateLimit.windowSeconds": {"least": 1, "most": 2678400, "otherwise": 60, "whole": "up"},
    "rateLimit.localLimit": {
        "least": 0,
        "most": 1000000000,
        "otherwise": 100,
        "whole": "down",
        "zero": "lets nothing through",
        "optional": True,
    },
    "take.cost": {
        "least": 0,
        "most": 1000000000,
        "otherwise": 1,
        "whole": "up",
        "optional": True,
        "zero": "looks and takes nothing",
    },
    "setRateMultiplier.factor": {"least": 0, "most": 1000000, "otherwise": 1, "zero": "lets nothing through"},
    "setRateMultiplier.ttlSeconds": {"least": 60, "most": 86400, "otherwise": 86400, "whole": "up", "optional": True, "moves": True},
    "circuitBreaker.failures": {"least": 1, "most": 1000, "otherwise": 5, "whole": "down", "optional": True},
    "circuitBreaker.windowSeconds": {"least": 0.001, "most": 2678400, "otherwise": 60, "optional": True},
    "circuitBreaker.openSeconds": {"least": 0.001, "most": 2678400, "otherwise": 30, "optional": True},
    "circuitBreaker.trialSeconds": {"least": 0.001, "most": 2678400, "otherwise": 10, "optional": True},
    "cacheSet.ttlSeconds": {"least": 60, "most": 86400, "otherwise": 300, "whole": "up", "optional": True, "moves": True},
    "cacheIncr.by": {
        "least": -1000000000000,
        "most": 1000000000000,
        "otherwise": 1,
        "whole": "down",
        "optional": True,
        "zero": "reads",
    },
    "cacheIncr.ttlSeconds": {"least": 60, "most": 86400, "otherwise": 86400, "whole": "up", "optional": True, "moves": True},
    "cached.ttlSeconds": {"least": 60, "most": 86400, "otherwise": 300, "whole": "up", "moves": True},
    "createStateStore.deadlineMs": {"least": 10, "most": 10000, "otherwise": 250, "whole": "up", "optional": True},
    "ready.ms": {"least": 0, "most": 60000, "otherwise": 1000, "optional": True, "zero": "does not wait"},
    "flag.deadlineMs": {"least": 1, "most": 5000, "otherwise": 300, "whole": "up", "optional": True},
    "shutdown.deadlineMs": {
        "least": 0,
        "most": 60000,
        "otherwise": 2000,
        "whole": "up",
        "optional": True,
        "zero": "drops all",
    },
}

SCRIPTS: Final[dict[str, Script]] = {
    "limitTake": {
        "lua": "-- A take of a rate limit, in one step.\n-- KEYS[1] ratelimit:{tenant}:{bucket}, what is counted in the window; it lives for as long as the window\n-- KEYS[2] tenant:{tenant}:rl_multiplier, the factor on all limits of the tenant\n-- ARGV    cost, windowSeconds, limit (whole numbers from 0 on)\n-- gives   { 1 if the take is counted else 0, all that is counted, ms until the window ends, limit times factor,\n--           the factor as it stood under KEYS[2] or \"\",\n--           what stood under KEYS[1] or KEYS[2] and was not ours: \"\", \"text\", \"type\", \"endless\" or \"factor\" }\n-- What goes beyond the limit is not counted, so that a limit that is raised within a window lets through what it should.\nlocal cost, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])\nlocal found = \"\"\n\nlocal said = redis.pcall(\"get\", KEYS[2])\nif type(said) == \"table\" and not string.find(said.err, \"WRONGTYPE\") then return said end\nlocal factor, text = 1, \"\"\nif type(said) == \"string\" then\n  text = said\n  local number = string.match(said, \"^%s*(%d*%.?%d*)%s*$\") or string.match(said, \"^%s*(%d+%.?%d*[eE][+-]?%d%d?)%s*$\")\n  factor = number and tonumber(number)\nelseif said then\n  factor = nil\nend\nif not factor or factor > 1000000 then\n  factor = 1\n  found = \"factor\"\nend\nlocal allowed = math.floor(limit * factor)\nif limit > 0 and factor > 0 and allowed < 1 then allowed = 1 end\nif allowed > 1000000000 then allowed = 1000000000 end\n\nlocal counted = redis.pcall(\"get\", KEYS[1])\nif type(counted) == \"table\" and not string.find(counted.err, \"WRONGTYPE\") then return counted end\nlocal total, left = 0, -2\nif type(counted) == \"string\" then\n  -- INCRBY refuses leading zeros.\n  if (counted == \"0\" or string.match(counted, \"^[1-9]%d*$\")) and #counted <= 15 then\n    left = redis.call(\"pttl\", KEYS[1])\n    -- Without an expiry, or with one beyond a window, it would block the tenant for longer than a window: it has ended.\n    if left > window * 1000 then left = -1 end\n    if left >= 0 then total = tonumber(counted) else found = \"endless\" end\n  else\n    found = \"text\"\n  end\nelseif counted then\n  found = \"type\"\nend\n\nif total + cost > allowed then return { 0, total, math.max(left, 0), allowed, text, found } end\nif cost == 0 then return { 1, total, math.max(left, 0), allowed, text, found } end\nif left < 0 then\n  redis.call(\"set\", KEYS[1], ARGV[1], \"EX\", ARGV[2])\n  return { 1, cost, window * 1000, allowed, text, found }\nend\nredis.call(\"incrby\", KEYS[1], ARGV[1])\nreturn { 1, total + cost, left, allowed, text, found }\n",
        "keys": 2,
        "sha1": "f4c9610743ad85eb5f9eb6ea868e02b0347764ae",
    },
    "breakerEnter": {
        "lua": "-- What a call through a circuit breaker may do.\n-- KEYS[1] cb_fail:{name}, the failures in a row; KEYS[2] cb_open:{name}, there while nothing is let through: \"open\", or\n--         the token of the one trial that is under way. Half-open: KEYS[2] is gone and KEYS[1] still at the threshold.\n-- ARGV    failures that open it, ms that the trial may take, the caller's token, ms that it stays open\n-- gives   { \"closed\", failures so far }, { \"half-open\", 0 } (the caller is the trial), or\n--         { \"open\", ms until a trial is let through, \"open\" or \"trial\" }\nlocal open = redis.pcall(\"get\", KEYS[2])\nif type(open) == \"table\" and not string.find(open.err, \"WRONGTYPE\") then return open end\nif type(open) == \"table\" then\n  -- Another type: somebody meant it to be open.\n  redis.call(\"set\", KEYS[2], \"open\", \"PX\", ARGV[4])\n  open = \"open\"\nend\nif open then\n  local left = redis.call(\"pttl\", KEYS[2])\n  if left < 0 then\n    -- Without an expiry, by hand or by a crash: it gets one, so that nothing is closed for ever.\n    redis.call(\"pexpire\", KEYS[2], ARGV[4])\n    left = tonumber(ARGV[4])\n  end\n  return { \"open\", left, string.sub(open, 1, 6) == \"trial:\" and \"trial\" or \"open\" }\nend\nlocal counted = redis.pcall(\"get\", KEYS[1])\nif type(counted) == \"table\" and not string.find(counted.err, \"WRONGTYPE\") then return counted end\nlocal failures = 0\nif counted == \"0\" or type(counted) == \"string\" and string.match(counted, \"^[1-9]%d*$\") and #counted <= 15 then\n  failures = tonumber(counted)\nend\nif failures > 0 and redis.call(\"pttl\", KEYS[1]) < 0 then failures = 0 end\nif failures < tonumber(ARGV[1]) then return { \"closed\", failures } end\nredis.call(\"set\", KEYS[2], ARGV[3], \"PX\", ARGV[2])\nreturn { \"half-open\", 0 }\n",
        "keys": 2,
        "sha1": "655b16297aa07330437d84ec295bb83be5c57757",
    },
    "breakerFail": {
        "lua": "-- A call through a circuit breaker failed.\n-- KEYS[1] cb_fail:{name}; KEYS[2] cb_open:{name}; see breaker_enter.lua\n-- ARGV    failures that open it, ms that a failure counts, ms that it stays open, the trial's token or \"\"\n-- gives   \"closed\", \"open\", or \"late\" for a call that was let through before it opened\nlocal open = redis.pcall(\"get\", KEYS[2])\nif type(open) == \"table\" and not string.find(open.err, \"WRONGTYPE\") then return open end\nif open and open ~= ARGV[4] then return \"late\" end\nlocal counted = redis.pcall(\"get\", KEYS[1])\nif type(counted) == \"table\" and not string.find(counted.err, \"WRONGTYPE\") then return counted end\nlocal failures = 0\nif counted == \"0\" or type(counted) == \"string\" and string.match(counted, \"^[1-9]%d*$\") and #counted <= 15 then\n  failures = tonumber(counted)\nend\nif failures > 0 and redis.call(\"pttl\", KEYS[1]) < 0 then failures = 0 end\n-- It opened and its time is over: that is for a trial to decide, and not for a call from before.\nif ARGV[4] == \"\" and failures >= tonumber(ARGV[1]) then return \"late\" end\nfailures = failures + 1\n-- A trial that lost its place to another one, which closed the breaker, counts as any call does.\nif not open and failures < tonumber(ARGV[1]) then\n  redis.call(\"set\", KEYS[1], failures, \"PX\", ARGV[2])\n  return \"closed\"\nend\nredis.call(\"set\", KEYS[2], \"open\", \"PX\", ARGV[3])\nredis.call(\"set\", KEYS[1], math.max(failures, tonumber(ARGV[1])), \"PX\", ARGV[2] + ARGV[3])\nreturn \"open\"\n",
        "keys": 2,
        "sha1": "a5bd9fd9e41e1713d4d51ca241793b74436b1a48",
    },
    "breakerSucceed": {
        "lua": "-- A call through a circuit breaker succeeded: the failures before it no longer count.\n-- KEYS[1] cb_fail:{name}; KEYS[2] cb_open:{name}; see breaker_enter.lua\n-- ARGV    failures that open it, the trial's token or \"\"\n-- gives   \"closed\", or \"late\" for a call that was let through before it opened\nlocal open = redis.pcall(\"get\", KEYS[2])\nif type(open) == \"table\" and not string.find(open.err, \"WRONGTYPE\") then return open end\nif open and open ~= ARGV[2] then return \"late\" end\nif ARGV[2] == \"\" then\n  -- It opened and its time is over: that is for a trial to decide, and not for a call from before.\n  local counted = redis.pcall(\"get\", KEYS[1])\n  if type(counted) == \"table\" and not string.find(counted.err, \"WRONGTYPE\") then return counted end\n  local failures = 0\n  if counted == \"0\" or type(counted) == \"string\" and string.match(counted, \"^[1-9]%d*$\") and #counted <= 15 then\n    failures = tonumber(counted)\n  end\n  if failures > 0 and redis.call(\"pttl\", KEYS[1]) < 0 then failures = 0 end\n  if failures >= tonumber(ARGV[1]) then return \"late\" end\nend\nredis.call(\"del\", KEYS[1], KEYS[2])\nreturn \"closed\"\n",
        "keys": 2,
        "sha1": "709bfa0afe1e746342e9c2d057b7720c9faee260",
    },
    "cacheIncrement": {
        "lua": "-- Adds to a counter, which begins at 0 and lives for a time from its first use.\n-- KEYS[1] the counter\n-- ARGV    what is added (a whole number), ttlSeconds\n-- gives   { the counter's new value, what stood there and was not ours: \"\", \"text\", \"type\" or \"endless\" }\n-- A whole number without an expiry is counted on, and gets one. All else is replaced. It stays within 15 digits, which every\n-- client's numbers hold.\nlocal most = 999999999999999\nlocal by = tonumber(ARGV[1])\nlocal counted = redis.pcall(\"get\", KEYS[1])\nif type(counted) == \"table\" and not string.find(counted.err, \"WRONGTYPE\") then return counted end\nlocal found = \"\"\nif type(counted) == \"string\" then\n  -- INCRBY refuses leading zeros and \"-0\".\n  if (counted == \"0\" or string.match(counted, \"^-?[1-9]%d*$\")) and #string.gsub(counted, \"%-\", \"\") <= 15 then\n    local value = tonumber(counted)\n    local sum = math.max(-most, math.min(most, value + by))\n    redis.call(\"incrby\", KEYS[1], string.format(\"%.0f\", sum - value))\n    if redis.call(\"pttl\", KEYS[1]) < 0 then\n      redis.call(\"expire\", KEYS[1], ARGV[2])\n      found = \"endless\"\n    end\n    return { sum, found }\n  end\n  found = \"text\"\nelseif counted then\n  found = \"type\"\nend\nredis.call(\"set\", KEYS[1], ARGV[1], \"EX\", ARGV[2])\nreturn { by, found }\n",
        "keys": 1,
        "sha1": "2c3cf6a01285190dbcc7eb77b4cb1c5ab0f2cd5b",
    },
}
