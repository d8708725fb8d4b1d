"""Cache, limits, breakers and events: in Redis, without it, and together with a Node process."""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import ROOT, RUNTIME, RedisServer, free_port, node, until

import brandvx_observability as observability
from brandvx_observability import _state
from brandvx_observability._state.store import Store
from brandvx_observability.cache import (
    acache_del,
    acache_get,
    acache_set,
    acached,
    cache_del,
    cache_get,
    cache_incr,
    cache_set,
    cached,
    init_redis,
    keys,
    redis_counts,
    redis_detail,
    redis_status,
)
from brandvx_observability.circuit_breaker import CircuitOpenError, circuit_breaker
from brandvx_observability.events import aemit_event, emit_event, subscribe
from brandvx_observability.rate_limit import (
    LimitAnswer,
    OptionError,
    check_and_increment,
    rate_limit,
    set_rate_multiplier,
)

MESSAGE = {"channel": "sms", "template_id": "t1", "contact_id": "c1"}


@pytest.fixture
def use(request: pytest.FixtureRequest) -> Iterator[Callable[..., list[str]]]:
    lines: list[str] = []

    def opened(url: str | None, **options: Any) -> list[str]:
        store = Store(url, warn=lines.append, **options)
        _state.replace(store)
        store.run(store.link.ready(5), False, 5)
        return lines

    yield opened
    _state.replace(Store(None, warn=lines.append))


def both(start_redis: Callable[..., RedisServer], kind: str) -> str | None:
    return start_redis().url if kind == "redis" else None


@pytest.mark.parametrize("kind", ["redis", "memory"])
def test_the_older_call_sites_of_the_cache(use: Any, start_redis: Any, kind: str) -> None:
    use(both(start_redis, kind))
    assert cache_get("kpis:t1") is None
    assert cache_set("kpis:t1", {"a": [1, 2.5, None, "é\ud800"]}, ttl=60) == kind
    assert cache_get("kpis:t1") == {"a": [1, 2.5, None, "é\ud800"]}
    assert cache_incr("visits") == 1 and cache_incr("visits", 4) == 5
    cache_del("kpis:t1", "visits")
    assert cache_get("kpis:t1", "nothing") == "nothing"
    assert cache_set("x", {1, 2}) == "nowhere"


@pytest.mark.parametrize("kind", ["redis", "memory"])
def test_async_code_has_the_same(use: Any, start_redis: Any, kind: str) -> None:
    use(both(start_redis, kind))

    async def call() -> list[Any]:
        loads = 0

        async def load() -> dict[str, int]:
            nonlocal loads
            loads += 1
            await asyncio.sleep(0.05)
            return {"n": loads}

        await acache_set("a", 1)
        got = await asyncio.gather(*(acached(keys.kpis("t"), 60, load) for _ in range(20)))
        return [await acache_get("a"), loads, len({json.dumps(each) for each in got})]

    # Two loops one after the other, as in tests and Celery.
    assert asyncio.run(call()) == [1, 1, 1]
    assert asyncio.run(acache_get("a")) == 1


@pytest.mark.parametrize("kind", ["redis", "memory"])
def test_a_load_runs_once_for_all_threads_and_its_error_is_everybody_s(use: Any, start_redis: Any, kind: str) -> None:
    use(both(start_redis, kind))
    loads: list[int] = []
    results: list[Any] = []

    def load() -> int:
        loads.append(1)
        time.sleep(0.1)
        raise LookupError("no figures")

    def ask() -> None:
        try:
            cached("figures", 60, load)
        except LookupError as error:
            results.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(loads), results) == (1, ["no figures"] * 8)
    assert cached("figures", 60, lambda: [1, (2, 3)]) == [1, [2, 3]]
    assert cached("figures", 60, lambda: pytest.fail("it is cached")) == [1, [2, 3]]


@pytest.mark.parametrize("kind", ["redis", "memory"])
def test_limits_count_exactly_and_say_why(use: Any, start_redis: Any, kind: str) -> None:
    use(both(start_redis, kind))
    prompts = rate_limit("prompts", limit=3, window_seconds=60, when_redis_is_down="closed")
    answers = [prompts.take("t1") for _ in range(4)]
    assert [answer.allowed for answer in answers] == [True, True, True, False]
    assert (answers[-1].reason, answers[-1].remaining) == ("limit_reached", 0)
    assert 58_000 < answers[-1].retry_after_ms <= 60_000
    set_rate_multiplier("t1", 2)
    assert prompts.take("t1").limit == 6
    assert check_and_increment("t2", "sms", 1) == (True, 1)
    assert check_and_increment("t2", "sms", 1) == (False, 1)


