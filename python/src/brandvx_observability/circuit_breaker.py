"""Circuit breakers shared by all processes, including Node's.

    from brandvx_observability.circuit_breaker import CircuitOpenError, circuit_breaker

    twilio = circuit_breaker("twilio", failures=5, open_seconds=30, is_failure=lambda error: not is_not_found(error))

    try:
        twilio.run(lambda: send(message))     # await twilio.arun(lambda: send(message)), for an async function
    except CircuitOpenError as error:
        ...                                   # not called; error.retry_after_ms

After `failures` in a row nothing is called for `open_seconds`; then one call is let through as a trial, the others still
refused, and its outcome decides. By hand: `SET cb_open:twilio open EX 600` opens, `DEL cb_open:twilio cb_fail:twilio` closes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

from . import _state
from ._state.breaker import BreakerOptions, CircuitOpenError, Held, breaker_options
from ._state.breaker_memory import Entry
from ._state.options import OptionError

__all__ = ["CircuitBreaker", "CircuitOpenError", "CircuitState", "OptionError", "circuit_breaker"]

Result = TypeVar("Result")
CircuitState = Literal["closed", "open", "half-open"]
""""half-open": the next call is allowed as a trial."""

_BUSY = Held(Entry("closed"), "", 0.0)


class CircuitBreaker:
    """Its state is in `cb_fail:name` and `cb_open:name`. Can be created at module level."""

    def __init__(self, name: str, options: BreakerOptions) -> None:
        self.name = name
        self.options = options

    def run(self, call: Callable[[], Result]) -> Result:
        """Runs the call, unless the breaker is open.

        Raises:
            CircuitOpenError: It is.
            Exception: What the call raises.
        """
        store = _state.current()
        held = store.call(store.breakers.enter(self.name, self.options), _BUSY)
        try:
            result = call()
        except Exception as error:
            store.call(store.breakers.failed(self.name, self.options, held, self._is_failure(error)), None)
            raise
        if _is_told(held):
            store.call(store.breakers.succeeded(self.name, self.options, held), None)
        return result

    async def arun(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """`run` for async code."""
        store = _state.current()
        held = await store.acall(store.breakers.enter(self.name, self.options), _BUSY)
        try:
            result = await call()
        except Exception as error:
            await store.acall(store.breakers.failed(self.name, self.options, held, self._is_failure(error)), None)
            raise
        if _is_told(held):
            await store.acall(store.breakers.succeeded(self.name, self.options, held), None)
        return result

    def state(self) -> CircuitState:
        store = _state.current()
        return store.call(store.breakers.state(self.name, self.options), "closed")

    async def astate(self) -> CircuitState:
        """`state` for async code."""
        store = _state.current()
        return await store.acall(store.breakers.state(self.name, self.options), "closed")

    def _is_failure(self, error: Exception) -> bool:
        try:
            return bool(self.options.is_failure(error))
        except Exception:
            return True


def _is_told(held: Held) -> bool:
    return held.token != "" or held.entry.failures > 0


def circuit_breaker(
    name: str,
    *,
    failures: int | None = None,
    window_seconds: float | None = None,
    open_seconds: float | None = None,
    trial_seconds: float | None = None,
    is_failure: Callable[[BaseException], bool] | None = None,
) -> CircuitBreaker:
    """A circuit breaker.

    Args:
        name: A part of the keys.
        failures: Failures in a row, over all processes, that open it. 5 by default.
        window_seconds: How long a failure counts, from the last one on. 60 by default.
        open_seconds: How long nothing is let through before one trial is. 30 by default.
        trial_seconds: How long the trial may take before another one is let through. 10 by default.
        is_failure: Which errors count. All by default; a 404 of a provider that works should not.

    Raises:
        OptionError: In development, for invalid numbers.
    """
    options, findings = breaker_options(name, failures, window_seconds, open_seconds, trial_seconds, is_failure)
    if findings:
        _state.current().report(findings)
    return CircuitBreaker(name, options)
