"""Start and end of a process."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from ._counts import nothing
from ._notices import log_warning
from ._server import ShutdownReport, open_server, opened


def initialise(
    env: Mapping[str, str] | None = None,
    *,
    development: bool | None = None,
    warn: Callable[[str], None] = log_warning,
) -> None:
    """Opens PostHog and Sentry for this process, each only if its variable is set. Raises nothing.

    Call it before `FastAPI()`. Without it the first call opens them. A process that is forked afterwards opens its own.

    Args:
        env: The backend's variables; `os.environ` by default.
        development: Raise on events that the catalog does not allow; by default where BRANDVX_ENV is "development" or
            "test".
        warn: Called once with a message for each problem. By default the logger "brandvx_observability".
    """
    open_server(env, development, warn)


def shutdown(deadline: float = 2.0) -> ShutdownReport:
    """Sends pending items, for at most `deadline` seconds, and closes Redis. Raises nothing.

    What is left then counts as dropped, and so does what comes later, until `initialise` or the app's lifespan opens anew.
    Call it at the end of a process that ends with `os._exit`, where nothing else runs: an RQ job, a worker of Celery.
    The result never reports more than was really sent:
    `{"posthog": {"sent": 4, "dropped": 0, "refused": 0}, "sentry": {…}}`.

    Args:
        deadline: Seconds, 0 to 60; an invalid value is replaced by 2.
    """
    seconds = _seconds(deadline)
    server = opened()
    if not 0 <= seconds <= 60:
        seconds = 2.0
        (server.warn if server else log_warning)("shutdown's deadline is no number from 0 to 60 seconds: 2 is used.")
    from ._state import close_if_open

    close_if_open()
    if server is None:
        return {"posthog": nothing(), "sentry": nothing()}
    return server.close(seconds)


def _seconds(given: object) -> float:
    return given if isinstance(given, (int, float)) and not isinstance(given, bool) else math.nan
