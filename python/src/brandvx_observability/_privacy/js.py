"""The parts of JavaScript that the redactor's modules need: texts of UTF-16 units, patterns with a position, missing
values.

Only the features that they use. `None` is a missing value. An object is a dict.
"""

# pyright: basic

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cmp_to_key
from typing import Any

_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def units(text: str) -> str:
    """A text with each character beyond the basic plane as JavaScript's two units."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(chr(ord(c)) if c <= "\uffff" else _pair(ord(c)) for c in text)


def _pair(code: int) -> str:
    code -= 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def joined(text: str) -> str:
    """The reverse: pairs of units become characters; a lone surrogate stays."""
    if text.isascii():
        return text
    return _PAIR.sub(lambda found: chr(_code(found[0])), text)


def _code(pair: str) -> int:
    return 0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00)


class Match:
    """The result of `exec`: the groups, and the index of the match."""

    __slots__ = ("_found", "groups", "index")

    def __init__(self, found: re.Match[str]) -> None:
        self._found = found
        self.groups = (found[0], *found.groups())
        self.index = found.start()

    @property
    def indices(self) -> list[tuple[int, int] | None]:
        """Start and end of each group; None for a missing one."""
        spans = [self._found.span(group) for group in range(len(self.groups))]
        return [None if span[0] < 0 else span for span in spans]

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.groups)


class RegExp:
    """A pattern with its search position, if it is global or sticky.

    It is compiled with its first use: all of the redactor's patterns together take a second, and most texts need
    few.
    """

    __slots__ = ("_flags", "_match", "_moves", "_search", "_source", "_sticky", "is_global", "lastIndex", "pattern")

    _match: Callable[..., re.Match[str] | None]
    _search: Callable[..., re.Match[str] | None]
    pattern: re.Pattern[str]

    def __init__(self, source: str, flags: str = "") -> None:
        self._source = source
        self._flags = re.ASCII | (re.IGNORECASE if "i" in flags else 0)
        self._sticky = "y" in flags
        self.is_global = "g" in flags
        self._moves = self._sticky or self.is_global
        self.lastIndex = 0

    def __getattr__(self, name: str) -> Any:
        # Attributes without a value yet are set by compiling.
        if name not in ("pattern", "_search", "_match"):
            raise AttributeError(name)
        self.pattern = re.compile(self._source, self._flags)
        self._search = self.pattern.search
        self._match = self.pattern.match
        return getattr(self, name)

    def _found(self, text: str) -> re.Match[str] | None:
        if not self._moves:
            return self._search(text)
        if self.lastIndex > len(text):
            self.lastIndex = 0
            return None
        found = self._match(text, self.lastIndex) if self._sticky else self._search(text, self.lastIndex)
        self.lastIndex = found.end() if found else 0
        return found

    def test(self, text: str) -> bool:
        return self._found(text) is not None

    def exec(self, text: str) -> Match | None:
        found = self._found(text)
        return None if found is None else Match(found)


def char(text: str | None, index: int) -> str | None:
    if text is None or index < 0 or index >= len(text):
        return None
    return text[index]


def item(values: Any, index: int) -> Any:
    if values is None:
        return None
    if isinstance(values, Match):
        values = values.groups
    return values[index] if 0 <= index < len(values) else None


def at(values: Any, index: int) -> Any:
    place = index + len(values) if index < 0 else index
    return item(values, place)


def rest(values: Any, index: int) -> list[Any]:
    return list(values.groups if isinstance(values, Match) else values)[index:]


def get(values: Any, name: Any) -> Any:
    if values is None:
        return None
    if isinstance(values, (str, list)):
        return item(values, name) if isinstance(name, int) else len(values) if name == "length" else None
    if isinstance(values, BaseException):
        return {"name": type(values).__name__, "message": units(str(values))}.get(name)
    if not isinstance(values, dict):
        return None
    return values.get(name if isinstance(name, str) else string(name))


def has(values: Any, name: Any) -> bool:
    return isinstance(values, dict) and name in values


def is_error(value: Any) -> bool:
    return isinstance(value, BaseException)


def is_date(value: Any) -> bool:
    return isinstance(value, (date, datetime))


def spread(values: Any) -> dict[str, Any]:
    return values if isinstance(values, dict) else {}


def without(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def put(values: dict[Any, Any], key: Any, value: Any) -> None:
    values[key] = value


def truthy(value: Any) -> bool:
    if value is None or isinstance(value, (str, bool, int, float)):
        return bool(value) and value == value
    return True


def type_of(value: Any) -> str:
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "function" if callable(value) else "object"


_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")


def ordered(values: Mapping[Any, Any]) -> list[Any]:
    """Names in JavaScript's order: those that look like an index come first."""
    names = list(values)
    indices = [name for name in names if isinstance(name, str) and _INDEX.match(name) and int(name) < 2**32 - 1]
    if not indices:
        return names
    return [*sorted(indices, key=int), *(name for name in names if name not in set(indices))]


def is_array(value: Any) -> bool:
    return isinstance(value, list)


