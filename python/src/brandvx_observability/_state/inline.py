"""Runs commands in the caller's thread or task: the way to the store's loop and back takes several times as long as
one.

Work begins in the caller. It stays there while Redis is up, a connection is idle, and the command completes.
Otherwise it moves to the loop (`to_loop`), which alone detects outages and has the memory.
"""

from __future__ import annotations

import select
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from .._forks import importing
from .client import CONNECT_S, SETTINGS

if TYPE_CHECKING:
    import asyncio

_MOST_CONNECTIONS = 16
_TRY_AGAIN_S = 1.0
# A task may not wait until more than this has been written to the system's buffers.
_MOST_SENT_IN_TASK = 16_000


class _Here(threading.local):
    at: Literal["loop", "thread", "task"] = "loop"


_here = _Here()
_MOVE: Any = object()


class _Move:
    def __await__(self) -> Generator[Any, None, None]:
        yield _MOVE


def is_inline() -> bool:
    """Whether this runs in a caller's thread or task, and not in the store's loop."""
    return _here.at != "loop"


async def to_loop() -> None:
    """The rest runs in the store's loop."""
    if _here.at != "loop":
        await _Move()


def begin(work: Any) -> tuple[bool, Any]:
    """Runs a coroutine to its end, or until it must move to the loop. Returns whether it ended, and its result."""
    _here.at = "thread"
    try:
        asked = work.send(None)
    except StopIteration as done:
        return True, done.value
    finally:
        _here.at = "loop"
    if asked is not _MOVE:
        raise RuntimeError("in a thread there is nothing to wait for")
    return False, None


class InTask:
    """The same in the task that awaits it."""

    def __init__(self, work: Any) -> None:
        self._work = work

    def __await__(self) -> Generator[Any, None, tuple[bool, Any]]:
        raised: BaseException | None = None
        while True:
            _here.at = "task"
            try:
                asked = self._work.send(None) if raised is None else self._work.throw(raised)
            except StopIteration as done:
                return True, done.value
            finally:
                _here.at = "loop"
            if asked is _MOVE:
                return False, None
            raised = None
            try:
                yield asked
            except BaseException as error:
                raised = error


class CannotHereError(Exception):
    """Nothing was sent: the loop can still do it."""


class _Timed:
    """A socket with one deadline for an answer, in however many parts it arrives."""

    def __init__(self, bare: Any) -> None:
        self._bare = bare
        self.ends = 0.0
        self.waits = True
        """Otherwise, data that has not arrived yet counts as late."""

    def _limit(self) -> None:
        if not self.ends:
            return
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        self._bare.settimeout(left if self.waits else 0.0)

    def recv(self, *arguments: Any) -> Any:
        return self._received(self._bare.recv, arguments)

    def recv_into(self, *arguments: Any) -> Any:
        return self._received(self._bare.recv_into, arguments)

    def _received(self, receive: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        self._limit()
        try:
            return receive(*arguments)
        except OSError as error:
            if isinstance(error, BlockingIOError) or type(error).__name__ == "SSLWantReadError":
                raise TimeoutError("not yet") from None
            raise

    def sendall(self, data: Any) -> None:
        self._limit()
        self._bare.sendall(data)

    def settimeout(self, seconds: float | None) -> None:
        if not self.ends:
            self._bare.settimeout(seconds)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bare, name)


