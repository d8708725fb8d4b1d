"""Circuit breakers whose state all processes share, in `cb_fail:name` and `cb_open:name`."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .breaker_memory import BreakerInMemory, Entry
from .client import run_script
from .keys import key
from .options import OptionFinding, number_for, of
from .shapes import counter_of

if TYPE_CHECKING:
    from .link import Link
    from .memory import Memory


class CircuitOpenError(Exception):
    """A call was not made, because the last ones failed.

    Attributes:
        breaker: The breaker's name.
        reason: "open", or "trial": one call is under way that will decide.
        retry_after_ms: When a trial is let through.
    """

    def __init__(self, breaker: str, reason: Literal["open", "trial"], retry_after_ms: int) -> None:
        super().__init__(f'circuit breaker "{breaker}" is open; a trial is let through in {retry_after_ms} ms')
        self.breaker = breaker
        self.reason: Literal["open", "trial"] = reason
        self.retry_after_ms = retry_after_ms


class BreakerOptions(NamedTuple):
    """A breaker's options, times in ms."""

    failures: int
    window_ms: int
    open_ms: int
    trial_ms: int
    is_failure: Callable[[BaseException], bool]


class Held(NamedTuple):
    """An allowed call, and the rest of the deadline for recording its result."""

    entry: Entry
    token: str
    budget_s: float


def breaker_options(
    name: str,
    failures: object,
    window_seconds: object,
    open_seconds: object,
    trial_seconds: object,
    is_failure: Callable[[BaseException], bool] | None,
) -> tuple[BreakerOptions, list[OptionFinding]]:
    findings: list[OptionFinding] = []

    def number(option: str, value: object) -> float:
        return number_for(f"circuitBreaker.{option}", value, findings, _snake(option))

    def ms(option: str, value: object) -> int:
        return max(1, round(number(option, value) * 1000))

    options = BreakerOptions(
        int(number("failures", failures)),
        ms("windowSeconds", window_seconds),
        ms("openSeconds", open_seconds),
        ms("trialSeconds", trial_seconds),
        is_failure or _always,
    )
    return options, of("circuit_breaker", name, findings)


def _always(_error: BaseException) -> bool:
    return True


def _snake(option: str) -> str:
    return option.replace("Seconds", "_seconds")


class Breakers:
    def __init__(self, link: Link, memory: Memory) -> None:
        self._link = link
        self._local = BreakerInMemory(memory)

    async def enter(self, name: str, options: BreakerOptions) -> Held:
        """Raises CircuitOpenError when the call is not allowed."""
        token = f"trial:{uuid.uuid4()}"
        begun = time.monotonic()
        entry = await self._enter(key("breakerFailures", name), key("breakerOpen", name), options, token)
        if entry.state == "open":
            raise CircuitOpenError(name, "trial" if entry.trial else "open", max(0, round(entry.retry_after_ms)))
        # The result is recorded within the same deadline, and always: a slow Redis still counts it.
        left = max(0.001, self._link.deadline_s - (time.monotonic() - begun)) if entry.shared else 0.0
        return Held(entry, token if entry.state == "half-open" else "", left)

    async def _enter(self, fail: str, open_: str, options: BreakerOptions, token: str) -> Entry:
        arguments = [options.failures, options.trial_ms, token, options.open_ms]
        entered = await self._link.attempt(
            "script", lambda redis: run_script(redis, "breakerEnter", [fail, open_], arguments)
        )
        if not entered.reached:
            return self._local.enter(fail, open_, options.failures, options.trial_ms, token)
        state, detail, *holder = entered.value
        if state == "closed":
            return Entry("closed", int(detail), shared=True)
        if state == "half-open":
            return Entry("half-open", shared=True)
        return Entry("open", 0, max(0, int(detail)), holder == ["trial"], shared=True)

    async def succeeded(self, name: str, options: BreakerOptions, held: Held) -> None:
        if not held.token and not (held.entry.state == "closed" and held.entry.failures > 0):
            return
        fail, open_ = key("breakerFailures", name), key("breakerOpen", name)
        arguments = [options.failures, held.token]
        told = await self._link.attempt(
            "script", lambda redis: run_script(redis, "breakerSucceed", [fail, open_], arguments), held.budget_s
        )
        if not told.reached:
            self._local.succeed(fail, open_, options.failures, held.token)

    async def failed(self, name: str, options: BreakerOptions, held: Held, is_failure: bool) -> None:
        if not is_failure:
            if held.token:
                await self.succeeded(name, options, held)
            return
        fail, open_ = key("breakerFailures", name), key("breakerOpen", name)
        arguments = [options.failures, options.window_ms, options.open_ms, held.token]
        told = await self._link.attempt(
            "script", lambda redis: run_script(redis, "breakerFail", [fail, open_], arguments), held.budget_s
        )
        if not told.reached:
            self._local.fail(fail, open_, options.failures, options.window_ms, options.open_ms, held.token)

    async def state(self, name: str, options: BreakerOptions) -> Literal["closed", "open", "half-open"]:
        fail, open_ = key("breakerFailures", name), key("breakerOpen", name)

        async def look(redis: Any) -> tuple[int, list[str | None], int]:
            return await redis.pttl(open_), await redis.mget(fail), await redis.pttl(fail)

        # As lua/breaker_enter.lua reads: whatever stands under `open_` opens it, and a count without an expiry is none.
        read = await self._link.attempt("read", look)
        if not read.reached:
            return self._local.state(fail, open_, options.failures)
        open_ms, (count,), count_ms = read.value
        if open_ms != -2:
            return "open"
        failures = (counter_of(count or "") or 0) if count_ms >= 0 else 0
        return "half-open" if failures >= options.failures else "closed"
