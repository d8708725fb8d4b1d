"""Checks the backend's variables against the credential map. The same rules as src/runtime/shared/variables.ts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ._generated.environment import VARIABLES, Variable

_QUOTES = "\"'`\u00b4\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"

# The parts of an address without case: vendors' libraries accept them only in lower case. A user's name has case.
_BEGINNING = re.compile(r"\A([a-zA-Z]+://)([^\s/?#]*@)?([^\s/?#@]*)")


def _small(found: re.Match[str]) -> str:
    return f"{found[1].lower()}{found[2] or ''}{found[3].lower()}"


class Checked(NamedTuple):
    """A variable's usable value, and what is wrong with the configured one."""

    value: str | None
    """None when it is not set, or invalid."""
    finding: str | None
    """What is expected, after the variable's name; never a part of its value."""


def checked_variable(name: str, given: object, rule: Variable | None = None) -> Checked:
    """Checks a variable against its rule.

    Surrounding whitespace is trimmed. Surrounding quotes and invisible characters are removed too, and reported; an
    invalid value is reported and not used.
    """
    rule = rule or VARIABLES[name]
    text = given.strip() if isinstance(given, str) else ""
    if text == "":
        return Checked(None, None)
    value = _unwrapped(text)
    fitting = next((each for each in (value, value.rstrip("/")) if re.search(rule["pattern"], each)), None)
    fits = None if fitting is None else _BEGINNING.sub(_small, fitting, count=1)
    around = "" if value == text else f"{name} has quotes or invisible characters around it"
    if fits is not None:
        return Checked(fits, around or None)
    return Checked(None, f"{around and f'{around}, and '}{'without them it' if around else name} {rule['problem']}")


def _unwrapped(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    while end > start and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(character: str) -> bool:
    return character in _QUOTES or character.isspace() or unicodedata.category(character).startswith("C")


def stage_finding(env: Mapping[str, object]) -> str | None:
    """What is wrong with BRANDVX_ENV, without its value; it is optional."""
    stage = given(env.get("BRANDVX_ENV"))
    if stage is None or stage in STAGES:
        return None
    return 'is none of "production", "development" and "test": it counts as production'


STAGES = ("production", "development", "test")


class Read(NamedTuple):
    """A variable as it is read."""

    value: str | None
    wrong: str | None
    """Why it has no value, although it is set."""


def read_variables(env: Mapping[str, object], warn: Callable[[str], None]) -> dict[str, Read]:
    """The backend's variables; each problem is reported once, here."""
    result: dict[str, Read] = {}
    for name, rule in VARIABLES.items():
        if rule["app"] != "server":
            continue
        value, finding = checked_variable(name, env.get(name), rule)
        if finding:
            warn(f"{finding}. It is {'not used' if value is None else 'used without them'}.")
        result[name] = Read(value, finding if value is None else None)
    return result


def given(value: object) -> str | None:
    """A variable's value; None for an empty one."""
    text = value.strip() if isinstance(value, str) else ""
    return text or None
