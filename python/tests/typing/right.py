"""Code that both type checkers must accept."""

from typing import Literal, assert_type

from brandvx_observability import aflag, events, flag, ph_capture, set_feature_flag
from brandvx_observability.cache import cached, keys
from brandvx_observability.circuit_breaker import circuit_breaker
from brandvx_observability.rate_limit import rate_limit

events.cadence.message_sent("t", channel="sms", template_id="a", contact_id="b", fallback=True)
ph_capture("cadence.message_failed", "t", {"channel": "email", "template_id": "a", "contact_id": "b", "error": "x"})
figures: dict[str, int] = cached(keys.kpis("t"), 300, lambda: {"sent": 4})
allowed: bool = rate_limit("x", limit=1, window_seconds=60, when_redis_is_down="open").take("t").allowed
sent: int = circuit_breaker("twilio").run(lambda: 4)
ph_capture(
    event="cadence.message_sent",
    distinct_id="t",
    properties={"channel": "sms", "template_id": "a", "contact_id": "b", "fallback": False},
)
is_streaming: bool = flag("ask-streaming", distinct_id="u", tenant_id="t", properties={"plan": "pro", "seat_count": 3})
length: Literal["full", "short", False] = flag("onboarding-length", deadline_ms=100)
with set_feature_flag("onboarding-length", "short"), set_feature_flag("ask-streaming", True):
    assert_type(flag("onboarding-length"), Literal["full", "short", False])


async def asked() -> str:
    assert_type(await aflag("ask-streaming"), bool)
    return "long" if await aflag("onboarding-length") == "full" else "short"