@pytest.mark.parametrize("policy", ["open", "closed", "local"])
def test_while_redis_is_away_each_limit_does_as_it_was_told(use: Any, policy: Any) -> None:
    lines = use(f"redis://127.0.0.1:{free_port()}")
    limit = rate_limit("x", limit=5, window_seconds=60, when_redis_is_down=policy, local_limit=1)
    answers = [limit.take("t") for _ in range(2)]
    expected = {
        "open": ["redis_down_open", "redis_down_open"],
        "closed": ["redis_down_closed", "redis_down_closed"],
        "local": ["redis_down_local", "redis_down_local_limit_reached"],
    }
    assert [answer.reason for answer in answers] == expected[policy]
    assert sum("Redis is unavailable" in line for line in lines) == 1


@pytest.fixture(params=["redis", "memory"])
def busy(use: Any, start_redis: Any, request: pytest.FixtureRequest) -> Iterator[Callable[[], threading.Event]]:
    """Holds up the store's loop until the event is set: nothing that moves there begins."""
    use(both(start_redis, request.param))
    # As if all connections of callers were in use: their work moves to the loop.
    _state.current().link._ready.close()
    ends = threading.Event()

    def hold() -> threading.Event:
        ends.clear()
        _state.current()._loop.call_soon_threadsafe(ends.wait, 60)
        return ends

    yield hold
    ends.set()


@pytest.mark.parametrize("policy", ["open", "closed", "local"])
@pytest.mark.parametrize("is_async", [False, True])
def test_a_cost_above_the_limit_is_never_allowed(use: Any, busy: Any, policy: Any, is_async: bool) -> None:
    def take(cost: int = 1) -> LimitAnswer:
        return asyncio.run(limit.atake("t", cost)) if is_async else limit.take("t", cost)

    limit = rate_limit("x", limit=5, window_seconds=60, when_redis_is_down=policy, local_limit=3)
    busy()
    assert not take(6).allowed
    assert take(4).allowed == (policy == "open")
    assert take(3).allowed == (policy != "closed")
    busy().set()
    # Takes that are under way still read the factor of before.
    assert _state.current().run(_nothing(), False, 10)
    until(lambda: not _state.current()._tasks)
    set_rate_multiplier("t", 0)
    until(lambda: _state.current().limits.while_busy("t", limit.options, 1).limit == 0)
    busy()
    assert (take().allowed, take().limit) == (False, 0)
    use(f"redis://127.0.0.1:{free_port()}")
    assert not take(6).allowed


@pytest.mark.parametrize("is_async", [False, True])
def test_a_failure_that_a_busy_process_was_told_of_counts_when_it_comes_to_it(busy: Any, is_async: bool) -> None:
    breaker = circuit_breaker("sms", failures=2)

    def fail() -> None:
        ends.append(busy())
        raise LookupError

    async def afail() -> None:
        fail()

    ends: list[threading.Event] = []
    for _ in range(2):
        with pytest.raises(LookupError):
            asyncio.run(breaker.arun(afail)) if is_async else breaker.run(fail)
        ends[-1].set()
    until(lambda: breaker.state() == "open")


def test_a_deletion_counts_though_its_task_was_cancelled_before_it_began(busy: Any) -> None:
    cache_set("a", 1)
    until(lambda: cache_get("a") == 1)

    async def cancelled() -> None:
        deletion = asyncio.create_task(acache_del("a"))
        await asyncio.sleep(0)
        deletion.cancel()
        with pytest.raises(asyncio.CancelledError):
            await deletion

    ends = busy()
    asyncio.run(cancelled())
    ends.set()
    until(lambda: cache_get("a") is None)


async def _nothing() -> bool:
    return True


def test_a_load_ends_for_all_who_wait_though_its_process_was_busy_then(busy: Any) -> None:
    results: list[int] = []
    waiting = threading.Thread(target=lambda: results.append(cached("figures", 60, lambda: -1)))
    loads = _state.current().loads
    begin = loads.begin

    async def joins(key: str, seconds: int) -> Any:
        joined.set()
        return await begin(key, seconds)

    def load() -> int:
        loads.begin = joins  # type: ignore[method-assign]
        waiting.start()
        # Work that asks for the loop after it has its place there.
        assert joined.wait(10)
        assert _state.current().run(_nothing(), False, 10)
        ends.append(busy())
        return 7

    joined = threading.Event()
    ends: list[threading.Event] = []
    assert cached("figures", 60, load) == 7
    ends[0].set()
    waiting.join(5)
    assert results == [7]


def test_who_may_load_and_is_gone_holds_up_nobody(busy: Any) -> None:
    async def never() -> int:
        raise AssertionError("its task was cancelled before it could load")

    async def cancelled() -> None:
        asking = asyncio.create_task(acached("figures", 60, never))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    ends = busy()
    asyncio.run(cancelled())
    ends.set()
    begun = time.monotonic()
    assert cached("figures", 60, lambda: 7) == 7
    # Another's load would be waited for, for 10 s.
    assert time.monotonic() - begun < 5


