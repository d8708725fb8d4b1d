"""Events: which are sent, which are not, and that losses are counted exactly."""

from __future__ import annotations

import json
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import Vendor, free_port, run_python, until

import brandvx_observability as observability
from brandvx_observability import EventNotAllowedError, events, ph_capture
from brandvx_observability._analytics import Analytics
from brandvx_observability._delivery import Limits
from brandvx_observability._notices import Sink

MESSAGE = {"channel": "sms", "template_id": "t1", "contact_id": "c1"}


def open_for(vendor: Vendor, **env: str) -> list[str]:
    lines: list[str] = []
    observability.initialise({"POSTHOG_API_KEY": "phc_key", "POSTHOG_HOST": vendor.host, **env}, warn=lines.append)
    return lines


def test_a_function_and_the_older_form_send_the_same(vendor: Vendor) -> None:
    open_for(vendor)
    events.cadence.message_sent("tenant-1", channel="sms", template_id="t1", contact_id="c1", fallback=True)
    ph_capture(
        "cadence.message_sent",
        "tenant-1",
        {"channel": "sms", "template_id": "t1", "contact_id": "c1", "fallback": True},
    )
    assert observability.shutdown(30)["posthog"] == {"sent": 2, "dropped": 0, "refused": 0}
    one, other = vendor.events
    assert one["distinct_id"] == other["distinct_id"] == "tenant-1"
    own = {name: value for name, value in one["properties"].items() if not name.startswith("$")}
    assert own == {**MESSAGE, "fallback": True}
    assert {k: v for k, v in other["properties"].items() if k in own} == own


def test_what_is_absent_is_never_null_on_the_wire(vendor: Vendor) -> None:
    open_for(vendor)
    events.cadence.message_sent("t", channel="sms", template_id="t1", contact_id="c1")
    observability.shutdown(30)
    assert "fallback" not in vendor.events[0]["properties"]


@pytest.mark.parametrize(
    "distinct_id", ["", " ", "\n", None, 1.5, [], b"t", True, "None", " undefined", "null", "[object Object]"]
)
def test_an_id_of_nobody_is_refused_and_counted(vendor: Vendor, distinct_id: Any) -> None:
    lines = open_for(vendor)
    ph_capture("cadence.message_queued", distinct_id, MESSAGE)  # type: ignore[arg-type]
    assert observability.shutdown(30)["posthog"] == {"sent": 0, "dropped": 1, "refused": 0}
    assert vendor.events == []
    assert lines[0] == (
        "cadence.message_queued without the id of whom it belongs to was dropped: events leave as src/catalog/events.ts"
        " lists them, each with the id of whom it belongs to."
    )
    assert observability.dropped_properties() == {"cadence.message_queued without the id of whom it belongs to": 1}


@pytest.mark.parametrize("event", ["onboarding.step_viewed", "no.such_event", "$pageview", "", None, 7])
def test_events_of_the_browser_and_unknown_ones_are_not_sent(vendor: Vendor, event: Any) -> None:
    open_for(vendor)
    ph_capture(event, "t", {"step": "x", "position": 1})
    assert observability.shutdown(30)["posthog"] == {"sent": 0, "dropped": 1, "refused": 0}
    assert vendor.events == []


def test_only_what_the_catalog_lists_and_only_plain_values_leave(vendor: Vendor) -> None:
    @dataclass
    class Contact:
        email: str = "ada@example.com"

    open_for(vendor)
    own = uuid.uuid4()
    ph_capture(
        "cadence.message_sent",
        "t",
        {"channel": "sms", "template_id": Contact(), "contact_id": own, "extra": "ada@example.com", "email": "x"},  # type: ignore[arg-type]
    )
    observability.shutdown(30)
    assert "ada@example.com" not in vendor.text and "Contact" not in vendor.text
    properties = vendor.events[0]["properties"]
    assert properties["contact_id"] == str(own) and "template_id" not in properties
    assert observability.dropped_properties() == {
        "cadence.message_sent.template_id": 1,
        "cadence.message_sent.extra": 1,
        "cadence.message_sent.email": 1,
    }


def test_development_raises_with_everything_that_is_wrong(vendor: Vendor) -> None:
    observability.initialise({"POSTHOG_API_KEY": "phc_key", "POSTHOG_HOST": vendor.host}, development=True)
    with pytest.raises(EventNotAllowedError) as raised:
        ph_capture("cadence.message_sent", "t", {"channel": "fax", "template_id": 1, "more": 1})  # type: ignore[typeddict-item]
    assert str(raised.value).splitlines()[:4] == [
        'cadence.message_sent: property "channel" is not sms | email',
        'cadence.message_sent: property "template_id" is not string',
        'cadence.message_sent: property "more" is not in the catalog',
        'cadence.message_sent: property "contact_id" is missing',
    ]
    with pytest.raises(EventNotAllowedError) as raised:
        ph_capture("cadence.mesage_sent", "t", {})  # type: ignore[call-overload]
    assert str(raised.value).startswith(
        'cadence.mesage_sent: not in the catalog: did you mean "cadence.message_sent"?\n'
    )
    with pytest.raises(EventNotAllowedError) as raised:
        ph_capture("cadence.message_sent", "t", {"chanel": "sms", "template_id": "", "contact_id": "c"})  # type: ignore[typeddict-item]
    assert str(raised.value).startswith(
        'cadence.message_sent: property "chanel" is not in the catalog: did you mean "channel"?\n'
    )
    with pytest.raises(EventNotAllowedError) as raised:
        ph_capture("revenue.booked", "t", {})  # type: ignore[call-overload]
    assert str(raised.value).startswith("revenue.booked: not in the catalog\n")
    observability.initialise({}, development=False)


