"""Servers that refuse needed commands, on a connection that also fails: with and without asyncio and Redis."""

from __future__ import annotations

import asyncio
import inspect
import re
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import RedisServer, until
from way import Way

from brandvx_observability import _state
from brandvx_observability._state.outcome import outcome_of
from brandvx_observability._state.store import Store
from brandvx_observability.cache import (
    acache_del,
    acache_get,
    acache_incr,
    acache_set,
    acached,
    aredis_detail,
    cache_del,
    cache_get,
    cache_incr,
    cache_set,
    cached,
    redis_detail,
    redis_status,
)
from brandvx_observability.circuit_breaker import circuit_breaker
from brandvx_observability.rate_limit import rate_limit

DEADLINE_MS = 1_000
BUSY_S = 1.0
"""Seconds of delay of a busy machine."""

ALL = ["read", "write", "script", "delete"]
WRITING = ["write", "script", "delete"]
LINES = [
    ("READONLY You can't write against a read only replica.", "READONLY", WRITING),
    ("OOM command not allowed when used memory > 'maxmemory'.", "OOM", WRITING),
    ("NOPERM this user has no permissions to run the 'set' command or its subcommand", "NOPERM", WRITING),
    ("LOADING Redis is loading the dataset in memory", "LOADING", ALL),
    ("BUSY Redis is busy running a script. You can only call SCRIPT KILL.", "BUSY", ALL),
    ("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", "MASTERDOWN", ALL),
    ("NOREPLICAS Not enough good replicas to write.", "NOREPLICAS", WRITING),
    ("MISCONF Redis is configured to save RDB snapshots, but cannot.", "MISCONF", WRITING),
    ("CLUSTERDOWN The cluster is down", "CLUSTERDOWN", ALL),
    ("NOAUTH Authentication required.", "NOAUTH", ALL),
    ("WRONGPASS invalid or missing auth token", "WRONGPASS", ALL),
    ("ERR max number of clients reached", "maxclients", ALL),
    ("ERR max concurrent connections exceeded", "maxclients", ALL),
    ("ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.", "quota", ALL),
    ("ERR max requests limit exceeded. Limit: 500000, Usage: 500001.", "quota", ALL),
    ("ERR Exceeded max commands per second limit", "quota", ALL),
    ("ERR DB capacity quota exceeded. Threshold: 268435456 bytes, Usage: 274604636 bytes.", "quota", WRITING),
]


class RefusingWay(Way):
    """A proxy that can refuse a command, be slow, hang, and disconnect."""

    def __init__(self, port: int) -> None:
        self.refuses = ""
        self.taken = re.compile("")
        self.slow_s = 0.0
        self.hangs = False
        super().__init__(port)

    def refuse(self, line: str, reading: bool) -> None:
        """From now on refuses all commands but those that open a connection, and reads if reading is allowed."""
        names = "ping|info|hello|client|auth" if reading else "ping|info|hello|client|auth|get|mget"
        self.taken = re.compile(rf"\*\d+\r\n\$\d+\r\n(?:{names})\r\n", re.I)
        self.refuses = line

    def asked(self, data: bytes, server: socket.socket) -> None:
        if not self.refuses:
            return server.sendall(data)
        # Forwarded to the server, so that its answers stay in order.
        parts = ["EVAL", "return redis.error_reply(ARGV[1])", "0", self.refuses]
        refused = f"*{len(parts)}\r\n" + "".join(f"${len(part)}\r\n{part}\r\n" for part in parts)
        commands = re.split(r"(?=^\*\d+\r\n\$\d+\r\n[a-z])", data.decode("latin1"), flags=re.I | re.M)
        changed = "".join(each if self.taken.match(each) else refused for each in commands if each)
        server.sendall(changed.encode("latin1"))

    def answered(self, data: bytes, client: socket.socket) -> None:
        if self.slow_s:
            time.sleep(self.slow_s)
        if not self.hangs:
            client.sendall(data)


def words() -> list[str]:
    return [reason["word"] for reason in redis_detail().get("reasons", [])]


class Place:
    """A store behind a proxy to Redis, and its log lines."""

    def __init__(self, server: RedisServer, secret: str = "") -> None:
        self.server = server
        self.admin = server.client()
        self.way = RefusingWay(server.port)
        self.lines: list[str] = []
        self._secret = secret

    def open(self) -> None:
        url = f"redis://{self._secret}127.0.0.1:{self.way.port}"
        self.store = Store(url, deadline_ms=DEADLINE_MS, warn=self.lines.append)
        _state.replace(self.store)
        assert self.store.run(self.store.link.ready(10), False, 10)
        until(lambda: redis_detail() == {"status": "ok"})

    def told(self, what: str) -> int:
        return sum(what in line for line in self.lines)

    def is_as_before(self) -> None:
        """Each problem was logged once when it began, and is logged once when it is over."""
        until(lambda: redis_detail() == {"status": "ok"} and cache_set("marker", 1) == "redis")
        for begun, ended in (("Redis is unavailable", "Redis is back"), ("Redis refuses", "Redis takes")):
            assert self.told(begun) <= 1
            until(lambda begun=begun, ended=ended: self.told(begun) == self.told(ended))


