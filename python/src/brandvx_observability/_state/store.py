"""Cache, limits, breakers and events over Redis, for callers with and without asyncio, in any thread and any loop.

One loop in one thread for the whole process has the memory and detects outages, so that all callers share them.
Calls that need neither run in the caller (inline.py).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from .._futures import done_in_loop
from .._notices import log_warning, quiet
from .._privacy import warm_redactor
from .._variables import checked_variable
from .breaker import Breakers
from .cached import CachedLoads
from .client import known_url
from .fanout import Fanout
from .inline import InTask, begin
from .limiter import Limits
from .link import Link
from .memory import MAX_CHARACTERS, MAX_ENTRIES, Memory, monotonic_ms
from .options import OptionFinding, OptionReport, number_for
from .results import RedisCounts
from .subscribers import MOST_WAITING
from .texts import Texts

Result = TypeVar("Result")

_IN_WORDS = {
    "text": "is no counter: it was replaced",
    "type": "is of another type: it was replaced",
    "endless": "had no expiry, or one beyond its window: it counts as a window that has ended, or gets one",
    "factor": "is no factor from 0 to 1000000: 1 is used",
}
Unused = Callable[[Result], object] | None
"""What to do with a result for which nobody waits any more."""

# Seconds added to the deadline, for a process that is busy itself.
_GRACE_S = 0.1


class Store:
    """Raises nothing, whatever the URL."""

    def __init__(
        self,
        url: object,
        *,
        deadline_ms: object = None,
        development: bool = False,
        warn: Callable[[str], None] = log_warning,
        on_drop: Callable[[str], None] = lambda _: None,
        now: Callable[[], float] = monotonic_ms,
    ) -> None:
        self.closed = False
        self._set(url, development, warn, on_drop, now)
        findings: list[OptionFinding] = []
        self.deadline_s = number_for("createStateStore.deadlineMs", deadline_ms, findings) / 1000
        self.report(findings)
        self._evicted = 0
        self._replaced = 0
        self._undelivered = 0
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._work, name="brandvx-redis", daemon=True)
        self._thread.start()
        self._ready.wait()

    def _set(
        self,
        url: object,
        development: bool,
        warn: Callable[[str], None],
        on_drop: Callable[[str], None],
        now: Callable[[], float],
    ) -> None:
        self.url = url
        self.tell = quiet(warn)
        self.report = OptionReport(development, self.warn)
        value, wrong = checked_variable("REDIS_URL", url)
        if value and wrong:
            self.warn(f"{wrong}. It is used without them.")
        if value:
            warm_redactor()
            value, unknown = known_url(value)
            if unknown:
                self.warn(f"REDIS_URL has options that redis-py does not take, and is used without them: {unknown}.")
        self._args = (value, wrong if value is None else None, development, on_drop, now)

    def warn(self, message: str, /) -> None:
        self.tell(message)

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._ready.set()
        self._loop.run_forever()
        self._loop.close()

    async def _open(self) -> None:
        url, wrong, development, on_drop, now = self._args
        self.link = Link(url, wrong, self.deadline_s, self.warn)
        self.values = Memory(now, on_evict=self._on_evict("Cached values"))
        self.counters = Memory(now, on_evict=self._on_evict("Counters of limits and breakers"))
        self.texts = Texts(self.link, self.values, self._on_value, self._on_stale_lost)
        self.limits = Limits(self.link, self.texts, self.counters, self.on_found)
        self.breakers = Breakers(self.link, self.counters)
        self.loads = CachedLoads(self.texts, self.deadline_s)
        self.fanout = Fanout(self.link, url, development=development, on_drop=on_drop)

    # Into the loop and back

    # Work goes on to its end, as in Node, also when its caller no longer waits or was cancelled: a failure, a deletion or
    # the end of a load counts then, too.

    def call(
        self,
        work: Coroutine[Any, Any, Result],
        otherwise: Result,
        seconds: float | None = None,
        unused: Unused[Result] = None,
    ) -> Result:
        """Does the work in the caller as far as possible, else in the loop. Its parts decide where they run."""
        begun = time.monotonic()
        ended, result = begin(work)
        if ended:
            return cast("Result", result)
        limit = self.deadline_s if seconds is None else seconds
        return self.run(work, otherwise, max(0.0, limit - (time.monotonic() - begun)), unused)

    def run(
        self,
        work: Coroutine[Any, Any, Result],
        otherwise: Result,
        seconds: float | None = None,
        unused: Unused[Result] = None,
    ) -> Result:
        """Does the work in the loop and waits for it; `otherwise` when the process is too busy to answer in time."""
        answer = self.submit(work, unused)
        if answer is None:
            return otherwise
        try:
            return answer.result((self.deadline_s if seconds is None else seconds) + _GRACE_S)
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError):
            return _last(answer, otherwise)
        except BaseException:
            # Ctrl-C; or what the work raised.
            answer.cancel()
            raise

    async def arun(
        self,
        work: Coroutine[Any, Any, Result],
        otherwise: Result,
        seconds: float | None = None,
        unused: Unused[Result] = None,
    ) -> Result:
        """The same for callers with a loop of their own."""
        answer = self.submit(work, unused)
        if answer is None:
            return otherwise
        try:
            await asyncio.wait_for(done_in_loop(answer), (self.deadline_s if seconds is None else seconds) + _GRACE_S)
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            if not answer.cancel() and unused is not None and answer.exception() is None:
                unused(answer.result())
            raise
        return _last(answer, otherwise)

    async def acall(
        self,
        work: Coroutine[Any, Any, Result],
        otherwise: Result,
        seconds: float | None = None,
        unused: Unused[Result] = None,
    ) -> Result:
        """`call` for callers with a loop of their own."""
        begun = time.monotonic()
        ended, result = await InTask(work)
        if ended:
            return cast("Result", result)
        limit = self.deadline_s if seconds is None else seconds
        return await self.arun(work, otherwise, max(0.0, limit - (time.monotonic() - begun)), unused)

    def submit(
        self, work: Coroutine[Any, Any, Result], unused: Unused[Result] = None
    ) -> concurrent.futures.Future[Result] | None:
        """Does the work in the loop. Cancelling the future says that nobody waits; the work goes on."""
        answer: concurrent.futures.Future[Result] = concurrent.futures.Future()
        try:
            self._loop.call_soon_threadsafe(self._begin, work, answer, unused)
        except RuntimeError:
            # The loop is closed.
            work.close()
            return None
        return answer

    def _begin(
        self,
        work: Coroutine[Any, Any, Result],
        answer: concurrent.futures.Future[Result],
        unused: Unused[Result],
    ) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)

        def ended(done: asyncio.Task[Result]) -> None:
            self._tasks.discard(done)
            if done.cancelled():
                answer.cancel()
                return
            error = done.exception()
            if answer.set_running_or_notify_cancel():
                if error is None:
                    answer.set_result(done.result())
                else:
                    answer.set_exception(error)
            elif error is None and unused is not None:
                unused(done.result())

        task.add_done_callback(ended)

    # Log lines

    def counts(self) -> RedisCounts:
        return {
            "stale_keys": self.texts.stale,
            "stale_keys_lost": self.texts.lost,
            "evicted": self._evicted,
            "replaced": self._replaced,
            "undelivered": self._undelivered,
        }

    def on_found(self, key: str, found: str) -> None:
        from .._privacy import redact_text

        self._replaced += 1
        self._once(found, f"What another program wrote under {redact_text(key, 120)} {_IN_WORDS.get(found, found)}.")

    def _on_value(self, key: str, said: str) -> None:
        from .._privacy import redact_text

        self._replaced += 1
        self._once(said, f"Redis does not take the value of {redact_text(key, 120)}: {said}. It is not cached.")

    def on_undelivered(self) -> None:
        self._undelivered += 1
        self._once(
            "undelivered",
            f"{MOST_WAITING} events wait for a subscriber: later ones are dropped, and health() counts them.",
        )

    def on_no_json(self, key: str) -> None:
        from .._privacy import redact_text

        self._once(
            "no JSON",
            f"The value of {redact_text(key, 120)} cannot be written as JSON (a datetime, a UUID, a Decimal, a set, a model,"
            " a cycle): such values are not cached.",
        )

    def _on_stale_lost(self) -> None:
        self._once(
            "stale", "More keys changed while Redis was away than can be remembered: some are old until they expire."
        )

    def _on_evict(self, what: str) -> Callable[[], None]:
        def told() -> None:
            self._evicted += 1
            self._once(
                f"evicted {what}",
                f"{what} left this process's memory before their time: there is room for {MAX_ENTRIES} entries and"
                f" {MAX_CHARACTERS} characters.",
            )

        return told

    def _once(self, what: str, message: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self.warn(message)

    def close(self) -> None:
        """Closes the connections. Calls after it use the memory."""
        self.closed = True
        self.run(self._close(), None, 1.0)

    def open_again(
        self, url: object, *, development: bool, warn: Callable[[str], None], on_drop: Callable[[str], None]
    ) -> None:
        """Reopens it, in the same thread: subscriptions continue."""
        self.close()
        self._told.clear()
        self._set(url, development, warn, on_drop, self._args[-1])
        self.run(self._open_again(), None, 1.0)
        self.closed = False

    async def _open_again(self) -> None:
        subscriptions = self.fanout.subscriptions
        await self._open()
        self.fanout.take_over(subscriptions)

    async def _close(self) -> None:
        self.fanout.close()
        await self.link.close()


def _last(answer: concurrent.futures.Future[Result], otherwise: Result) -> Result:
    """What arrived in the last moment, else `otherwise`: from then on, nobody waits."""
    return otherwise if answer.cancel() else answer.result()