def entries(values: Any) -> list[list[Any]]:
    return [[name, value] for name, value in values.items()] if isinstance(values, dict) else []


def keys(values: Any) -> list[str]:
    return list(values) if isinstance(values, dict) else []


def values(values: dict[str, Any]) -> list[Any]:
    return list(values.values())


def points(text: str) -> list[str]:
    """The characters of a text, surrogate pairs together, as in `for … of`."""
    if text.isascii():
        return list(text)
    return re.findall("[\ud800-\udbff][\udc00-\udfff]|[\x00-\uffff]", text)


# Texts


def string(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return ",".join(strings(value))
    return "[object Object]" if isinstance(value, dict) else units(str(value))


def number_text(value: int | float) -> str:
    """A number as JavaScript writes it."""
    if isinstance(value, int):
        if abs(value) < 10**21:
            value_text = str(value) if abs(value) <= 2**53 else None
            if value_text is not None:
                return value_text
        try:
            value = float(value)
        except OverflowError:
            return "-Infinity" if value < 0 else "Infinity"
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "-Infinity" if value < 0 else "Infinity"
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = whole + fraction
    place = len(whole) + (int(exponent) if exponent else 0)
    stripped = digits.lstrip("0")
    place -= len(digits) - len(stripped)
    digits = stripped.rstrip("0")
    if 0 < place <= 21:
        if len(digits) <= place:
            return sign + digits + "0" * (place - len(digits))
        return f"{sign}{digits[:place]}.{digits[place:]}"
    if -6 < place <= 0:
        return f"{sign}0.{'0' * -place}{digits}"
    power = f"e{'+' if place > 0 else '-'}{abs(place - 1)}"
    return f"{sign}{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}{power}"


def number(value: Any) -> int | float:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if value is None:
        return float("nan")
    text = trim(value)
    if text == "":
        return 0
    if re.fullmatch(r"[0-9]{1,15}", text):
        return int(text)
    if re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", text):
        return int(text, 16)
    return float("nan")


def in_base(value: int | float, base: int = 10) -> str:
    if base == 16:
        return format(int(value), "x")
    return number_text(value)


def parse_int(text: Any, base: int = 10) -> Any:
    found = re.match(r"[ \t\n]*([+-]?[0-9A-Za-z]+)", string(text))
    figures = ""
    for figure in found[1] if found else "":
        if figure in "+-" and figures == "":
            figures = figure
        elif figure.isalnum() and int(figure, 36) < base:
            figures += figure
        else:
            break
    return int(figures, base) if figures.strip("+-") else float("nan")


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def utf8_bytes(text: str) -> bytes:
    # A lone surrogate is U+FFFD there.
    return joined(well_formed(text)).encode()


_HALF = re.compile("(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])")


def json_text(value: Any) -> str:
    """Like JSON.stringify: its numbers, and escaped lone surrogates."""
    if isinstance(value, str):
        return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(value, ensure_ascii=False))
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(str(name))}:{json_text(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "null"
    return string(value)


def slice(values: Any, start: int | None = 0, end: int | None = None) -> Any:
    begin = 0 if start is None else int(start)
    return values[begin:] if end is None else values[begin : int(end)]


def lower(text: str) -> str:
    return text.lower() if text.isascii() else units(joined(text).lower())


def upper(text: str) -> str:
    return text.upper() if text.isascii() else units(joined(text).upper())


def trim(text: str) -> str:
    return text.strip(_SPACE)


def trim_start(text: str) -> str:
    return text.lstrip(_SPACE)


def trim_end(text: str) -> str:
    return text.rstrip(_SPACE)


def char_code_at(text: str, index: int) -> Any:
    return ord(text[index]) if 0 <= index < len(text) else float("nan")


def code_point_at(text: str, index: int) -> int | None:
    if not 0 <= index < len(text):
        return None
    found = _PAIR.match(text, index)
    return _code(found[0]) if found else ord(text[index])


def from_char_code(*codes: int) -> str:
    return "".join(chr(code & 0xFFFF) for code in codes)


def from_code_point(*codes: int) -> str:
    return "".join(chr(code) if code <= 0xFFFF else _pair(code) for code in codes)


def pad_start(text: str, length: int, by: str = " ") -> str:
    missing = length - len(text)
    return text if missing <= 0 else (by * missing)[:missing] + text


def normalize(text: str, form: Any = "NFC") -> str:
    import unicodedata

    return units(unicodedata.normalize(form, joined(text)))


def well_formed(text: str) -> str:
    return units(re.sub("[\ud800-\udfff]", "\ufffd", joined(text)))


def index_of(text: str, part: str, start: int = 0) -> int:
    return text.find(part, max(0, start))


def last_index_of(text: str, part: str, start: float | None = None) -> int:
    return text.rfind(part) if start is None else text.rfind(part, 0, max(0, int(start)) + len(part))


def replace(text: str, pattern: RegExp, by: Any, parameters: int) -> str:
    count = 0 if pattern.is_global else 1
    if isinstance(by, str):
        if "$" not in by:
            return pattern.pattern.sub(lambda _: by, text, count)
        parts = re.split(r"\$(&|[1-9])", by)
        return pattern.pattern.sub(lambda found: _filled(parts, found), text, count)

    def replacement(found: re.Match[str]) -> str:
        return string(by(*(found[0], *found.groups(), found.start(), text)[:parameters]))

    return pattern.pattern.sub(replacement, text, count)


def _filled(parts: list[str], found: re.Match[str]) -> str:
    pieces = [
        part if place % 2 == 0 else found[0] if part == "&" else found[int(part)] for place, part in enumerate(parts)
    ]
    return "".join(piece or "" for piece in pieces)


def split(text: str, by: Any, limit: int | None = None) -> list[str]:
    if isinstance(by, RegExp):
        if text == "":
            return [] if by.pattern.match("") else [""]
        parts: list[str] = []
        done = 0
        for found in by.pattern.finditer(text):
            if found.end() == found.start() and found.start() in (0, len(text)):
                continue
            parts.append(text[done : found.start()])
            parts.extend(group for group in found.groups())
            done = found.end()
        parts.append(text[done:])
    else:
        parts = list(text) if by == "" else text.split(by)
    return parts if limit is None else parts[:limit]


def match(text: str, pattern: RegExp) -> Any:
    if not pattern.is_global:
        return pattern.exec(text)
    found = [each[0] for each in pattern.pattern.finditer(text)]
    return found or None


def search(text: str, pattern: RegExp) -> int:
    found = pattern.pattern.search(text)
    return found.start() if found else -1


# Numbers


def largest(*values: Any) -> Any:
    return max(values) if values else float("-inf")


def smallest(*values: Any) -> Any:
    return min(values) if values else float("inf")


floor = math.floor
ceil = math.ceil
log2 = math.log2


def round_half_up(value: float) -> int:
    return math.floor(value + 0.5)


def is_integer(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and float(value).is_integer()


def is_nan(value: Any) -> bool:
    return isinstance(value, float) and value != value


def is_finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


# Lists


def _call(function: Callable[..., Any], parameters: int) -> Callable[[int, Any], Any]:
    if parameters == 1:
        return lambda _, value: function(value)
    return lambda index, value: function(value, index)


def map_(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> list[Any]:
    call = _call(function, parameters)
    return [call(index, value) for index, value in enumerate(values)]


def filter_(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> list[Any]:
    call = _call(function, parameters)
    return [value for index, value in enumerate(values) if truthy(call(index, value))]


def some(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> bool:
    call = _call(function, parameters)
    return any(truthy(call(index, value)) for index, value in enumerate(values))


def every(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> bool:
    call = _call(function, parameters)
    return all(truthy(call(index, value)) for index, value in enumerate(values))


def flat_map(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> list[Any]:
    result: list[Any] = []
    for each in map_(values, function, parameters):
        if isinstance(each, list):
            result.extend(each)
        else:
            result.append(each)
    return result


def find(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> Any:
    call = _call(function, parameters)
    return next((value for index, value in enumerate(values) if truthy(call(index, value))), None)


def find_index(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> int:
    call = _call(function, parameters)
    return next((index for index, value in enumerate(values) if truthy(call(index, value))), -1)


def find_last(values: list[Any], function: Callable[..., Any], parameters: int) -> Any:
    call = _call(function, parameters)
    return next((values[i] for i in range(len(values) - 1, -1, -1) if truthy(call(i, values[i]))), None)


def find_last_index(values: list[Any], function: Callable[..., Any], parameters: int) -> int:
    call = _call(function, parameters)
    return next((i for i in range(len(values) - 1, -1, -1) if truthy(call(i, values[i]))), -1)


def for_each(values: Iterable[Any], function: Callable[..., Any], parameters: int) -> None:
    map_(values, function, parameters)


def reduce(values: list[Any], parameters: int, function: Callable[..., Any], *first: Any) -> Any:
    result, start = (first[0], 0) if first else (values[0], 1)
    for index in range(start, len(values)):
        result = function(*(result, values[index], index)[:parameters])
    return result


def to_sorted(values: list[Any], compare: Callable[[Any, Any], Any] | None = None) -> list[Any]:
    return sorted(values, key=cmp_to_key(compare) if compare else None)


def sort(values: list[Any], compare: Callable[[Any, Any], Any] | None = None) -> list[Any]:
    values.sort(key=cmp_to_key(compare) if compare else None)
    return values


def strings(values: list[Any]) -> list[str]:
    return ["" if value is None else string(value) for value in values]


def concat(values: list[Any], *others: Any) -> list[Any]:
    result = list(values)
    for other in others:
        result.extend(other if isinstance(other, list) else [other])
    return result


def reverse(values: list[Any]) -> list[Any]:
    values.reverse()
    return values


def index_in(values: list[Any], value: Any) -> int:
    return values.index(value) if value in values else -1


def splice(values: list[Any], start: int, count: int | None = None, *added: Any) -> list[Any]:
    end = len(values) if count is None else start + count
    taken = values[start:end]
    values[start:end] = added
    return taken
