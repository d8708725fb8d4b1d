"""Status of this process: the seed's `/health`, with the same details as the Node helpers.

    {"status": "ok", "redis": "ok", "redis_detail": {…}, "posthog": "ok", "posthog_detail": {…}, "sentry": "disabled", …}

The HTTP status stays 200 even when a part is down: the service works without these parts, and a platform that restarts what
is unhealthy would turn an outage of Redis into one of the service.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping
from types import ModuleType
from typing import Any, Literal, NotRequired, TypedDict

from . import _state
from ._counts import SinkDetail, SinkStatus
from ._generated.settings import RELEASE_PATTERN
from ._server import current
from .cache import aredis_detail, redis_detail


class _Callable(ModuleType):
    """`observability.health()` always calls the function: Python binds the package's attribute to the module when that
    is imported."""

    def __call__(self) -> HealthReport:
        return health()


sys.modules[__name__].__class__ = _Callable

_BEGUN = time.monotonic()


class HealthReport(TypedDict):
    """Contains no secrets."""

    status: Literal["ok", "degraded"]
    redis: SinkStatus
    redis_detail: NotRequired[Mapping[str, Any]]
    posthog: SinkStatus
    posthog_detail: NotRequired[SinkDetail]
    sentry: SinkStatus
    sentry_detail: NotRequired[SinkDetail]
    release: str | None
    uptime_s: int


def health() -> HealthReport:
    """Status of this process. Never raises, and never takes longer than half a second."""
    return _report(redis_detail())


async def ahealth() -> HealthReport:
    """`health` for async code."""
    return _report(await aredis_detail())


def health_body() -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of `/health`, for frameworks other than FastAPI."""
    body = json.dumps(health(), separators=(",", ":")).encode()
    return 200, {"content-type": "application/json", "cache-control": "no-store"}, body


def _report(redis: Mapping[str, Any]) -> HealthReport:
    server = current()
    posthog, sentry = server.analytics.detail(), server.errors.detail()
    counts = _state.current().counts()
    status = _status(redis["status"])
    return {
        "status": "degraded" if "error" in (status, posthog["status"], sentry["status"]) else "ok",
        "redis": status,
        "redis_detail": {**redis, "counts": counts},
        "posthog": posthog["status"],
        "posthog_detail": posthog,
        "sentry": sentry["status"],
        "sentry_detail": sentry,
        "release": _release(server.release),
        "uptime_s": int(time.monotonic() - _BEGUN),
    }


def _status(status: object) -> SinkStatus:
    return "ok" if status == "ok" else "disabled" if status == "disabled" else "error"


def _release(release: str | None) -> str | None:
    """A word like `backend@1.4.0+3f2a9c`: anything else may have been set by mistake."""
    return release if release is not None and re.fullmatch(RELEASE_PATTERN, release, re.ASCII) else None
