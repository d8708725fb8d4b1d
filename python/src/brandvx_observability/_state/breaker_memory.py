"""The same as lua/breaker_*.lua, in this process's memory."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .memory import Memory
from .shapes import counter_of


class Entry(NamedTuple):
    """What a call may do: go ahead, go ahead as the trial, or wait."""

    state: Literal["closed", "half-open", "open"]
    failures: int = 0
    retry_after_ms: float = 0
    trial: bool = False
    shared: bool = False


class BreakerInMemory:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def enter(self, fail: str, open_: str, threshold: int, trial_ms: float, token: str) -> Entry:
        holder = self._memory.get(open_)
        if holder is not None:
            return Entry("open", 0, self._memory.remaining_ms(open_), holder.startswith("trial:"))
        failures = self._failures_in(fail)
        if failures < threshold:
            return Entry("closed", failures)
        self._memory.set(open_, token, trial_ms)
        return Entry("half-open")

    def fail(self, fail: str, open_: str, threshold: int, window_ms: float, open_ms: float, token: str) -> None:
        holder = self._memory.get(open_)
        if holder is not None and holder != token:
            return
        before = self._failures_in(fail)
        if token == "" and before >= threshold:
            return
        failures = before + 1
        if holder is None and failures < threshold:
            self._memory.set(fail, str(failures), window_ms)
            return
        self._memory.set(open_, "open", open_ms)
        self._memory.set(fail, str(max(failures, threshold)), window_ms + open_ms)

    def succeed(self, fail: str, open_: str, threshold: int, token: str) -> None:
        holder = self._memory.get(open_)
        if holder is not None and holder != token:
            return
        if token == "" and self._failures_in(fail) >= threshold:
            return
        self._memory.delete(fail)
        self._memory.delete(open_)

    def state(self, fail: str, open_: str, threshold: int) -> Literal["closed", "half-open", "open"]:
        if self._memory.get(open_) is not None:
            return "open"
        return "half-open" if self._failures_in(fail) >= threshold else "closed"

    def _failures_in(self, fail: str) -> int:
        return counter_of(self._memory.get(fail) or "") or 0
