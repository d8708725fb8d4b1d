"""Sends items in batches, one batch at a time and soon, and retries while the vendor cannot be reached.

The vendors' own queues silently lose events when they are full or refused; here each one is counted exactly.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from . import _exit as at_exit
from ._counts import SinkCounts

_FIRST_RETRY_S = 1.0
_LAST_RETRY_S = 30.0
_MOST_WAIT_S = 60.0


class Sized(Protocol):
    """A pending item, with its approximate number of characters."""

    @property
    def characters(self) -> int: ...


Item = TypeVar("Item", bound=Sized)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of sending a batch.

    "sent" (`lost` is the number of items that could not be redacted and so were not sent), "refused" (now and
    later), "too large", or "away" (the vendor could not be reached, or asked to retry later).
    """

    kind: Literal["sent", "refused", "too large", "away"]
    why: str = ""
    lost: int = 0
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the queue, and the timing of its batches."""

    max_items: int
    max_characters: int
    batch: int
    """Maximum number of items in one request."""
    gather_s: float
    """Seconds that the first item waits for others."""


class Delivery(Generic[Item]):
    """A queue and the thread that empties it. The thread starts with the first item, and ends with the process."""

    def __init__(
        self,
        name: str,
        limits: Limits,
        send: Callable[[Sequence[Item]], Outcome],
        *,
        weight: Callable[[Item], int] = lambda _: 1,
        on_full: Callable[[], None],
        on_too_large: Callable[[Item], None],
        on_failure: Callable[[str], None],
        on_success: Callable[[], None],
    ) -> None:
        self._name = name
        self._limits = limits
        self._send = send
        self._weight = weight
        self._on_full = on_full
        self._on_too_large = on_too_large
        self._on_failure = on_failure
        self._on_success = on_success
        self._ended = False
        self.after_fork()

    def after_fork(self) -> None:
        """A forked child does not have its parent's thread, and the parent sends its own pending items."""
        self._changed = threading.Condition()
        self._items: deque[Item] = deque()
        self._characters = 0
        self._under_way: Sequence[Item] = ()
        self._batch_size = self._limits.batch
        self._retry_at = 0.0
        self._retry_s = 0.0
        self._closing = False
        self._thread: threading.Thread | None = None
        self._sent = 0
        self._dropped = 0
        self._refused = 0
        self._first_at = 0.0

    def add(self, item: Item) -> None:
        """An item that alone is larger than the queue is dropped itself: it must not cost all others."""
        too_large = item.characters > self._limits.max_characters
        dropped, trouble = 0, ""
        with self._changed:
            if self._ended or too_large:
                self._dropped += self._weight(item)
            else:
                dropped, trouble = self._append(item)
        if too_large:
            self._on_too_large(item)
        if dropped:
            self._on_full()
        if trouble:
            self._on_failure(trouble)

    def _append(self, item: Item) -> tuple[int, str]:
        """How many were dropped for it, and why there is no thread to send it."""
        if not self._items:
            self._first_at = time.monotonic()
        self._items.append(item)
        self._characters += item.characters
        dropped = self._make_room()
        if self._thread is None:
            # All items from now on: also for a child that only logs an error.
            at_exit.ensure()
            return dropped, self._start()
        if len(self._items) in (1, self._batch_size):
            self._changed.notify_all()
        return dropped, ""

    def _start(self) -> str:
        """Starts the thread. Why it cannot be started; the next item then tries again."""
        thread = threading.Thread(target=self._run, name=f"brandvx-{self._name}", daemon=True)
        try:
            thread.start()
        except (RuntimeError, MemoryError) as error:
            return f"no thread can be started for it: {error}"
        self._thread = thread
        return ""

    def _cannot_send(self) -> bool:
        """Whether items are pending and there is no thread for them, now either."""
        return bool(self._items) and self._thread is None and not self._ended and self._start() != ""

    def counts(self) -> SinkCounts:
        with self._changed:
            return {"sent": self._sent, "dropped": self._dropped, "refused": self._refused}

    @property
    def waiting(self) -> int:
        """Not sent yet."""
        with self._changed:
            return self._weigh(self._items) + self._weigh(self._under_way)

    def flush(self, timeout_s: float) -> None:
        """Waits until nothing is pending, for at most `timeout_s`; drops nothing."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            self._first_at = 0.0
            if self._cannot_send():
                return
            self._changed.notify_all()
            while self._items or self._under_way:
                left = deadline - time.monotonic()
                if left <= 0 or self._ended:
                    return
                self._changed.wait(left)

    def close(self, deadline_s: float) -> SinkCounts:
        """Sends pending items, for at most `deadline_s`; the rest is dropped. Later items are not accepted."""
        deadline = time.monotonic() + deadline_s
        with self._changed:
            self._closing = True
            self._retry_at = 0.0
            if self._cannot_send():
                deadline = 0.0
            self._changed.notify_all()
            while (self._items or self._under_way) and not self._ended:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            if not self._ended:
                self._ended = True
                self._dropped += self._weigh(self._items) + self._weigh(self._under_way)
                self._items.clear()
                self._under_way = ()
                self._changed.notify_all()
            return {"sent": self._sent, "dropped": self._dropped, "refused": self._refused}

    def _weigh(self, items: Sequence[Item]) -> int:
        return sum(map(self._weight, items))

    def _make_room(self) -> int:
        dropped = 0
        limits = self._limits
        while self._items and (len(self._items) > limits.max_items or self._characters > limits.max_characters):
            item = self._items.popleft()
            self._characters -= item.characters
            dropped += self._weight(item)
        self._dropped += dropped
        return dropped

    def _run(self) -> None:
        while True:
            batch = self._next()
            if batch is None:
                return
            try:
                outcome = self._send(batch)
            except Exception as error:
                outcome = Outcome("refused", f"{type(error).__name__}")
            tell = self._note(batch, outcome)
            if tell is None:
                return
            try:
                tell()
            except Exception:
                pass

    def _next(self) -> Sequence[Item] | None:
        """Waits until there is something to send, and removes it from the queue."""
        with self._changed:
            while True:
                if self._ended:
                    return None
                now = time.monotonic()
                if not self._items:
                    self._changed.wait()
                    continue
                wait = self._retry_at - now
                if wait <= 0 and len(self._items) < self._batch_size and not self._closing:
                    wait = self._first_at + self._limits.gather_s - now
                if wait > 0:
                    self._changed.wait(wait)
                    continue
                batch = [self._items.popleft() for _ in range(min(self._batch_size, len(self._items)))]
                self._characters -= sum(item.characters for item in batch)
                self._under_way = batch
                return batch

    def _note(self, batch: Sequence[Item], outcome: Outcome) -> Callable[[], None] | None:
        dropped = 0
        with self._changed:
            # Items after the deadline were counted there.
            if self._ended:
                return None
            self._under_way = ()
            weight = self._weigh(batch)
            tell: Callable[[], None] = lambda: self._on_failure(outcome.why)  # noqa: E731
            match outcome.kind:
                case "sent":
                    self._sent += weight - outcome.lost
                    self._dropped += outcome.lost
                    self._batch_size = min(self._limits.batch, self._batch_size * 2)
                    self._retry_at = self._retry_s = 0.0
                    tell = self._on_success
                case "refused":
                    self._refused += weight
                    self._retry_at = 0.0
                case "too large" if len(batch) == 1:
                    self._refused += weight
                    tell = lambda: self._on_failure("an event is too large for it")  # noqa: E731
                case "too large":
                    dropped = self._put_back(batch)
                    self._batch_size = (len(batch) + 1) // 2
                    tell = lambda: None  # noqa: E731
                case "away":
                    dropped = self._put_back(batch)
                    self._retry_at = time.monotonic() + self._retry_in(outcome)
                    if self._closing:
                        # A second attempt within the deadline would fail in the same way.
                        self._retry_at = time.monotonic() + _FIRST_RETRY_S
            self._changed.notify_all()
        if dropped == 0:
            return tell

        def tell_both() -> None:
            self._on_full()
            tell()

        return tell_both

    def _retry_in(self, outcome: Outcome) -> float:
        self._retry_s = min(_LAST_RETRY_S, max(_FIRST_RETRY_S, self._retry_s * 2))
        if outcome.retry_after_s is not None:
            return min(_MOST_WAIT_S, outcome.retry_after_s)
        return self._retry_s

    def _put_back(self, batch: Sequence[Item]) -> int:
        """How many were dropped, because others arrived meanwhile."""
        self._items.extendleft(reversed(batch))
        self._characters += sum(item.characters for item in batch)
        self._first_at = 0.0
        return self._make_room()