class Inline:
    """The commands that the package uses, on one connection of redis-py. No call waits for anything but the answer."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._socket: _Timed = connection._sock  # pyright: ignore[reportPrivateUsage]
        self._descriptor: int = self._socket.fileno()
        self._poll = _poll(self._descriptor)

    def is_quiet(self) -> bool:
        """Nothing is buffered, not even a disconnect: the next answer belongs to the next command."""
        return not self._poll()

    def limit(self, seconds: float) -> None:
        """The deadline of all following reads and writes."""
        self._socket.ends = time.monotonic() + seconds
        self._socket.waits = _here.at == "thread"

    def close(self) -> None:
        try:
            self._connection.disconnect()
        except Exception:
            pass

    async def get(self, key: str) -> Any:
        return await self._ask("GET", key)

    async def mget(self, *keys: str) -> Any:
        return await self._ask("MGET", *keys)

    async def pttl(self, key: str) -> Any:
        return await self._ask("PTTL", key)

    async def set(self, key: str, text: str, *, ex: int) -> Any:
        return await self._ask("SET", key, text, "EX", ex)

    async def unlink(self, *keys: str) -> Any:
        return await self._ask("UNLINK", *keys)

    async def evalsha(self, digest: str, keys: int, *arguments: Any) -> Any:
        return await self._ask("EVALSHA", digest, keys, *arguments)

    async def eval(self, lua: str, keys: int, *arguments: Any) -> Any:
        return await self._ask("EVAL", lua, keys, *arguments)

    async def _ask(self, *command: Any) -> Any:
        if self._socket.waits:
            self._connection.send_command(*command)
            return self._connection.read_response()
        return await self._ask_in_task(command)

    async def _ask_in_task(self, command: tuple[Any, ...]) -> Any:
        from redis.exceptions import TimeoutError as NotYetError

        packed = self._connection.pack_command(*command)
        if sum(map(len, packed)) > _MOST_SENT_IN_TASK:
            raise CannotHereError
        with _Arrival(self._descriptor, self._socket.ends) as arrival:
            self._connection.send_packed_command(packed)
            while True:
                await arrival.wait()
                try:
                    return self._connection.read_response(disconnect_on_error=False)
                except NotYetError:
                    # A partial answer. The reader stores it, and continues with further data.
                    continue


class _Arrival:
    """Waits in the running loop for data."""

    def __init__(self, descriptor: int, ends: float) -> None:
        # Imported only where there are tasks.
        import asyncio

        self._descriptor = descriptor
        self._ends = ends
        self._loop = asyncio.get_running_loop()
        self._next: asyncio.Future[None] | None = None

    def __enter__(self) -> _Arrival:
        try:
            self._loop.add_reader(self._descriptor, self._arrived)
        except Exception:
            # On Windows a loop can only wait for its own sockets.
            raise CannotHereError from None
        self._timer = self._loop.call_later(self._ends - time.monotonic(), self._late)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._loop.remove_reader(self._descriptor)

    async def wait(self) -> None:
        if time.monotonic() >= self._ends:
            raise TimeoutError
        self._next = self._loop.create_future()
        await self._next

    def _arrived(self) -> None:
        if self._next is not None and not self._next.done():
            self._next.set_result(None)

    def _late(self) -> None:
        if self._next is not None and not self._next.done():
            self._next.set_exception(TimeoutError())


def _poll(descriptor: int) -> Callable[[], Any]:
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return lambda: poll.poll(0)
    return lambda: select.select([descriptor], [], [], 0)[0]


class Ready:
    """Open, idle connections. When there is none, another one is opened in a separate thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: deque[Inline] = deque()
        self._open = 0
        self._lock = threading.Lock()
        self._connecting = False
        self._closed = False
        self._not_before = 0.0
        self._kind: Any = None

    def take(self) -> Inline | None:
        """An unused connection; None when there is none yet."""
        while True:
            try:
                # The most recently used one: services may close idle connections.
                found = self._idle.pop()
            except IndexError:
                self._grow()
                return None
            if found.is_quiet():
                return found
            self.drop(found)

    def give(self, connection: Inline) -> None:
        self._idle.append(connection)
        if self._closed:
            self.clear()

    def drop(self, connection: Inline) -> None:
        with self._lock:
            self._open -= 1
        connection.close()

    def clear(self) -> None:
        """Redis is away, or there are no callers any more."""
        while True:
            try:
                self.drop(self._idle.pop())
            except IndexError:
                return

    def close(self) -> None:
        self._closed = True
        self.clear()

    def _grow(self) -> None:
        with self._lock:
            wants = not (self._connecting or self._closed) and self._open < _MOST_CONNECTIONS
            if not wants or time.monotonic() < self._not_before:
                return
            self._connecting = True
            self._open += 1
        try:
            threading.Thread(target=self._connect, name="brandvx-redis-connects", daemon=True).start()
        except RuntimeError:
            # The process ends.
            self._connecting = False

    def _connect(self) -> None:
        try:
            self.give(Inline(self._opened()))
        except Exception:
            # The loop meets the same error, and reports it.
            with self._lock:
                self._open -= 1
                self._not_before = time.monotonic() + _TRY_AGAIN_S
        finally:
            self._connecting = False

    def _opened(self) -> Any:
        with importing():
            from redis.backoff import NoBackoff
            from redis.retry import Retry

            library: Any = import_module("redis.connection")
        if self._kind is None:
            secure = self._url.lower().startswith("rediss:")
            base: Any = library.SSLConnection if secure else library.Connection

            def connect(connection: Any) -> _Timed:
                return _Timed(base._connect(connection))

            self._kind = type("TimedConnection", (base,), {"_connect": connect})
        own = {"client_name": "brandvx", "socket_timeout": CONNECT_S, "retry": Retry(NoBackoff(), 0)}
        options: dict[str, Any] = {**SETTINGS, **own, **library.parse_url(self._url)}
        options.pop("connection_class", None)
        connection = self._kind(**options)
        connection.connect()
        return connection
