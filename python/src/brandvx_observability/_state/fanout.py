"""Events between the backend's processes, on the channel `brandvx.events`; typed by the catalog, delivered at most
once."""

# Other publishers may send any data.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

import asyncio
import copy
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict

from .._check import EventFinding, EventNotAllowedError, event_findings
from .._generated.rules import RULES
from .._plain import copied
from .._privacy import opaque_id, redact_properties
from .client import open_client
from .json_text import parsed, serialized
from .keys import EVENT_CHANNEL
from .link import Link
from .refusals import now_text


class _Required(TypedDict):
    id: str
    event: str
    properties: dict[str, Any]
    at: str


class EmittedEvent(_Required, total=False):
    """An event as all processes get it: the same `id` everywhere, `at` in ISO 8601."""

    tenant: str


Deliver = Callable[[EmittedEvent], None]


class Subscription:
    def __init__(self, names: frozenset[str] | None, deliver: Deliver) -> None:
        self.names = names
        self.deliver = deliver


class Fanout:
    def __init__(self, link: Link, url: str | None, *, development: bool, on_drop: Callable[[str], None]) -> None:
        self._link = link
        self._url = url
        self._development = development
        self._on_drop = on_drop
        self.subscriptions: list[Subscription] = []
        # Redis also sends a process its own events. They are known by their origin, however many are under way and
        # however late.
        self._origin = str(uuid.uuid4())
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._listener: asyncio.Task[None] | None = None
        self._listens = asyncio.Event()

    def message(self, event: object, properties: object, tenant: object) -> EmittedEvent | None:
        """The event in a form that may be sent; None for one without recipients.

        Runs in the caller's thread, because redaction takes a while. Raises EventNotAllowedError in development.
        """
        given = copied(properties)
        if self._development:
            findings = event_findings(str(event), given.values)
            findings += [EventFinding(str(event), "wrong value", name, "a plain value") for name in given.odd]
            if findings:
                raise EventNotAllowedError(findings)
        for name in given.odd:
            self._on_drop(f"{event}.{name}")
        allowed = _allowed(event, given.values, self._on_drop)
        if allowed is None:
            return None
        message: EmittedEvent = {
            "id": str(uuid.uuid4()),
            "event": str(event),
            "properties": allowed,
            "at": now_text(),
        }
        opaque = _opaque(tenant)
        if opaque is not None:
            message["tenant"] = opaque
        return message

    async def emit(self, message: EmittedEvent | None) -> Literal["redis", "local"]:
        if message is None:
            return "local"
        self._deliver(message)
        text = serialized({**message, "origin": self._origin})
        if text is None:
            return "local"
        published = await self._link.attempt("publish", lambda redis: redis.publish(EVENT_CHANNEL, text))
        return "redis" if published.reached else "local"

    async def subscribe(self, subscription: Subscription) -> None:
        """Resolves when the subscription to other processes is active, or after the deadline."""
        self.take_over([subscription])
        if self._url is None:
            return
        try:
            await asyncio.wait_for(self._listens.wait(), self._link.deadline_s)
        except TimeoutError:
            pass

    def take_over(self, subscriptions: list[Subscription]) -> None:
        self.subscriptions += subscriptions
        if self.subscriptions and self._url is not None and self._listener is None:
            self._listener = asyncio.create_task(self._listen(self._url))

    async def unsubscribe(self, subscription: Subscription) -> None:
        if subscription in self.subscriptions:
            self.subscriptions.remove(subscription)

    def close(self) -> None:
        if self._listener is not None:
            self._listener.cancel()

    async def _listen(self, url: str) -> None:
        """On a separate connection, opened with the first subscription. The link reports that Redis is away."""
        wait = 0.05
        while True:
            try:
                client = open_client(url, name="brandvx-events", deadline_s=self._link.deadline_s, listens=True)
            except Exception:
                return
            try:
                async with client.pubsub() as pubsub:
                    await pubsub.subscribe(EVENT_CHANNEL)
                    while True:
                        heard = await pubsub.get_message(timeout=5.0)
                        if heard is None:
                            # An idle connection does not notice a disconnect: is it still there?
                            await asyncio.wait_for(pubsub.ping(), 2.0)
                        elif heard["type"] == "subscribe":
                            self._listens.set()
                            wait = 0.05
                        elif heard["type"] == "message":
                            self._hear(heard["data"])
            except asyncio.CancelledError:
                raise
            except Exception:
                await asyncio.sleep(wait)
                wait = min(1.0, wait * 2)
            finally:
                try:
                    await client.aclose()
                except Exception:
                    pass

    def _hear(self, text: object) -> None:
        message = _message_of(text, self._origin, self._on_drop)
        if message is not None:
            self._deliver(message)

    def _deliver(self, message: EmittedEvent) -> None:
        if message["id"] in self._seen:
            return
        self._seen[message["id"]] = None
        if len(self._seen) > 2_000:
            self._seen.popitem(last=False)
        for subscription in list(self.subscriptions):
            if subscription.names is None or message["event"] in subscription.names:
                # A copy for each handler, so that its changes affect no other.
                subscription.deliver(copy.deepcopy(message))


def _message_of(text: object, own_origin: str, on_drop: Callable[[str], None]) -> EmittedEvent | None:
    """The published event of another process, if it is in the catalog with all required properties.

    Other programs may publish here, too. Messages of older helpers have no origin.
    """
    if not isinstance(text, str):
        return None
    is_json, given = parsed(text)
    if not is_json or not isinstance(given, dict) or given.get("origin") == own_origin:
        return None
    event: Any = given.get("event")
    properties: Any = given.get("properties")
    if not isinstance(event, str) or event not in RULES or not isinstance(properties, dict):
        return None
    allowed = _allowed(event, properties, on_drop)
    if allowed is None:
        return None
    at: Any = given.get("at")
    own: Any = given.get("id")
    tenant: Any = given.get("tenant")
    message: EmittedEvent = {
        "id": own if isinstance(own, str) else str(uuid.uuid4()),
        "event": event,
        "properties": allowed,
        "at": at if isinstance(at, str) else now_text(),
    }
    if isinstance(tenant, str):
        message["tenant"] = opaque_id(tenant)
    return message


def _allowed(event: object, properties: Mapping[str, Any], on_drop: Callable[[str], None]) -> dict[str, Any] | None:
    """The allowed properties; None for an event that is not in the catalog or is incomplete."""
    if not isinstance(event, str) or event not in RULES:
        on_drop(event if isinstance(event, str) else "an event whose name is no text")
        return None
    try:
        allowed = redact_properties(event, properties, on_drop)
        missing = [each.property for each in event_findings(event, allowed) if each.problem == "missing"]
    except Exception:
        on_drop(f"{event} with a property that cannot be read")
        return None
    for name in missing:
        on_drop(f"{event} without {name}")
    return None if missing else allowed


def _opaque(tenant: object) -> str | None:
    try:
        return None if tenant is None else opaque_id(str(tenant))
    except Exception:
        return None
