"""Shared fixtures: a vendor as a real HTTP server, and a real redis-server."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "src" / "runtime"


class Vendor:
    """PostHog and Sentry as one server: stores requests, and answers as configured."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b'{"status":"Ok"}')
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        """Answers of single paths."""
        self.keys: list[str] = []
        """Keys of requests without a body."""
        self.hangs = threading.Event()
        self.released = threading.Event()
        self.drips = threading.Event()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                vendor.bodies.append((self.path, body))
                if vendor.hangs.is_set():
                    vendor.released.wait(60)
                    return
                self.reply()

            def do_GET(self) -> None:
                vendor.keys.append(self.headers.get("authorization", ""))
                vendor.bodies.append((self.path, b""))
                self.reply()

            def reply(self) -> None:
                status, headers, text = vendor.answers.get(self.path.split("?")[0], vendor.answer)
                if vendor.drips.is_set():
                    vendor.drip(self)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # Interval of its shutdown checks: by default half a second, which every test would wait for.
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.host = f"http://127.0.0.1:{self.server.server_port}"
        self.dsn = f"http://0123456789abcdef@127.0.0.1:{self.server.server_port}/1"

    @property
    def env(self) -> dict[str, str]:
        return {"POSTHOG_API_KEY": "phc_key", "POSTHOG_HOST": self.host, "SENTRY_DSN": self.dsn}

    @property
    def text(self) -> str:
        return "\n".join(body.decode("utf-8", "replace") for _, body in self.bodies)

    @property
    def events(self) -> list[dict[str, Any]]:
        """PostHog's events."""
        return [event for path, body in self.bodies if path == "/batch/" for event in json.loads(body)["batch"]]

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Sentry's items of one type: "event", "transaction"."""
        found: list[dict[str, Any]] = []
        for path, body in self.bodies:
            if not path.endswith("/envelope/"):
                continue
            lines = body.split(b"\n")
            for head, payload in zip(lines[1::2], lines[2::2], strict=False):
                if head and json.loads(head).get("type") == kind:
                    found.append(json.loads(payload))
        return found

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers at once, and never completes the answer."""
        self.close_connection = True
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n")
            while not self.released.wait(0.02):
                handler.wfile.write(b" ")
        except OSError:
            pass

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    made = Vendor()
    yield made
    made.close()


class RedisServer:
    def __init__(self, folder: Path, *arguments: str) -> None:
        self.port = free_port()
        self._arguments = arguments
        self._folder = folder
        self.url = f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        settings = {"port": self.port, "bind": "127.0.0.1", "save": "", "dir": self._folder}
        given = [text for name, value in settings.items() for text in (f"--{name}", str(value))]
        self.process = subprocess.Popen(["redis-server", *given, *self._arguments], stdout=subprocess.DEVNULL)
        until(lambda: _answers(self.port))

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def client(self) -> Any:
        import redis

        return redis.Redis(host="127.0.0.1", port=self.port, decode_responses=True)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 0.2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False


@pytest.fixture
def start_redis(tmp_path: Path) -> Iterator[Callable[..., RedisServer]]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    started: list[RedisServer] = []

    def start(*arguments: str) -> RedisServer:
        started.append(RedisServer(tmp_path, *arguments))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def redis_server(start_redis: Callable[..., RedisServer]) -> RedisServer:
    return start_redis()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def until(holds: Callable[[], object], seconds: float = 15.0) -> None:
    """Waits until a condition holds, and no longer."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        time.sleep(0.01)


def run_python(code: str, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a program in a separate process, with the package and nothing of this environment."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": "", **(env or {})},
    )


def node() -> str:
    """A Node that runs the project's TypeScript directly."""
    own = ROOT / "node_modules" / ".bin" / "node"
    found = str(own) if own.exists() else shutil.which("node")
    if found is None:
        pytest.skip("there is no Node")
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
    if int(version.lstrip("v").split(".")[0]) < 24:
        pytest.skip(f"Node {version.strip()} does not run TypeScript")
    return found
