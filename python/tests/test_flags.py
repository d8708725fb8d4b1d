"""Feature flags: whose value it is, within which time, and what is sent for it."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Vendor, free_port, until
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

import brandvx_observability as observability
from brandvx_observability._generated.flags import FLAGS
from brandvx_observability.fastapi import tenant_of
from brandvx_observability.flags import aflag, flag, flag_counts, set_feature_flag

LATE_S = 0.6
"""Seconds beyond a deadline: delay of a busy machine."""


def record(key: str, value: bool | str) -> dict[str, Any]:
    return {
        "key": key,
        "enabled": value is not False,
        "variant": value if isinstance(value, str) else None,
        "reason": {"code": "condition_match", "condition_index": 0, "description": ""},
        "metadata": {"id": 1, "version": 1, "payload": None, "description": None},
    }


class PostHog:
    """A PostHog with values and definitions of flags."""

    def __init__(self, vendor: Vendor) -> None:
        self.vendor = vendor
        self.lines: list[str] = []

    def gives(self, **values: bool | str) -> None:
        flags = {key: record(key, value) for name, value in values.items() for key in [name.replace("_", "-")]}
        self.answer("/flags/", 200, {"flags": flags, "errorsWhileComputingFlags": False, "requestId": "r"})

    def defines(self, key: str, *groups: dict[str, Any]) -> None:
        own = {"id": 1, "key": key, "name": "", "active": True, "filters": {"groups": list(groups)}}
        self.answer("/flags/definitions", 200, {"flags": [own], "group_type_mapping": {}, "cohorts": {}})

    def answer(self, path: str, status: int, body: object = None) -> None:
        self.vendor.answers[path] = (status, {"content-type": "application/json"}, json.dumps(body).encode())

    def open(self, **env: str) -> None:
        env = {"POSTHOG_API_KEY": "phc_key", "POSTHOG_HOST": self.vendor.host, **env}
        observability.initialise(env, development=True, warn=self.lines.append)
        # posthog-python is loaded: otherwise the first answer may be late.
        observability._server.current().flags._open()  # type: ignore[attr-defined]

    def open_with_definitions(self) -> None:
        self.open(POSTHOG_FLAGS_KEY="phs_" + "k" * 40)
        client = observability._server.current().flags._client  # type: ignore[attr-defined]
        until(lambda: client._client.feature_flags is not None)

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [json.loads(body) for path, body in self.vendor.bodies if path.startswith("/flags/?")]


@pytest.fixture
def posthog(vendor: Vendor) -> Iterator[PostHog]:
    made = PostHog(vendor)
    yield made
    vendor.released.set()
    observability.set_user(None)
    observability.set_tenant(None)
    observability.initialise({}, warn=lambda _: None)


def ask(is_async: bool, key: Any = "onboarding-length", **options: Any) -> Any:
    return asyncio.run(aflag(key, **options)) if is_async else flag(key, **options)


@pytest.mark.parametrize("is_async", [False, True])
def test_a_value_is_posthogs_and_reported_once_for_a_person(posthog: PostHog, is_async: bool) -> None:
    posthog.gives(onboarding_length="short", ask_streaming=True)
    posthog.open()
    assert [ask(is_async, distinct_id="u1", deadline_ms=5_000) for _ in range(2)] == ["short", "short"]
    assert ask(is_async, "ask-streaming", distinct_id="u1", deadline_ms=5_000) is True
    assert flag_counts() == {"answered": 3, "when_away": 0}
    assert observability.shutdown(30)["posthog"] == {"sent": 2, "dropped": 0, "refused": 0}
    first, second = posthog.vendor.events
    assert (first["event"], first["distinct_id"]) == ("$feature_flag_called", "u1")
    assert first["properties"]["$feature_flag"] == "onboarding-length"
    assert first["properties"]["$feature_flag_response"] == first["properties"]["$feature/onboarding-length"] == "short"
    assert second["properties"]["$feature_flag_response"] is True
    assert posthog.lines == []


def test_of_a_person_only_what_the_catalog_has_leaves_redacted(posthog: PostHog) -> None:
    posthog.gives(ask_streaming=True)
    posthog.open()
    properties: Any = {"plan": "pro", "email": "ada@example.com", "seat_count": 3, "role": object(), 4: "x"}
    assert flag(
        "ask-streaming", distinct_id="ada@example.com", tenant_id="t1", properties=properties, deadline_ms=5_000
    )
    (question,) = posthog.questions
    assert question["person_properties"] == {"plan": "pro", "seat_count": 3, "tenant_id": "t1"}
    assert question["flag_keys_to_evaluate"] == ["ask-streaming"]
    observability.shutdown(30)
    assert "ada@example.com" not in posthog.vendor.text
    assert question["distinct_id"] == posthog.vendor.events[0]["distinct_id"]
    assert observability.dropped_properties() == {"flag.email": 1, "flag.role": 1, "flag.4": 1}


@pytest.mark.parametrize("is_async", [False, True])
def test_with_definitions_nobody_is_asked(posthog: PostHog, is_async: bool) -> None:
    plan = {"key": "plan", "type": "person", "operator": "exact", "value": ["pro"]}
    posthog.defines("ask-streaming", {"properties": [plan], "rollout_percentage": 100})
    posthog.gives(ask_streaming=False)
    posthog.open_with_definitions()
    assert posthog.vendor.keys[0] == "Bearer phs_" + "k" * 40
    options: dict[str, Any] = {"distinct_id": "u1", "deadline_ms": 5_000}
    assert ask(is_async, "ask-streaming", properties={"plan": "pro"}, **options) is True
    assert ask(is_async, "ask-streaming", properties={"plan": "free"}, **options) is False
    assert posthog.questions == []
    # What is not given is what PostHog knows of the person.
    assert ask(is_async, "ask-streaming", **options) is False
    assert len(posthog.questions) == 1
    assert flag_counts() == {"answered": 3, "when_away": 0}


def test_however_many_are_evaluated_here_at_once_none_waits_for_a_place(posthog: PostHog) -> None:
    posthog.defines("ask-streaming", {"properties": [], "rollout_percentage": 100})
    posthog.open_with_definitions()

    async def many() -> set[bool]:
        return set(
            await asyncio.gather(*(aflag("ask-streaming", distinct_id=f"u{n}", deadline_ms=5_000) for n in range(100)))
        )

    assert asyncio.run(many()) == {True}
    assert posthog.questions == []


def test_more_questions_than_places_wait_for_their_turn(posthog: PostHog) -> None:
    posthog.gives(ask_streaming=True)
    posthog.open()

    async def many() -> set[bool]:
        return set(
            await asyncio.gather(*(aflag("ask-streaming", distinct_id=f"u{n}", deadline_ms=5_000) for n in range(60)))
        )

    assert asyncio.run(many()) == {True}
    assert len(posthog.questions) == 60


def test_definitions_that_cannot_be_read_are_told_and_posthog_is_asked(posthog: PostHog) -> None:
    posthog.answer("/flags/definitions", 401, {"detail": "Invalid key"})
    posthog.gives(ask_streaming=True)
    posthog.open(POSTHOG_FLAGS_KEY="phs_" + "k" * 40)
    until(lambda: posthog.lines)
    assert posthog.lines[0].startswith(
        "Feature flags cannot be evaluated here, and PostHog is asked for each value: Error loading feature flags"
    )
    assert "phs_" not in posthog.lines[0]
    assert flag("ask-streaming", distinct_id="u1", deadline_ms=5_000) is True


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("how", ["hangs", "is not there", "fails", "has no quota left", "is another"])
def test_while_posthog_is_away_it_is_the_catalogs_value_in_time(posthog: PostHog, how: str, is_async: bool) -> None:
    if how == "hangs":
        posthog.vendor.hangs.set()
    if how == "fails":
        posthog.answer("/flags/", 503)
    if how == "has no quota left":
        posthog.answer("/flags/", 200, {"flags": {}, "quotaLimited": ["feature_flags"]})
    if how == "is another":
        posthog.vendor.answers["/flags/"] = (200, {"content-type": "text/html"}, b"<html>")
    posthog.open(**({"POSTHOG_HOST": f"http://127.0.0.1:{free_port()}"} if how == "is not there" else {}))
    begun = time.monotonic()
    assert ask(is_async, distinct_id="u1", deadline_ms=200) == "full"
    assert ask(is_async, "ask-streaming", distinct_id="u1", deadline_ms=200) is False
    assert time.monotonic() - begun < 0.4 + LATE_S
    assert [line.split(":")[0] for line in posthog.lines] == [
        "Feature flags have their values for when PostHog is away"
    ]
    # After one question without an answer nobody is asked for a while; that one may arrive later than its deadline.
    if how != "is not there":
        until(lambda: posthog.questions)
    assert len(posthog.questions) == (0 if how == "is not there" else 1)
    assert flag_counts() == {"answered": 0, "when_away": 2}
    assert observability.health()["posthog"] == "ok"


def test_a_loop_goes_on_while_posthog_is_asked(posthog: PostHog) -> None:
    async def waited() -> int:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.005)

        ticking = asyncio.create_task(tick())
        assert (
            await asyncio.gather(*(aflag("onboarding-length", distinct_id=f"u{n}", deadline_ms=300) for n in range(40)))
            == ["full"] * 40
        )
        ticking.cancel()
        return ticks

    posthog.vendor.hangs.set()
    posthog.open()
    assert asyncio.run(waited()) > 5


@pytest.mark.parametrize("key", ["ask-streming", "", None, 7, [], {}, "ada@example.com"])
def test_a_flag_that_the_catalog_lacks_is_false_and_told_once(posthog: PostHog, key: Any) -> None:
    posthog.open()
    assert [flag(key, distinct_id="u1") for _ in range(2)] == [False, False]
    assert len(posthog.lines) == 1 and "is no feature flag of the catalog" in posthog.lines[0]
    assert "ada@example.com" not in posthog.lines[0] and posthog.questions == []


def test_a_flag_or_value_that_only_one_side_knows_is_told_once(posthog: PostHog) -> None:
    posthog.gives(onboarding_length="tiny")
    posthog.open()
    for _ in range(2):
        assert flag("onboarding-length", distinct_id="u1", deadline_ms=5_000) == "full"
        assert flag("ask-streaming", distinct_id="u1", deadline_ms=5_000) is False
    assert posthog.lines == [
        "PostHog's value of the feature flag onboarding-length is none of the catalog's (full, short, False): it is full"
        " instead",
        "PostHog does not know the feature flag ask-streaming: it is False until `pulumi up` has made it",
    ]
    assert observability.shutdown(30)["posthog"]["sent"] == 0


@pytest.mark.parametrize("distinct_id", ["", " ", "undefined", 1.5, None, True])
def test_nobody_has_the_catalogs_value(posthog: PostHog, distinct_id: Any) -> None:
    posthog.open()
    assert flag("onboarding-length", distinct_id=distinct_id) == "full"
    assert posthog.lines == ['flag("onboarding-length") was asked for nobody: without an id it is full']
    assert posthog.questions == []


def test_within_a_request_it_is_the_requests_person_and_tenant(posthog: PostHog) -> None:
    posthog.gives(onboarding_length="short")
    app = FastAPI(lifespan=observability.lifespan)

    @app.get("/length", dependencies=[Depends(tenant_of(lambda request: "tenant_7"))])
    async def length(user: str) -> dict[str, Any]:
        observability.set_user(user)
        return {"length": await aflag("onboarding-length", deadline_ms=5_000)}

    posthog.open()
    with TestClient(app) as client:
        assert client.get("/length?user=u7").json() == {"length": "short"}
        assert client.get("/length?user=ada@example.com").json() == {"length": "short"}
    one, other = posthog.questions
    assert (one["distinct_id"], one["person_properties"]) == ("u7", {"tenant_id": "tenant_7"})
    assert "ada" not in other["distinct_id"]


def test_an_override_is_everybodys_until_its_block_ends(posthog: PostHog) -> None:
    posthog.open()
    with set_feature_flag("onboarding-length", "short"):
        assert flag("onboarding-length") == "short" == asyncio.run(aflag("onboarding-length"))
        with set_feature_flag("onboarding-length", False):
            assert flag("onboarding-length", distinct_id="u1") is False
        assert flag("onboarding-length") == "short"
    assert flag_counts() == {"answered": 0, "when_away": 0}
    for key, value, said in (
        (
            "onboarding-length",
            "tiny",
            "the flag onboarding-length is never 'tiny': it is one of 'full', 'short', False",
        ),
        ("ask", True, "there is no flag 'ask': it is one of 'ask-streaming', 'onboarding-length'"),
        ("ask-streaming", 1, "the flag ask-streaming is never 1: it is one of True, False"),
    ):
        with pytest.raises(ValueError) as raised, set_feature_flag(key, value):  # type: ignore[call-overload]
            pass
        assert str(raised.value) == said


def test_without_a_key_and_after_the_end_it_is_the_catalogs_value(posthog: PostHog) -> None:
    observability.initialise({}, warn=posthog.lines.append)
    assert flag("onboarding-length", distinct_id="u1") == "full"
    posthog.gives(onboarding_length="short")
    posthog.open()
    observability.shutdown(5)
    assert flag("onboarding-length", distinct_id="u1") == "full"
    assert posthog.lines == [] and posthog.questions == []


@pytest.mark.parametrize("value", ["soon", float("nan"), -1, 0])
def test_a_deadline_that_is_none_is_told_and_replaced(posthog: PostHog, value: Any) -> None:
    posthog.gives(ask_streaming=True)
    posthog.open()
    flag("ask-streaming", distinct_id="u1", deadline_ms=value)
    assert posthog.lines[0].startswith("flag.deadline_ms is ")
    assert posthog.lines[0].endswith("it has to be a whole number from 1 to 5000. Production uses 300.")


def test_a_forked_child_reads_the_definitions_itself(posthog: PostHog) -> None:
    posthog.defines("ask-streaming", {"properties": [], "rollout_percentage": 100})
    posthog.gives(ask_streaming=False)
    posthog.open_with_definitions()
    assert flag("ask-streaming", distinct_id="u1", deadline_ms=5_000) is True
    reads = len(posthog.vendor.keys)
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()

    def child() -> None:
        until(lambda: flag("ask-streaming", distinct_id="u1", deadline_ms=5_000) is True)
        answers.put(flag_counts()["answered"] > 0)

    process = context.Process(target=child)
    process.start()
    assert answers.get(timeout=30) is True
    process.join(30)
    assert process.exitcode == 0
    assert len(posthog.vendor.keys) == reads + 1
    # The parent goes on.
    assert flag("ask-streaming", distinct_id="u2", deadline_ms=5_000) is True


def test_every_default_is_one_of_its_flags_values() -> None:
    assert all(fact["when_away"] in fact["values"] for fact in FLAGS.values())
