"""An app as in the seed, with marked personal data everywhere. None of it may arrive."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from conftest import RedisServer, Vendor, run_python, until
from fastapi import BackgroundTasks, Body, Depends, FastAPI, Request
from pydantic import BaseModel

import brandvx_observability as observability

MARKS = ["ada.lovelace@example.com", "4155550132", "sk_live_ZyXwVuTsRqPoNm42", "hunter2-Mark-0417"]
EMAIL, PHONE, KEY, PASSWORD = MARKS


@pytest.fixture
def app(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.delenv("REDIS_URL", raising=False)
    observability.initialise(
        {**vendor.env, "SENTRY_TRACES_SAMPLE_RATE": "1", "RENDER_GIT_COMMIT": "3f2a9c1"}, warn=lambda _: None
    )
    from brandvx_observability.fastapi import tenant_of

    class Contact(BaseModel):
        email: str = EMAIL
        phone: str = PHONE
        password: str = PASSWORD

    app = FastAPI(lifespan=observability.lifespan)
    app.include_router(observability.health_router())
    of_session = Depends(tenant_of(lambda _request: "tenant-7"))

    @app.post("/clients/{name}", dependencies=[of_session])
    def in_handler(name: str, body: dict[str, Any] = Body()) -> None:  # noqa: B008
        contact = Contact()
        secret = PASSWORD
        logging.getLogger("app").error("could not write to %s (%s)", EMAIL, f"password={PASSWORD}")
        observability.set_user("3fa85f64-5717-4562-b3fc-2c963f66afa6")
        observability.add_breadcrumb(f"wrote to {EMAIL}", tool="sms", data={"to": PHONE, "password": PASSWORD})
        with observability.span(f"send to {EMAIL}", op="tool", to=PHONE):
            pass
        observability.ph_capture(
            "cadence.message_failed",
            "tenant-7",
            {
                "channel": "sms",
                "template_id": EMAIL,
                "contact_id": PHONE,
                "error": ValueError(f"no {EMAIL} {KEY}"),
                "c": contact,
            },
        )
        raise ValueError(f"{EMAIL} {PHONE} {KEY} password={secret} {contact!r} {body!r} of {name and 'one'}")

    def broken(request: Request) -> None:
        header = request.headers["authorization"]
        raise RuntimeError(f"dependency: authorization: {header}")

    @app.get("/dependency", dependencies=[of_session, Depends(broken)])
    def in_dependency() -> None: ...

    @app.get("/background", dependencies=[of_session])
    def in_background(tasks: BackgroundTasks) -> None:
        def task() -> None:
            password = PASSWORD
            raise LookupError(f"background: {EMAIL} password={password}")

        tasks.add_task(task)

    yield app
    observability.shutdown(2)


def test_nothing_private_arrives_while_events_errors_routes_tenant_and_release_do(app: Any, vendor: Vendor) -> None:
    from fastapi.testclient import TestClient

    with TestClient(app, raise_server_exceptions=False) as client:
        headers = {"authorization": f"Bearer {KEY}", "cookie": f"session={PASSWORD}", "x-tenant-id": EMAIL}
        asked = client.post(
            f"/clients/{EMAIL}",
            params={"q": PHONE, "token": KEY},
            json={"password": PASSWORD, "to": EMAIL},
            headers=headers,
        )
        assert asked.status_code == 500
        assert client.get("/dependency", headers=headers).status_code == 500
        client.get("/background", headers=headers)
        client.get(f"/nowhere/{EMAIL}?q={PHONE}")
        report = client.get("/health").json()
        assert (report["posthog"], report["sentry"], report["redis"]) == ("ok", "ok", "disabled")
        assert report["release"] == "backend@3f2a9c1"
        until(lambda: len(vendor.items("event")) >= 4)
    for mark in [*MARKS, "4155550132"[-7:], PASSWORD[:9]]:
        assert mark not in vendor.text, vendor.text[max(0, vendor.text.index(mark) - 300) :][:400]
    assert [event["event"] for event in vendor.events] == ["cadence.message_failed"]
    errors = {each["exception"]["values"][-1]["type"]: each for each in vendor.items("event") if "exception" in each}
    assert set(errors) == {"ValueError", "RuntimeError", "LookupError"}
    assert errors["ValueError"]["transaction"] == "/clients/{name}"
    for error in errors.values():
        assert error["release"] == "backend@3f2a9c1"
        assert error["tags"]["tenant_id"] == "tenant-7"
        assert set(error.get("request", {})) <= {"method"}
        assert all("vars" not in f for v in error["exception"]["values"] for f in v["stacktrace"]["frames"])
    assert errors["ValueError"]["user"] == {"id": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}
    names = {each["transaction"] for each in vendor.items("transaction")}
    assert "/clients/{name}" in names and not any("nowhere" in name for name in names)


def test_an_error_as_the_app_starts_is_sent_and_raised_on(vendor: Vendor) -> None:
    from fastapi.testclient import TestClient

    from brandvx_observability.fastapi import with_observability

    observability.initialise(vendor.env, warn=lambda _: None)

    @asynccontextmanager
    async def own(_app: Any) -> Any:
        password = PASSWORD
        raise ConnectionError(f"postgres://app:{password}@db.internal refused {EMAIL}")
        yield

    with pytest.raises(ConnectionError), TestClient(FastAPI(lifespan=with_observability(own))):
        pass
    until(lambda: vendor.items("event"))
    assert vendor.items("event")[0]["exception"]["values"][0]["type"] == "ConnectionError"
    assert not [mark for mark in MARKS if mark in vendor.text]


def test_health_is_the_same_without_fastapi(redis_server: RedisServer) -> None:
    code = """
import json
from brandvx_observability.health import health_body
status, headers, body = health_body()
print(json.dumps([status, headers, json.loads(body)]))
"""
    done = run_python(code, env={"REDIS_URL": redis_server.url, "PATH": ""})
    import json

    status, headers, report = json.loads(done.stdout)
    assert status == 200 and headers["cache-control"] == "no-store"
    assert report["redis"] == "ok" and report["redis_detail"]["status"] == "ok"
    assert set(report["redis_detail"]["counts"]) == {
        "stale_keys",
        "stale_keys_lost",
        "evicted",
        "replaced",
        "undelivered",
    }
    assert (report["posthog"], report["sentry"], report["status"]) == ("disabled", "disabled", "ok")


def test_nothing_of_the_vendors_is_loaded_with_the_package() -> None:
    code = """
import sys
import brandvx_observability
from brandvx_observability import events, ph_capture
from brandvx_observability.cache import cache_get
from brandvx_observability.circuit_breaker import circuit_breaker
from brandvx_observability.rate_limit import rate_limit
circuit_breaker("twilio"), rate_limit("x", limit=1, window_seconds=60, when_redis_is_down="open")
# No event loop either, no logging and no redactor: what takes long to load.
slow = ["asyncio", "logging", "ssl", "brandvx_observability._privacy"]
vendors = ["posthog", "sentry_sdk", "redis", "requests", "fastapi", "pydantic"]
print([name for name in slow + vendors if name in sys.modules])
ph_capture("cadence.message_queued", "t", {"channel": "sms", "template_id": "a", "contact_id": "b"})
cache_get("a")
print([name for name in vendors if name in sys.modules])
"""
    assert run_python(code).stdout.split("\n")[:2] == ["[]", "[]"], sys.version
