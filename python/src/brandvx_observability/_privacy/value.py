"""Any value of Python's as plain data without private parts. The walk of src/runtime/shared/privacy/value.ts."""

# pyright: basic
# mypy: ignore-errors

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Set
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from .._generated.redactor.address import isAddress, redactAddress
from .._generated.redactor.names import isPrivateName
from .._generated.redactor.text import longestText, redactText
from . import js

# How much of one value is read and kept, as in value.ts.
_DEPTH = 12
_ENTRIES = 500
_NAME_LENGTH = 256
_CHARACTERS_READ = 131_072
_CHARACTERS_KEPT = 65_536

_ABSENT = object()


class _Walk:
    __slots__ = ("entries", "kept", "path", "read")

    def __init__(self) -> None:
        self.entries = 0
        self.read = 0
        self.kept = 0
        self.path: set[int] = set()

    def spent(self) -> bool:
        self.entries += 1
        return self.entries > _ENTRIES


def redact(value: object) -> Any:
    """The value without private parts; texts are UTF-16 units, and never raises."""
    result = _redacted(value, _Walk())
    return None if result is _ABSENT else result


def _redacted(value: Any, walk: _Walk) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and not isinstance(value, Enum):
        return _text(js.units(value), walk)
    if isinstance(value, int) and not isinstance(value, Enum):
        # A longer one is no number to JavaScript, but a text of figures.
        return int(value) if abs(value) <= 2**53 else _text(str(value) if abs(value) < 10**40 else "[number]", walk)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if callable(value) and not isinstance(value, type):
        return _ABSENT
    return _safely(lambda: _object(value, walk))


def _text(value: str, walk: _Walk) -> str:
    room = min(longestText, _CHARACTERS_KEPT - walk.kept)
    if room <= 0 or walk.read >= _CHARACTERS_READ:
        return ""
    walk.read += min(longestText, len(value))
    result = redactAddress(value, room) if isAddress(value) else redactText(value, room)
    walk.kept += len(result)
    return result


def _object(value: Any, walk: _Walk) -> Any:
    if id(value) in walk.path:
        return "[circular]"
    if len(walk.path) >= _DEPTH:
        return "[deep]"
    walk.path.add(id(value))
    try:
        return _contents(value, walk)
    finally:
        walk.path.discard(id(value))


def _contents(value: Any, walk: _Walk) -> Any:
    if isinstance(value, Mapping):
        return _record([(_name(key), (lambda key=key: value[key])) for key in js.ordered(value)[:_ENTRIES]], walk)
    if isinstance(value, (list, tuple)):
        return _list(value, walk)
    if isinstance(value, (set, frozenset, Set)):
        return _list(list(value), walk)
    if isinstance(value, BaseException):
        return _error(value, walk)
    if isinstance(value, datetime):
        return _text(_moment(value), walk)
    if isinstance(value, (date, time)):
        return _text(value.isoformat(), walk)
    if isinstance(value, (UUID, Decimal)):
        return _text(str(value), walk)
    if isinstance(value, Enum):
        return _redacted(value.value, walk)
    if isinstance(value, re.Pattern):
        return _text(js.units(str(value.pattern)), walk)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "[binary]"
    # Models and dataclasses are whole records of people: what they hold is not looked into.
    return f"[{type(value).__name__}]"


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _name(key: Any) -> str:
    return js.units(key) if isinstance(key, str) else js.string(key)


def _list(items: Any, walk: _Walk) -> list[Any]:
    result: list[Any] = []
    for item in items:
        if walk.spent():
            break
        redacted = _redacted(item, walk)
        result.append(None if redacted is _ABSENT else redacted)
    return result


def _record(entries: list[tuple[str, Callable[[], Any]]], walk: _Walk) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, read in entries:
        if walk.spent():
            break
        if isPrivateName(name):
            continue
        value = _safely(lambda read=read: _redacted(read(), walk))
        if value is not _ABSENT:
            result[redactText(name[:_NAME_LENGTH])] = value
    return result


def _error(value: BaseException, walk: _Walk) -> dict[str, Any]:
    parts: dict[str, Any] = {"name": type(value).__name__, "message": str(value)}
    cause = value.__cause__ or (None if value.__suppress_context__ else value.__context__)
    if cause is not None:
        parts["cause"] = cause
    if isinstance(value, BaseExceptionGroup):
        parts["errors"] = list(value.exceptions)
    return _record([(name, (lambda name=name: parts[name])) for name in parts], walk)


def _safely(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Exception:
        return "[unreadable]"
