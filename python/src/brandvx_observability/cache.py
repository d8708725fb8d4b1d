"""Cached values and counters in Redis; replaces `app.cache`.

    from brandvx_observability.cache import cache_get, cache_set, cached, keys

    figures = cached(keys.kpis(tenant.id), 300, lambda: database.kpis(tenant.id))
    cache_set(keys.inbox(tenant.id), threads, 60)

Every call is answered within its deadline (250 ms). While Redis is away this process's memory stands in, bounded and with
times to live. Nothing here raises because of Redis. Each function has a twin for `async` code, with an `a` before its name.
Values are JSON, 60 to 86400 seconds long; a time outside of that is moved to the nearer bound.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import _state
from ._state.client import run_script
from ._state.inline import to_loop
from ._state.json_text import parsed, serialized
from ._state.keys import keys
from ._state.options import OptionError, OptionFinding, number_for
from ._state.results import GIVEN_UP, LOAD_LIMIT_S, Loaded, RedisCounts, Written

if TYPE_CHECKING:
    from ._state.cached import Lease
    from ._state.store import Store

__all__ = [
    "OptionError",
    "OptionFinding",
    "RedisCounts",
    "Written",
    "acache_del",
    "acache_get",
    "acache_incr",
    "acache_set",
    "acached",
    "aredis_detail",
    "cache_del",
    "cache_get",
    "cache_incr",
    "cache_set",
    "cached",
    "close_redis",
    "init_redis",
    "keys",
    "redis_counts",
    "redis_detail",
    "redis_status",
]

Value = TypeVar("Value")


def init_redis(url: str | None = None, *, deadline_ms: float | None = None, wait: float | None = 1.0) -> bool:
    """Opens Redis for this process and returns whether it is available, after at most `wait` seconds.

    Raises nothing in production: an invalid number is reported, and replaced.

    Args:
        url: redis:// or rediss:// with password; REDIS_URL by default. Without any, this process's memory is used.
        deadline_ms: Longest that any call waits for Redis: 10 to 10,000, 250 by default.
        wait: Seconds, 0 to 60; 1 by default. 0 does not wait.

    Raises:
        OptionError: In development, for invalid numbers.
    """
    store = _state.open_store(url, deadline_ms)
    _state.replace(store, is_of_environment=url is None)
    seconds = _wait_s(store, wait)
    return store.run(store.link.ready(seconds), False, seconds)


def _wait_s(store: Store, wait: object) -> float:
    """By the rule of Node's `ready`, which is in milliseconds."""
    given: object = wait
    if isinstance(wait, str) and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", wait, re.ASCII):
        given = float(wait)
    ms = given * 1000 if isinstance(given, (int, float)) and not isinstance(given, bool) else given
    findings: list[OptionFinding] = []
    used = number_for("ready.ms", ms, findings) / 1000
    if findings or isinstance(wait, str):
        shown = f"{given:g}" if isinstance(given, float) else findings[0].value
        if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 10**18:
            shown = str(given)
        expected = "a number of seconds from 0 to 60; 0 does not wait"
        store.report([OptionFinding("init_redis.wait", shown, expected, f"{used:g}")])
    return used


def close_redis() -> None:
    """Closes the connections. Calls after it use the memory."""
    _state.close_if_open()


def cache_get(key: str, default: Any = None) -> Any:
    """The value, or `default` when there is none: never set, expired, deleted, or not JSON."""
    store = _state.current()
    return _value(store.call(store.texts.read(_key(key)), None), default)


async def acache_get(key: str, default: Any = None) -> Any:
    """`cache_get` for async code."""
    store = _state.current()
    return _value(await store.acall(store.texts.read(_key(key)), None), default)


def cache_set(key: str, value: object, ttl: float | None = None) -> Written:
    """Stores a value that JSON can express.

    Args:
        key: Begins with the feature's name.
        value: Plain data.
        ttl: Seconds, 60 to 86400; 300 by default.

    Returns:
        Where it is stored: "redis", "memory" while Redis is away, "nowhere" if it is not JSON or too large.
    """
    store = _state.current()
    seconds, text = _to_set(store, key, value, ttl)
    return "nowhere" if text is None else store.call(store.texts.write(_key(key), text, seconds), "nowhere")


async def acache_set(key: str, value: object, ttl: float | None = None) -> Written:
    """`cache_set` for async code."""
    store = _state.current()
    seconds, text = _to_set(store, key, value, ttl)
    return "nowhere" if text is None else await store.acall(store.texts.write(_key(key), text, seconds), "nowhere")


def cache_incr(key: str, by: int = 1, ttl: float | None = None) -> int:
    """Adds to a counter and returns its new value.

    It begins at 0 and lives for `ttl` seconds (86400 by default) from its first use. While Redis is away each process
    counts for itself.
    """
    store = _state.current()
    return store.call(_increment(store, _key(key), by, ttl), 0)


async def acache_incr(key: str, by: int = 1, ttl: float | None = None) -> int:
    """`cache_incr` for async code."""
    store = _state.current()
    return await store.acall(_increment(store, _key(key), by, ttl), 0)


