"""Deployed servers: several workers, reloaded under load. Each event and each count is there exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from conftest import RedisServer, Vendor, free_port, until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these servers fork")

SEND = """
    o.events.cadence.message_queued(which, channel="sms", template_id="a", contact_id="b")
    try:
        raise LookupError(which)
    except LookupError as error:
        o.capture_error(error)
    counted()
    # Nobody else is served by this worker meanwhile, so that all have something to do.
    time.sleep(0.03)
"""
COUNTED = """
ready = None
def counted():
    # A busy machine's Redis may be later than 250 ms, and then a process counts for itself.
    global ready
    if ready != os.getpid():
        ready = os.getpid()
        while not init_redis(deadline_ms=10_000, wait=10):
            pass
    cache_incr("asked")
"""
ASGI = f"""
import asyncio, os, time
from contextlib import asynccontextmanager
import brandvx_observability as o
from brandvx_observability.cache import cache_incr, init_redis
from brandvx_observability.fastapi import with_observability
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

o.initialise()
@asynccontextmanager
async def patient(app):
    yield
    # On a busy machine 2 s may be too few to send all, and the rest would count as dropped.
    await asyncio.to_thread(o.shutdown, 60)

app = FastAPI(lifespan=with_observability(patient))
{COUNTED}

@app.get("/{{which}}", response_class=PlainTextResponse)
async def ask(which: str) -> str:
{SEND}
    return str(os.getpid())
"""
WSGI = f"""
import atexit, os, time
import brandvx_observability as o
from brandvx_observability.cache import cache_incr, init_redis

o.initialise()
atexit.register(o.shutdown, 60)
{COUNTED}
# As an app may do while it is imported, in the parent of all workers: nothing of it may be a worker's.
o.events.cadence.message_failed("imported", channel="sms", template_id="a", contact_id="b", error="none")
cache_incr("imported")

def app(environ, start):
    which = environ["PATH_INFO"].strip("/")
{SEND}
    body = str(os.getpid()).encode()
    start("200 OK", [("content-length", str(len(body)))])
    return [body]
"""


def hang_up(server: subprocess.Popen[bytes], _app: Path) -> None:
    server.send_signal(signal.SIGHUP)


def change(_server: subprocess.Popen[bytes], app: Path) -> None:
    app.write_text(app.read_text() + "\n# changed\n")


UVICORN = ["uvicorn", "app:app", "--port"]
# By default a reload is abandoned when a new worker does not start within 5 s.
PATIENT = ["--timeout-worker-healthcheck", "120"]
GUNICORN = ["gunicorn", "app:app", "--workers", "4", "--timeout", "120", "--graceful-timeout", "120", "--bind"]


@pytest.mark.parametrize(
    ("code", "command", "workers", "reload"),
    [
        (ASGI, [*UVICORN, "{port}", "--workers", "2", *PATIENT], 2, hang_up),
        (ASGI, [*UVICORN, "{port}", "--reload"], 1, change),
        (WSGI, [*GUNICORN, "127.0.0.1:{port}"], 4, hang_up),
        (WSGI, [*GUNICORN, "127.0.0.1:{port}", "--preload"], 4, hang_up),
    ],
    ids=["uvicorn with workers", "uvicorn with reload", "gunicorn", "gunicorn with preload"],
)
def test_workers_send_each_event_once_through_a_reload(
    vendor: Vendor,
    redis_server: RedisServer,
    tmp_path: Path,
    code: str,
    command: list[str],
    workers: int,
    reload: Callable[[subprocess.Popen[bytes], Path], None],
) -> None:
    import httpx

    app = tmp_path / "app.py"
    app.write_text(code)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", *(part.format(port=port) for part in command)],
        cwd=tmp_path,
        env={**os.environ, **vendor.env, "REDIS_URL": redis_server.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    answered: list[str] = []
    lock = threading.Lock()
    numbers = count()

    def ask(_: object = None) -> int | None:
        """The worker that answered; an unanswered request may have been processed or not, and is repeated with another
        name."""
        with lock:
            which = f"n{next(numbers)}"
        try:
            answer = httpx.get(f"http://127.0.0.1:{port}/{which}", timeout=20)
        except httpx.HTTPError:
            return None
        if answer.status_code != 200:
            return None
        with lock:
            answered.append(which)
        return int(answer.text)

    def arrived() -> dict[str, Counter[str]]:
        sent = Counter(event["distinct_id"] for event in vendor.events if event["distinct_id"] != "imported")
        errors = Counter(error["exception"]["values"][0]["value"] for error in vendor.items("event"))
        return {"events": sent, "errors": errors}

    def all_arrived() -> bool:
        return all(set(answered) <= set(counted) for counted in arrived().values())

    def seen(others: set[int]) -> set[int]:
        """Workers that answer, without the previous ones."""
        found: set[int] = set()
        deadline = time.monotonic() + 150
        while len(found) < workers and time.monotonic() < deadline:
            found |= {each for each in pool.map(ask, range(4 * workers)) if each} - others
        return found

    with ThreadPoolExecutor(2 * workers) as pool:
        try:
            before = seen(set())
            assert len(before) == workers
            until(all_arrived, 90)
            # Workers send their pending items when they are stopped.
            list(pool.map(ask, range(2 * workers)))
            reload(server, app)
            assert len(seen(before)) == workers
            until(all_arrived, 90)
        finally:
            server.terminate()
            server.wait(90)
    assert len(answered) >= 3 * workers
    for counted in arrived().values():
        assert set(answered) <= set(counted)
        assert set(counted.values()) == {1}
    assert redis_server.client().get("asked") == str(len(arrived()["events"]))
