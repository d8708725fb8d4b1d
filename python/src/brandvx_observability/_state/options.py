"""Allowed values of numeric options. Their rules are data that all languages share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from .._generated.state import NUMBER_RULES, NumberRule

_BEYOND = 10**18


class OptionFinding(NamedTuple):
    """One option with an invalid value."""

    option: str
    value: str
    expected: str
    used: str
    """What production uses instead."""

    def __str__(self) -> str:
        return f"{self.option} is {self.value}; it has to be {self.expected}. Production uses {self.used}."


class OptionError(ValueError):
    """Raised only in development. Contains every finding of the call."""

    def __init__(self, findings: list[OptionFinding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def number_for(name: str, value: object, findings: list[OptionFinding], where: str | None = None) -> float:
    """The number to use for an option; a problem with the given one is added to the findings."""
    rule = NUMBER_RULES[name]
    whole = rule.get("whole")
    if isinstance(value, int) and not isinstance(value, bool):
        # Beyond every rule, and too large for a float.
        value = max(-_BEYOND, min(_BEYOND, value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if rule["least"] <= value <= rule["most"] and (whole is None or float(value).is_integer()):
            return int(value) if whole is not None else value
        if rule.get("moves") and not math.isnan(value):
            return min(rule["most"], max(rule["least"], value if math.isinf(value) else math.floor(value + 0.5)))
    if value is None and rule.get("optional"):
        return rule["otherwise"]
    if isinstance(value, str) and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value, re.ASCII):
        used = _usable(float(value), rule)
    else:
        used = _usable(value, rule)
    findings.append(OptionFinding(where or name, _shown(value), _in_words(rule), _number(used)))
    return used


def _usable(value: object, rule: NumberRule) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return rule["otherwise"]
    if value < rule["least"]:
        return rule["otherwise"]
    near = min(rule["most"], value)
    match rule.get("whole"):
        case "down":
            return math.floor(near)
        case "up":
            return math.ceil(near)
        case _:
            return near


def _in_words(rule: NumberRule) -> str:
    kind = "a whole number" if "whole" in rule else "a number"
    moved = " (others mean the nearer bound)" if rule.get("moves") else ""
    zero = f"; 0 {rule['zero']}" if "zero" in rule else ""
    return f"{kind} from {_number(rule['least'])} to {_number(rule['most'])}{moved}{zero}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _shown(value: object) -> str:
    """A value for a message: a text is not shown whole, since it may contain anything."""
    if isinstance(value, str):
        return f'the text "{value}"' if re.fullmatch(r"[0-9.eE+-]{0,20}", value) else "a text"
    if isinstance(value, int) and abs(value) >= _BEYOND:
        return "a whole number of more than 18 digits"
    if value is None or isinstance(value, (bool, int, float)):
        return str(value)
    return "an object"


def of(what: str, name: str, findings: list[OptionFinding]) -> list[OptionFinding]:
    """The findings with the name of their call, which may contain anything: `rate_limit("sms").limit`."""
    if not findings:
        return []
    from .._privacy import redact_text

    shown = redact_text(str(name), 80)
    return [finding._replace(option=f'{what}("{shown}").{finding.option}') for finding in findings]


class OptionReport:
    """Reports findings: an error in development, one warning for each in production."""

    def __init__(self, development: bool, warn: Callable[[str], None]) -> None:
        self._development = development
        self._warn = warn
        self._told: set[str] = set()

    def __call__(self, findings: list[OptionFinding]) -> None:
        if not findings:
            return
        if self._development:
            raise OptionError(findings)
        for finding in findings:
            if finding.option in self._told or len(self._told) >= 100:
                continue
            self._told.add(finding.option)
            self._warn(str(finding))

    def number(self, name: str, value: object) -> float:
        """One number of a call, checked."""
        findings: list[OptionFinding] = []
        used = number_for(name, value, findings)
        self(findings)
        return used
