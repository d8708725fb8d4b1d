"""The backend of the local cloud: a FastAPI service with brandvx_observability, as BrandVX's own is meant to be.

`POST /deeds` stands in for what the service does all day: each deed is an event, a take of a limit, a call through a
breaker, cached figures and a message to the other processes. A message that could not be sent is raised and caught, and
told to Sentry.
"""

from __future__ import annotations

from typing import Any

import brandvx_observability as observability

observability.initialise()

from brandvx_observability.cache import cache_incr, cached, keys  # noqa: E402
from brandvx_observability.circuit_breaker import CircuitOpenError, circuit_breaker  # noqa: E402
from brandvx_observability.events import emit_event  # noqa: E402
from brandvx_observability.rate_limit import rate_limit  # noqa: E402
from fastapi import Body, FastAPI  # noqa: E402

app = FastAPI(lifespan=observability.lifespan)
app.include_router(observability.health_router())

sending = rate_limit("cadence.send", limit=120, window_seconds=60, when_redis_is_down="local")
gateway = circuit_breaker("sms-gateway", failures=3)


@app.post("/deeds")
def play(deeds: list[dict[str, Any]] = Body()) -> dict[str, int]:  # noqa: B008
    for deed in deeds:
        event, tenant, properties = deed["event"], deed["tenant"], deed["properties"]
        observability.set_tenant(tenant)
        observability.ph_capture(event, tenant, properties)
        if not event.startswith("cadence."):
            continue
        if event == "cadence.message_queued":
            sending.take(tenant)
        else:
            _through_gateway(properties)
        cache_incr(f"messages:{event.rsplit('_', 1)[-1]}")
        cached(keys.kpis(tenant), 300, lambda event=event: {"lastMessage": event})
        emit_event(event, properties, tenant=tenant)
        if event == "cadence.message_failed":
            _tell(properties["error"])
    return {"played": len(deeds)}


def _through_gateway(properties: dict[str, Any]) -> None:
    """The breaker hears of each call of the SMS gateway."""
    if properties.get("channel") != "sms":
        return
    error = properties.get("error")

    def call() -> None:
        if isinstance(error, str) and error.startswith("sms gateway"):
            raise ConnectionError(error)

    try:
        gateway.run(call)
    except (ConnectionError, CircuitOpenError):
        pass


def _tell(error: str) -> None:
    try:
        raise RuntimeError(error)
    except RuntimeError as caught:
        observability.capture_error(caught, tool="cadence.send")
