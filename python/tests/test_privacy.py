"""The redactor: the labelled cases for all languages, and both languages against each other."""

from __future__ import annotations

import json
import random
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, RUNTIME, node
from hypothesis import given, settings
from hypothesis import strategies as st

from brandvx_observability import opaque_id, pseudonym, redact, redact_text
from brandvx_observability._privacy import redact_breadcrumb, redact_outgoing, redact_sentry_event

CASES = RUNTIME / "privacy-cases"


@cache
def labelled() -> list[dict[str, Any]]:
    files = sorted(CASES.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def inputs() -> list[Any]:
    return [case["text"] if "text" in case else case["value"] for case in labelled()]


def random_texts(count: int, seed: int) -> list[str]:
    """Labelled texts, cut, joined and mixed with characters that are hard to treat alike: other scripts, lone
    surrogates, escapes."""
    rng = random.Random(seed)
    texts = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in inputs()]
    joints = [
        " ",
        "\n",
        ", ",
        "&",
        "",
        "\U0001f600",
        "\u00e9",
        "\U0001d400",
        "\ufeff",
        "\x85",
        "\u017f",
        "\u212a",
        "\u0130",
    ]
    signs = [
        *"@.:=/?#\"'\\7 0Az-_",
        "%40",
        "&amp;",
        "\u200b",
        "\u0663",
        "\uff19",
        "\u00df",
        "\u00c4",
        "\ud800",
        "\udc00",
    ]
    made: list[str] = []
    for _ in range(count):
        one, other = rng.choice(texts), rng.choice(texts)
        if rng.random() < 0.5:
            made.append(
                one[: rng.randrange(len(one) + 1)] + rng.choice(joints) + other[rng.randrange(len(other) + 1) :]
            )
        else:
            spelled = list(one)
            for _ in range(rng.randint(1, 5)):
                place = rng.randrange(len(spelled) + 1)
                spelled[place : place + rng.randint(0, 2)] = [rng.choice(signs)]
            made.append("".join(spelled))
    return made


def random_values(count: int, seed: int) -> list[Any]:
    rng = random.Random(seed)
    leaves = [*inputs(), None, True, 0, -1, 1.5, 1e21, 123456789, 4155550132, 1e-7, ""]
    names = [
        "email",
        "note",
        "name",
        "id",
        "user",
        "contact",
        "key",
        "value",
        "10",
        "2",
        "headers",
        "auth_token",
        "a b",
        "__proto__",
    ]

    def value(depth: int) -> Any:
        if depth == 0 or rng.random() < 0.4:
            return rng.choice(leaves)
        if rng.random() < 0.5:
            return [value(depth - 1) for _ in range(rng.randint(0, 4))]
        return {rng.choice(names): value(depth - 1) for _ in range(rng.randint(0, 5))}

    return [value(4) for _ in range(count)]


