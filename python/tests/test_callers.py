"""Mistakes in an app's calls: they are neither errors of the app, nor outages, nor silent losses."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from conftest import RedisServer, Vendor, run_python, until
from pydantic import BaseModel

import brandvx_observability as observability
from brandvx_observability import _answers, _state, ph_capture
from brandvx_observability._state.store import Store
from brandvx_observability.cache import cache_get, cache_incr, cache_set, cached, redis_counts
from brandvx_observability.circuit_breaker import circuit_breaker
from brandvx_observability.events import aemit_event, emit_event, subscribe
from brandvx_observability.rate_limit import rate_limit, set_rate_multiplier

MESSAGE = {"channel": "sms", "template_id": "t1", "contact_id": "c1"}
NONE_LOST = {"sent": 1, "dropped": 0, "refused": 0}


class Unreadable:
    def __str__(self) -> str:
        raise RuntimeError("ada@example.com")


class UnreadableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("ada@example.com")


class Model(BaseModel):
    channel: str = "sms"


@pytest.fixture
def lines(vendor: Vendor) -> Iterator[list[str]]:
    """Log lines of a process with sinks and without Redis."""
    told: list[str] = []
    observability.initialise(vendor.env, warn=told.append)
    _state.replace(Store(None, warn=told.append, on_drop=observability._server.current().drops.count))  # type: ignore[attr-defined]
    yield told
    observability.initialise({}, warn=lambda _: None)
    _state.replace(Store(None, warn=lambda _: None))


# PostHog


@pytest.mark.parametrize("value", [UnreadableError(), Decimal("sNaN"), Unreadable(), object()])
def test_a_value_that_cannot_be_read_is_left_out_and_is_no_outage(
    vendor: Vendor, lines: list[str], value: object
) -> None:
    ph_capture("cadence.message_sent", "t", {**MESSAGE, "fallback": value})  # type: ignore[typeddict-item]
    assert observability.health()["posthog"] == "ok"
    assert observability.shutdown(30)["posthog"] == NONE_LOST
    assert observability.dropped_properties() == {"cadence.message_sent.fallback": 1}
    assert len(lines) == 1 and "ada@example.com" not in lines[0]


@pytest.mark.parametrize("properties", [Model(), [1], "abc", 5])
def test_properties_that_are_no_mapping_are_told_and_counted(vendor: Vendor, lines: list[str], properties: Any) -> None:
    ph_capture("cadence.message_sent", "t", properties)
    assert observability.shutdown(30)["posthog"] == NONE_LOST
    assert len(observability.dropped_properties()) == 1
    assert any("no mapping" in line for line in lines)
    assert any(line.startswith("cadence.message_sent without contact_id was sent") for line in lines)


def test_what_the_catalog_asks_for_and_is_not_there_is_told_once(vendor: Vendor, lines: list[str]) -> None:
    for _ in range(3):
        ph_capture("cadence.message_sent", "t", {"channel": "sms", "template_id": "t1"})  # type: ignore[typeddict-item]
    assert observability.shutdown(30)["posthog"]["sent"] == 3
    assert lines == ["cadence.message_sent without contact_id was sent: src/catalog/events.ts asks for it."]


def test_what_was_lost_is_told_once_however_often_the_process_is_closed(vendor: Vendor, lines: list[str]) -> None:
    vendor.answer = (401, {}, b"")
    ph_capture("cadence.message_sent", "t", MESSAGE)  # type: ignore[arg-type]
    for _ in range(3):
        observability.shutdown(5)
    assert sum("did not get all" in line for line in lines) == 1
    ph_capture("cadence.message_sent", "t", MESSAGE)  # type: ignore[arg-type]
    ph_capture("cadence.message_sent", "t", MESSAGE)  # type: ignore[arg-type]
    assert sum("after shutdown()" in line for line in lines) == 1
    assert observability.shutdown(5)["posthog"] == {"sent": 0, "dropped": 2, "refused": 1}


@pytest.mark.parametrize("sink", ["posthog", "sentry"])
def test_an_answer_that_drips_is_cut_and_counts_as_none(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch, sink: str
) -> None:
    monkeypatch.setattr(_answers, "WHOLE_S", 0.3)
    told: list[str] = []
    vendor.drips.set()
    observability.initialise(vendor.env, warn=told.append)
    if sink == "posthog":
        ph_capture("cadence.message_sent", "t", MESSAGE)  # type: ignore[arg-type]
    else:
        observability.capture_error(ValueError("x"))
    until(lambda: any("no whole answer within 0.3 s" in line for line in told))
    assert observability.health()[sink] == "error"  # type: ignore[literal-required]
    vendor.drips.clear()
    assert observability.shutdown(20)[sink] == NONE_LOST  # type: ignore[literal-required]


# Sentry


@pytest.mark.parametrize("data", ["abc", [1], Model(), 5, {1: UnreadableError()}])
def test_an_error_is_sent_whatever_goes_along(vendor: Vendor, lines: list[str], data: Any) -> None:
    observability.capture_error(ValueError("d"), data=data, tool=Unreadable())  # type: ignore[arg-type]
    assert observability.shutdown(30)["sentry"] == NONE_LOST
    assert [each["exception"]["values"][0]["type"] for each in vendor.items("event")] == ["ValueError"]


def test_an_error_that_cannot_be_redacted_is_counted(
    vendor: Vendor, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from brandvx_observability import _sentry

    def broken(_event: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(_sentry, "redact_sentry_event", broken)
    observability.capture_error(ValueError("d"))
    assert observability.shutdown(30)["sentry"] == {"sent": 0, "dropped": 1, "refused": 0}


@pytest.mark.parametrize("value", ["staging/eu", "None", "our stage"])
def test_a_stage_that_cannot_be_right_is_not_taken_for_production(vendor: Vendor, value: str) -> None:
    told: list[str] = []
    observability.initialise({**vendor.env, "SENTRY_ENVIRONMENT": value}, warn=told.append)
    observability.capture_error(ValueError("x"))
    observability.shutdown(30)
    assert [each["environment"] for each in vendor.items("event")] == ["unknown"]
    assert any(line.startswith("SENTRY_ENVIRONMENT") for line in told)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("backend@1.4.0+3f2a9c", True),
        ("backend@" + "1" * 92, True),
        ("backend@" + "1" * 93, False),
        ("redis://default:hunter2@host", False),
        ("backend@é", False),
    ],
)
def test_health_shows_every_release_that_may_be_marked_and_no_other_word(name: str, shown: bool) -> None:
    observability.initialise({"SENTRY_RELEASE": name}, warn=lambda _: None)
    assert observability.health()["release"] == (name if shown else None)
    observability.initialise({}, warn=lambda _: None)


# The process


@pytest.mark.parametrize("env", [{"BRANDVX_ENV": None}, 5, None, {"BRANDVX_ENV": "Development"}])
def test_initialise_raises_nothing(env: Any) -> None:
    told: list[str] = []
    observability.initialise(env, warn=told.append)
    assert observability.health()["posthog"] == "disabled"
    if isinstance(env, dict) and env["BRANDVX_ENV"]:
        expected = 'BRANDVX_ENV is none of "production", "development" and "test": it counts as production.'
        assert told == [expected]
    observability.initialise({}, warn=lambda _: None)


def test_health_is_a_function_however_it_is_imported() -> None:
    code = """