@pytest.fixture
def opened(start_redis: Any) -> Iterator[Callable[..., Place]]:
    places: list[Place] = []

    def made(*, secret: str = "", before: Callable[[Place], None] = lambda _: None) -> Place:
        place = Place(start_redis(), secret)
        places.append(place)
        before(place)
        place.open()
        return place

    yield made
    _state.replace(Store(None, warn=lambda _: None))
    for place in places:
        place.way.close()


# What a Redis refuses, and then accepts again.


def full(place: Place) -> None:
    place.admin.config_set("maxmemory-policy", "noeviction")
    place.admin.config_set("maxmemory", "1")


def user(place: Place, *rights: str) -> None:
    place.admin.execute_command("ACL", "SETUSER", "app", "reset", "on", ">s3cret-pass", "~*", "&*", "+@all", *rights)


KINDS: dict[str, tuple[str, Callable[[Place], Any], Callable[[Place], Any]]] = {
    "full and evicts nothing": ("OOM", full, lambda place: place.admin.config_set("maxmemory", "0")),
    "without scripts": ("NOPERM", lambda place: user(place, "-@scripting"), user),
    "read-only user": ("NOPERM", lambda place: user(place, "-@write"), user),
    "read-only replica": (
        "READONLY",
        lambda place: place.admin.execute_command("REPLICAOF", "127.0.0.1", "1"),
        lambda place: place.admin.execute_command("REPLICAOF", "NO", "ONE"),
    ),
    "over its allowance": (
        "quota",
        lambda place: place.way.refuse("ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.", True),
        lambda place: place.way.refuse("", True),
    ),
}


def slow(way: Way) -> None:
    way.slow_s = 0.04


def hang(way: Way) -> None:
    way.hangs = True


CHAOS: dict[str, tuple[Callable[[Way], None], Callable[[Way], None]]] = {
    "fine": (lambda _: None, lambda _: None),
    "cut": (Way.cut, Way.cut),
    "slow": (slow, lambda _: None),
    "hanging": (hang, lambda _: None),
}


def calls_in_time(before: Callable[[], None] = lambda: None) -> None:
    """No call is late, and none returns an older value than the last one given, in a thread and in a task."""
    limit = rate_limit("five", limit=5, window_seconds=600, when_redis_is_down="local")
    breaker = circuit_breaker("gateway")

    async def load() -> str:
        return "loaded"

    async def sent() -> str:
        return "sent"

    in_threads: dict[str, Callable[..., Any]] = {
        "get": lambda _: cache_get("key"),
        "incr": lambda _: cache_incr("count"),
        "del": lambda _: cache_del("count"),
        "cached": lambda _: cached("kpis:t1", 60, lambda: "loaded"),
        "run": lambda _: breaker.run(lambda: "sent"),
        "detail": lambda _: redis_detail(),
        "take": lambda _: limit.take("t1").allowed,
        "set": lambda turn: cache_set("round", turn),
        "last": lambda _: cache_get("round"),
    }
    in_tasks: dict[str, Callable[..., Any]] = {
        "get": lambda _: acache_get("key"),
        "incr": lambda _: acache_incr("count"),
        "del": lambda _: acache_del("count"),
        "cached": lambda _: acached("kpis:t1", 60, load),
        "run": lambda _: breaker.arun(sent),
        "detail": lambda _: aredis_detail(),
        "take": lambda _: limit.atake("t1"),
        "set": lambda turn: acache_set("round", turn),
        "last": lambda _: acache_get("round"),
    }

    async def rounds() -> None:
        allowed = 0
        for turn in range(8):
            before()
            for name, call in (in_tasks if turn % 2 else in_threads).items():
                begun = time.monotonic()
                given = call(turn)
                if inspect.isawaitable(given):
                    given = await given
                assert time.monotonic() - begun < DEADLINE_MS / 1_000 + BUSY_S, name
                if name == "last":
                    # A miss when the connection broke in between; never an older value.
                    assert given in (turn, None)
                if name == "cached":
                    assert given == "loaded"
                if name == "take" and (given is True or getattr(given, "allowed", False)):
                    allowed += 1
        assert allowed > 0

    asyncio.run(rounds())


