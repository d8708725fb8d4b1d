"""A function for each event of the backend, and events between its processes: what was `app.events`.

from brandvx_observability import events

events.cadence.message_sent(tenant_id, channel="sms", template_id="t1", contact_id="c1")

from brandvx_observability.events import emit_event, subscribe

emit_event("cadence.message_sent", {"channel": "sms", …}, tenant=tenant_id)
end = subscribe(["cadence.message_sent"], lambda event: …)
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ._generated.events import *  # noqa: F403
from ._generated.events import ph_capture as ph_capture

if TYPE_CHECKING:
    from ._state.fanout import EmittedEvent as EmittedEvent

Handler = Callable[["EmittedEvent"], Awaitable[None] | None]


def emit_event(
    name: str, payload: Mapping[str, Any] | None = None, *, tenant: str | None = None
) -> Literal["redis", "local"]:
    """Publishes an event of the catalog on `brandvx.events`.

    Subscribers in this process get it in any case, those in others, Node's included, while Redis is there; at most once
    each. Properties that the catalog does not allow are dropped.

    Returns:
        "redis" if other processes were told, "local" if this one alone.

    Raises:
        EventNotAllowedError: In development, for an event that the catalog does not allow.
    """
    from . import _state

    store = _state.current()
    # Not in the store's loop, in which everybody else waits.
    message = store.fanout.message(name, dict(payload or {}), tenant)
    return store.run(store.fanout.emit(message), "local")


async def aemit_event(
    name: str, payload: Mapping[str, Any] | None = None, *, tenant: str | None = None
) -> Literal["redis", "local"]:
    """`emit_event` for async code."""
    import asyncio

    from . import _state

    store = _state.current()
    message = await asyncio.to_thread(store.fanout.message, name, dict(payload or {}), tenant)
    return await store.arun(store.fanout.emit(message), "local")


def subscribe(names: Iterable[str] | Literal["all"], handler: Handler) -> Callable[[], None]:
    """Calls the handler with each event of these names; call the result to end it.

    An async handler runs in the loop that called `subscribe`, any other in a thread of the subscription. What it raises
    is told to the log and to nobody else.
    """
    from . import _state
    from ._state.fanout import Subscription

    store = _state.current()
    deliver, end_handler = _deliverer(handler, store.warn)
    wanted = None if names == "all" else frozenset([names] if isinstance(names, str) else names)
    subscription = Subscription(wanted, deliver)
    store.run(store.fanout.subscribe(subscription), None)

    def end() -> None:
        store.run(store.fanout.unsubscribe(subscription), None)
        end_handler()

    return end


def _deliverer(
    handler: Handler, warn: Callable[[str], None]
) -> tuple[Callable[[EmittedEvent], None], Callable[[], None]]:
    import asyncio
    import inspect
    import queue
    import threading

    from ._reason import reason_of

    def failed(error: BaseException) -> None:
        warn(f"A subscriber of events failed: {type(error).__name__}: {reason_of(error)}")

    async def handle(event: EmittedEvent) -> None:
        try:
            result = handler(event)
            if result is not None:
                await result
        except Exception as error:
            failed(error)

    try:
        loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is not None:
        own = loop

        def into_loop(event: EmittedEvent) -> None:
            if not own.is_closed():
                asyncio.run_coroutine_threadsafe(handle(event), own)

        return into_loop, lambda: None

    waiting: queue.Queue[EmittedEvent | None] = queue.Queue(10_000)

    def work() -> None:
        while (event := waiting.get()) is not None:
            asyncio.run(handle(event)) if inspect.iscoroutinefunction(handler) else _handle(handler, event, failed)

    threading.Thread(target=work, name="brandvx-events", daemon=True).start()

    def into_thread(event: EmittedEvent) -> None:
        try:
            waiting.put_nowait(event)
        except queue.Full:
            failed(RuntimeError("10,000 events wait for its handler: later ones are dropped"))

    return into_thread, lambda: waiting.put(None)


def _handle(handler: Handler, event: EmittedEvent, failed: Callable[[BaseException], None]) -> None:
    try:
        handler(event)
    except Exception as error:
        failed(error)


def _get_redis() -> Any:  # pyright: ignore[reportUnusedFunction]
    """The older helpers' way to redis-py itself: a client with their deadlines, or None without REDIS_URL.

    What goes past the helpers has neither their memory nor their counts; it raises where Redis is away.
    """
    from ._variables import checked_variable

    url = checked_variable("REDIS_URL", os.environ.get("REDIS_URL")).value
    if url is None:
        return None
    try:
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError:
        return None
    client: Any = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
        url,
        decode_responses=True,
        protocol=2,
        socket_timeout=0.25,
        socket_connect_timeout=0.25,
        retry=Retry(NoBackoff(), 0),
    )
    return client
