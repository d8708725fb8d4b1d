"""Type checkers' messages for calls that do not match the catalog: one message each."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "typing"
# mypy's message for every error in `ph_capture`: for overloads it lists none, or all of them in many lines.
ADVICE = (
    'Argument 1 to "ph_capture" has incompatible type "str"; expected "Sequence[Literal["a server event of the catalog'
)
# Line of wrong.py -> the start of its one message, and a part of it.
MYPY = {
    4: ('"type[cadence]" has no attribute "message_snt"', ""),
    5: ('Module has no attribute "onboarding"', ""),
    6: ('Argument "channel" to "message_sent" of "cadence" has incompatible type "Literal[\'fax\']"', "'sms', 'email'"),
    7: ('Missing named argument "contact_id" for "message_sent" of "cadence"', ""),
    8: ('Unexpected keyword argument "body" for "message_sent" of "cadence"', ""),
    9: ('Too many positional arguments for "message_sent" of "cadence"', ""),
    10: ('Argument 1 to "message_sent" of "cadence" has incompatible type "None"; expected "str"', ""),
    **dict.fromkeys(range(11, 23), (ADVICE, "events.*, tells what is wrong")),
}
OF_PROPERTIES = 'Argument of type "dict['
PYRIGHT = {
    4: ('Cannot access attribute "message_snt" for class "type[cadence]"', ""),
    5: ('"onboarding" is not a known attribute of module "..events"', ""),
    6: ('Argument of type "Literal[\'fax\']" cannot be assigned to parameter "channel"', "'sms', 'email'"),
    7: ('Argument missing for parameter "contact_id"', ""),
    8: ('No parameter named "body"', ""),
    9: ("Expected 1 positional argument", ""),
    10: ('Argument of type "None" cannot be assigned to parameter "distinct_id" of type "str"', ""),
    11: ('Argument of type "Literal[\'cadence.message_snt\']" cannot be assigned to parameter "event"', "ServerEvent"),
    12: (
        'Argument of type "Literal[\'onboarding.step_viewed\']" cannot be assigned to parameter "event"',
        "ServerEvent",
    ),
    13: (OF_PROPERTIES, "\"Literal['fax']\" is not assignable to type \"Literal['sms', 'email']\""),
    14: (OF_PROPERTIES, '"Literal[4]" is not assignable to "str"'),
    15: (OF_PROPERTIES, '"contact_id" is required in "CadenceMessageSent"'),
    16: (OF_PROPERTIES, '"body" is an undefined item in type "CadenceMessageSent"'),
    17: (OF_PROPERTIES, '"fallback" is an undefined item in type "CadenceMessageFailed"'),
    18: (OF_PROPERTIES, '"channel" is required in "CadenceMessageSent"'),
    19: ('Argument missing for parameter "properties"', ""),
    20: ('Argument of type "None" cannot be assigned to parameter "distinct_id" of type "str"', ""),
    21: ("Expected 3 positional arguments", ""),
    22: ('No parameter named "groups"', ""),
}


def said(*command: str) -> dict[int, list[str]]:
    """Each message by its line, with the checker's notes below it, without notes on where a function is defined."""
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=FOLDER.parents[1])
    found: dict[int, list[str]] = {}
    last: list[str] = []
    for line in done.stdout.splitlines():
        match = re.search(r"wrong\.py:(\d+)(?::\d+)?(?: -)?:? (?:error|note|warning): (.*)", line)
        if match and re.fullmatch(r'"\w+" defined in "[\w.]+"', match[2]):
            continue
        if match:
            last = found.setdefault(int(match[1]), [])
            last.append(match[2])
        elif last and line.startswith(("    ", "\xa0", "  \xa0")):
            last[-1] += f"\n{line.strip()}"
    return found


@pytest.mark.parametrize(
    ("command", "expected"),
    [(("mypy", "--strict", "--no-error-summary"), MYPY), (("pyright",), PYRIGHT)],
    ids=["mypy", "pyright"],
)
def test_each_fault_is_told_in_one_message(command: tuple[str, ...], expected: dict[int, tuple[str, str]]) -> None:
    found = said(*command, str(FOLDER / "wrong.py"))
    for line, (begin, part) in expected.items():
        assert len(found.get(line, [])) == 1, (line, found.get(line))
        assert found[line][0].startswith(begin) and part in found[line][0], found[line]
    assert set(found) == set(expected)


@pytest.mark.parametrize("command", [("mypy", "--strict"), ("pyright",)], ids=["mypy", "pyright"])
def test_what_is_right_is_clean(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command, str(FOLDER / "right.py")],
        capture_output=True,
        text=True,
        cwd=FOLDER.parents[1],
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", [("mypy", "--strict", "--no-error-summary"), ("pyright",)], ids=["mypy", "pyright"])
def test_another_flag_property_or_value_is_an_error(command: tuple[str, ...]) -> None:
    file = FOLDER / "wrong_flags.py"
    done = subprocess.run(
        [sys.executable, "-m", *command, str(file)], capture_output=True, text=True, cwd=FOLDER.parents[1]
    )
    found = {int(line) for line in re.findall(r"wrong_flags\.py:(\d+)(?::\d+)?(?: -)?:? error:", done.stdout)}
    calls = [number for number, line in enumerate(file.read_text().splitlines(), 1) if number > 2 and line]
    assert found == set(calls)