def analytics(host: str, limits: Limits, lines: list[str]) -> Analytics:
    return Analytics(
        key="phc_key",
        host=host,
        wrong=None,
        development=False,
        on_drop=lambda _: None,
        sink=Sink("Events do not reach PostHog", "Events reach PostHog again", lines.append),
        limits=limits,
    )


def test_an_event_larger_than_the_queue_is_dropped_itself_and_costs_no_other(vendor: Vendor) -> None:
    lines: list[str] = []
    dropped: list[str] = []
    sink = Analytics(
        key="phc_key",
        host=vendor.host,
        wrong=None,
        development=False,
        on_drop=dropped.append,
        sink=Sink("Events do not reach PostHog", "Events reach PostHog again", lines.append),
        limits=Limits(100, 5_000, 50, 60),
    )
    for _ in range(3):
        sink.capture("cadence.message_sent", "t", MESSAGE)
    sink.capture("cadence.message_sent", "t", {**MESSAGE, "template_id": "x" * 5_000})
    assert (sink.detail()["waiting"], sink.counts()["dropped"]) == (3, 1)
    assert dropped == ["cadence.message_sent of more than 5000 characters"]
    assert sink.close(30) == {"sent": 3, "dropped": 1, "refused": 0}
    assert lines == []


def test_a_burst_arrives_whole(vendor: Vendor) -> None:
    lines: list[str] = []
    sink = analytics(vendor.host, Limits(30_000, 10_000_000, 250, 0.2), lines)
    for _ in range(2_000):
        sink.capture("cadence.message_queued", "t", MESSAGE)
    assert sink.close(30) == {"sent": 2_000, "dropped": 0, "refused": 0}
    assert len({event["uuid"] for event in vendor.events}) == 2_000
    assert lines == []


def test_what_there_is_no_room_for_is_counted_to_the_event() -> None:
    lines: list[str] = []
    sink = analytics(f"http://127.0.0.1:{free_port()}", Limits(100, 10_000_000, 50, 5), lines)
    for _ in range(1_000):
        sink.capture("cadence.message_queued", "t", MESSAGE)
    until(lambda: len(lines) > 0)
    assert sink.close(0.2) == {"sent": 0, "dropped": 1_000, "refused": 0}
    assert sum("are dropped" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ((401, {}, b"no"), {"sent": 0, "dropped": 0, "refused": 3}),
        ((302, {"location": "/"}, b""), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b"<html>"), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b"ok"), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b""), {"sent": 0, "dropped": 0, "refused": 3}),
        ((204, {}, b""), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b'{"detail":"Not Found"}'), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b'{"status":0}'), {"sent": 0, "dropped": 0, "refused": 3}),
        ((200, {}, b'{"status": 1}'), {"sent": 3, "dropped": 0, "refused": 0}),
        ((200, {}, b'{"status":"Ok","quota_limited":["events"]}'), {"sent": 0, "dropped": 0, "refused": 3}),
        ((429, {"retry-after": "3600"}, b""), {"sent": 0, "dropped": 3, "refused": 0}),
        ((500, {}, b""), {"sent": 0, "dropped": 3, "refused": 0}),
    ],
)
def test_what_a_vendor_refuses_is_counted_and_shutdown_keeps_its_deadline(
    vendor: Vendor, answer: Any, counts: dict[str, int]
) -> None:
    vendor.answer = answer
    open_for(vendor)
    for _ in range(3):
        ph_capture("cadence.message_queued", "t", MESSAGE)
    until(lambda: vendor.bodies)
    begun = time.monotonic()
    assert observability.shutdown(0.5)["posthog"] == counts
    assert time.monotonic() - begun < 1.5


