"""Events on their way to PostHog."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ._check import EventFinding, EventNotAllowedError, event_findings
from ._counts import SinkCounts, SinkDetail
from ._delivery import Delivery, Limits, Outcome
from ._forks import importing
from ._generated.rules import SOURCES
from ._notices import Sink
from ._posthog import PosthogSender, WaitingEvent
from ._reason import reason_of

LIMITS = Limits(max_items=30_000, max_characters=10_000_000, batch=250, gather_s=0.5)
"""Stated bound: 30,000 events and 10 million characters, so less than 60 MB."""


class Analytics:
    """No call raises, but for `capture` in development."""

    def __init__(
        self,
        *,
        key: str | None,
        host: str,
        wrong: str | None,
        development: bool,
        on_drop: Callable[[str], None],
        sink: Sink,
        limits: Limits = LIMITS,
    ) -> None:
        self._key = key
        self._host = host
        self._unusable = wrong
        self._development = development
        self._on_drop = on_drop
        self._sink = sink
        self._closed = key is None
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
            on_failure=sink.failing,
            on_success=sink.working,
        )

    def capture(self, event: str, distinct_id: str, properties: Mapping[str, Any] | None) -> None:
        if self._development:
            given, _, odd = _copied(properties)
            findings = event_findings(str(event), given, source="server")
            findings += [EventFinding(str(event), "wrong value", name, "a plain value") for name in odd]
            if findings:
                raise EventNotAllowedError(findings)
        if self._key is None and self._unusable is None:
            return
        try:
            self._capture(event, distinct_id, properties)
        except Exception as error:
            self._lost += 1
            self._sink.failing(reason_of(error))

    def _capture(self, event: object, distinct_id: object, properties: object) -> None:
        if not isinstance(event, str) or SOURCES.get(event) != "server":
            # Not in the catalog, or the browser's: it is not sent from here.
            self._on_drop(str(event))
        elif not isinstance(distinct_id, (str, int, UUID)) or str(distinct_id).strip() == "":
            # PostHog would make up a person for it.
            self._on_drop(f"{event} without a distinct_id")
        elif self._unusable is not None or self._closed:
            self._lost += 1
        else:
            copy, characters, odd = _copied(properties)
            for name in odd:
                self._on_drop(f"{event}.{name}")
            self._delivery.add(WaitingEvent(event, str(distinct_id), copy, time.time(), characters))

    def after_fork(self) -> None:
        self._lost = 0
        # Its connection is the parent's.
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


def _copied(properties: object) -> tuple[dict[str, Any], int, list[str]]:
    """The properties as they are now, about how many characters they have, and names of those that are no plain values.

    What the caller changes later is not what happened. PostHog's serialiser would write out a model or a dataclass
    whole: of such a value nothing is taken.
    """
    copy: dict[str, Any] = {}
    odd: list[str] = []
    characters = 100
    passed: Mapping[Any, Any] = properties if isinstance(properties, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    for given, value in passed.items():
        name = str(given)
        characters += len(name) + 8
        plain = _plain(value)
        if plain is _ODD:
            odd.append(name)
            continue
        copy[name] = plain
        if isinstance(plain, str):
            characters += len(plain)
        elif isinstance(plain, (dict, list)):
            characters += len(json.dumps(plain))
    return copy, characters, odd


_ODD = object()


def _plain(value: object) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        # A member of an enumeration is what it stands for.
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (UUID, date, time_of_day)):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        from ._privacy import redact

        return redact(value)  # pyright: ignore[reportUnknownArgumentType]
    return _ODD
