"""The process's store, opened from its environment by the first call that needs it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .store import Store

_lock = threading.Lock()
_store: Store | None = None
_is_of_environment = False
"""Whether its URL is REDIS_URL, and not one passed to `init_redis`."""
_plain: tuple[str, Any] | None = None


def current() -> Store:
    """The process's store; opened with REDIS_URL by the first call, if `init_redis` was not called before."""
    global _store, _is_of_environment
    store = _store
    if store is None:
        with _lock:
            if _store is None:
                _store = open_store(None)
                _is_of_environment = True
            store = _store
    return store


def open_store(url: str | None, deadline_ms: object = None) -> Store:
    from .._server import current as server
    from .store import Store

    sinks = server()
    return Store(
        sinks.env.get("REDIS_URL") if url is None else url,
        deadline_ms=deadline_ms,
        development=sinks.development,
        warn=sinks.warn,
        on_drop=sinks.drops.count,
    )


def replace(store: Store, *, is_of_environment: bool = False) -> None:
    global _store, _is_of_environment
    with _lock:
        before, _store = _store, store
        _is_of_environment = is_of_environment
    if before is not None:
        before.close()


def follow() -> None:
    """The sinks were opened with another environment: the store is reopened with its REDIS_URL, if it used the previous
    one."""
    if _store is not None and _is_of_environment:
        _open_again(_store)


def open_again() -> None:
    """Reopens what `shutdown` closed; subscriptions continue."""
    if _store is not None and _store.closed:
        _open_again(_store)


def _open_again(store: Store) -> None:
    from .._server import current as server

    sinks = server()
    url = sinks.env.get("REDIS_URL") if _is_of_environment else store.url
    store.open_again(url, development=sinks.development, warn=sinks.warn, on_drop=sinks.drops.count)


def close_if_open() -> None:
    if _store is not None:
        _store.close()


def plain_client() -> Any:
    """A client of redis-py with the helpers' deadlines, one for the process; None without REDIS_URL or redis-py."""
    global _plain
    from .._server import current as server
    from .._variables import checked_variable
    from .client import known_url

    sinks = server()
    url = _store.url if _store is not None else sinks.env.get("REDIS_URL")
    value = checked_variable("REDIS_URL", url).value
    if value is None:
        return None
    with _lock:
        if _plain is not None and _plain[0] == value:
            return _plain[1]
        try:
            from redis import Redis
            from redis.backoff import NoBackoff
            from redis.retry import Retry

            client: Any = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                known_url(value)[0],
                decode_responses=True,
                protocol=2,
                socket_timeout=0.25,
                socket_connect_timeout=0.25,
                retry=Retry(NoBackoff(), 0),
            )
        except (ImportError, ValueError):
            return None
        _plain = (value, client)
        return client


def _after_fork() -> None:
    """A child has neither the thread nor the connections of its parent: the next call opens its own."""
    global _lock, _store, _plain
    _lock = threading.Lock()
    _store = None
    _plain = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
