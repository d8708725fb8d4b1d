"""Result types of calls, without the implementation: modules that only import these load no event loop."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypedDict

Written = Literal["redis", "memory", "nowhere"]
"""Where a value was written. "nowhere": it is not JSON, or too large for Redis or the memory."""

LOAD_LIMIT_S = 10.0


class Loaded(NamedTuple):
    """The result of a load: its JSON, a value that JSON cannot express, or its exception."""

    text: str | None = None
    value: Any = None
    error: BaseException | None = None


GIVEN_UP = Loaded()
"""Its load was cancelled, by Ctrl-C or a cancelled task: waiting callers try again."""


class RedisCounts(TypedDict):
    """Exact counts of what was lost or replaced since the start."""

    stale_keys: int
    stale_keys_lost: int
    evicted: int
    replaced: int
    undelivered: int
    """Events dropped because a subscriber's queue was full."""
