"""Sends events to PostHog."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from ._check import EventFinding, EventNotAllowedError, event_findings
from ._counts import SinkCounts, SinkDetail
from ._delivery import Delivery, Limits, Outcome
from ._forks import importing
from ._generated.rules import RULES, SOURCES
from ._notices import Sink
from ._plain import copied
from ._posthog import PosthogSender, WaitingEvent
from ._reason import reason_of
from ._somebody import is_somebody

LIMITS = Limits(max_items=30_000, max_characters=10_000_000, batch=250, gather_s=0.5)
"""Stated bound: 30,000 events and 10 million characters, so less than 60 MB."""


class Analytics:
    """No call raises, except `capture` in development."""

    def __init__(
        self,
        *,
        key: str | None,
        host: str,
        wrong: str | None,
        development: bool,
        on_drop: Callable[[str], None],
        on_incomplete: Callable[[str], None] = lambda _: None,
        sink: Sink,
        limits: Limits = LIMITS,
    ) -> None:
        self._key = key
        self._host = host
        self._unusable = wrong
        self._development = development
        self._on_drop = on_drop
        self._on_incomplete = on_incomplete
        self._sink = sink
        self._closed = False
        self._lost = 0
        self._sender: PosthogSender | None = None
        self._delivery: Delivery[WaitingEvent] = Delivery(
            "posthog",
            limits,
            self._send,
            on_full=lambda: sink.full(
                f"More than {limits.max_items} events or {limits.max_characters} characters wait for PostHog:"
                " the oldest are dropped"
            ),
            on_too_large=lambda item: on_drop(f"{item.event} of more than {limits.max_characters} characters"),
            on_failure=sink.failing,
            on_success=sink.working,
        )

    def capture(self, event: str, distinct_id: str | UUID, properties: Mapping[str, Any] | None) -> None:
        if self._development:
            given = copied(properties)
            findings = event_findings(str(event), given.values, source="server")
            findings += [EventFinding(str(event), "wrong value", name, "a plain value") for name in given.odd]
            if findings:
                raise EventNotAllowedError(findings)
        if self._key is None and self._unusable is None:
            return
        try:
            self._capture(event, distinct_id, properties)
        except Exception:
            # A caller's mistake says nothing about PostHog.
            self._lost += 1
            self._on_drop("an event that cannot be read")

    def _capture(self, event: str, distinct_id: object, properties: Any) -> None:
        refusal = _refusal_of(event, distinct_id)
        if refusal is not None:
            self._on_drop(refusal)
        if refusal is not None or self._unusable is not None or self._closed:
            self._lost += 1
            if self._closed:
                self._sink.closed("Events come after shutdown(): they are dropped")
            return
        if not (properties is None or _is_mapping(properties)):
            self._on_drop(f"What {event} had for properties, and is no mapping,")
        given = copied(properties)
        for name in given.odd:
            self._on_drop(f"{event}.{name}")
        for name in _required(event):
            if given.values.get(name) is None:
                self._on_incomplete(f"{event} without {name}")
        self._delivery.add(WaitingEvent(event, str(distinct_id), given.values, time.time(), given.characters))

    def flag_called(self, distinct_id: str, properties: dict[str, Any]) -> None:
        """PostHog's own event for a flag's first use by a person: redacted and counted as all events are."""
        if self._key is None or self._unusable is not None or self._closed:
            self._lost += 1
            return
        self._delivery.add(WaitingEvent("$feature_flag_called", distinct_id, properties, time.time(), 300))

    def after_fork(self) -> None:
        self._lost = 0
        # Its connection belongs to the parent process.
        self._sender = None
        self._delivery.after_fork()
        self._sink.after_fork()

    def detail(self) -> SinkDetail:
        reason = self._unusable or self._sink.reason
        counts = self.counts()
        detail: SinkDetail = {
            "status": "error" if reason else "disabled" if self._key is None else "ok",
            "waiting": self._delivery.waiting,
            "sent": counts["sent"],
            "dropped": counts["dropped"],
            "refused": counts["refused"],
        }
        if reason:
            detail["reason"] = reason
        return detail

    def counts(self) -> SinkCounts:
        counted = self._delivery.counts()
        return {**counted, "dropped": counted["dropped"] + self._lost}

    def close(self, deadline_s: float) -> SinkCounts:
        self._closed = True
        self._delivery.close(deadline_s)
        return self.counts()

    def _send(self, batch: Any) -> Outcome:
        if self._sender is None:
            if self._key is None:
                return Outcome("refused", "there is no key")
            try:
                with importing():
                    self._sender = PosthogSender(self._key, self._host, self._on_drop)
            except Exception as error:
                self._unusable = reason_of(error)
                self._sink.failing(self._unusable)
                return Outcome("refused", self._unusable)
        return self._sender.send(batch)


def _is_mapping(properties: object) -> bool:
    return isinstance(properties, Mapping)


def _refusal_of(event: object, distinct_id: object) -> str | None:
    """Why an event is not sent: the key under which `dropped_properties` counts it."""
    if not isinstance(event, str):
        return "an event whose name is no text"
    if SOURCES.get(event) != "server":
        # Not in the catalog, or an event of the browser: it is not sent from here.
        return event
    # PostHog would create a person for it.
    return None if is_somebody(distinct_id) else f"{event} without the id of whom it belongs to"


@lru_cache(maxsize=256)
def _required(event: str) -> tuple[str, ...]:
    return tuple(name for name, rule in RULES[event].items() if not rule.get("optional"))
