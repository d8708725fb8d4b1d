"""Calls a subscriber's handler, in its loop or in a separate thread. Its queue is bounded."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from .._reason import reason_of

if TYPE_CHECKING:
    from .fanout import EmittedEvent

MOST_WAITING = 10_000
"""Maximum pending events of one subscriber; beyond it, the later ones are dropped."""

Handler = Callable[["EmittedEvent"], Awaitable[None] | None]


class Told(Protocol):
    """The store: its log, and its count of events dropped by full queues."""

    def warn(self, message: str, /) -> None: ...

    def on_undelivered(self) -> None: ...


class Subscriber:
    """`deliver` and `end` return at once, whatever the handler does."""

    def __init__(self, handler: Handler, told: Told) -> None:
        self._handler = handler
        self._told = told
        self._lock = threading.Lock()
        self._waiting: deque[EmittedEvent] = deque()
        self._is_working = False
        self._ended = False
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def deliver(self, event: EmittedEvent) -> None:
        with self._lock:
            if self._ended:
                return
            is_full = len(self._waiting) >= MOST_WAITING
            if not is_full:
                self._waiting.append(event)
            begins = not self._is_working
            self._is_working = True
        if is_full:
            self._told.on_undelivered()
        elif begins:
            self._begin()

    def end(self) -> None:
        """The running call is completed; pending events are not handled any more."""
        with self._lock:
            self._ended = True
            self._waiting.clear()

    def _begin(self) -> None:
        if self._loop is None:
            threading.Thread(target=self._work, name="brandvx-events", daemon=True).start()
        elif not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._handle_all(), self._loop)

    def _work(self) -> None:
        while (event := self._next()) is not None:
            if inspect.iscoroutinefunction(self._handler):
                asyncio.run(self._handle(event))
                continue
            try:
                self._handler(event)
            except Exception as error:
                self._failed(error)

    async def _handle_all(self) -> None:
        while (event := self._next()) is not None:
            await self._handle(event)

    async def _handle(self, event: EmittedEvent) -> None:
        try:
            result = self._handler(event)
            if result is not None:
                await result
        except Exception as error:
            self._failed(error)

    def _next(self) -> EmittedEvent | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._is_working = False
            return None

    def _failed(self, error: BaseException) -> None:
        self._told.warn(f"A subscriber of events failed: {type(error).__name__}: {reason_of(error)}")
