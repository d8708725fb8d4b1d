"""Rate limits, exact over all processes, including Node's; replaces `app.rate_limit`.

    from brandvx_observability.rate_limit import rate_limit

    prompts = rate_limit("prompts", limit=60, window_seconds=60, when_redis_is_down="local")

    answer = prompts.take(tenant.id)          # await prompts.atake(tenant.id)
    if not answer.allowed:
        raise HTTPException(429, headers={"retry-after": str(answer.retry_after_ms // 1000 + 1)})

Windows begin with their first take; what is refused is not counted. `tenant:{id}:rl_multiplier` (`set_rate_multiplier`, or
by hand) changes all limits of a tenant with the next take: 2 doubles, 0 stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _state
from ._somebody import is_somebody
from ._state.limiter import LimitAnswer, LimitOptions, LimitReason, WhenRedisIsDown, limit_options
from ._state.options import OptionError, OptionFinding

if TYPE_CHECKING:
    from uuid import UUID

    from ._state.store import Store

__all__ = [
    "LimitAnswer",
    "LimitReason",
    "OptionError",
    "RateLimit",
    "WhenRedisIsDown",
    "aset_rate_multiplier",
    "check_and_increment",
    "rate_limit",
    "set_rate_multiplier",
]


class RateLimit:
    """A limit in `ratelimit:{tenant}:{bucket}`. Can be created at module level."""

    def __init__(self, bucket: str, options: LimitOptions) -> None:
        self.bucket = bucket
        self.options = options

    def take(self, tenant: str | UUID, cost: int = 1) -> LimitAnswer:
        """Takes `cost` for the tenant if that much is left; 0 only reads."""
        store = _state.current()
        amount = _taken(store, tenant, cost)
        answer = store.call(store.limits.take(str(tenant), self.bucket, self.options, amount), None)
        return store.limits.while_busy(str(tenant), self.options, amount) if answer is None else answer

    async def atake(self, tenant: str | UUID, cost: int = 1) -> LimitAnswer:
        """`take` for async code."""
        store = _state.current()
        amount = _taken(store, tenant, cost)
        answer = await store.acall(store.limits.take(str(tenant), self.bucket, self.options, amount), None)
        return store.limits.while_busy(str(tenant), self.options, amount) if answer is None else answer


def rate_limit(
    bucket: str,
    *,
    limit: int,
    window_seconds: float,
    when_redis_is_down: WhenRedisIsDown,
    local_limit: int | None = None,
) -> RateLimit:
    """A rate limit.

    Args:
        bucket: Its name, a part of the key.
        limit: Most that one tenant may take in a window, before its multiplier. 0 lets nothing through.
        window_seconds: Length of a window, from the first take in it. Whole seconds.
        when_redis_is_down: "open", "closed" or "local".
        local_limit: For "local": most that one tenant may take of one process, by default `limit`.

    Raises:
        OptionError: In development, for invalid numbers.
    """
    options, findings = limit_options(bucket, limit, window_seconds, local_limit, when_redis_is_down)
    if findings:
        _state.current().report(findings)
    return RateLimit(bucket, options)


def check_and_increment(tenant_id: str | UUID, key: str, max_per_minute: int = 60) -> tuple[bool, int]:
    """The older helper's signature: whether the take is allowed, and the number taken in the minute."""
    options, findings = limit_options(key, max_per_minute, 60, None, "local")
    if findings:
        _state.current().report(findings)
    answer = RateLimit(key, options).take(tenant_id)
    return answer.allowed, answer.limit - answer.remaining


def set_rate_multiplier(tenant: str | UUID, factor: float, ttl: float | None = None) -> None:
    """Sets the factor on all limits of a tenant: 2 doubles them, 0 allows nothing.

    Args:
        tenant: The tenant's id.
        factor: 0 to 1,000,000.
        ttl: Seconds, 60 to 86400 (the default); afterwards the factor is 1 again.
    """
    store = _state.current()
    used, seconds = _multiplier(store, tenant, factor, ttl)
    store.run(store.limits.set_multiplier(str(tenant), used, seconds), None)


async def aset_rate_multiplier(tenant: str | UUID, factor: float, ttl: float | None = None) -> None:
    """`set_rate_multiplier` for async code."""
    store = _state.current()
    used, seconds = _multiplier(store, tenant, factor, ttl)
    await store.arun(store.limits.set_multiplier(str(tenant), used, seconds), None)


def _taken(store: Store, tenant: object, cost: int) -> int:
    _check_tenant(store, "take.tenant", tenant)
    return int(store.report.number("take.cost", cost))


def _check_tenant(store: Store, option: str, tenant: object) -> None:
    """Without an id, all such callers share one limit."""
    if not is_somebody(tenant):
        store.report([OptionFinding(option, "nobody's", "the id of one tenant", "one limit for all who have none")])


def _multiplier(store: Store, tenant: object, factor: float, ttl: float | None) -> tuple[float, int]:
    _check_tenant(store, "set_rate_multiplier.tenant", tenant)
    seconds = int(store.report.number("setRateMultiplier.ttlSeconds", ttl))
    return store.report.number("setRateMultiplier.factor", factor), seconds
