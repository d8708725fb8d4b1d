"""posthog-python for feature flags alone. Its events go the same way as all others."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, NamedTuple

from ._answers import READ_S
from ._forks import load_of_connections
from ._privacy import redact_text
from ._reason import reason_of

_POLL_S = 60.0
"""Between two looks for changed definitions."""

# What it logs where definitions could not be read. It also logs which flags it can never evaluate: no failure.
_FAILED = re.compile(r"Error loading|failed|quota", re.I)


class FlagAnswer(NamedTuple):
    kind: Literal["value", "unknown", "away"]
    value: Any = None
    why: str = ""
    was_asked: bool = False
    """PostHog was asked for it; otherwise it was evaluated in this process."""


class _Log:
    """Stands for posthog-python's log: it raises no errors, but logs them. They are said once, by this package."""

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def clear(self) -> None:
        self._of_thread.why = None

    @property
    def why(self) -> str | None:
        """Why the last call in this thread failed."""
        why: str | None = getattr(self._of_thread, "why", None)
        return why

    def _note(self, message: object, *arguments: object, **_: object) -> None:
        error = next((each for each in arguments if isinstance(each, BaseException)), None)
        if isinstance(message, BaseException):
            self._of_thread.why = reason_of(message)
        elif error is not None:
            self._of_thread.why = reason_of(error)
        else:
            text = str(message) % arguments if arguments else str(message)
            if _FAILED.search(text):
                self._of_thread.why = redact_text(text.removeprefix("[FEATURE FLAGS] "), 160)

    warning = error = exception = _note

    def _ignore(self, *_: object, **__: object) -> None:
        pass

    debug = info = _ignore


class FlagsClient:
    """Raises ImportError where posthog-python is not installed."""

    def __init__(
        self, key: str, host: str, flags_key: str | None, *, on_definitions: Callable[[str | None], None]
    ) -> None:
        # Of any type: its log is replaced.
        library: Any = import_module("posthog")
        load_of_connections()
        self._has_key = flags_key is not None
        self._on_definitions = on_definitions
        self._log = _Log()
        self._ended = threading.Event()
        self._client: Any = library.Posthog(
            key,
            host=host,
            secret_key=flags_key,
            sync_mode=True,
            before_send=_drop,
            enable_exception_autocapture=False,
            # Its poller would go on in a forked child whose client is gone.
            enable_local_evaluation=False,
            feature_flags_request_timeout_seconds=READ_S,
            feature_flags_request_max_retries=0,
            max_retries=0,
        )
        self._client.log = self._log

    def begin(self) -> None:
        """Reads the definitions from now on, in a thread that ends with the process."""
        if self._has_key:
            threading.Thread(
                target=_poll, args=(weakref.ref(self), self._ended), name="brandvx-flags", daemon=True
            ).start()

    def load(self) -> None:
        self._log.clear()
        try:
            self._client.load_feature_flags()
            why = self._log.why
        except Exception as error:
            why = reason_of(error)
        if not self._ended.is_set():
            self._on_definitions(why)

    def evaluate(self, key: str, distinct_id: str, properties: dict[str, Any]) -> FlagAnswer | None:
        """The value by the definitions; None where they, or what is known of the person, do not say it."""
        # Without definitions it would read them now.
        if self._client.feature_flags is None:
            return None
        found = self._client.get_all_flags(
            distinct_id, person_properties=dict(properties), only_evaluate_locally=True, flag_keys_to_evaluate=[key]
        )
        return FlagAnswer("value", found[key]) if found and key in found else None

    def ask(self, key: str, distinct_id: str, properties: dict[str, Any]) -> FlagAnswer:
        """The value by a request to PostHog."""
        self._log.clear()
        decision: Any = self._client.get_flags_decision(
            distinct_id, person_properties=dict(properties), flag_keys_to_evaluate=[key]
        )
        if self._log.why is not None:
            return FlagAnswer("away", why=self._log.why)
        found = (decision.get("flags") or {}).get(key)
        if found is None:
            if decision.get("errorsWhileComputingFlags"):
                return FlagAnswer("away", why="PostHog could not evaluate it")
            return FlagAnswer("unknown", was_asked=True)
        if getattr(found, "_failed", False):
            return FlagAnswer("away", why="PostHog could not evaluate it")
        return FlagAnswer("value", found.get_value(), was_asked=True)

    def end(self) -> None:
        self._ended.set()


def _drop(_: object) -> None:
    """This client sends no events."""


def _poll(reference: weakref.ref[FlagsClient], ended: threading.Event) -> None:
    while True:
        client = reference()
        if client is None:
            return
        client.load()
        del client
        if ended.wait(_POLL_S):
            return