def test_numbers_are_checked_where_they_are_given(use: Any) -> None:
    use(None, development=True)
    with pytest.raises(OptionError, match="limit is nan"):
        rate_limit("x", limit=float("nan"), window_seconds=60, when_redis_is_down="open")  # type: ignore[arg-type]
    lines = use(None)
    limit = rate_limit("x", limit=float("nan"), window_seconds=-1, when_redis_is_down="now")  # type: ignore[arg-type]
    assert limit.take("t").limit == 100
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("wait", "used"),
    [
        ("3", "3"), ("soon", "1"), (float("inf"), "1"), (float("nan"), "1"), (1e20, "60"), (10**400, "60"), (-1, "1"),
        (True, "1"), ([], "1"), (None, None), (0, None), (0.5, None), (60, None),
    ],
)  # fmt: skip
def test_init_redis_raises_nothing_whatever_it_waits(use: Any, wait: Any, used: str | None) -> None:
    use(None)
    lines: list[str] = []
    observability.initialise({"BRANDVX_ENV": "production"}, warn=lines.append)
    assert init_redis(wait=wait) is False
    assert len(lines) == (0 if used is None else 1)
    if used is not None:
        assert lines[0].startswith("init_redis.wait is ")
        assert lines[0].endswith(
            f"; it has to be a number of seconds from 0 to 60; 0 does not wait. Production uses {used}."
        )


@pytest.mark.parametrize("kind", ["redis", "memory"])
def test_a_breaker_opens_lets_one_trial_through_and_closes(use: Any, start_redis: Any, kind: str) -> None:
    use(both(start_redis, kind))
    calls: list[int] = []
    breaker = circuit_breaker("twilio", failures=2, open_seconds=0.3)

    def fails() -> None:
        calls.append(1)
        raise ConnectionError("gateway")

    for _ in range(2):
        with pytest.raises(ConnectionError):
            breaker.run(fails)
    with pytest.raises(CircuitOpenError) as raised:
        breaker.run(fails)
    assert raised.value.reason == "open" and 0 < raised.value.retry_after_ms <= 300
    assert (len(calls), breaker.state()) == (2, "open")
    until(lambda: breaker.state() == "half-open")
    assert breaker.run(lambda: "works") == "works"
    assert breaker.state() == "closed"


def test_no_call_is_slower_than_its_deadline_when_redis_is_paused_and_it_is_back_soon(
    use: Any, redis_server: RedisServer
) -> None:
    import signal

    lines = use(redis_server.url)
    cache_set("old", 1)
    redis_server.process.send_signal(signal.SIGSTOP)
    slowest = 0.0
    for _ in range(12):
        for call in (lambda: cache_get("old"), lambda: cache_set("old", 2), lambda: cached("c", 60, lambda: 1)):
            begun = time.monotonic()
            call()
            slowest = max(slowest, time.monotonic() - begun)
    # 250 ms, and the delay of a busy machine.
    assert slowest < 0.6
    assert cache_get("old") == 2
    assert redis_status() == "error"
    redis_server.process.send_signal(signal.SIGCONT)
    begun = time.monotonic()
    until(lambda: redis_status() == "ok")
    assert time.monotonic() - begun < 5
    # Values written in the meantime are deleted there before it is used again: a miss, not an old value.
    assert cache_get("old") is None
    until(lambda: any("Redis is back" in line for line in lines))
    assert sum("Redis is unavailable" in line for line in lines) == 1


def test_a_full_redis_is_degraded_by_its_own_word(use: Any, start_redis: Any) -> None:
    server = start_redis("--maxmemory", "1", "--maxmemory-policy", "noeviction")
    use(server.url)
    detail = redis_detail()
    assert detail["status"] == "degraded"
    assert [(reason["word"], reason["operations"]) for reason in detail["reasons"]] == [("OOM", ["write", "script"])]
    assert redis_status() == "error"
    assert cache_set("a", 1) == "memory" and cache_get("a") == 1


def test_counts_of_what_was_replaced(use: Any, redis_server: RedisServer) -> None:
    lines = use(redis_server.url)
    redis_server.client().set("ratelimit:t1:prompts", "no number")
    assert rate_limit("prompts", limit=3, window_seconds=60, when_redis_is_down="open").take("t1").allowed
    # Logged when the redactor is loaded, which on a busy machine is after the answer.
    until(lambda: redis_counts()["replaced"] == 1 and sum("is no counter" in line for line in lines) == 1)


