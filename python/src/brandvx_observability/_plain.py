"""A snapshot of an event's properties: plain values, and the names of the others."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID


class Copied(NamedTuple):
    values: dict[str, Any]
    characters: int
    """Approximate number of characters."""
    odd: list[str]
    """Names of values that are not plain, or cannot be read."""


def copied(properties: object) -> Copied:
    """Later changes by the caller must not affect the event. PostHog's serialiser would write a whole model or
    dataclass: of such a value nothing is used. Properties that are not a mapping, or cannot be read, count as empty.
    """
    values: dict[str, Any] = {}
    odd: list[str] = []
    characters = 100
    for given, value in _items(properties):
        name = str(given) if isinstance(given, (str, int, float)) else "a name that is no text"
        characters += len(name) + 8
        try:
            plain = plain_value(value)
            size = len(plain) if isinstance(plain, str) else len(json.dumps(plain)) if _has_parts(plain) else 0
        except Exception:
            plain, size = ODD, 0
        if plain is ODD:
            odd.append(name)
            continue
        values[name] = plain
        characters += size
    return Copied(values, characters, odd)


def _items(properties: object) -> list[tuple[Any, Any]]:
    try:
        return list(properties.items()) if isinstance(properties, Mapping) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
    except Exception:
        return []


def _has_parts(value: object) -> bool:
    return isinstance(value, (dict, list))


ODD = object()
"""Stands for a value that is not plain."""


def plain_value(value: object) -> Any:
    """The value in a form that may be sent; ODD for one that is not plain. Raises what reading the value raises."""
    if value is None or isinstance(value, (bool, int, str)):
        # A member of an enumeration is replaced by its value.
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (UUID, date, time_of_day)):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, Decimal):
        return plain_value(float(value))
    if isinstance(value, Enum):
        return plain_value(value.value)
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        from ._privacy import redact

        return redact(value)  # pyright: ignore[reportUnknownArgumentType]
    return ODD
