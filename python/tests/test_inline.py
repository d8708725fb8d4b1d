"""Calls to Redis in the caller's thread or task, without the store's loop."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import RedisServer, until
from way import Way

from brandvx_observability import _state
from brandvx_observability._state.store import Store
from brandvx_observability.cache import acache_get, acache_set, cache_get, cache_incr, cache_set, redis_status
from brandvx_observability.rate_limit import rate_limit

BUSY_S = 0.35
"""Seconds beyond the deadline of 250 ms: delay of a busy machine."""


class SlowWay(Way):
    """A proxy that passes answers whole, byte by byte, or not at all."""

    def __init__(self, port: int) -> None:
        self.pause_s = 0.0
        self.holds = False
        super().__init__(port)

    def answered(self, data: bytes, client: socket.socket) -> None:
        while self.holds:
            time.sleep(0.005)
        if not self.pause_s:
            return client.sendall(data)
        for byte in data:
            client.sendall(bytes([byte]))
            time.sleep(self.pause_s)

    def close(self) -> None:
        self.holds = False
        self.pause_s = 0
        super().close()


@pytest.fixture
def way(redis_server: RedisServer) -> Iterator[SlowWay]:
    made = SlowWay(redis_server.port)
    yield made
    made.close()


@pytest.fixture
def store(way: SlowWay) -> Iterator[Store]:
    made = opened(way.url)
    yield made
    _state.replace(Store(None, warn=lambda _: None))


def opened(url: str) -> Store:
    made = Store(url, warn=lambda _: None)
    _state.replace(made)
    assert made.run(made.link.ready(5), False, 5)
    return made


def moves(monkeypatch: pytest.MonkeyPatch, store: Store) -> Callable[[], int]:
    """How often work moved to the store's loop."""
    count = 0
    submit = store.submit

    def counted(*given: Any) -> Any:
        nonlocal count
        count += 1
        return submit(*given)

    monkeypatch.setattr(store, "submit", counted)
    return lambda: count


def warm(calls: Callable[[], object], counted: Callable[[], int]) -> None:
    """The first calls use the loop, until a connection is open."""

    def stays() -> bool:
        before = counted()
        calls()
        return counted() == before

    until(stays)


def test_a_call_stays_in_its_thread_and_in_its_task(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = moves(monkeypatch, store)
    limit = rate_limit("x", limit=100_000, window_seconds=60, when_redis_is_down="closed")
    warm(lambda: cache_get("a"), counted)
    before = counted()
    assert cache_set("a", {"é": [1]}) == "redis" and cache_get("a") == {"é": [1]}
    assert cache_incr("n", 2) == 2
    assert limit.take("t").allowed

    async def in_task() -> list[Any]:
        return [await acache_set("b", 2), await acache_get("b"), (await limit.atake("t")).remaining]

    # In two loops one after the other: a connection belongs to neither.
    assert [asyncio.run(in_task()) for _ in range(2)] == [["redis", 2, 99_998], ["redis", 2, 99_997]]
    assert counted() == before


@pytest.mark.parametrize("how", ["thread", "task"])
def test_an_answer_that_comes_in_drops_is_late_at_the_deadline(
    store: Store, way: SlowWay, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    counted = moves(monkeypatch, store)
    cache_set("a", "x" * 200)
    warm(lambda: cache_get("a"), counted)
    way.pause_s = 0.02
    begun = time.monotonic()
    found = cache_get("a", "late") if how == "thread" else asyncio.run(acache_get("a", "late"))
    assert found == "late"
    assert time.monotonic() - begun < 0.25 + BUSY_S
    way.pause_s = 0
    # The rest of that answer is discarded: the connection is closed.
    until(lambda: cache_get("a", "late") == "x" * 200)


def test_an_answer_in_drops_within_the_deadline_is_an_answer(
    store: Store, way: SlowWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_set("a", "xyz")
    warm(lambda: cache_get("a"), moves(monkeypatch, store))
    way.pause_s = 0.002
    assert cache_get("a") == "xyz"
    assert asyncio.run(acache_get("a")) == "xyz"


def test_a_task_that_waits_holds_up_no_other_and_can_be_cancelled(
    store: Store, way: SlowWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_set("a", 1)
    cache_set("b", 2)
    warm(lambda: cache_get("a"), moves(monkeypatch, store))

    async def both() -> tuple[int, float]:
        way.holds = True
        waits = asyncio.create_task(acache_get("a"))
        ticks = 0
        begun = time.monotonic()
        while time.monotonic() - begun < 0.1:
            await asyncio.sleep(0.001)
            ticks += 1
        assert not waits.done()
        waits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waits
        way.holds = False
        return ticks, time.monotonic() - begun

    ticks, seconds = asyncio.run(both())
    assert ticks > 5 and seconds < 0.1 + BUSY_S
    # The answer from before the cancellation is not mistaken for this one's.
    until(lambda: cache_get("b") is not None)
    assert cache_get("b") == 2 and cache_get("a") == 1


def test_connections_that_were_closed_meanwhile_cost_no_answer(
    store: Store, way: SlowWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = rate_limit("x", limit=100, window_seconds=60, when_redis_is_down="closed")
    warm(lambda: cache_get("a"), moves(monkeypatch, store))
    for _ in range(3):
        way.cut()
        time.sleep(0.05)
        assert limit.take("t").reason == "within_limit"
        assert redis_status() == "ok"


def test_many_threads_share_few_connections_and_count_exactly(store: Store, redis_server: RedisServer) -> None:
    limit = rate_limit("x", limit=700, window_seconds=600, when_redis_is_down="closed")
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: limit.take("t").reason, range(1_000)))
    counted = answers.count("within_limit")
    # Under load some may reach their deadline; every answer is exact.
    assert counted + answers.count("limit_reached") + answers.count("redis_down_closed") == 1_000
    assert counted <= 700 and (counted == 700 or "redis_down_closed" in answers)
    # Those that reached their deadline are closed, and Redis notices a little later.
    client = redis_server.client()
    until(lambda: client.info("clients")["connected_clients"] <= 16 + 32 + 1)


def test_a_large_value_is_written_without_holding_up_the_loop(store: Store) -> None:
    async def large() -> Any:
        await acache_set("large", "x" * 1_000_000)
        return await acache_get("large")

    assert asyncio.run(large()) == "x" * 1_000_000


def test_a_restarted_redis_is_used_again(redis_server: RedisServer) -> None:
    opened(redis_server.url)
    try:
        cache_set("a", 1)
        redis_server.stop()
        for _ in range(5):
            begun = time.monotonic()
            cache_get("a")
            assert time.monotonic() - begun < 0.25 + BUSY_S
        redis_server.start()
        until(lambda: cache_set("a", 2) == "redis")
        assert cache_get("a") == 2
    finally:
        _state.replace(Store(None, warn=lambda _: None))
