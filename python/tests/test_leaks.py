"""Personal data in every place of a FastAPI app, including where errors are raised. None of it may arrive."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from conftest import Vendor, until
from fastapi import FastAPI, Request, WebSocket
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field, field_validator
from starlette.middleware.base import BaseHTTPMiddleware

import brandvx_observability as observability

EMAIL, PHONE, KEY, PASSWORD = "ada.lovelace@example.com", "4155550132", "sk_live_ZyXwVuTsRqPoNm42", "hunter2-Mark-0417"
MARKS = [EMAIL, "lovelace", PHONE, PHONE[-7:], KEY, PASSWORD, PASSWORD[:9]]
ALL = f"{EMAIL} +1 415 555 0132 {PHONE} {KEY} password={PASSWORD}"


class Contact(BaseModel):
    email: str
    age: int = Field(ge=18)

    @field_validator("email")
    @classmethod
    def known(cls, value: str) -> str:
        raise ValueError(f"no account of {value}")


def chained() -> None:
    try:
        try:
            raise KeyError(EMAIL)
        except KeyError as error:
            raise ValueError(f"password={PASSWORD}") from error
    except ValueError:
        raise RuntimeError(f"token={KEY}")  # noqa: B904


def grouped() -> None:
    raise ExceptionGroup(f"of {EMAIL}", [ValueError(ALL), ExceptionGroup("inner", [TypeError(f"phone {PHONE}")])])


def noted() -> None:
    error = ValueError("it failed")
    error.add_note(f"while {EMAIL} was written to, password={PASSWORD}")
    raise error


def modelled() -> None:
    Contact(email=EMAIL, age=7)


class Rude(Exception):
    def __init__(self) -> None:
        super().__init__({"email": EMAIL, "password": PASSWORD}, [PHONE], Contact.model_construct(email=EMAIL, age=40))


def rude() -> None:
    raise Rude


def logged() -> None:
    log = logging.getLogger("app")
    extra = {
        "email": EMAIL,
        "password": PASSWORD,
        "contact": {"phone": PHONE},
        "model": Contact.model_construct(email=EMAIL),
    }
    try:
        raise ValueError(ALL)
    except ValueError:
        log.exception("could not write to %s", EMAIL, extra=extra)
    log.error("wrote %(email)s %(password)s", {"email": EMAIL, "password": f"password={PASSWORD}"}, extra=extra)
    log.error(f"called {EMAIL} at {PHONE}", stack_info=True)
    log.warning("a breadcrumb of %s", EMAIL, extra=extra)
    raise LookupError("after its log")


KINDS: dict[str, Any] = {
    "chained": chained,
    "grouped": grouped,
    "noted": noted,
    "modelled": modelled,
    "rude": rude,
    "logged": logged,
}


def app_of() -> FastAPI:
    app = FastAPI(lifespan=observability.lifespan)

    class Own(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: Any) -> Any:
            secret = request.headers.get("authorization")
            if request.url.path.startswith("/middleware"):
                raise PermissionError(f"authorization: {secret} of {request.url}")
            return await call_next(request)

    app.add_middleware(Own)

    @app.get("/raise/{kind}/{name}")
    def raised(kind: str, name: str) -> None:
        KINDS[kind]()

    @app.get("/generated/{name}")
    def generated(name: str) -> StreamingResponse:
        def parts() -> Iterator[str]:
            yield "a"
            raise BufferError(f"{name} {ALL}")

        return StreamingResponse(parts())

    @app.get("/streamed/{name}")
    async def streamed(name: str) -> StreamingResponse:
        async def parts() -> AsyncIterator[str]:
            yield "a"
            raise EOFError(f"{name} {ALL}")

        return StreamingResponse(parts())

    @app.websocket("/socket/{name}")
    async def socket(websocket: WebSocket, name: str) -> None:
        await websocket.accept()
        said = await websocket.receive_text()
        raise ConnectionError(f"{name} said {said}")

    @app.get("/task/{name}")
    async def task(name: str) -> None:
        async def later() -> None:
            raise ArithmeticError(ALL)

        await asyncio.gather(asyncio.create_task(later(), name=f"mail {EMAIL}"))

    inner = FastAPI()

    @inner.get("/{name}")
    def mounted(name: str) -> None:
        raise OverflowError(f"{name} {ALL}")

    app.mount("/inner", inner)
    return app


def test_nothing_private_arrives_from_anywhere(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi.testclient import TestClient

    monkeypatch.delenv("REDIS_URL", raising=False)
    observability.initialise({**vendor.env, "SENTRY_TRACES_SAMPLE_RATE": "1"}, warn=lambda _: None)
    asked = {
        "params": {"q": PHONE, "token": KEY},
        "headers": {"authorization": f"Bearer {KEY}", "cookie": f"s={PASSWORD}"},
    }
    with TestClient(app_of(), raise_server_exceptions=False) as client:
        for kind in KINDS:
            assert client.get(f"/raise/{kind}/{EMAIL}", **asked).status_code == 500
        for path in ("generated", "streamed"):
            try:
                client.get(f"/{path}/{EMAIL}", **asked)
            except Exception:
                pass
        for path in ("task", "middleware", "inner"):
            assert client.get(f"/{path}/{EMAIL}", **asked).status_code == 500
        with pytest.raises(ConnectionError), client.websocket_connect(f"/socket/{EMAIL}?token={KEY}") as socket:
            socket.send_text(ALL)
            socket.receive_text()
        kinds = {"RuntimeError", "ExceptionGroup", "ValueError", "ValidationError", "Rude", "LookupError", "BufferError",
                 "EOFError", "ArithmeticError", "PermissionError", "OverflowError", "ConnectionError"}  # fmt: skip

        def arrived() -> set[str]:
            return {
                value["type"]
                for event in vendor.items("event")
                for value in event.get("exception", {}).get("values", [])
            }

        try:
            until(lambda: kinds <= arrived(), 30)
        finally:
            print("missing", kinds - arrived())
    leaks = [(mark, vendor.text[max(0, at - 200) : at + 60]) for mark in MARKS if (at := vendor.text.find(mark)) >= 0]
    assert not leaks, "\n\n".join(f"{mark}: {text}" for mark, text in leaks)
    assert {event["transaction"] for event in vendor.items("event")} & {"/raise/{kind}/{name}"}
