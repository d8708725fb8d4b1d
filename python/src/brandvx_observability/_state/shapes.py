"""Parses values that others may have written in another format, as the Lua scripts do."""

from __future__ import annotations

import re

MOST_LIMIT = 1_000_000_000
_MOST_FACTOR = 1_000_000
_MOST_COUNT = 999_999_999_999_999

_COUNTER = re.compile(r"(?:0|[1-9][0-9]{0,14})\Z")
_WHOLE = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
_FACTOR = re.compile(r"[ \t\n\v\f\r]*([0-9]*\.?[0-9]*|[0-9]+\.?[0-9]*[eE][+-]?[0-9]{1,2})[ \t\n\v\f\r]*\Z")


def counter_of(text: str) -> int | None:
    """A counter from 0 on, as INCRBY takes it: without leading zeros; None for any other text."""
    return int(text) if _COUNTER.match(text) else None


def whole_number_of(text: str) -> int | None:
    """A counter of any sign; None for any other text."""
    return int(text) if _WHOLE.match(text) else None


def added(value: int, by: int) -> int:
    """The sum, within 15 digits."""
    return max(-_MOST_COUNT, min(_MOST_COUNT, value + by))


def factor_of(text: str | None) -> float | None:
    """A factor in Redis; 1 without a key, None for anything but a number from 0 to 1,000,000."""
    if text is None:
        return 1
    found = _FACTOR.match(text)
    number = found[1] if found else ""
    if number in ("", "."):
        return None
    factor = float(number)
    return factor if factor <= _MOST_FACTOR else None


def times(limit: int, factor: float) -> int:
    """A limit multiplied by a factor: an integer, and at least 1 unless one of them is 0."""
    if limit == 0 or factor == 0:
        return 0
    return min(MOST_LIMIT, max(1, int(limit * factor)))
