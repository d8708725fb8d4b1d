"""The test cases shared by the helpers of all languages, against a real Redis and against the memory."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

import pytest
from conftest import RUNTIME, RedisServer

from brandvx_observability._generated.state import SCRIPTS
from brandvx_observability._state.breaker_memory import BreakerInMemory
from brandvx_observability._state.client import open_client, run_script
from brandvx_observability._state.keys import key
from brandvx_observability._state.limiter import take_in_memory
from brandvx_observability._state.memory import Memory
from brandvx_observability._state.shapes import factor_of, times
from brandvx_observability._variables import checked_variable


def cases(name: str) -> list[dict[str, Any]]:
    return json.loads((RUNTIME / "conformance" / f"{name}.json").read_text("utf-8"))["cases"]


COUNTER, FACTOR = key("rateLimit", "t1", "prompts"), key("rateMultiplier", "t1")
FAILS, OPEN = key("breakerFailures", "twilio"), key("breakerOpen", "twilio")


def test_scripts_are_the_same_files_by_the_digest_that_redis_knows_them_by() -> None:
    files = {path.read_text("utf-8") for path in (RUNTIME / "redis" / "lua").glob("*.lua")}
    assert {script["lua"] for script in SCRIPTS.values()} == files
    for script in SCRIPTS.values():
        assert hashlib.sha1(script["lua"].encode()).hexdigest() == script["sha1"]


@pytest.mark.parametrize("case", cases("keys"), ids=lambda case: case["text"])
def test_keys(case: dict[str, Any]) -> None:
    assert key(case["key"], *case["values"]) == case["text"]


@pytest.mark.parametrize("case", cases("factors"), ids=lambda case: repr(case["text"]))
def test_factors(case: dict[str, Any]) -> None:
    factor = factor_of(case["text"])
    assert factor == case["factor"]
    assert times(10, 1 if factor is None else factor) == case["of10"]


@pytest.mark.parametrize("case", cases("variables"), ids=lambda case: f"{case['variable']}={case['given']!r}")
def test_variables(case: dict[str, Any]) -> None:
    assert checked_variable(case["variable"], case["given"]).value == case["value"]


class InMemory:
    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.memory = Memory(lambda: self.now)
        self.breaker = BreakerInMemory(self.memory)
        self.can_put = True

    def put(self, what: dict[str, Any]) -> bool:
        # Only this process writes to the memory: other types, and keys without an expiry, cannot occur.
        if "list" in what or ("ttlMs" not in what and what["key"] != FACTOR):
            return False
        self.memory.set(what["key"], what["text"], what.get("ttlMs", 1e9))
        return True

    def pass_ms(self, ms: float) -> None:
        self.now += ms

    def take(self, cost: int, windowSeconds: int, limit: int) -> dict[str, Any]:
        used = take_in_memory(self.memory, COUNTER, self.memory.get(FACTOR), cost, windowSeconds, limit)
        return {"counted": used.counted, "total": used.total, "resetsInMs": used.resets_in_ms, "limit": used.limit}

    def enter(self, token: str) -> dict[str, Any]:
        entry = self.breaker.enter(FAILS, OPEN, 3, 10_000, token)
        return _entry(entry.state, entry.failures, entry.retry_after_ms, entry.trial)

    def fail(self, token: str) -> None:
        self.breaker.fail(FAILS, OPEN, 3, 60_000, 30_000, token)

    def succeed(self, token: str) -> None:
        self.breaker.succeed(FAILS, OPEN, 3, token)

    def add(self, by: int, ttlSeconds: int) -> dict[str, Any]:
        return {"value": self.memory.add("visits", by, ttlSeconds * 1000)}


class InRedis:
    def __init__(self, server: RedisServer) -> None:
        self.redis = server.client()
        self.url = server.url

    def _script(self, name: str, keys: list[str], arguments: list[Any]) -> Any:
        async def run() -> Any:
            client = open_client(self.url, name="test", deadline_s=5)
            try:
                return await run_script(client, name, keys, arguments)
            finally:
                await client.aclose()

        return asyncio.run(run())

    def put(self, what: dict[str, Any]) -> bool:
        self.redis.delete(what["key"])
        if "list" in what:
            self.redis.rpush(what["key"], *what["list"])
        else:
            self.redis.set(what["key"], what.get("text", ""))
        if "ttlMs" in what:
            self.redis.pexpire(what["key"], what["ttlMs"])
        return True

    def pass_ms(self, ms: float) -> None:
        # Shortens every expiry, which has the same effect as a later time.
        for name in self.redis.keys("*"):
            left = self.redis.pttl(name)
            if left >= 0:
                self.redis.pexpire(name, max(0, int(left - ms)))

    def take(self, cost: int, windowSeconds: int, limit: int) -> dict[str, Any]:
        counted, total, resets, allowed, _, found = self._script(
            "limitTake", [COUNTER, FACTOR], [cost, windowSeconds, limit]
        )
        return {"counted": counted == 1, "total": total, "resetsInMs": resets, "limit": allowed, "found": found}

    def enter(self, token: str) -> dict[str, Any]:
        state, detail, *holder = self._script("breakerEnter", [FAILS, OPEN], [3, 10_000, token, 30_000])
        return _entry(state, detail if state == "closed" else 0, detail, holder == ["trial"])

    def fail(self, token: str) -> None:
        self._script("breakerFail", [FAILS, OPEN], [3, 60_000, 30_000, token])

    def succeed(self, token: str) -> None:
        self._script("breakerSucceed", [FAILS, OPEN], [3, token])

    def add(self, by: int, ttlSeconds: int) -> dict[str, Any]:
        value, found = self._script("cacheIncrement", ["visits"], [by, ttlSeconds])
        return {"value": value, "found": found}


def _entry(state: str, failures: int, retry_after: float, trial: bool) -> dict[str, Any]:
    if state == "closed":
        return {"state": state, "failures": failures}
    return {"state": state} if state == "half-open" else {"state": state, "retryAfterMs": retry_after, "trial": trial}


def _agrees(given: dict[str, Any], expected: dict[str, Any]) -> bool:
    return all(
        name not in given or (abs(given[name] - value) <= 1_000 if name.endswith("Ms") else given[name] == value)
        for name, value in expected.items()
    )


def _run(subject: InMemory | InRedis, steps: list[dict[str, Any]]) -> None:
    for step in steps:
        if "put" in step:
            if not subject.put(step["put"]):
                return
        elif "passMs" in step:
            subject.pass_ms(step["passMs"])
        else:
            name = next(name for name in ("take", "enter", "fail", "succeed", "add") if name in step)
            given = getattr(subject, name)(**step[name])
            if "gives" in step:
                assert _agrees(given, step["gives"]), f"{step}: {given}"


ALL = [(name, case) for name in ("limits", "breakers", "counters") for case in cases(name)]


@pytest.mark.parametrize(("_", "case"), ALL, ids=[f"{name}: {case['name']}" for name, case in ALL])
def test_in_memory(_: str, case: dict[str, Any]) -> None:
    _run(InMemory(), case["steps"])


def test_in_a_real_redis(redis_server: RedisServer) -> None:
    subject = InRedis(redis_server)
    for _, case in ALL:
        subject.redis.flushall()
        _run(subject, case["steps"])