import brandvx_observability as o
assert o.health()["status"] == o.health()["status"] == "ok"
from brandvx_observability.health import health_body
assert o.health()["status"] == "ok" and o.health.health_body()[0] == 200
from brandvx_observability import health
assert health()["status"] == "ok"
print("held")
"""
    done = run_python(code)
    assert done.stdout == "held\n", done.stderr


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_what_a_child_of_multiprocessing_gives_is_sent(vendor: Vendor, tmp_path: Any, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import logging, multiprocessing, sys
import posthog  # What is left of the 2 s at the end is for sending alone
import brandvx_observability as o
def work():
    o.initialise()
    o.events.cadence.message_queued("child", channel="sms", template_id="a", contact_id="b")
def log():
    logging.getLogger("app").error("in the child")
if __name__ == "__main__":
    o.initialise()
    context = multiprocessing.get_context(sys.argv[1])
    for target in [work] + ([log] if sys.argv[1] == "fork" else []):
        child = context.Process(target=target)
        child.start()
        child.join()
        assert child.exitcode == 0
"""
    )
    done = subprocess.run(
        [sys.executable, str(program), method],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": "", **vendor.env},
    )
    assert done.returncode == 0, done.stderr
    assert [event["distinct_id"] for event in vendor.events] == ["child"]
    if method == "fork":
        assert [each["logentry"]["message"] for each in vendor.items("event")] == ["in the child"]


