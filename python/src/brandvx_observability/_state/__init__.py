"""The process's store, opened with its environment by the first call that needs it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import Store

_lock = threading.Lock()
_store: Store | None = None


def current() -> Store:
    """The process's store; opened with REDIS_URL by the first call, if `init_redis` was not called before."""
    global _store
    store = _store
    if store is None:
        with _lock:
            if _store is None:
                _store = open_store(None)
            store = _store
    return store


def open_store(url: str | None, deadline_ms: object = None) -> Store:
    from .._server import current as server
    from .store import Store

    sinks = server()
    given = sinks.env.get("REDIS_URL") if url is None else url
    return Store(
        given, deadline_ms=deadline_ms, development=sinks.development, warn=sinks.warn, on_drop=sinks.drops.count
    )


def replace(store: Store) -> None:
    global _store
    with _lock:
        before, _store = _store, store
    if before is not None:
        before.close()


def close_if_open() -> None:
    if _store is not None:
        _store.close()


def _after_fork() -> None:
    """A child has neither the thread nor the connections of its parent: the next call opens its own."""
    global _lock, _store
    _lock = threading.Lock()
    _store = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