@pytest.mark.parametrize("text", ["007", "00", "-0"])
def test_a_counter_that_incrby_refuses_is_replaced(use: Any, redis_server: RedisServer, text: str) -> None:
    use(redis_server.url)
    for policy in ("open", "closed", "local"):
        redis_server.client().set(f"ratelimit:t1:{policy}", text, ex=600)
        taken = rate_limit(policy, limit=5, window_seconds=60, when_redis_is_down=policy).take("t1")  # type: ignore[arg-type]
        assert (taken.reason, taken.remaining) == ("within_limit", 4)
    redis_server.client().set("visits", text, ex=600)
    assert cache_incr("visits", 2) == 2 and redis_server.client().get("visits") == "2"


def test_a_breaker_s_state_is_told_as_calls_are_let_through(use: Any, redis_server: RedisServer) -> None:
    use(redis_server.url, deadline_ms=2_000)
    client = redis_server.client()
    breaker = circuit_breaker("twilio", failures=3)
    fail, opened = "cb_fail:twilio", "cb_open:twilio"
    written: list[tuple[Callable[[], Any], str]] = [
        (lambda: client.set(fail, "9", ex=60), "half-open"),
        (lambda: client.set(fail, "9"), "closed"),
        (lambda: client.set(fail, "009", ex=60), "closed"),
        (lambda: client.set(fail, "²", ex=60), "closed"),
        (lambda: client.rpush(fail, "9"), "closed"),
        (lambda: client.hset(opened, "by", "hand"), "open"),
        (lambda: client.set(opened, ""), "open"),
    ]
    for write, state in written:
        client.flushall()
        write()
        assert breaker.state() == state


@pytest.mark.parametrize("seconds", [None, 3_600])
def test_a_lock_that_lives_too_long_is_waited_for_no_longer_than_a_lock_lives(
    use: Any, redis_server: RedisServer, seconds: int | None
) -> None:
    use(redis_server.url)
    redis_server.client().set("loading:kpis:t1", "by hand", ex=seconds)
    begun = time.monotonic()
    assert cached("kpis:t1", 60, lambda: "mine") == "mine"
    assert time.monotonic() - begun < 2.5
    assert cache_get("kpis:t1") == "mine"


def test_events_reach_handlers_here_and_in_node_and_come_from_there(
    use: Any, redis_server: RedisServer, tmp_path: Any
) -> None:
    use(redis_server.url)
    heard: list[Any] = []
    end = subscribe(["cadence.message_sent"], heard.append)
    program = f"""
import {{ createStateStore }} from "{RUNTIME}/redis/state-store.ts";
const store = createStateStore({{ url: process.argv[2], deadlineMs: 5_000 }});
await store.ready(5_000);
const first = Promise.withResolvers();
await store.subscribeEvents("all", first.resolve);
console.log("listens");
const {{ event, properties, tenant }} = await first.promise;
console.log(JSON.stringify({{ event, properties, tenant }}));
await store.emitEvent("cadence.message_sent", {{ ...properties, contact_id: "from-node" }}, {{ tenant: "t2" }});
await store.close();
process.exit();
"""
    (tmp_path / "listen.ts").write_text(program)
    there = subprocess.Popen(
        [node(), "--disable-warning=ExperimentalWarning", str(tmp_path / "listen.ts"), redis_server.url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert there.stdout is not None and there.stdout.readline().strip() == "listens"
    assert emit_event("cadence.message_sent", {**MESSAGE, "note": "dropped"}, tenant="t1") == "redis"
    assert json.loads(there.stdout.readline()) == {
        "event": "cadence.message_sent",
        "properties": MESSAGE,
        "tenant": "t1",
    }
    until(lambda: len(heard) == 2)
    there.wait(20)
    assert [event["properties"]["contact_id"] for event in heard] == ["c1", "from-node"]
    end()
    asyncio.run(aemit_event("cadence.message_sent", MESSAGE))
    assert len(heard) == 2


def test_an_event_comes_back_to_its_process_however_late_and_is_heard_once(
    use: Any, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(redis_server.url)
    heard: list[Any] = []
    end = subscribe(["cadence.message_sent"], heard.append)
    # As if more events had been heard since than are remembered.
    monkeypatch.setattr(_state.current().fanout, "_seen", _Forgetful())
    published = redis_server.client().pubsub()
    published.subscribe("brandvx.events")
    assert emit_event("cadence.message_sent", MESSAGE) == "redis"
    until(lambda: bool(published.get_message(ignore_subscribe_messages=True)))
    # A message of an older helper has no origin, and is heard after the one before it.
    older = {"id": "older", "event": "cadence.message_sent", "properties": MESSAGE, "at": "2026-01-01T00:00:00Z"}
    redis_server.client().publish("brandvx.events", json.dumps(older))
    until(lambda: any(event["id"] == "older" for event in heard))
    assert len(heard) == 2
    assert "origin" not in heard[0]
    end()


class _Forgetful(OrderedDict[str, None]):
    def __contains__(self, _: object) -> bool:
        return False
