"""Whether an id is somebody's."""

from __future__ import annotations

from ._generated.settings import IDS_OF_NOBODY


def is_somebody(given: object) -> bool:
    """False for what an app writes when a value is missing: all who have it would be one person, or one tenant."""
    if isinstance(given, str):
        return (text := given.strip()) != "" and text not in IDS_OF_NOBODY
    if isinstance(given, int):
        return not isinstance(given, bool)
    from uuid import UUID

    return isinstance(given, UUID)
