"""Texts under keys, in Redis when it is available, else in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .inline import to_loop
from .link import Attempt, Link, Work
from .memory import Memory
from .outcome import Operation
from .results import Written

# Keys that changed while Redis was unavailable. Keys beyond this limit stay outdated in Redis until they expire.
_MOST_STALE = 10_000


class Texts:
    def __init__(
        self, link: Link, memory: Memory, on_value: Callable[[str, str], None], on_lost: Callable[[], None]
    ) -> None:
        self._link = link
        self._memory = memory
        self._on_value = on_value
        self._on_lost = on_lost
        self._stale: dict[str, None] = {}
        self.lost = 0
        link.on_return(self._settle)

    @property
    def stale(self) -> int:
        """Keys with an older text in Redis than callers were given."""
        return len(self._stale)

    async def attempt(self, operation: Operation, key: str, work: Work, budget_s: float | None = None) -> Attempt:
        """Runs work on one key; skips Redis while it has an older text under the key than callers were given."""
        if key in self._stale:
            await to_loop()
            return Attempt(False)
        return await self._link.attempt(operation, work, budget_s)

    async def read(self, key: str) -> str | None:
        if key in self._stale:
            await to_loop()
            return self._memory.get(key)
        found = await self._link.attempt("read", lambda redis: redis.get(key))
        if found.reached:
            text: str | None = found.value
            return text
        if found.refused_value is None:
            return self._memory.get(key)
        self._on_value(key, found.refused_value)
        return None

    async def write(self, key: str, text: str, seconds: int) -> Written:
        written = await self.attempt("write", key, lambda redis: redis.set(key, text, ex=seconds))
        if written.reached:
            return "redis"
        if written.refused_value is None:
            return self.keep(key, text, seconds)
        # Too large for Redis: no value is better than the previous one.
        self._on_value(key, written.refused_value)
        await self.delete([key])
        return "nowhere"

    async def delete(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        deleted = await self._link.attempt("delete", lambda redis: redis.unlink(*keys))
        if deleted.reached and len(self._memory) == 0:
            return
        await to_loop()
        for key in keys:
            self._memory.delete(key)
            if not deleted.reached:
                self._is_stale(key)

    def keep(self, key: str, text: str, seconds: float) -> Written:
        """Stores a text in memory after an attempt did not reach Redis."""
        self._is_stale(key)
        return "memory" if self._memory.set(key, text, seconds * 1000) else "nowhere"

    def read_from_memory(self, key: str) -> str | None:
        return self._memory.get(key)

    def _is_stale(self, key: str) -> None:
        if self._link.state == "disabled" or key in self._stale:
            return
        if len(self._stale) < _MOST_STALE:
            self._stale[key] = None
        else:
            self.lost += 1
            self._on_lost()
        if self._link.state == "up":
            self._link.settle_soon()

    async def _settle(self, redis: Any) -> None:
        """Redis has older texts under these keys than callers were given: they are deleted before it is used again."""
        had_fallback = self._link.state != "up" or bool(self._stale)
        while self._stale:
            some = list(self._stale)[:500]
            await redis.unlink(*some)
            for key in some:
                self._stale.pop(key, None)
        # Removed, so that the next outage does not serve it when it is even older.
        if had_fallback:
            self._memory.clear()
