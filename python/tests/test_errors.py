"""Errors: what Sentry answers is counted, its limits are kept, and nobody waits for it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from conftest import Vendor, until

import brandvx_observability as observability

HOUR = {"retry-after": "3600"}
FULL = {"x-sentry-rate-limits": "3600:error;transaction:organization"}


def open_for(vendor: Vendor) -> list[str]:
    lines: list[str] = []
    observability.initialise({"SENTRY_DSN": vendor.dsn}, warn=lines.append)
    return lines


@pytest.mark.parametrize(
    ("answer", "counts", "requests"),
    [
        # Sentry does not store what it limits, so it is not sent again: an hour's errors would wait in memory.
        ((429, HOUR, b""), {"sent": 0, "dropped": 0, "refused": 4}, 1),
        ((429, FULL, b""), {"sent": 0, "dropped": 0, "refused": 4}, 1),
        ((429, {}, b""), {"sent": 0, "dropped": 0, "refused": 4}, 1),
        ((429, {"retry-after": "soon"}, b""), {"sent": 0, "dropped": 0, "refused": 4}, 1),
        ((200, FULL, b"{}"), {"sent": 1, "dropped": 0, "refused": 3}, 1),
        ((200, {"x-sentry-rate-limits": "3600::key"}, b"{}"), {"sent": 1, "dropped": 0, "refused": 3}, 1),
        # Limits of other kinds of data, and what is no limit, concern no error.
        (
            (200, {"x-sentry-rate-limits": "3600:attachment;session:key"}, b"{}"),
            {"sent": 4, "dropped": 0, "refused": 0},
            4,
        ),
        ((403, {}, b""), {"sent": 0, "dropped": 0, "refused": 4}, 4),
        ((413, {}, b""), {"sent": 0, "dropped": 0, "refused": 4}, 4),
        ((302, {"location": "/"}, b""), {"sent": 0, "dropped": 0, "refused": 4}, 4),
    ],
    ids=lambda value: f"{value[0]} {next(iter(value[1].items()), '')}" if isinstance(value, tuple) else None,
)
def test_what_sentry_answers_is_counted_to_the_error(
    vendor: Vendor, answer: Any, counts: dict[str, int], requests: int
) -> None:
    vendor.answer = answer
    lines = open_for(vendor)
    observability.capture_error(ValueError("0"))
    until(lambda: vendor.bodies)
    slowest = 0.0
    for number in range(1, 4):
        begun = time.monotonic()
        observability.capture_error(ValueError(str(number)))
        slowest = max(slowest, time.monotonic() - begun)
    begun = time.monotonic()
    assert observability.shutdown(5)["sentry"] == counts
    assert time.monotonic() - begun < 5
    assert slowest < 1.0
    assert len(vendor.bodies) == requests
    # One line for all that was refused and one with their number at the end; none when all was sent.
    refused = counts["refused"]
    assert [line.split(":")[0] for line in lines] == (
        ["Errors do not reach Sentry", "Sentry did not get all"] if refused else []
    )
    assert not refused or lines[-1] == f"Sentry did not get all: 0 dropped, {refused} refused."


def test_errors_are_sent_again_when_sentrys_limit_is_over(vendor: Vendor) -> None:
    vendor.answer = (429, {"retry-after": "0.2"}, b"")
    lines = open_for(vendor)
    observability.capture_error(ValueError("0"))
    until(lambda: vendor.bodies)
    vendor.answer = (200, {}, b"{}")

    def sent() -> bool:
        observability.capture_error(ValueError("again"))
        return len(vendor.bodies) > 1

    until(sent)
    until(lambda: len(lines) > 1)
    assert [line.split(":")[0].split(",")[0] for line in lines] == [
        "Errors do not reach Sentry",
        "Errors reach Sentry again",
    ]
    assert observability.shutdown(5)["sentry"]["sent"] >= 1


def test_check_ins_of_a_job_have_its_slug_status_and_environment_and_nothing_private(vendor: Vendor) -> None:
    from sentry_sdk import crons

    observability.initialise(
        {"SENTRY_DSN": vendor.dsn, "SENTRY_ENVIRONMENT": "production", "SENTRY_RELEASE": "backend@1.2.3"},
        warn=lambda _: None,
    )

    def remind(address: str) -> None:
        observability.add_breadcrumb(f"reminding {address}")
        if address.startswith("ada"):
            raise ValueError(f"no answer for {address}")

    with crons.monitor(monitor_slug="cadence-sender"):
        remind("bob@example.com")
    with pytest.raises(ValueError, match="no answer"), crons.monitor(monitor_slug="cadence-sender"):
        remind("ada@example.com")
    # A name that an app makes of its customer's address.
    with crons.monitor(monitor_slug="remind-ada@example.com"):
        pass
    observability.shutdown(5)

    check_ins = [item for _, body in vendor.bodies for item in check_ins_of(body)]
    senders = [item for item in check_ins if item["monitor_slug"] == "cadence-sender"]
    assert sorted(item["status"] for item in senders) == ["error", "in_progress", "in_progress", "ok"]
    assert len({item["check_in_id"] for item in senders}) == 2
    for item in senders:
        assert (item["environment"], item["release"]) == ("production", "backend@1.2.3")
        assert not item.get("server_name")
        assert item["status"] == "in_progress" or item["duration"] >= 0
    assert len(check_ins) == 6
    sent = json.dumps(check_ins)
    for mark in ("ada@example.com", "bob@example.com", "no answer"):
        assert mark not in sent


def check_ins_of(envelope: bytes) -> list[dict[str, Any]]:
    from sentry_sdk.envelope import Envelope

    return [json.loads(item.get_bytes()) for item in Envelope.deserialize(envelope).items if item.type == "check_in"]
