"""Texts with an expiry in this process, bounded. Replaces Redis; used by one thread alone."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from .shapes import added, whole_number_of

MAX_ENTRIES = 10_000
MAX_CHARACTERS = 4_000_000
"""Maximum of each memory: 10,000 entries and 4 million characters, so at most about 20 MB."""


def monotonic_ms() -> float:
    """A monotonic clock, for durations."""
    return time.monotonic() * 1000


class Memory:
    """The least recently used entry is removed first."""

    def __init__(
        self,
        now: Callable[[], float] = monotonic_ms,
        max_entries: int = MAX_ENTRIES,
        max_characters: int = MAX_CHARACTERS,
        on_evict: Callable[[], None] = lambda: None,
    ) -> None:
        self._now = now
        self._max_entries = max_entries
        self._max_characters = max_characters
        self._on_evict = on_evict
        self._entries: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._characters = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> str | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        text, ends = entry
        if ends <= self._now():
            self.delete(key)
            return None
        self._entries.move_to_end(key)
        return text

    def set(self, key: str, text: str, ttl_ms: float) -> bool:
        """A text that is too large is not stored; returns False then."""
        self.delete(key)
        size = max(1, len(key) + len(text))
        if size > -(-self._max_characters // 4):
            return False
        self._entries[key] = (text, self._now() + max(1.0, ttl_ms))
        self._characters += size
        while len(self._entries) > self._max_entries or self._characters > self._max_characters:
            self._drop_one()
        return True

    def add(self, key: str, by: int, ttl_ms: float) -> int:
        """Adds to a counter, which begins at 0 and lives for `ttl_ms` from its first use."""
        before = whole_number_of(self.get(key) or "")
        value = added(before or 0, by)
        self.set(key, str(value), ttl_ms if before is None else self.remaining_ms(key))
        return value

    def remaining_ms(self, key: str) -> float:
        return 0.0 if self.get(key) is None else self._entries[key][1] - self._now()

    def delete(self, key: str) -> bool:
        entry = self._entries.pop(key, None)
        if entry is None:
            return False
        self._characters -= max(1, len(key) + len(entry[0]))
        return True

    def clear(self) -> None:
        self._entries.clear()
        self._characters = 0

    def _drop_one(self) -> None:
        key, (_, ends) = next(iter(self._entries.items()))
        self.delete(key)
        if ends > self._now():
            self._on_evict()
