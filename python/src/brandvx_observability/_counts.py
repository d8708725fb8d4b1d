"""Results of everything given to a sink. The names are those of the Node helpers."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

SinkStatus = Literal["ok", "error", "disabled"]


class SinkCounts(TypedDict):
    """Exact counts. Their sum is everything given to the sink that is no longer pending."""

    sent: int
    """Accepted by the vendor."""
    dropped: int
    """Not known to have arrived: the queue was full, or there was no connection or no time left."""
    refused: int
    """Refused by the vendor."""


class SinkDetail(SinkCounts):
    """Status of a sink, from the results of its requests."""

    status: SinkStatus
    reason: NotRequired[str]
    """Why it is in error, without secrets."""
    waiting: int
    """Not sent yet."""


def nothing() -> SinkCounts:
    return {"sent": 0, "dropped": 0, "refused": 0}
