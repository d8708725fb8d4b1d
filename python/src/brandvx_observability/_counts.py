"""What became of what was given to a sink. The names are those of the Node helpers."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

SinkStatus = Literal["ok", "error", "disabled"]


class SinkCounts(TypedDict):
    """Each counted to the one. Together they are all that was given and is over."""

    sent: int
    """Taken by the vendor, which said so."""
    dropped: int
    """Never known to have arrived: there was no room, no connection, or no time left."""
    refused: int
    """The vendor answered that it does not take them."""


class SinkDetail(SinkCounts):
    """How a sink is, found by what it sent."""

    status: SinkStatus
    reason: NotRequired[str]
    """Why it is in error, without secrets."""
    waiting: int
    """Not sent yet."""


def nothing() -> SinkCounts:
    return {"sent": 0, "dropped": 0, "refused": 0}
