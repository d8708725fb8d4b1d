"""Counts what was dropped from events in production, where no error is raised."""

from __future__ import annotations

import threading
from collections.abc import Callable

_MOST_NAMES = 200


def dropped_in_words(what: str) -> str:
    """The log line for the first drop: the same words as src/runtime/shared/privacy/drops.ts."""
    return (
        f"{what} was dropped: events leave as src/catalog/events.ts lists them, each with the id of whom it belongs to."
    )


class Drops:
    def __init__(self, first_seen: Callable[[str], None]) -> None:
        self._first_seen = first_seen
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}

    def after_fork(self) -> None:
        self._lock = threading.Lock()
        self._counts = {}

    def count(self, what: str) -> None:
        """`what` is "event.property", or only the event when all of it was dropped; with the reason."""
        from ._privacy import redact_text

        shown = redact_text(what, 160)
        with self._lock:
            name = shown if shown in self._counts or len(self._counts) < _MOST_NAMES else "(others)"
            before = self._counts.get(name, 0)
            self._counts[name] = before + 1
        if before == 0:
            self._first_seen(name)

    def totals(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counts)
