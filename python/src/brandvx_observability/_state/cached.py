"""Loads a value once for all concurrent callers, in this process and in others.

The store's event loop decides who may load; the load itself runs in the caller's thread or loop. The same locks and
times as src/runtime/redis/cached.ts.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

from .inline import to_loop
from .json_text import parsed
from .keys import key as key_of
from .link import Attempt
from .outcome import outcome_of
from .results import GIVEN_UP, LOAD_LIMIT_S, Loaded
from .texts import Texts

_LOCK_MS = 1_000
_RENEW_EVERY_S = 0.25
_LOOK_EVERY_S = 0.025


class _Lock:
    """Extended while its holder loads. Only its holder extends it, so a release needs no script."""

    def __init__(self, texts: Texts, deadline_s: float, lock: str, key: str) -> None:
        self._texts = texts
        self._deadline_s = deadline_s
        self._lock = lock
        self._key = key
        self._sign_of_life = time.monotonic()
        self._renewal = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        begun = time.monotonic()
        while time.monotonic() - begun < LOAD_LIMIT_S and time.monotonic() - self._sign_of_life < _LOCK_MS / 1000:
            await asyncio.sleep(_RENEW_EVERY_S)
            asked = time.monotonic()
            renewed = await self._texts.attempt("write", self._key, lambda redis: redis.pexpire(self._lock, _LOCK_MS))
            if renewed.reached and renewed.value:
                self._sign_of_life = asked

    async def release(self) -> None:
        """The next caller need not wait."""
        self._renewal.cancel()
        if time.monotonic() - self._sign_of_life > _LOCK_MS / 1000 - self._deadline_s:
            return
        await self._texts.attempt("delete", self._key, lambda redis: redis.unlink(self._lock))


class Lease:
    """The right, and the duty, to load the value of a key."""

    def __init__(self, key: str, seconds: int, done: asyncio.Future[Loaded]) -> None:
        self.key = key
        self.seconds = seconds
        self.done = done
        self.lock: _Lock | None = None
        self.in_redis = False
        self.budget_s = 0.0


class CachedLoads:
    def __init__(self, texts: Texts, deadline_s: float) -> None:
        self._texts = texts
        self._deadline_s = deadline_s
        self._under_way: dict[str, Lease] = {}

    async def begin(self, key: str, seconds: int) -> Loaded | Lease:
        """The value, or a lease to load it, to be given back with `finish`."""
        begun = time.monotonic()
        asked = await self._texts.attempt("read", key, lambda redis: _text_of(redis, key))
        if asked.reached and parsed(asked.value)[0]:
            return Loaded(text=asked.value)
        await to_loop()
        first: Attempt | None = asked
        while (other := self._under_way.get(key)) is not None:
            try:
                async with asyncio.timeout(LOAD_LIMIT_S):
                    loaded = await asyncio.shield(other.done)
                if loaded is not GIVEN_UP:
                    return loaded
            except TimeoutError:
                # The process that loads it is gone, or too slow: another one also tries.
                if self._under_way.get(key) is other:
                    del self._under_way[key]
            # The value that was read before may be outdated.
            first = None
        lease = Lease(key, seconds, asyncio.get_running_loop().create_future())
        self._under_way[key] = lease
        try:
            hit = await self._find(lease, first, begun)
        except BaseException as error:
            self._end(lease, Loaded(error=error) if isinstance(error, Exception) else GIVEN_UP)
            raise
        if hit is None:
            return lease
        return self._end(lease, Loaded(text=hit))

    async def finish(self, lease: Lease, loaded: Loaded) -> None:
        self._end(lease, loaded)
        try:
            if loaded.text is not None:
                await self._write(lease, loaded.text)
        finally:
            if lease.lock is not None:
                await lease.lock.release()

    def _end(self, lease: Lease, loaded: Loaded) -> Loaded:
        if self._under_way.get(lease.key) is lease:
            del self._under_way[lease.key]
        if not lease.done.done():
            lease.done.set_result(loaded)
        return loaded

    async def _write(self, lease: Lease, text: str) -> None:
        key, seconds = lease.key, lease.seconds
        if not lease.in_redis:
            self._texts.keep(key, text, seconds)
            return
        written = await self._texts.attempt(
            "write", key, lambda redis: redis.set(key, text, ex=seconds), max(lease.budget_s, 0.001)
        )
        if not written.reached and written.refused_value is None:
            self._texts.keep(key, text, seconds)

    async def _find(self, lease: Lease, first: Attempt | None, begun: float) -> str | None:
        key = lease.key
        lock = key_of("loading", key)
        hit = first
        if hit is None:
            begun = time.monotonic()
            hit = await self._texts.attempt("read", key, lambda redis: _text_of(redis, key))
        # When this process cannot reach Redis, it does not try again in the same call, so that it waits at most once.
        if not hit.reached:
            return self._in_memory(key)
        known: str | None = hit.value
        if parsed(known)[0]:
            return known
        budget = self._deadline_s - (time.monotonic() - begun)
        while True:
            asked = time.monotonic()

            async def look(redis: Any) -> tuple[Any, Any, int]:
                # The lock before the value: the new holder of the lock sees what the previous one wrote.
                held = await redis.set(lock, str(uuid.uuid4()), px=_LOCK_MS, nx=True)
                return held, await _text_of(redis, key), _LOCK_MS if held else await redis.pttl(lock)

            looked = await self._texts.attempt("write", key, look, budget)
            if not looked.reached:
                return self._in_memory(key)
            held: bool = bool(looked.value[0])
            found: str | None = looked.value[1]
            if held:
                lease.lock = _Lock(self._texts, self._deadline_s, lock, key)
            if parsed(found)[0]:
                if lease.lock is not None:
                    await lease.lock.release()
                return found
            if held or time.monotonic() - begun > LOAD_LIMIT_S:
                lease.in_redis = True
                lease.budget_s = budget - (time.monotonic() - asked)
                return None
            left_ms: int = looked.value[2]
            if left_ms == -1 or left_ms > _LOCK_MS:
                # No holder's lock: without an expiry, or with a longer one, it would be waited for each time.
                await self._texts.attempt("write", key, lambda redis: redis.pexpire(lock, _LOCK_MS))
            await asyncio.sleep(_LOOK_EVERY_S)
            budget = self._deadline_s

    def _in_memory(self, key: str) -> str | None:
        kept = self._texts.read_from_memory(key)
        return kept if parsed(kept)[0] else None


async def _text_of(redis: Any, key: str) -> str | None:
    """The text under a key; None for another type, which the next write replaces."""
    try:
        text: str | None = await redis.get(key)
        return text
    except Exception as error:
        if outcome_of(error).kind == "value":
            return None
        raise
