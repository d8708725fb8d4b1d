"""A function for each event of the backend, and events between its processes; replaces `app.events`.

from brandvx_observability import events

events.cadence.message_sent(tenant_id, channel="sms", template_id="t1", contact_id="c1")

from brandvx_observability.events import emit_event, subscribe

emit_event("cadence.message_sent", {"channel": "sms", …}, tenant=tenant_id)
end = subscribe(["cadence.message_sent"], lambda event: …)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ._generated.events import *  # noqa: F403
from ._generated.events import ph_capture as ph_capture

if TYPE_CHECKING:
    from uuid import UUID

    from ._state.fanout import EmittedEvent as EmittedEvent

Handler = Callable[["EmittedEvent"], Awaitable[None] | None]


def emit_event(
    name: str, payload: Mapping[str, Any] | None = None, *, tenant: str | UUID | None = None
) -> Literal["redis", "local"]:
    """Publishes an event of the catalog on `brandvx.events`.

    Subscribers in this process always get it, those in other processes, including Node's, while Redis is available;
    at most once each. Properties that the catalog does not allow are dropped; an event that is not in the catalog,
    or lacks a required property, is not delivered. Raises nothing in production.

    Args:
        name: Name of the event in the catalog.
        payload: Its properties.
        tenant: Id of the event's tenant. An address or a number is replaced by a pseudonym.

    Returns:
        "redis" if the event reached other processes, "local" if only this one.

    Raises:
        EventNotAllowedError: In development, for an event that the catalog does not allow.
    """
    from . import _state

    store = _state.current()
    # Not in the store's loop, which all others wait for.
    message = store.fanout.message(name, payload, tenant)
    return store.run(store.fanout.emit(message), "local")


async def aemit_event(
    name: str, payload: Mapping[str, Any] | None = None, *, tenant: str | UUID | None = None
) -> Literal["redis", "local"]:
    """`emit_event` for async code."""
    import asyncio

    from . import _state

    store = _state.current()
    message = await asyncio.to_thread(store.fanout.message, name, payload, tenant)
    return await store.arun(store.fanout.emit(message), "local")


def subscribe(names: Iterable[str] | Literal["all"], handler: Handler) -> Callable[[], None]:
    """Calls the handler with each event of these names, one at a time; call the result to end it.

    An async handler runs in the loop that called `subscribe`, any other in a thread of the subscription. Its
    exceptions are only logged. Up to 10,000 events are queued; later ones are counted (`undelivered`), and logged
    once.
    """
    from . import _state
    from ._state.fanout import Subscription
    from ._state.subscribers import Subscriber

    store = _state.current()
    subscriber = Subscriber(handler, store)
    wanted = None if names == "all" else frozenset([names] if isinstance(names, str) else names)
    subscription = Subscription(wanted, subscriber.deliver)
    store.run(store.fanout.subscribe(subscription), None)

    def end() -> None:
        subscriber.end()
        store.run(store.fanout.unsubscribe(subscription), None)

    return end


def _get_redis() -> Any:  # pyright: ignore[reportUnusedFunction]
    """The older helpers' access to redis-py itself: one client of the process with their deadlines, or None without
    REDIS_URL.

    Commands on this client use neither the helpers' memory nor their counts, and raise while Redis is away.
    """
    from . import _state

    return _state.plain_client()
