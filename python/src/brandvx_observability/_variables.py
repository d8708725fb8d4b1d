"""The backend's variables, held against the credential map. The same rules as src/runtime/shared/variables.ts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ._generated.environment import VARIABLES, Variable

_QUOTES = "\"'`\u00b4\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"

# Of an address, what is the same in capitals: vendors' libraries take it in small letters alone. A user's name is not.
_BEGINNING = re.compile(r"\A([a-zA-Z]+://)([^\s/?#]*@)?([^\s/?#@]*)")


def _small(found: re.Match[str]) -> str:
    return f"{found[1].lower()}{found[2] or ''}{found[3].lower()}"


class Checked(NamedTuple):
    """A variable as it is used, and what is wrong with how it was set."""

    value: str | None
    """None where it is not set, or set to what cannot be right."""
    finding: str | None
    """By the variable's name, what is expected; never a piece of its value."""


def checked_variable(name: str, given: object, rule: Variable | None = None) -> Checked:
    """A variable held against its rule.

    Blanks around it are no part of it. Quotes and invisible characters are none either, and are named; so is every
    value that cannot be right, which is not used.
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
    """What is wrong with BRANDVX_ENV, without its value; it need not be set."""
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
    """The backend's variables; what is wrong with one is told once, here."""
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
    """A variable's value; None for one that is set to nothing."""
    text = value.strip() if isinstance(value, str) else ""
    return text or None
