"""What Redis refuses, detected by checks and by calls. A cause is identified by the server's error code."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .._notices import Troubles
from .outcome import OPERATIONS, Operation, Refusal

# Seconds without a recurrence after which a refusal that only calls met is over.
_MET_FOR_S = 30.0

_PLURAL: dict[Operation, str] = {
    "read": "reads",
    "write": "writes",
    "script": "scripts",
    "delete": "deletes",
    "publish": "events",
}


class _Cause:
    def __init__(self) -> None:
        self.since = now_text()
        # The server's own words for each operation: one error code may stand for several commands.
        self.said: dict[Operation, str] = {}
        self.found: set[Operation] = set()
        self.met: set[Operation] = set()
        self.met_at = 0.0
        # Operations that a log line has named.
        self.logged: set[Operation] = set()
        # Looking finds it while it is there: when it finds it no more, it is over.
        self.findable = False

    def operations(self) -> list[Operation]:
        return [each for each in OPERATIONS if each in self.found or each in self.met]

    def words(self, some: list[Operation]) -> str:
        return "; ".join(dict.fromkeys(self.said[each] for each in some))


class Refusals:
    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles
        self._causes: dict[str, _Cause] = {}
        self._refused: set[Operation] = set()

    def has(self, operation: Operation) -> bool:
        """Whether calls can be skipped. Refusals of single keys, and those that checks do not detect, are tried."""
        return operation in self._refused

    def said(self, word: str) -> bool:
        return word in self._causes

    @property
    def any(self) -> bool:
        return bool(self._causes)

    def met(self, operation: Operation, refusal: Refusal) -> bool:
        """A call met it; returns whether that is new."""
        is_news = refusal.word not in self._causes
        cause = self._cause(operation, refusal)
        cause.met.add(operation)
        cause.met_at = time.monotonic()
        return is_news

    def found(self, refusals: Mapping[Operation, Refusal]) -> None:
        """The result of a check: refusals that it did not detect are over, unless calls met them recently."""
        for cause in self._causes.values():
            cause.found.clear()
        for operation, refusal in refusals.items():
            self._cause(operation, refusal).found.add(operation)
        # What concerns a key may concern ours alone: it is tried on.
        self._refused = {operation for operation, refusal in refusals.items() if not refusal.of_key}
        for word, cause in list(self._causes.items()):
            if cause.found:
                cause.findable = True
            lately = not cause.findable and time.monotonic() - cause.met_at < _MET_FOR_S
            if not cause.found and not lately:
                self._over(word, cause)
            else:
                self._log(word, cause)

    def detail(self) -> dict[str, Any]:
        if not self._causes:
            return {"status": "ok"}
        reasons: list[dict[str, Any]] = []
        for word, cause in self._causes.items():
            operations = cause.operations()
            reason: dict[str, Any] = {"word": word, "said": cause.words(operations), "operations": operations}
            if not any(operation in self._refused for operation in operations):
                reason["someKeys"] = True
            reasons.append({**reason, "since": cause.since})
        nothing_works = {"read", "write", "script"} <= self._refused
        return {"status": "error" if nothing_works else "degraded", "reasons": reasons}

    def _cause(self, operation: Operation, refusal: Refusal) -> _Cause:
        cause = self._causes.setdefault(refusal.word, _Cause())
        cause.said[operation] = refusal.said
        return cause

    def _over(self, word: str, cause: _Cause) -> None:
        del self._causes[word]
        what = _listed(cause.operations())
        self._troubles.end(
            word, lambda seconds: f"Redis takes {what} again, which it refused for {seconds} s ({word})."
        )

    def _log(self, word: str, cause: _Cause) -> None:
        """The first line of a cause, and one for each operation that it later concerns as well."""
        is_first = not cause.logged
        concerned: list[Operation] = [
            each for each in cause.operations() if is_first or (each in cause.found and each not in cause.logged)
        ]
        if not concerned:
            return
        cause.logged.update(concerned)
        some = "" if cause.found else "some "
        also = "" if is_first else " as well"
        # The line at the end names them all: a later one has none of its own, and so comes once in a process.
        self._troubles.begin(
            word if is_first else f"{word} {','.join(concerned)}",
            f"Redis refuses {some}{_listed(concerned)}{also} ({cause.words(concerned)}). {_fallback(concerned)}",
        )


def _fallback(some: list[Operation]) -> str:
    if all(each == "publish" for each in some):
        return "They reach this process alone until it takes them."
    return "These use this process's memory until it takes them."


def _listed(some: list[Operation]) -> str:
    words = [_PLURAL[operation] for operation in some]
    if not words:
        return "commands"
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def now_text() -> str:
    """Present refusals, for the health report."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
