"""posthog-python for one batch at a time.

Its client builds the events; their delivery is decided here. Its own queue delays a shutdown by up to 80 seconds,
and silently loses events when PostHog answers with an error.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ._answers import READ_S, Watch
from ._delivery import Outcome
from ._forks import importing, load_of_connections
from ._privacy import opaque_id, redact_outgoing
from ._reason import reason_of


@dataclass(slots=True)
class WaitingEvent:
    """A pending event, not redacted yet."""

    event: str
    distinct_id: str
    properties: dict[str, Any]
    at: float
    """Seconds since 1970."""
    characters: int
    # Set once, so that PostHog counts a retried event once.
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))


class PosthogSender:
    """Raises ImportError where posthog-python is not installed."""

    def __init__(self, key: str, host: str, on_drop: Callable[[str], None]) -> None:
        import requests
        from posthog import Posthog

        load_of_connections()
        self._key = key
        self._url = f"{host.rstrip('/')}/batch/"
        self._on_drop = on_drop
        self._built: list[dict[str, Any]] = []
        self._session = requests.Session()
        self._watch = Watch()
        for scheme in ("http://", "https://"):
            self._watch.over(self._session.get_adapter(scheme).poolmanager)  # type: ignore[attr-defined]
        self._failed = requests.RequestException
        # It builds each event and passes it to the hook, which removes it again: nothing reaches its own queue.
        self._client = Posthog(
            key,
            host=host,
            sync_mode=True,
            before_send=self._take,
            enable_exception_autocapture=False,
            # Or a forked child polls for flags with a client that nobody uses.
            enable_local_evaluation=False,
            max_retries=0,
        )

    def _take(self, message: dict[str, Any]) -> None:
        try:
            self._built.append(redact_outgoing(message, self._on_drop))
        except Exception:
            # Better lost than sent unredacted.
            pass
        return None

    def send(self, batch: Sequence[WaitingEvent]) -> Outcome:
        """One request for all of them. Raises nothing."""
        # Library, redactor and codecs are loaded step by step with the first events.
        with importing():
            self._build(batch)
        lost = len(batch) - len(self._built)
        if not self._built:
            return Outcome("sent", lost=lost)
        body = {
            "api_key": self._key,
            "batch": self._built,
            "sent_at": datetime.now(UTC).isoformat(),
        }
        outcome = self._post(json.dumps(body).encode())
        return Outcome("sent", lost=lost) if outcome.kind == "sent" else outcome

    def _build(self, batch: Sequence[WaitingEvent]) -> None:
        self._built = []
        for waiting in batch:
            try:
                self._client.capture(
                    waiting.event,
                    distinct_id=opaque_id(waiting.distinct_id),
                    properties=waiting.properties,
                    timestamp=datetime.fromtimestamp(waiting.at, UTC),
                    uuid=waiting.uuid,
                )
            except Exception:
                # The sender counts it.
                pass

    def _post(self, data: bytes) -> Outcome:
        try:
            # A redirect would turn the request into one without a body, which may be answered with 200.
            with (
                self._watch.request(),
                self._session.post(
                    self._url,
                    data=data,
                    headers={"content-type": "application/json"},
                    timeout=READ_S,
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                text = response.raw.read(10_000, decode_content=True).decode("utf-8", "replace")
                return outcome_of(response.status_code, response.headers.get("retry-after"), text)
        except Exception as error:
            return Outcome("away", reason_of(error))


def outcome_of(status: int, retry_after: str | None, text: str) -> Outcome:
    """The meaning of PostHog's answer. Source: PostHog's rust/capture."""
    if status == 413:
        return Outcome("too large")
    if status in (408, 429) or status >= 500:
        return Outcome("away", f"it answers {status}", retry_after_s=seconds_of(retry_after))
    if status >= 300:
        return Outcome("refused", f"it answers {status}: key and host have to be of one region")
    if re.match(r"\s*<", text):
        return Outcome("refused", "a web page answers: the host is not PostHog's")
    if not re.search(r'"status"\s*:\s*(?:"Ok"|1\b)', text, re.I):
        return Outcome("refused", "what answers is not PostHog: it does not say that it took the events")
    if re.search(r'"quota_limited"\s*:\s*\[[^\]]*"events"', text):
        return Outcome("refused", "the quota of events is used up")
    return Outcome("sent")


def seconds_of(retry_after: str | None) -> float | None:
    """Seconds of a Retry-After header; None without one."""
    try:
        seconds = float(retry_after or "")
    except ValueError:
        return None
    return seconds if 0 < seconds < 1e9 else None
