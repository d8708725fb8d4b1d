"""What calls give, without what it takes to get it: modules that only name these load no event loop."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypedDict

Written = Literal["redis", "memory", "nowhere"]
"""Where a value was written. "nowhere": it is no JSON, or too large for Redis or the memory."""

LOAD_LIMIT_S = 10.0


class Loaded(NamedTuple):
    """What came of a load: its JSON, or a value that JSON cannot say, or what it raised."""

    text: str | None = None
    value: Any = None
    error: BaseException | None = None


GIVEN_UP = Loaded()
"""Its load was broken off, by Ctrl-C or a cancelled task: who waits tries again."""


class RedisCounts(TypedDict):
    """What was lost or replaced since the start, each counted to the one."""

    stale_keys: int
    stale_keys_lost: int
    evicted: int
    replaced: int
    undelivered: int
    """Events that a subscriber had no room for."""
