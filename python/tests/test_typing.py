"""What a developer is told where a call is not as the catalog says: one line each."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "typing"
# Line of wrong.py -> what is said there of a call of a function: one line.
MYPY = {
    4: '"type[cadence]" has no attribute "message_snt"',
    5: 'Module has no attribute "onboarding"',
    6: 'Argument "channel" to "message_sent" of "cadence" has incompatible type "Literal[\'fax\']"; expected "Literal[\'sms\', \'email\']"',
    7: 'Missing named argument "contact_id" for "message_sent" of "cadence"',
    8: 'Unexpected keyword argument "body" for "message_sent" of "cadence"',
    9: 'Too many positional arguments for "message_sent" of "cadence"',
}
PYRIGHT = {
    4: 'Cannot access attribute "message_snt" for class "type[cadence]"',
    5: '"onboarding" is not a known attribute of module "..events"',
    6: 'Argument of type "Literal[\'fax\']" cannot be assigned to parameter "channel" of type "Literal[\'sms\', \'email\']" in function "message_sent"',
    7: 'Argument missing for parameter "contact_id"',
    8: 'No parameter named "body"',
    9: "Expected 1 positional argument",
}
OF_PH_CAPTURE = {10, 11, 12, 13}


def said(*command: str) -> dict[int, list[str]]:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=FOLDER.parents[1])
    found: dict[int, list[str]] = {}
    for line in done.stdout.splitlines():
        match = re.search(r"wrong\.py:(\d+)(?::\d+)?(?: -)?:? error: (.*)", line)
        if match:
            found.setdefault(int(match[1]), []).append(match[2])
    return found


@pytest.mark.parametrize(
    ("command", "expected"),
    [(("mypy", "--strict", "--no-error-summary"), MYPY), (("pyright",), PYRIGHT)],
    ids=["mypy", "pyright"],
)
def test_each_fault_is_told_in_one_line(command: tuple[str, ...], expected: dict[int, str]) -> None:
    found = said(*command, str(FOLDER / "wrong.py"))
    for line, message in expected.items():
        assert len(found.get(line, [])) == 1, (line, found.get(line))
        assert found[line][0].startswith(message), found[line]
    assert set(found) == set(expected) | OF_PH_CAPTURE


@pytest.mark.parametrize("command", [("mypy", "--strict"), ("pyright",)], ids=["mypy", "pyright"])
def test_what_is_right_is_clean(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command, str(FOLDER / "right.py")],
        capture_output=True,
        text=True,
        cwd=FOLDER.parents[1],
    )
    assert done.returncode == 0, done.stdout