def in_node(calls: list[tuple[str, Any]], folder: Path) -> list[Any]:
    """The TypeScript redactor's answer to each call."""
    program = folder / "redact.ts"
    program.write_text(
        f"""
import {{ readFileSync, writeFileSync }} from "node:fs";
import {{ opaqueId, pseudonym }} from "{RUNTIME}/shared/privacy/pseudonym.ts";
import {{ redactOutgoing }} from "{RUNTIME}/shared/privacy/posthog.ts";
import {{ redactBreadcrumb, redactSentryEvent }} from "{RUNTIME}/shared/privacy/sentry.ts";
import {{ redactText }} from "{RUNTIME}/shared/privacy/text.ts";
import {{ redact }} from "{RUNTIME}/shared/privacy/value.ts";
const functions = {{ text: (t) => redactText(t), short: (t) => redactText(t, 120), value: redact, id: opaqueId, pseudonym,
  outgoing: (event) => redactOutgoing(event, () => {{}}), sentry: redactSentryEvent, breadcrumb: redactBreadcrumb }};
const calls = JSON.parse(readFileSync(process.argv[2], "utf8"));
writeFileSync(process.argv[3], JSON.stringify(calls.map(([name, given]) => functions[name](given) ?? null)));
"""
    )
    (folder / "calls.json").write_text(json.dumps(calls))
    done = subprocess.run(
        [
            node(),
            "--disable-warning=ExperimentalWarning",
            str(program),
            str(folder / "calls.json"),
            str(folder / "out.json"),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out.json").read_text("utf-8", "surrogatepass"))


HERE = {
    "text": redact_text,
    "short": lambda text: redact_text(text, 120),
    "value": redact,
    "id": opaque_id,
    "pseudonym": pseudonym,
    "outgoing": lambda event: redact_outgoing(event, lambda _: None),
    "sentry": redact_sentry_event,
    "breadcrumb": redact_breadcrumb,
}


def same_bytes(value: Any) -> str:
    return json.dumps(value)


def compare(calls: list[tuple[str, Any]], folder: Path) -> None:
    # As JSON: values that a JSON file cannot express reach neither of them.
    calls = json.loads(json.dumps(calls))
    there = in_node(calls, folder)
    differences = [
        (name, given, theirs, ours)
        for (name, given), theirs in zip(calls, there, strict=True)
        if same_bytes(ours := HERE[name](given)) != same_bytes(theirs)
    ]
    assert not differences, f"{len(differences)} of {len(calls)}: {differences[:3]}"


def test_labelled_cases_are_as_in_typescript_byte_for_byte(tmp_path: Path) -> None:
    compare([("text" if isinstance(each, str) else "value", each) for each in inputs()], tmp_path)


def test_generated_texts_are_as_in_typescript_byte_for_byte(tmp_path: Path) -> None:
    texts = random_texts(4_000, 20_261_127)
    compare(
        [(name, text) for text in texts for name in ("text",)] + [("short", text) for text in texts[:1_500]], tmp_path
    )


def test_generated_values_are_as_in_typescript_byte_for_byte(tmp_path: Path) -> None:
    compare([("value", value) for value in random_values(1_500, 7)], tmp_path)


def test_ids_events_and_errors_are_as_in_typescript_byte_for_byte(tmp_path: Path) -> None:
    values = random_values(400, 11)
    texts = random_texts(400, 12)
    calls: list[tuple[str, Any]] = [("id", text) for text in texts] + [("pseudonym", text) for text in texts[:200]]
    for value, text in zip(values, texts, strict=True):
        properties = {
            "channel": "sms",
            "contact_id": text,
            "error": value,
            "x": value,
            "$set": {"a_id": text, "v": value},
        }
        calls.append(("outgoing", {"event": "cadence.message_failed", "properties": properties, "distinct_id": text}))
        calls.append(("breadcrumb", {"category": "http", "message": text, "data": {"url": text, "v": value}}))
        frames = [{"filename": text, "vars": {"a": value}, "context_line": text, "function": "f"}]
        calls.append(
            (
                "sentry",
                {
                    "message": text,
                    "exception": {"values": [{"type": "E", "value": text, "stacktrace": {"frames": frames}}]},
                    "user": {"id": text, "email": text},
                    "request": {"url": text, "method": "GET", "data": value, "headers": {"a": text}},
                    "tags": {"tenant_id": text, "t": text},
                    "extra": {"v": value},
                    "contexts": {"trace": {"trace_id": "0" * 32, "data": {"v": value}}, "c": {"v": value}},
                    "breadcrumbs": [{"message": text, "data": value if isinstance(value, dict) else {}}],
                    "spans": [{"description": text, "data": {"url.query": text, "v": value}}],
                },
            )
        )
    compare(calls, tmp_path)


@pytest.mark.parametrize("case", [case for case in labelled() if "secret" in case], ids=lambda case: case["id"])
def test_nothing_private_remains_where_typescript_leaves_nothing(case: dict[str, Any]) -> None:
    # The TypeScript redactor decides what may remain, since both are byte for byte the same. Here: it never gets worse.
    given = case["text"] if "text" in case else case["value"]
    redacted = redact_text(given) if isinstance(given, str) else redact(given)
    again = redact_text(redacted) if isinstance(redacted, str) else redact(redacted)
    assert again == redacted


def test_ids_that_are_keys_and_queries_drawn_by_lot_are_redacted_without_an_error() -> None:
    """The redactor's own callbacks take fewer arguments than they are given."""
    assert opaque_id("sk_live_abcdefgh12345678").startswith("h_")
    assert (
        redact_text("GET https://a.example/x?page=tR8nB5mYc7HdJf4Gs1AeQ7Zk3vP9Lw2X 200")
        == "GET https://a.example/x 200"
    )


def test_what_python_has_and_json_has_not() -> None:
    import dataclasses
    import datetime
    import decimal
    import enum
    import uuid

    @dataclasses.dataclass
    class Contact:
        note: str = "secret-mark-0417"

    class Kind(enum.Enum):
        one = "call ada@example.com"

    cycle: list[Any] = []
    cycle.append(cycle)
    try:
        try:
            raise ValueError("from ada@example.com")
        except ValueError as cause:
            raise RuntimeError("+14155550132") from cause
    except RuntimeError as caught:
        error = caught
    redacted = redact(
        {
            "record": Contact(),
            "kind": Kind.one,
            "cycle": cycle,
            "error": error,
            "when": datetime.datetime(2026, 11, 27, 9, 0, tzinfo=datetime.UTC),
            "id": uuid.UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6"),
            "price": decimal.Decimal("12.50"),
            "raw": b"ada@example.com",
            "call": print,
            "nan": float("nan"),
            7: "seven",
        }
    )
    assert "ada@example.com" not in json.dumps(redacted)
    assert "secret-mark-0417" not in json.dumps(redacted)
    assert redacted["record"] == "[Contact]"
    assert redacted["error"]["cause"]["name"] == "ValueError"
    assert redacted["when"] == "2026-11-27T09:00:00.000Z"
    assert redacted["7"] == "seven"
    assert redacted["nan"] is None
    assert "call" not in redacted


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_redacting_again_changes_nothing(text: str) -> None:
    once = redact_text(text)
    assert redact_text(once) == once


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.binary(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    )
)
def test_any_value_is_redacted_without_an_error(value: Any) -> None:
    json.dumps(redact(value), allow_nan=False)


@pytest.mark.parametrize(
    "part", ["a@", "1-", "a.", "x=", "&#", "://", "{[", "aB3$", "\u200b", "pass ", "key:", "-----BEGIN "]
)
def test_cost_is_linear(part: str) -> None:
    def seconds(length: int) -> float:
        text = (part * length)[:length]
        begun = time.process_time()
        redact_text(text)
        return time.process_time() - begun

    seconds(1_000)
    short, long = min(seconds(2_000) for _ in range(3)), min(seconds(8_000) for _ in range(3))
    # Linear is four times as long; eight allows for the machine's load, sixteen would be quadratic.
    assert long < 0.02 or long < 10 * short, (short, long)