@pytest.mark.parametrize("chaos", CHAOS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_refuses_on_a_way(opened: Any, kind: str, chaos: str) -> None:
    word, harm, heal = KINDS[kind]
    with_user = word == "NOPERM"
    place = opened(secret="app:s3cret-pass@" if with_user else "", before=user if with_user else lambda _: None)
    begin, again = CHAOS[chaos]
    harm(place)
    # On a busy machine loading the redactor may take longer than a call waits.
    until(lambda: words() == [word])
    begin(place.way)
    calls_in_time(lambda: again(place.way))
    detail = redis_detail()
    assert redis_status() == "error"
    if chaos == "hanging":
        assert detail["status"] == "error" and "reason" in detail
    assert place.told("Redis refuses") == 1
    assert place.told("Redis is unavailable") == (1 if chaos == "hanging" else place.told("Redis is unavailable") and 1)
    assert "s3cret" not in f"{detail} {place.lines}"
    place.way.hangs = False
    place.way.slow_s = 0
    heal(place)
    place.is_as_before()


@pytest.mark.parametrize(("line", "word", "refused"), LINES, ids=[line for line, *_ in LINES])
def test_what_servers_say_when_they_refuse(opened: Any, line: str, word: str, refused: list[str]) -> None:
    place = opened()
    place.way.refuse(line, refused == ALL)
    until(lambda: words() == [word])
    detail = redis_detail()
    assert detail["status"] == ("error" if refused == ALL else "degraded")
    assert [(reason["word"], reason["operations"]) for reason in detail["reasons"]] == [(word, refused)]
    calls_in_time()
    assert place.told("Redis refuses") == 1 and place.told("Redis is unavailable") == 0


@pytest.mark.parametrize("chaos", CHAOS)
def test_keys_of_other_shapes_on_a_way(opened: Any, chaos: str) -> None:
    place = opened()
    begin, again = CHAOS[chaos]

    def write() -> None:
        place.admin.delete("ratelimit:t1:five", "key", "kpis:t1", "count", "cb_fail:gateway")
        place.admin.set("ratelimit:t1:five", "7777")
        place.admin.rpush("key", "a")
        place.admin.rpush("kpis:t1", "a")
        place.admin.set("count", "many")
        place.admin.set("tenant:t1:rl_multiplier", "twice")
        place.admin.set("cb_fail:gateway", "99")

    write()
    begin(place.way)
    calls_in_time(lambda: again(place.way))
    assert place.told("Redis refuses") == 0
    place.way.hangs = False
    place.way.slow_s = 0
    place.is_as_before()
    write()
    calls_in_time()
    found = [line for line in place.lines if "What another program wrote" in line or "does not take" in line]
    assert len(set(found)) == len(found)
    until(lambda: redis_detail() == {"status": "ok"})


@pytest.mark.parametrize("chaos", [*CHAOS, "without Redis"])
def test_a_clock_that_is_set_back_by_an_hour(opened: Any, monkeypatch: pytest.MonkeyPatch, chaos: str) -> None:
    place = None if chaos == "without Redis" else opened()
    if place is None:
        _state.replace(Store(None, warn=lambda _: None))
    begin, again = CHAOS.get(chaos, (lambda _: None, lambda _: None))
    limit = rate_limit("one", limit=1, window_seconds=2, when_redis_is_down="local")
    breaker = circuit_breaker("one", failures=1, open_seconds=1)
    limit.take("t1")
    with pytest.raises(ZeroDivisionError):
        breaker.run(lambda: 1 // 0)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 3_600)
    if place is not None:
        begin(place.way)
    calls_in_time(lambda: again(place.way) if place is not None else None)
    refused = limit.take("t1")
    assert refused.allowed or refused.retry_after_ms <= 2_000
    # Windows and breakers end at the expected time.
    until(lambda: limit.take("t1").allowed, 8)
    until(lambda: breaker.state() != "open", 8)
    assert breaker.run(lambda: "works") == "works"
    if place is not None:
        place.way.hangs = False
        place.way.slow_s = 0
        place.is_as_before()


def test_a_value_that_is_too_large_for_a_service_says_nothing_of_redis() -> None:
    from redis.exceptions import ResponseError

    for line in ("max request size exceeded. Limit: 1048576 bytes", "max single record size exceeded"):
        assert outcome_of(ResponseError(line)).kind == "value"


def test_what_one_word_comes_to_refuse_later_is_told_as_well_by_its_command() -> None:
    from brandvx_observability._notices import Troubles
    from brandvx_observability._state.outcome import Refusal
    from brandvx_observability._state.refusals import Refusals

    lines: list[str] = []
    refusals = Refusals(Troubles(lines.append))
    publish = Refusal("NOPERM", "NOPERM no permissions to run the 'publish' command", of_key=False)
    script = Refusal("NOPERM", "NOPERM no permissions to run the 'evalsha' command", of_key=False)
    assert refusals.met("publish", publish)
    refusals.found({})
    assert not refusals.met("script", script)
    refusals.found({"script": script})
    refusals.found({"script": script})
    assert lines == [
        f"Redis refuses some events ({publish.said}). They reach this process alone until it takes them.",
        f"Redis refuses scripts as well ({script.said}). These use this process's memory until it takes them.",
    ]
    assert refusals.detail()["reasons"][0]["said"] == f"{script.said}; {publish.said}"
