"""Checks that the variables are set and the same everywhere, without showing them; replaces
`scripts/preflight_env_parity.py`.

    python -m brandvx_observability.preflight_env_parity .env.production ../operator-ui/.env.production

Compares files of variables, or this process's environment when none is given, with the credential map and with each
other. Exits with 0 (the same everywhere), 7 (differences) or 1 (a file could not be read), like `obs parity`, which
also checks Cloudflare Pages and Render.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ._generated.environment import VARIABLES
from ._variables import checked_variable, stage_finding

FINE, DIFFERENCES, BROKEN = 0, 7, 1

_LINE = re.compile(r"\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*(.*)\Z", re.ASCII)


class Finding(NamedTuple):
    """A difference from the credential map. Never contains a value."""

    variable: str
    place: str
    kind: str
    words: str


class Place(NamedTuple):
    """A file, or this process: the apps whose variables it should have, and its variables."""

    name: str
    apps: frozenset[str]
    variables: Mapping[str, str]


def read_dotenv(text: str) -> dict[str, str]:
    """A file of variables, parsed like dotenv: quotes are removed, a comment ends a line without quotes."""
    variables: dict[str, str] = {}
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found is None or line.lstrip().startswith("#"):
            continue
        name, value = found[1], found[2].strip()
        quoted = re.match(r"""(["'`])(.*?)\1""", value)
        if quoted:
            value = quoted[2].replace("\\n", "\n") if quoted[1] == '"' else quoted[2]
        else:
            value = re.sub(r"\s*#.*\Z", "", value)
        variables[name] = value
    return variables


def place_of(name: str, variables: Mapping[str, str]) -> Place:
    """It should have all variables of each app of which it has one."""
    held = {about["app"] for variable, about in VARIABLES.items() if variable in variables}
    return Place(name, frozenset(held or {"browser", "server"}), variables)


def compare(places: Sequence[Place]) -> list[Finding]:
    """All differences from the credential map."""
    findings: list[Finding] = []
    for name, about in VARIABLES.items():
        meant = [place for place in places if about["app"] in place.apps]
        holding: list[tuple[str, str]] = []
        for place in meant:
            value = place.variables.get(name)
            if value is None:
                if not about.get("optional"):
                    findings.append(Finding(name, place.name, "missing", "is missing"))
            elif value == "":
                findings.append(Finding(name, place.name, "empty", "is there, and empty"))
            else:
                wrong = checked_variable(name, value, about)
                if wrong.finding:
                    words = wrong.finding.removeprefix(name).strip()
                    findings.append(Finding(name, place.name, "wrong", words))
                holding.append((place.name, value))
        for other, value in holding[1:]:
            if value != holding[0][1]:
                findings.append(Finding(name, other, "different", f"has another value than {holding[0][0]}"))
    for place in places:
        stage = stage_finding(place.variables)
        if stage:
            findings.append(Finding("BRANDVX_ENV", place.name, "wrong", stage))
    return findings


def _marks(places: Sequence[Place]) -> dict[str, dict[str, str]]:
    """The same mark for the same value, a new one in each run: nobody can look up a value by it."""
    salt = secrets.token_bytes(32)

    def mark(value: str) -> str:
        return hashlib.blake2b(value.encode(), key=salt, digest_size=4).hexdigest()

    return {
        name: {
            place.name: "missing" if (value := place.variables.get(name)) is None else mark(value) if value else "empty"
            for place in places
            if about["app"] in place.apps
        }
        for name, about in VARIABLES.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m brandvx_observability.preflight_env_parity",
        description="Holds variables against the credential map and against each other. Shows no value.",
        epilog="exit codes: 0 the same everywhere, 7 differences, 1 a file could not be read",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="files of variables; without any, this environment")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    options = parser.parse_args(arguments)
    places: list[Place] = []
    problems: list[str] = []
    for file in options.files:
        try:
            places.append(place_of(file, read_dotenv(Path(file).read_text("utf-8"))))
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "is no text in UTF-8"
            problems.append(f"{file} cannot be read ({why}): name a file of variables, or copy .env.example")
    if not options.files:
        places.append(Place("this environment", frozenset({"server"}), os.environ))
    findings = compare(places)
    if options.json:
        report = {
            "outcome": "failed" if problems else "differences" if findings else "the same everywhere",
            "problems": problems,
            "findings": [finding._asdict() for finding in findings],
            "marks": _marks(places),
        }
        print(json.dumps(report, indent=2))
    else:
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)
        for finding in findings:
            print(f"{finding.variable} {finding.words} ({finding.place})")
        if not findings and not problems:
            print(f"Every variable is in its place and the same in {', '.join(place.name for place in places)}.")
    return BROKEN if problems else DIFFERENCES if findings else FINE


if __name__ == "__main__":
    sys.exit(main())