# Redis


def test_emitted_events_are_plain_whole_and_of_an_opaque_tenant(lines: list[str]) -> None:
    heard: list[Any] = []
    end = subscribe("all", heard.append)
    tenant, contact = uuid.uuid4(), uuid.uuid4()
    for given in (tenant, "ada@example.com", None):
        emit_event("cadence.message_sent", {**MESSAGE, "contact_id": contact}, tenant=given)
    until(lambda: len(heard) == 3)
    assert [event["properties"]["contact_id"] for event in heard] == [str(contact)] * 3
    assert heard[0]["tenant"] == str(tenant) and "tenant" not in heard[2]
    assert heard[1]["tenant"].startswith("h_")
    assert lines == []
    end()


@pytest.mark.parametrize(
    ("name", "payload", "dropped"),
    [
        ("cadence.message_sent", [1], "cadence.message_sent without contact_id"),
        ("cadence.message_sent", "abc", "cadence.message_sent without contact_id"),
        ("cadence.message_sent", {"channel": "sms"}, "cadence.message_sent without contact_id"),
        ("nope ada@example.com", {}, "nope [email]"),
        (None, {}, "an event whose name is no text"),
    ],
)
def test_an_event_that_cannot_be_emitted_reaches_nobody_and_is_counted(
    redis_server: RedisServer, lines: list[str], name: Any, payload: Any, dropped: str
) -> None:
    import asyncio

    drops = observability._server.current().drops  # type: ignore[attr-defined]
    store = Store(redis_server.url, warn=lines.append, on_drop=drops.count)
    _state.replace(store)
    assert store.run(store.link.ready(5), False, 5)
    listening = redis_server.client().pubsub(ignore_subscribe_messages=True)
    listening.subscribe("brandvx.events")
    listening.get_message(timeout=5)
    assert emit_event(name, payload, tenant="ada@example.com") == "local"
    assert asyncio.run(aemit_event(name, payload, tenant=Unreadable())) == "local"  # type: ignore[arg-type]
    emit_event("cadence.message_sent", MESSAGE, tenant="ada@example.com")
    heard = listening.get_message(timeout=5)
    assert json.loads(heard["data"])["event"] == "cadence.message_sent"
    assert "ada@example.com" not in heard["data"] and "ada@example.com" not in "".join(lines)
    assert observability.dropped_properties()[dropped] == 2


