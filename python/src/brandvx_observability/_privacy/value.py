"""Any Python value as plain data without private parts. The same traversal as src/runtime/shared/privacy/value.ts."""

# pyright: basic
# mypy: ignore-errors

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Set
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from .._generated.redactor.detect.accounts import isCard
from .._generated.redactor.labels import isLabel, labels
from .._generated.redactor.names import isPrivate, isPrivateName, isReason, kindOfName
from .._generated.redactor.shape import isDroppedBy, shapeOf
from .._generated.redactor.text import longestText, redactText
from . import js

# Limits of reading and output for one value, as in value.ts.
_DEPTH = 12
_ENTRIES = 500
_NAME_LENGTH = 256
_CHARACTERS_READ = 131_072
_CHARACTERS_KEPT = 65_536

_ABSENT = object()


class _Walk:
    __slots__ = ("entries", "kept", "name", "path", "read")

    def __init__(self) -> None:
        # The name of the value.
        self.name = ""
        self.entries = 0
        self.read = 0
        self.kept = 0
        self.path: set[int] = set()

    def spent(self) -> bool:
        self.entries += 1
        return self.entries > _ENTRIES


def redact(value: object) -> Any:
    """The value without private parts; texts are UTF-16 units. Never raises."""
    result = _redacted(value, _Walk())
    return None if result is _ABSENT else result


def _redacted(value: Any, walk: _Walk) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and not isinstance(value, Enum):
        return _text(js.units(value), walk)
    if isinstance(value, int) and not isinstance(value, Enum):
        if isCard(str(value)):
            return labels["card"]
        # A longer one is not a number to JavaScript, but a text of digits.
        return int(value) if abs(value) <= 2**53 else _text(str(value) if abs(value) < 10**40 else "[number]", walk)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53 and isCard(str(int(value))):
            return labels["card"]
        return value if math.isfinite(value) else None
    if callable(value) and not isinstance(value, type):
        return _ABSENT
    return _safely(lambda: _object(value, walk))


def _text(value: str, walk: _Walk) -> str:
    room = min(longestText, _CHARACTERS_KEPT - walk.kept)
    if room <= 0 or walk.read >= _CHARACTERS_READ:
        return ""
    walk.read += min(longestText, len(value))
    result = redactText(value, room)
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
    # Models and dataclasses are whole records of people: their contents are not read.
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
    # Uses the redacted output, so that a second redaction gets the same input as this one.
    for index in range(1, len(result)):
        if _is_named_by(result[index - 1], result[index], len(result)):
            result[index] = labels["private"]
    return result


_NAME_OF_LIST = re.compile(r"-{0,2}[\w.$ -]+\Z", re.ASCII)
_OPTION = re.compile(r"--?\w", re.ASCII)
_TELLING = re.compile(r"[0-9@ ]")


def _is_named_by(name: Any, value: Any, count: int) -> bool:
    """`["authorization", "Bearer …"]`, names and values in turn, `["--token", "…"]`."""
    if not isinstance(name, str) or len(name) > _NAME_LENGTH or not _NAME_OF_LIST.match(name):
        return False
    if isinstance(value, (list, dict)) or value is None or not isPrivate(name, value):
        return False
    if not isinstance(value, str):
        return True
    if isReason(value) or isLabel(value) or isPrivateName(value) or _OPTION.match(value):
        return False
    begins_large = unicodedata.category(js.joined(value)[:1] or " ") == "Lu"
    return count == 2 or kindOfName(name) == "secret" or bool(_TELLING.search(value)) or begins_large


def _record(entries: list[tuple[str, Callable[[], Any]]], walk: _Walk) -> dict[str, Any]:
    read: list[list[Any]] = []
    for name, get in entries:
        if walk.spent():
            break
        value = _safely(get)
        if isinstance(value, str) and not isinstance(value, Enum):
            value = js.units(value)
        read.append([redactText(name[:longestText], _NAME_LENGTH), value])
    under = walk.name
    shape = shapeOf(read, under)
    result: dict[str, Any] = {}
    for name, value in read:
        if isDroppedBy(shape, name, value):
            continue
        walk.name = name
        kept = _safely(lambda value=value: _redacted(value, walk))
        walk.name = under
        if kept is _ABSENT or isDroppedBy(shape, name, kept):
            continue
        is_value = shape["isValue"](name, value) or shape["isValue"](name, kept)
        result[name] = labels["private"] if is_value else kept
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
