"""Log lines about problems: one when a problem begins and one when it ends, however often it recurs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger("brandvx_observability")
"""These messages are not sent to Sentry: problems with sending to it would cause further ones."""

# Seconds that a problem must be over before that is logged; doubled each time it recurs.
_CALM_S = 1.0
_MOST_CALM_S = 60.0
_FORGOTTEN_AFTER_S = 600.0


def log_warning(message: str) -> None:
    """The default of `warn`: the package's logger, with its own name."""
    logger.warning("[observability] %s", message)


def quiet(tell: Callable[[str], None]) -> Callable[[str], None]:
    """The app's handler of a notice may fail; that must not become an error here."""

    def told(message: str) -> None:
        try:
            tell(message)
        except Exception:
            pass

    return told


class _Trouble:
    __slots__ = ("begun", "ending")

    def __init__(self, begun: float) -> None:
        self.begun = begun
        self.ending: threading.Timer | None = None


class Troubles:
    """Present problems, each with one line when it begins and one when it has been over for a while."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._open: dict[str, _Trouble] = {}
        self._calm: dict[str, tuple[float, float]] = {}

    def begin(self, name: str, message: str) -> None:
        now = time.monotonic()
        with self._lock:
            known = self._open.get(name)
            before = self._calm.get(name)
            if known is not None:
                if known.ending is not None:
                    known.ending.cancel()
                    known.ending = None
                    calm = before[0] if before else _CALM_S
                    self._calm[name] = (min(_MOST_CALM_S, calm * 2), now)
                return
            if before and now - before[1] > _FORGOTTEN_AFTER_S:
                del self._calm[name]
            self._open[name] = _Trouble(now)
        self._tell(message)

    def end(self, name: str, message: Callable[[int], str]) -> None:
        """The problem seems over; logged when that has lasted a while."""
        with self._lock:
            known = self._open.get(name)
            if known is None or known.ending is not None:
                return
            seconds = round(time.monotonic() - known.begun)
            calm = self._calm.get(name, (_CALM_S, 0.0))[0]

            def over() -> None:
                with self._lock:
                    if self._open.get(name) is not known or known.ending is not timer:
                        return
                    del self._open[name]
                    self._calm[name] = (min(_MOST_CALM_S, calm * 2), time.monotonic())
                self._tell(message(seconds))

            timer = threading.Timer(calm, over)
            timer.daemon = True
            known.ending = timer
        timer.start()

    def close(self) -> None:
        with self._lock:
            for trouble in self._open.values():
                if trouble.ending is not None:
                    trouble.ending.cancel()
            self._open.clear()


class Sink:
    """Log lines of a sink: one when sending begins to fail, one when it works again, one when it is full."""

    def __init__(self, what: str, again: str, warn: Callable[[str], None]) -> None:
        self._what = what
        self._again = again
        self._warn = warn
        self._troubles = Troubles(warn)
        self._is_full = False
        self._is_closed = False
        self.reason: str | None = None
        """Why it fails now; None while it works."""

    def after_fork(self) -> None:
        self._troubles = Troubles(self._warn)
        self.reason = None

    def failing(self, why: str) -> None:
        self.reason = why
        self._troubles.begin(self._what, f"{self._what}: {why}.")

    def working(self) -> None:
        if self.reason is None:
            return
        self.reason = None
        self._troubles.end(self._what, lambda seconds: f"{self._again}, after {seconds} s.")

    def full(self, message: str) -> None:
        if not self._is_full:
            self._is_full = True
            self._counted(message)

    def closed(self, message: str) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._counted(message)

    def _counted(self, message: str) -> None:
        self._warn(f"{message}, and health() counts them.")