def cache_del(*keys: str) -> None:
    """Deletes values. One that cannot be deleted while Redis is away is deleted there before Redis is used again."""
    store = _state.current()
    store.call(store.texts.delete([_key(key) for key in keys]), None)


async def acache_del(*keys: str) -> None:
    """`cache_del` for async code."""
    store = _state.current()
    await store.acall(store.texts.delete([_key(key) for key in keys]), None)


def cached(key: str, ttl: float, load: Callable[[], Value]) -> Value:
    """The cached value, or the result of `load`, which is then cached.

    However many ask at once, in this process and in others, `load` runs once; the others wait for its value, for 10 s
    at most and for 1 s if its process is gone. What it raises is raised to all who waited in this process. Everybody
    gets a copy of their own, as JSON has it (a tuple is a list), on a hit and on a miss alike.

    Args:
        key: Begins with the feature's name.
        ttl: Seconds, 60 to 86400.
        load: Runs in the caller's thread.
    """
    store = _state.current()
    seconds = int(store.report.number("cached.ttlSeconds", ttl))
    found = store.call(store.loads.begin(_key(key), seconds), None, _LONGEST_S, _give_up(store))
    if isinstance(found, Loaded):
        return cast("Value", _given(found))
    try:
        value = load()
    except BaseException as error:
        if found is not None:
            store.run(store.loads.finish(found, _raised(error)), None)
        raise
    if found is None:
        return value
    loaded = _loaded(store, key, value)
    store.run(store.loads.finish(found, loaded), None)
    return cast("Value", _given(loaded))


async def acached(key: str, ttl: float, load: Callable[[], Awaitable[Value]]) -> Value:
    """`cached` for async code; `load` is an async function, and runs in the caller's loop."""
    store = _state.current()
    seconds = int(store.report.number("cached.ttlSeconds", ttl))
    found = await store.acall(store.loads.begin(_key(key), seconds), None, _LONGEST_S, _give_up(store))
    if isinstance(found, Loaded):
        return cast("Value", _given(found))
    try:
        value = await load()
    except BaseException as error:
        if found is not None:
            # Not awaited: a cancelled task must not wait.
            store.submit(store.loads.finish(found, _raised(error)))
        raise
    if found is None:
        return value
    loaded = _loaded(store, key, value)
    await store.arun(store.loads.finish(found, loaded), None)
    return cast("Value", _given(loaded))


def redis_status() -> str:
    """ "ok", "error" while Redis or part of it cannot be used, "disabled" without REDIS_URL."""
    status = str(redis_detail()["status"])
    return "error" if status == "degraded" else status


def redis_detail() -> Mapping[str, Any]:
    """The same with its reasons: refused commands by the server's error code, and since when."""
    store = _state.current()
    return store.run(store.link.detail(), _BUSY)


async def aredis_detail() -> Mapping[str, Any]:
    """`redis_detail` for async code."""
    store = _state.current()
    return await store.arun(store.link.detail(), _BUSY)


def redis_counts() -> RedisCounts:
    """What was lost or replaced since the start."""
    return _state.current().counts()


_BUSY: dict[str, Any] = {"status": "error", "reason": "this process is too busy to ask"}
_LONGEST_S = 2 * LOAD_LIMIT_S + 2.0


def _key(key: object) -> str:
    text = str(key)
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _value(text: str | None, default: Any) -> Any:
    is_json, value = parsed(text)
    return value if is_json else default


def _to_set(store: Store, key: object, value: object, ttl: float | None) -> tuple[int, str | None]:
    text = serialized(value)
    if text is None:
        store.on_no_json(_key(key))
    return int(store.report.number("cacheSet.ttlSeconds", ttl)), text


async def _increment(store: Store, key: str, by: int, ttl: float | None) -> int:
    amount = int(store.report.number("cacheIncr.by", by))
    seconds = int(store.report.number("cacheIncr.ttlSeconds", ttl))
    added = await store.texts.attempt(
        "script", key, lambda redis: run_script(redis, "cacheIncrement", [key], [amount, seconds])
    )
    if not added.reached:
        return store.values.add(key, amount, seconds * 1000)
    value, found = added.value
    if found:
        await to_loop()
        store.on_found(key, found)
    return int(value)


def _loaded(store: Store, key: object, value: object) -> Loaded:
    text = serialized(value)
    if text is not None:
        return Loaded(text=text)
    store.on_no_json(_key(key))
    return Loaded(value=value)


def _raised(error: BaseException) -> Loaded:
    return Loaded(error=error) if isinstance(error, Exception) else GIVEN_UP


def _give_up(store: Store) -> Callable[[Loaded | Lease | None], None]:
    """The next caller loads at once where the one who may load is gone."""

    def give_up(found: Loaded | Lease | None) -> None:
        if found is not None and not isinstance(found, Loaded):
            store.submit(store.loads.finish(found, GIVEN_UP))

    return give_up


def _given(loaded: Loaded) -> Any:
    if loaded.error is not None:
        raise loaded.error
    return loaded.value if loaded.text is None else parsed(loaded.text)[1]
