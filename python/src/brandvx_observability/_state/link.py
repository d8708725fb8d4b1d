"""Access to Redis: no attempt waits longer than the deadline, or waits at all while Redis is known to be away.

Everything here runs in one event loop. Only connection errors count as an outage; errors of the work itself are
raised to the caller. The same states and times as src/runtime/redis/link.ts.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, Literal, NamedTuple

from .._generated.state import SCRIPTS
from .._notices import Troubles
from .._reason import reason_of
from .client import open_client
from .inline import CannotHereError, Ready, is_inline, to_loop
from .keys import key
from .outcome import Operation, Refusal, outcome_of
from .refusals import Refusals, now_text
from .shapes import MOST_LIMIT

_OUTAGES_TO_GIVE_UP = 3
_FIRST_LOOK_S = 0.5
_LAST_LOOK_S = 4.0
_RECONNECT_EVERY_S = 2.0
_KEEP_ALIVE_S = 30.0
_FALLBACK = "Cache, limits, breakers and events use this process's memory until it is back."

Work = Callable[[Any], Awaitable[Any]]


class Attempt(NamedTuple):
    """The result of work in Redis, or that Redis did not do it."""

    reached: bool
    value: Any = None
    refused_value: str | None = None
    """Redis refused this value, or the key has another type; other keys work."""


_UNREACHED = Attempt(False)


class Link:
    def __init__(self, url: str | None, wrong: str | None, deadline_s: float, tell: Callable[[str], None]) -> None:
        self._url = url
        self._wrong = wrong
        self.deadline_s = deadline_s
        self.state: Literal["disabled", "starting", "up", "down"] = (
            "starting" if url else "down" if wrong else "disabled"
        )
        self._client: Any = None
        self._ready = Ready(url or "")
        self._last_error = wrong or "no connection yet"
        self._since = now_text()
        self._outages = 0
        self._troubles = Troubles(tell)
        self._refusals = Refusals(self._troubles)
        self._checking: asyncio.Task[bool] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._look_after_s = _FIRST_LOOK_S
        self._reconnected_at = float("-inf")
        self._unsettled = False
        self._returns: list[Work] = []
        self._started = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self._closed = False
        self._last_used = 0.0
        self._tasks: set[asyncio.Future[Any]] = set()
        if url:
            self._open(url)

    # For callers

    async def attempt(self, operation: Operation, work: Work, budget_s: float | None = None) -> Attempt:
        """Not reached here: the rest runs in the store's loop."""
        budget = self.deadline_s if budget_s is None else budget_s
        if is_inline():
            tried = await self._attempt_inline(operation, work, budget)
            if tried is not None:
                return tried
        if self.state == "starting":
            begun = time.monotonic()
            await self._wait_for_start(min(budget, self.deadline_s))
            budget -= time.monotonic() - begun
        if self.state != "up" or budget <= 0 or self._refusals.has(operation):
            return _UNREACHED
        return await self._run(operation, work, budget)

    async def _attempt_inline(self, operation: Operation, work: Work, budget_s: float) -> Attempt | None:
        """In the caller's thread or task, if possible; None when it was not tried."""
        usable = self.state == "up" and budget_s > 0 and not self._refusals.has(operation)
        connection = self._ready.take() if usable else None
        if connection is None:
            await to_loop()
            return None
        answered = False
        try:
            connection.limit(budget_s)
            value = await work(connection)
            answered = True
        except Exception as error:
            answered = _is_answer(error)
            failure = error
        else:
            self._outages = 0
            self._last_used = time.monotonic()
            return Attempt(True, value)
        finally:
            if answered:
                self._ready.give(connection)
            else:
                self._ready.drop(connection)
        await to_loop()
        if isinstance(failure, CannotHereError):
            return None
        return self._late(budget_s) if _is_late(failure) else self._failed(operation, failure)

    def on_return(self, work: Work) -> None:
        """Runs `work` before Redis is used again, and again by `settle_soon`. If it raises, Redis stays away."""
        self._returns.append(work)

    def settle_soon(self) -> None:
        self._unsettled = True
        self._look_soon()

    async def detail(self) -> dict[str, Any]:
        """Checks whether Redis does what the helpers need, and reports the result. Never slower than the deadline."""
        if self._closed or self.state == "disabled":
            return {"status": "disabled"}
        if self.state == "starting":
            await self._wait_for_start(self.deadline_s)
        answered = False
        if self.state == "up":
            try:
                answered = await asyncio.wait_for(asyncio.shield(self._check()), self.deadline_s)
            except Exception:
                answered = False
        if not answered:
            return {"status": "error", "reason": self._last_error, "since": self._since}
        return self._refusals.detail()

    async def ready(self, seconds: float) -> bool:
        """Whether Redis is up, after at most `seconds`."""
        if self._url is None:
            return False
        await self._wait_for_start(seconds)
        return self.state == "up"

    async def close(self) -> None:
        self._closed = True
        self.state = "disabled"
        self._started.set()
        for task in (self._looking, self._keeping, self._checking):
            if task is not None:
                task.cancel()
        self._troubles.close()
        self._ready.close()
        await self._disconnect()

    # The connection

    def _open(self, url: str) -> None:
        try:
            self._client = open_client(url, name="brandvx", deadline_s=self.deadline_s)
        except Exception as error:
            self._last_error = reason_of(error)
            self._go_down()
            return
        self._spawn_check()
        self._keeping = asyncio.create_task(self._keep_alive())
        asyncio.get_running_loop().call_later(2.0, lambda: self._go_down() if self.state == "starting" else None)

    async def _disconnect(self) -> None:
        """Pending answers on these connections must not be mistaken for those of later commands."""
        self._ready.clear()
        if self._client is not None:
            try:
                await asyncio.wait_for(self._client.connection_pool.disconnect(True), self.deadline_s)
            except Exception:
                pass

    async def _wait_for_start(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._started.wait(), max(0.0, seconds))
        except TimeoutError:
            pass

    async def _run(self, operation: Operation, work: Work, budget_s: float) -> Attempt:
        try:
            async with asyncio.timeout(budget_s):
                value = await work(self._client)
        except TimeoutError:
            return self._late(budget_s)
        except Exception as error:
            return self._failed(operation, error)
        self._outages = 0
        self._last_used = time.monotonic()
        return Attempt(True, value)

    def _late(self, budget_s: float) -> Attempt:
        # A timeout after a deadline that was used up elsewhere says nothing about Redis.
        if budget_s > self.deadline_s / 2:
            self._outage(f"no answer within {round(budget_s * 1000)} ms")
        return _UNREACHED

    def _failed(self, operation: Operation, error: Exception) -> Attempt:
        outcome = outcome_of(error)
        if outcome.kind == "ours":
            raise error
        if outcome.kind == "outage":
            if _is_crowded(error):
                return _UNREACHED
            self._outage(outcome.said)
            return _UNREACHED
        self._outages = 0
        if outcome.kind == "value":
            return Attempt(False, refused_value=outcome.said)
        if outcome.refusal is not None:
            if self._refusals.met(operation, outcome.refusal):
                self._look_after_s = _FIRST_LOOK_S
                self._spawn_check()
            else:
                self._look_soon()
        return _UNREACHED

    def _outage(self, said: str) -> None:
        self._last_error = said
        self._outages += 1
        if self._outages < _OUTAGES_TO_GIVE_UP or self.state != "up":
            return
        self._go_down()
        self._spawn(self._disconnect())

    def _go_down(self) -> None:
        if self.state == "down" or self._closed:
            return
        self.state = "down"
        self._ready.clear()
        self._since = now_text()
        self._started.set()
        self._look_after_s = _FIRST_LOOK_S
        self._look_soon()
        self._troubles.begin("away", f"Redis is unavailable ({self._last_error}). {_FALLBACK}")

    def _go_up(self) -> None:
        if self._closed:
            return
        self.state = "up"
        self._outages = 0
        self._started.set()
        self._troubles.end("away", lambda seconds: f"Redis is back after {seconds} s and is used again.")

    # Checks whether Redis is there and does what is needed

    def _look_soon(self) -> None:
        if self._closed or self._client is None or (self._looking and not self._looking.done()):
            return
        self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._look_after_s)
            self._look_after_s = min(_LAST_LOOK_S, self._look_after_s * 2)
            if self.state != "up":
                self._look_after_s = _FIRST_LOOK_S
            await self._reconnect_if_read_only()
            await self._check()
            if self.state == "up" and not self._unsettled and self._outages == 0 and not self._refusals.any:
                return

    def _check(self) -> asyncio.Task[bool]:
        """One check at a time; concurrent callers wait for it. Raises nothing."""
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._check_now())
        return self._checking

    def _spawn_check(self) -> None:
        self._check()

    async def _check_now(self) -> bool:
        try:
            async with asyncio.timeout(self.deadline_s if self.state != "starting" else 2.0):
                found = await self._operations()
            read = found.get("read")
            if self.state != "up" and read and "write" in found and "script" in found:
                # Redis is there but not ready: it loads its data, needs a password, or has no quota left.
                self._last_error = read.said
                self._go_down()
                self._look_soon()
                return True
            self._refusals.found(found)
            # Redis has outdated values until they can be deleted and written anew.
            if "write" not in found and "delete" not in found and (self.state != "up" or self._unsettled):
                self._unsettled = False
                for work in self._returns:
                    async with asyncio.timeout(2.0):
                        await work(self._client)
            self._go_up()
            if self._refusals.any:
                self._look_soon()
            return True
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            self._last_error = (
                f"no answer within {round(self.deadline_s * 1000)} ms"
                if isinstance(error, TimeoutError) and not str(error)
                else reason_of(error)
            )
            if self.state == "up":
                self._outage(self._last_error)
                self._since = now_text()
            elif self.state == "starting":
                self._go_down()
            self._look_soon()
            return False

    async def _operations(self) -> dict[Operation, Refusal]:
        """Runs the helpers' commands on a key of its own: a write with an expiry, a read, a script that writes, a
        delete.

        An answer to PING does not prove that these work: a full memory, a replica, missing rights or an exhausted
        quota refuse only them. Raises errors that mean a lost connection.
        """
        own = key("rateLimit", "brandvx-check", str(uuid.uuid4()))
        factor = key("rateMultiplier", "brandvx-check")
        script = SCRIPTS["limitTake"]
        pipeline = self._client.pipeline(transaction=False)
        pipeline.set(own, "0", ex=60)
        pipeline.get(own)
        pipeline.eval(script["lua"], 2, own, factor, 1, 60, MOST_LIMIT)
        pipeline.unlink(own)
        asked: tuple[Operation, ...] = ("write", "read", "script", "delete")
        try:
            answers = await pipeline.execute(raise_on_error=False)
        except Exception as error:
            # redis-py treats some answers as a lost connection (LOADING, NOAUTH): the server refuses everything.
            refusal = outcome_of(error).refusal
            if refusal is None:
                raise
            return dict.fromkeys(asked, refusal)
        refusals: dict[Operation, Refusal] = {}
        for operation, answer in zip(asked, answers, strict=True):
            if not isinstance(answer, Exception):
                continue
            outcome = outcome_of(answer)
            if outcome.refusal is None:
                raise answer
            refusals[operation] = outcome.refusal
        return refusals

    async def _reconnect_if_read_only(self) -> None:
        """A replica that was a primary: reconnecting finds the new primary."""
        if self.state != "up" or not self._refusals.said("READONLY"):
            return
        if time.monotonic() - self._reconnected_at < _RECONNECT_EVERY_S:
            return
        self._reconnected_at = time.monotonic()
        await self._disconnect()

    async def _keep_alive(self) -> None:
        """Redis services close connections that are silent for minutes."""
        while True:
            await asyncio.sleep(_KEEP_ALIVE_S)
            if self.state == "up" and time.monotonic() - self._last_used > _KEEP_ALIVE_S:
                await self._run("read", lambda client: client.ping(), self.deadline_s)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_answer(error: Exception) -> bool:
    """Redis answered, or got no command: the connection can be reused."""
    from redis.exceptions import ResponseError

    return isinstance(error, (ResponseError, CannotHereError))


def _is_late(error: Exception) -> bool:
    from redis.exceptions import TimeoutError as LibrarysTimeoutError

    return isinstance(error, (TimeoutError, LibrarysTimeoutError))


def _is_crowded(error: Exception) -> bool:
    """All connections are in use: that says nothing about Redis."""
    return "connection available" in str(error).lower() or "too many connections" in str(error).lower()
