"""The two sinks of one process, opened from its environment by the first call that needs them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from ._analytics import Analytics
from ._counts import SinkCounts
from ._drops import Drops, dropped_in_words
from ._errors import Errors
from ._exit import at_exit
from ._flags import Flags, FlagsSource
from ._generated.settings import POSTHOG_HOST, RELEASE_PACKAGE, SENTRY_ENVIRONMENT, TRACES_SAMPLE_RATE
from ._notices import Sink, log_warning, quiet
from ._variables import given, read_variables, stage_finding


def _is_mapping(env: object) -> bool:
    return isinstance(env, Mapping)


# An unreadable stage must not count as production, which alerts watch.
_UNKNOWN = "unknown"


class ShutdownReport(TypedDict):
    """Counts of everything that this process gave to each sink, since its start."""

    posthog: SinkCounts
    sentry: SinkCounts


class Server:
    """The sinks of a process."""

    def __init__(
        self, env: Mapping[str, Any], *, development: bool | None = None, warn: Callable[[str], None] = log_warning
    ) -> None:
        self.env: Mapping[str, object] = env if _is_mapping(env) else {}
        self.closed = False
        self._told: dict[str, tuple[int, int]] = {}
        self.warn = quiet(warn)
        if not _is_mapping(env):
            self.warn("initialise's env is no mapping of variables: nothing is sent.")
        variables = read_variables(self.env, self.warn)
        commit = given(self.env.get("RENDER_GIT_COMMIT"))
        self.release = given(self.env.get("SENTRY_RELEASE")) or (f"{RELEASE_PACKAGE}@{commit}" if commit else None)
        self.development = is_development(self.env, self.warn) if development is None else development
        self.drops = Drops(lambda what: self.warn(dropped_in_words(what)))
        incomplete = Drops(lambda what: self.warn(f"{what} was sent: src/catalog/events.ts asks for it."))
        key, host = variables["POSTHOG_API_KEY"], variables["POSTHOG_HOST"]
        self.analytics = Analytics(
            key=None if host.wrong else key.value,
            host=host.value or POSTHOG_HOST,
            wrong=key.wrong or (host.wrong if key.value else None),
            development=self.development,
            on_drop=self.drops.count,
            on_incomplete=incomplete.count,
            sink=Sink("Events do not reach PostHog", "Events reach PostHog again", self.warn),
        )
        flags_key = variables["POSTHOG_FLAGS_KEY"]
        self.flags = Flags(
            FlagsSource(key.value, host.value or POSTHOG_HOST, flags_key.value)
            if key.value and not host.wrong
            else None,
            on_called=self.analytics.flag_called,
            on_drop=self.drops.count,
            warn=self.warn,
            sink=Sink(
                "Feature flags have their values for when PostHog is away",
                "Feature flags have PostHog's values again",
                self.warn,
            ),
            definitions=Sink(
                "Feature flags cannot be evaluated here, and PostHog is asked for each value",
                "Feature flags are evaluated here again",
                self.warn,
            ),
        )
        dsn, rate = variables["SENTRY_DSN"], variables["SENTRY_TRACES_SAMPLE_RATE"]
        environment = variables["SENTRY_ENVIRONMENT"]
        self.errors = Errors(
            dsn=dsn.value,
            environment=environment.value or (_UNKNOWN if environment.wrong else SENTRY_ENVIRONMENT),
            release=self.release,
            traces_sample_rate=float(rate.value) if rate.value else TRACES_SAMPLE_RATE,
            wrong=dsn.wrong,
            sink=Sink("Errors do not reach Sentry", "Errors reach Sentry again", self.warn),
        )

    def after_fork(self) -> None:
        """A child has neither its parent's threads nor its pending items."""
        self._told = {}
        self.drops.after_fork()
        self.analytics.after_fork()
        self.flags.after_fork()
        self.errors.after_fork()

    def close(self, deadline_s: float) -> ShutdownReport:
        """Closes both at once, within one deadline. Losses are reported once, not by each sink."""
        self.closed = True
        self.flags.close()
        report: ShutdownReport = {"posthog": self.analytics.counts(), "sentry": self.errors.counts()}

        def posthog() -> None:
            report["posthog"] = self.analytics.close(deadline_s)

        other = threading.Thread(target=posthog, daemon=True)
        other.start()
        report["sentry"] = self.errors.close(deadline_s)
        other.join(deadline_s + 0.25)
        for name, counts in (("PostHog", report["posthog"]), ("Sentry", report["sentry"])):
            lost = (counts["dropped"], counts["refused"])
            if lost != self._told.get(name, (0, 0)):
                self._told[name] = lost
                self.warn(f"{name} did not get all: {lost[0]} dropped, {lost[1]} refused.")
        return report


def is_development(env: Mapping[str, object], warn: Callable[[str], None]) -> bool:
    """BRANDVX_ENV is "development" or "test": invalid events and options raise."""
    finding = stage_finding(env)
    if finding:
        warn(f"BRANDVX_ENV {finding}.")
    return given(env.get("BRANDVX_ENV")) in ("development", "test")


_lock = threading.Lock()
_server: Server | None = None
_options: tuple[Mapping[str, str] | None, bool | None, Callable[[str], None]] = (None, None, log_warning)


def current() -> Server:
    """The process's sinks; opened from `os.environ` by the first call, if `initialise` was not called before."""
    global _server
    server = _server
    if server is None:
        with _lock:
            if _server is None:
                env, development, warn = _options
                _server = Server(os.environ if env is None else env, development=development, warn=warn)
                at_exit(_close)
            server = _server
    return server


def open_server(env: Mapping[str, str] | None, development: bool | None, warn: Callable[[str], None]) -> Server:
    """Opens the sinks anew, after sending the pending items of the previous ones."""
    global _server, _options
    with _lock:
        before, _server = _server, None
        _options = (env, development, warn)
    if before is not None:
        before.close(2.0)
    server = current()
    if before is not None:
        from . import _state

        _state.follow()
    return server


def opened() -> Server | None:
    return _server


def _close() -> None:
    if _server is not None:
        _server.close(2.0)


def open_again() -> None:
    """Reopens what `shutdown` closed, with the same options."""
    global _server
    with _lock:
        if _server is not None and _server.closed:
            _server = None
    current()


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    if _server is not None:
        _server.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
