"""Passes an event to the process's sink, whose modules are loaded with the first event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def capture(event: str, distinct_id: str, properties: Mapping[str, Any] | None = None) -> None:
    """Passes an event on. Returns at once, and raises nothing but EventNotAllowedError in development."""
    from ._server import current

    current().analytics.capture(event, distinct_id, properties)
