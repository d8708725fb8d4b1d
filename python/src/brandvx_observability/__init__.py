"""BrandVX's analytics, errors, cache, limits and health for the FastAPI backend.

    import brandvx_observability as observability

    observability.initialise()                       # the first line of main.py
    app = FastAPI(lifespan=observability.lifespan)   # sends what waits when the process ends
    app.include_router(observability.health_router())

Typed by the event catalog, redacted before sending, and never the cause of an app's failure: every library behind it
may be missing, unreachable, slow or broken. None of them is loaded before its first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import events as events
    from ._lifecycle import initialise as initialise
    from ._lifecycle import shutdown as shutdown
    from ._privacy import opaque_id as opaque_id
    from ._privacy import pseudonym as pseudonym
    from ._privacy import redact as redact
    from ._privacy import redact_text as redact_text
    from ._server import ShutdownReport as ShutdownReport
    from .analytics import EventNotAllowedError as EventNotAllowedError
    from .analytics import dropped_properties as dropped_properties
    from .analytics import ph_capture as ph_capture
    from .errors import add_breadcrumb as add_breadcrumb
    from .errors import breadcrumbs as breadcrumbs
    from .errors import capture_error as capture_error
    from .errors import set_tenant as set_tenant
    from .errors import set_user as set_user
    from .errors import span as span
    from .fastapi import health_router as health_router
    from .fastapi import lifespan as lifespan
    from .flags import aflag as aflag
    from .flags import flag as flag
    from .flags import set_feature_flag as set_feature_flag
    from .health import health as health

_HOMES = {
    "events": None,
    "initialise": "_lifecycle",
    "shutdown": "_lifecycle",
    "opaque_id": "_privacy",
    "pseudonym": "_privacy",
    "redact": "_privacy",
    "redact_text": "_privacy",
    "ShutdownReport": "_server",
    "EventNotAllowedError": "analytics",
    "dropped_properties": "analytics",
    "ph_capture": "analytics",
    "add_breadcrumb": "errors",
    "breadcrumbs": "errors",
    "capture_error": "errors",
    "set_tenant": "errors",
    "set_user": "errors",
    "span": "errors",
    "aflag": "flags",
    "flag": "flags",
    "set_feature_flag": "flags",
    "health_router": "fastapi",
    "lifespan": "fastapi",
    "health": "health",
}

__all__ = [
    "EventNotAllowedError",
    "ShutdownReport",
    "add_breadcrumb",
    "aflag",
    "breadcrumbs",
    "capture_error",
    "dropped_properties",
    "events",
    "flag",
    "health",
    "health_router",
    "initialise",
    "lifespan",
    "opaque_id",
    "ph_capture",
    "pseudonym",
    "redact",
    "redact_text",
    "set_feature_flag",
    "set_tenant",
    "set_user",
    "shutdown",
    "span",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES[name]
    value = import_module(f".{home or name}", __name__)
    return value if home is None else getattr(value, name)