def test_a_subscriber_that_hangs_holds_nobody_and_what_it_has_no_room_for_is_counted(
    lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading
    import time

    from brandvx_observability._state import subscribers

    monkeypatch.setattr(subscribers, "MOST_WAITING", 3)
    released = threading.Event()
    end = subscribe("all", lambda _: released.wait(60) and None)
    for _ in range(10):
        emit_event("cadence.message_sent", MESSAGE)
    # One is with its handler, if its thread has started.
    assert redis_counts()["undelivered"] in (6, 7)
    begun = time.monotonic()
    end()
    assert time.monotonic() - begun < 2
    assert sum("wait for a subscriber" in line for line in lines) == 1
    released.set()


def test_a_subscriber_of_a_loop_has_a_bound_as_well(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from brandvx_observability._state import subscribers

    monkeypatch.setattr(subscribers, "MOST_WAITING", 3)

    async def run() -> int:
        heard: list[Any] = []
        go_on = asyncio.Event()

        async def slow(event: Any) -> None:
            heard.append(event)
            await go_on.wait()

        end = subscribe("all", slow)
        for _ in range(10):
            await aemit_event("cadence.message_sent", MESSAGE)
        go_on.set()
        while redis_counts()["undelivered"] + len(heard) < 10:
            await asyncio.sleep(0.01)
        end()
        return len(heard)

    assert asyncio.run(run()) in (3, 4)
    assert sum("wait for a subscriber" in line for line in lines) == 1


HUGE = 10**400


def test_numbers_beyond_all_bounds_raise_nothing(lines: list[str]) -> None:
    assert cache_set("a", 1, HUGE) == "memory" and cache_set("a", 1, -(10**5000)) == "memory"
    limit = rate_limit("sms", limit=HUGE, window_seconds=HUGE, when_redis_is_down="open")
    assert limit.options.limit == 1_000_000_000
    assert limit.take("t1", 10**5000) and not limit.take("t1")
    assert cache_incr("n", HUGE) == 1_000_000_000_000
    assert circuit_breaker("x", failures=HUGE).options.failures == 1000
    set_rate_multiplier("t1", HUGE)
    assert any('rate_limit("sms").limit is a whole number of more than 18 digits;' in line for line in lines)


def test_a_message_shows_the_name_of_a_limit_or_breaker_as_it_may_be_shown(lines: list[str]) -> None:
    rate_limit("login:ada@example.com", limit="x", window_seconds=60, when_redis_is_down=[])  # type: ignore[arg-type]
    circuit_breaker("of ada@example.com", open_seconds="x")  # type: ignore[arg-type]
    assert [line.split(" is ")[0] for line in lines] == [
        'rate_limit("login:[email]").limit',
        'rate_limit("login:[email]").when_redis_is_down',
        'circuit_breaker("of [email]").open_seconds',
    ]


@pytest.mark.parametrize("value", [datetime.now(UTC), uuid.uuid4(), Decimal(1), Model(), {1, 2}])
def test_what_json_cannot_say_is_told_once_by_its_key(lines: list[str], value: Any) -> None:
    assert cache_set("user:ada@example.com", value) == "nowhere"
    assert cached("user:ada@example.com", 300, lambda: value) == value
    assert cache_get("user:ada@example.com") is None
    assert len(lines) == 1 and lines[0].startswith("The value of user:[email] cannot be written as JSON")


@pytest.mark.parametrize("tenant", [None, "", "None", " ", True])
def test_a_limit_of_nobody_is_told(lines: list[str], tenant: Any) -> None:
    limit = rate_limit("sms", limit=1, window_seconds=60, when_redis_is_down="open")
    assert limit.take(tenant) and not limit.take(tenant)
    assert lines == [
        "take.tenant is nobody's; it has to be the id of one tenant. Production uses one limit for all who have none."
    ]
    assert limit.take(uuid.uuid4()) and limit.take(42)  # type: ignore[arg-type]
    assert len(lines) == 1


@pytest.mark.parametrize("options", ["?family=0", "?ssl_cert_reqs=none", "?foo=bar&socket_timeout=soon", "/0?a@b=c"])
def test_options_of_other_clients_in_redis_url_are_left_out_and_told(redis_server: RedisServer, options: str) -> None:
    told: list[str] = []
    store = Store(redis_server.url + options, warn=told.append)
    assert store.run(store.link.ready(5), False, 5)
    assert len(told) == 1 and told[0].startswith("REDIS_URL has options that redis-py does not take")
    assert "a@b" not in told[0]
    store.close()


def test_the_environment_of_initialise_is_that_of_redis_too(redis_server: RedisServer) -> None:
    from brandvx_observability.events import _get_redis

    _state._store = None
    observability.initialise({"REDIS_URL": redis_server.url + "/1?family=0"}, warn=lambda _: None)
    assert cache_set("of one", 1) == "redis"
    assert _get_redis() is _get_redis() and _get_redis().ping()
    assert observability.health()["redis"] == "ok"
    heard: list[Any] = []
    end = subscribe("all", heard.append)
    observability.initialise({}, warn=lambda _: None)
    assert observability.health()["redis"] == "disabled" and _get_redis() is None
    assert cache_set("of the other", 1) == "memory"
    emit_event("cadence.message_sent", MESSAGE)
    until(lambda: len(heard) == 1)
    end()


def test_what_a_shutdown_closed_is_opened_anew_by_the_next_lifespan(redis_server: RedisServer, vendor: Vendor) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    _state._store = None
    told: list[str] = []
    observability.initialise({**vendor.env, "REDIS_URL": redis_server.url}, warn=told.append)
    heard: list[Any] = []
    subscribe("all", heard.append)
    app = FastAPI(lifespan=observability.lifespan)
    app.include_router(observability.health_router())
    for _ in range(2):
        with TestClient(app) as client:
            report = client.get("/health").json()
            assert (report["redis"], report["posthog"], report["status"]) == ("ok", "ok", "ok")
            ph_capture("cadence.message_sent", "t", MESSAGE)  # type: ignore[arg-type]
            assert cache_set("a", 1) == "redis"
            assert emit_event("cadence.message_sent", MESSAGE) == "redis"
    until(lambda: len(vendor.events) == 2 and len(heard) == 2)
    assert told == []


@pytest.mark.parametrize("value", ["dev", "Development", "prod"])
def test_the_parity_check_looks_at_the_stage(value: str) -> None:
    code = "import sys; from brandvx_observability.preflight_env_parity import main; sys.exit(main([]))"
    done = run_python(code, env={"BRANDVX_ENV": value})
    assert done.returncode == 7
    expected = (
        'BRANDVX_ENV is none of "production", "development" and "test": it counts as production (this environment)'
    )
    assert expected in done.stdout
    assert "BRANDVX_ENV" not in run_python(code, env={"BRANDVX_ENV": "production"}).stdout


# sentry_sdk's automatic collection


def test_of_the_apps_own_requests_programs_and_log_arguments_nothing_private_arrives(vendor: Vendor) -> None:
    import http.client
    import logging

    name = "Xaverina-Quolbergh"
    told: list[str] = []
    observability.initialise({**vendor.env, "SENTRY_TRACES_SAMPLE_RATE": "1"}, warn=told.append)
    other = Vendor()
    import sentry_sdk

    with sentry_sdk.start_transaction(name="work", op="task"):
        # Another name than that of Sentry's host, whose requests the SDK does not record.
        connection = http.client.HTTPConnection("localhost", other.server.server_port)
        connection.request("POST", f"/contacts/{name}?q={name}", b"")
        connection.getresponse().read()
        subprocess.run([sys.executable, "-c", "", name], cwd="/", check=True)
        logging.getLogger("app").error("could not write to %s", "ada@example.com", extra={})
        observability.capture_error(ValueError("x"))
    observability.shutdown(30)
    other.close()
    assert name not in vendor.text and "Quolbergh" not in vendor.text
    spans = [(span["op"], span.get("description")) for span in vendor.items("transaction")[0]["spans"]]
    assert ("http.client", f"POST localhost:{other.server.server_port}") in spans
    assert [said.startswith("python") for op, said in spans if op == "subprocess" and said] == [True]
    logged = next(each["logentry"] for each in vendor.items("event") if "logentry" in each)
    assert "params" not in logged and "ada@example.com" not in vendor.text


def test_an_error_of_a_mounted_app_is_sent_once(vendor: Vendor) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    observability.initialise({**vendor.env, "SENTRY_TRACES_SAMPLE_RATE": "1"}, warn=lambda _: None)
    inner = FastAPI()

    @inner.get("/y/{number}")
    def broken(number: int) -> None:
        raise ValueError("inner")

    app = FastAPI(lifespan=observability.lifespan)
    app.mount("/x", inner)
    with TestClient(app, raise_server_exceptions=False) as client:
        for number in range(3):
            assert client.get(f"/x/y/{number}").status_code == 500
    assert observability.shutdown(30)["sentry"]["sent"] == 3
    assert len([each for each in vendor.items("event") if "exception" in each]) == 3
