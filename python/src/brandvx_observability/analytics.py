"""Events for PostHog; replaces `app.analytics`.

    from brandvx_observability.analytics import ph_capture

    ph_capture("cadence.message_sent", tenant_id, {"channel": "sms", "template_id": "t1", "contact_id": "c1"})

`brandvx_observability.events` has a function for each event, with one-line messages from type checkers.
"""

from ._check import EventFinding, EventNotAllowedError
from ._generated.events import ServerEvent, ph_capture

__all__ = ["EventFinding", "EventNotAllowedError", "ServerEvent", "dropped_properties", "ph_capture"]


def dropped_properties() -> dict[str, int]:
    """How often each property or event was dropped because the catalog does not allow it."""
    from ._server import current

    return current().drops.totals()