def test_a_vendor_that_hangs_holds_neither_a_call_nor_a_shutdown(vendor: Vendor) -> None:
    vendor.hangs.set()
    open_for(vendor, SENTRY_DSN=vendor.dsn)
    slowest = 0.0
    for _ in range(50):
        begun = time.monotonic()
        ph_capture("cadence.message_queued", "t", MESSAGE)
        observability.capture_error(ValueError("x"))
        slowest = max(slowest, time.monotonic() - begun)
    begun = time.monotonic()
    report = observability.shutdown(0.5)
    assert time.monotonic() - begun < 1.5
    assert report["posthog"] == {"sent": 0, "dropped": 50, "refused": 0}
    assert report["sentry"] == {"sent": 0, "dropped": 50, "refused": 0}
    assert slowest < 1.0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("POSTHOG_API_KEY", '"phx_secretkey"', "POSTHOG_API_KEY has quotes or invisible characters around it"),
        ("POSTHOG_API_KEY", "phx_secretkey", "POSTHOG_API_KEY must be a project key"),
        ("POSTHOG_HOST", "us.i.posthog.com", "POSTHOG_HOST must be an http(s) address"),
        ("SENTRY_DSN", "nonsense-dsn", "SENTRY_DSN must be a DSN"),
    ],
)
def test_a_variable_that_cannot_be_right_is_told_by_name_and_not_used(
    vendor: Vendor, name: str, value: str, says: str
) -> None:
    lines = open_for(vendor, **{name: value})
    ph_capture("cadence.message_queued", "t", MESSAGE)
    observability.shutdown(30)
    assert any(line.startswith(says) for line in lines)
    assert not any(value.strip('"') in line for line in lines)
    if name != "SENTRY_DSN":
        assert vendor.bodies == []


def test_a_process_that_is_forked_while_the_library_is_loaded_sends_its_own(vendor: Vendor) -> None:
    code = """
import os, sys, json, threading, time
import brandvx_observability as o
begun = threading.Event()
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "posthog.client":
            begun.set()
            time.sleep(0.5)
sys.meta_path.insert(0, Slow())
o.initialise()
o.events.cadence.message_queued("parent", channel="sms", template_id="a", contact_id="b")
begun.wait()
child = os.fork()
if child == 0:
    o.events.cadence.message_queued("child", channel="sms", template_id="a", contact_id="b")
    os._exit(0 if o.shutdown(20)["posthog"] == {"sent": 1, "dropped": 0, "refused": 0} else 9)
_, status = os.waitpid(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), o.shutdown(20)["posthog"]]))
"""
    done = run_python(code, env=vendor.env)
    assert json.loads(done.stdout) == [0, {"sent": 1, "dropped": 0, "refused": 0}], done.stderr
    assert sorted(event["distinct_id"] for event in vendor.events) == ["child", "parent"]


def test_a_forked_process_sends_its_own_and_only_its_own(vendor: Vendor) -> None:
    code = """
import os, sys, json
import brandvx_observability as o
o.initialise()
o.events.cadence.message_queued("parent", channel="sms", template_id="a", contact_id="b")
child = os.fork()
if child == 0:
    o.events.cadence.message_queued("child", channel="sms", template_id="a", contact_id="b")
    o.capture_error(ValueError("in the child"))
    report = o.shutdown(30)
    os._exit(0 if report == {"posthog": {"sent": 1, "dropped": 0, "refused": 0}, "sentry": {"sent": 1, "dropped": 0, "refused": 0}} else 9)
_, status = os.waitpid(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), o.shutdown(30)["posthog"]]))
"""
    done = run_python(code, env=vendor.env)
    assert json.loads(done.stdout) == [0, {"sent": 1, "dropped": 0, "refused": 0}], done.stderr
    assert sorted(event["distinct_id"] for event in vendor.events) == ["child", "parent"]


@pytest.mark.parametrize("failures", [1, 3])
def test_a_thread_that_cannot_be_started_is_reported_and_tried_again(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    lines: list[str] = []
    sink = analytics(vendor.host, Limits(30_000, 10_000_000, 250, 0.2), lines)
    start = threading.Thread.start
    left = [failures]

    def failing(thread: threading.Thread) -> None:
        if thread.name.startswith("brandvx-") and left[0] > 0:
            left[0] -= 1
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", failing)
    for _ in range(failures):
        sink.capture("cadence.message_sent", "t", MESSAGE)
    assert sink.detail()["waiting"] == failures
    assert sink.detail()["status"] == "error"
    assert lines == ["Events do not reach PostHog: no thread can be started for it: can't start new thread."]
    sink.capture("cadence.message_sent", "t", MESSAGE)
    assert sink.close(30) == {"sent": failures + 1, "dropped": 0, "refused": 0}
    assert len(vendor.events) == failures + 1


@pytest.mark.parametrize("recovers", [True, False])
def test_closing_tries_once_more_to_start_the_thread_and_does_not_wait_in_vain(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch, recovers: bool
) -> None:
    sink = analytics(vendor.host, Limits(30_000, 10_000_000, 250, 0.2), [])
    with monkeypatch.context() as patch:

        def failing(_: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        patch.setattr(threading.Thread, "start", failing)
        sink.capture("cadence.message_sent", "t", MESSAGE)
        begun = time.monotonic()
        if not recovers:
            assert sink.close(30) == {"sent": 0, "dropped": 1, "refused": 0}
            assert time.monotonic() - begun < 10
    if recovers:
        assert sink.close(30) == {"sent": 1, "dropped": 0, "refused": 0}
