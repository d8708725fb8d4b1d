"""The way of an event into the process's sink; what it needs is loaded with the first one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def capture(event: str, distinct_id: str, properties: Mapping[str, Any] | None = None) -> None:
    """Hands an event over. Returns at once, and raises nothing but EventNotAllowedError in development."""
    from ._server import current

    current().analytics.capture(event, distinct_id, properties)
