"""What Redis refuses: found by looking, and met by calls. One cause is one word of the server."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .._notices import Troubles
from .outcome import OPERATIONS, Operation, Refusal

# What calls met and looking did not find is over after this long without.
_MET_FOR_S = 30.0

_PLURAL: dict[Operation, str] = {
    "read": "reads",
    "write": "writes",
    "script": "scripts",
    "delete": "deletes",
    "publish": "events",
}


class _Cause:
    def __init__(self, said: str) -> None:
        self.since = now_text()
        self.said = said
        self.found: set[Operation] = set()
        self.met: set[Operation] = set()
        self.met_at = 0.0
        self.told = False
        # Looking finds it while it is there: when it finds it no more, it is over.
        self.findable = False

    def operations(self) -> list[Operation]:
        return [each for each in OPERATIONS if each in self.found or each in self.met]


class Refusals:
    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles
        self._causes: dict[str, _Cause] = {}
        self._refused: set[Operation] = set()

    def has(self, operation: Operation) -> bool:
        """Whether calls need not be tried. What concerns some keys alone, or what looking does not find, is tried."""
        return operation in self._refused

    def said(self, word: str) -> bool:
        return word in self._causes

    @property
    def any(self) -> bool:
        return bool(self._causes)

    def met(self, operation: Operation, refusal: Refusal) -> bool:
        """A call met it; whether that is news."""
        is_news = refusal.word not in self._causes
        cause = self._cause(refusal)
        cause.met.add(operation)
        cause.met_at = time.monotonic()
        return is_news

    def found(self, refusals: Mapping[Operation, Refusal]) -> None:
        """What looking found: what it did not find is over, unless calls met it lately."""
        for cause in self._causes.values():
            cause.found.clear()
        for operation, refusal in refusals.items():
            self._cause(refusal).found.add(operation)
        # What concerns a key may concern ours alone: it is tried on.
        self._refused = {operation for operation, refusal in refusals.items() if not refusal.of_key}
        for word, cause in list(self._causes.items()):
            if cause.found:
                cause.findable = True
            lately = not cause.findable and time.monotonic() - cause.met_at < _MET_FOR_S
            if not cause.found and not lately:
                self._over(word, cause)
            elif not cause.told:
                self._tell(word, cause)

    def detail(self) -> dict[str, Any]:
        if not self._causes:
            return {"status": "ok"}
        reasons: list[dict[str, Any]] = []
        for word, cause in self._causes.items():
            operations = cause.operations()
            reason: dict[str, Any] = {"word": word, "said": cause.said, "operations": operations}
            if not any(operation in self._refused for operation in operations):
                reason["someKeys"] = True
            reasons.append({**reason, "since": cause.since})
        nothing_works = {"read", "write", "script"} <= self._refused
        return {"status": "error" if nothing_works else "degraded", "reasons": reasons}

    def _cause(self, refusal: Refusal) -> _Cause:
        return self._causes.setdefault(refusal.word, _Cause(refusal.said))

    def _over(self, word: str, cause: _Cause) -> None:
        del self._causes[word]
        what = _listed(cause.operations())
        self._troubles.end(
            word, lambda seconds: f"Redis takes {what} again, which it refused for {seconds} s ({word})."
        )

    def _tell(self, word: str, cause: _Cause) -> None:
        cause.told = True
        some = "" if cause.found else "some "
        self._troubles.begin(
            word,
            f"Redis refuses {some}{_listed(cause.operations())} ({cause.said})."
            " These use this process's memory until it takes them.",
        )


def _listed(some: list[Operation]) -> str:
    words = [_PLURAL[operation] for operation in some]
    if not words:
        return "commands"
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def now_text() -> str:
    """Now, as the health report says it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
