"""Whether an id belongs to a person or tenant."""

from __future__ import annotations

from ._generated.settings import IDS_OF_NOBODY


def is_somebody(given: object) -> bool:
    """False for placeholders of a missing value: everyone with the same one would be one person, or one tenant."""
    if isinstance(given, str):
        return (text := given.strip()) != "" and text not in IDS_OF_NOBODY
    if isinstance(given, int):
        return not isinstance(given, bool)
    from uuid import UUID

    return isinstance(given, UUID)
