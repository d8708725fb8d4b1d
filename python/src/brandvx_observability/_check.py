"""Checks an event against the catalog, with the same messages as src/runtime/shared/check.ts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from ._generated.rules import RULES, SOURCES, Rule


class EventFinding(NamedTuple):
    """One reason why the catalog does not allow an event."""

    event: str
    problem: str
    """"unknown", "missing", "forbidden", "wrong value", or "of the browser"."""
    property: str | None = None
    expected: str | None = None
    """What the catalog requires, in words; for a wrong value."""


class EventNotAllowedError(ValueError):
    """Raised only in development: an event does not match the catalog. Contains every finding of the call."""

    def __init__(self, findings: list[EventFinding]) -> None:
        super().__init__(
            "\n".join(map(_line, findings)) + "\nProduction sends the rest. Change it or src/catalog/events.ts."
        )
        self.findings = findings


def _line(finding: EventFinding) -> str:
    what = (
        "the browser's to send"
        if finding.problem == "of the browser"
        else f"not {finding.expected}"
        if finding.expected
        else f"not in the catalog{_meant(finding)}"
        if finding.problem == "unknown"
        else finding.problem
    )
    where = "" if finding.property is None else f'property "{finding.property}" is '
    return f"{finding.event}: {where}{what}"


def _meant(finding: EventFinding) -> str:
    """The name in the catalog that was probably meant; empty when none is similar."""
    name, known = (
        (finding.event, RULES) if finding.property is None else (finding.property, RULES.get(finding.event, {}))
    )
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    return f': did you mean "{near[0]}"?' if near else ""


def event_findings(event: str, properties: Mapping[str, Any], *, source: str | None = None) -> list[EventFinding]:
    """All differences between an event and its catalog entry. None is an absent value.

    Args:
        event: Its name.
        properties: The properties as passed.
        source: "server" where an event of the browser must not be sent; None for a message that only passes.
    """
    rules = RULES.get(event)
    if rules is None:
        return [] if event.startswith("$") and source is None else [EventFinding(event, "unknown")]
    if source is not None and SOURCES.get(event) != source:
        return [EventFinding(event, "of the browser")]
    findings: list[EventFinding] = []
    for name, value in properties.items():
        if value is None:
            continue
        rule = rules.get(name)
        if rule is None:
            if not name.startswith("$"):
                findings.append(EventFinding(event, "unknown", name))
        elif rule["privacy"] == "forbidden":
            findings.append(EventFinding(event, "forbidden", name))
        elif not valueFits(rule, value):
            findings.append(EventFinding(event, "wrong value", name, _in_words(rule)))
    findings.extend(
        EventFinding(event, "missing", name)
        for name, rule in rules.items()
        if not rule.get("optional") and properties.get(name) is None
    )
    return findings


def valueFits(rule: Rule, value: object) -> bool:
    """Whether the rule allows a value. The length of texts that are cut anyway is ignored."""
    match rule["type"]:
        case "json":
            return True
        case "none":
            return False
        case "boolean":
            return isinstance(value, bool)
        case "string":
            return (
                isinstance(value, str)
                and len(value) >= rule.get("minLength", 0)
                and ("oneOf" not in rule or value in rule["oneOf"])
                and ("pattern" not in rule or _compiled(rule["pattern"]).search(value) is not None)
            )
        case kind:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return False
            if isinstance(value, float) and not math.isfinite(value):
                return False
            if kind == "integer" and (abs(value) > 2**53 - 1 or value != math.floor(value)):
                return False
            return value >= rule.get("minimum", float("-inf"))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _in_words(rule: Rule) -> str:
    if "oneOf" in rule:
        return " | ".join(rule["oneOf"])
    bound = rule.get("minimum", rule.get("pattern", "not empty" if rule.get("minLength") else None))
    return rule["type"] if bound is None else f"{rule['type']} ({bound})"
