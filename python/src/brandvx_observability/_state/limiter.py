"""Rate limits in `ratelimit:{tenant}:{bucket}`, exact over all processes and languages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from .client import run_script
from .inline import to_loop
from .keys import key
from .options import OptionFinding, number_for, of
from .shapes import counter_of, factor_of, times

if TYPE_CHECKING:
    from .link import Link
    from .memory import Memory
    from .texts import Texts

WhenRedisIsDown = Literal["open", "closed", "local"]
"""What a limit does while Redis is unavailable.

"open" allows everything (log-in, reading), "closed" nothing (calls that cost money), with "local" each process
counts for itself, up to `local_limit`.
"""

LimitReason = Literal[
    "within_limit",
    "limit_reached",
    "redis_down_open",
    "redis_down_local",
    "redis_down_closed",
    "redis_down_local_limit_reached",
]


class LimitAnswer(NamedTuple):
    """The result of a take, and its reason.

    `limit_reached` is the caller's doing; every reason that begins with `redis_down` is an outage's, and should page
    somebody else.
    """

    allowed: bool
    reason: LimitReason
    limit: int
    remaining: int
    retry_after_ms: int
    """When the window ends and a take can succeed again; 0 where this one was allowed."""

    def __bool__(self) -> bool:
        return self.allowed


class LimitOptions(NamedTuple):
    limit: int
    window_seconds: int
    local_limit: int
    when_redis_is_down: WhenRedisIsDown


class Used(NamedTuple):
    counted: bool
    total: int
    resets_in_ms: float
    limit: int


def limit_options(
    bucket: str, limit: object, window_seconds: object, local_limit: object, when_redis_is_down: object
) -> tuple[LimitOptions, list[OptionFinding]]:
    findings: list[OptionFinding] = []

    def number(option: str, given: object, name: str) -> int:
        return int(number_for(f"rateLimit.{option}", given, findings, name))

    used = number("limit", limit, "limit")
    window = number("windowSeconds", window_seconds, "window_seconds")
    local = used if local_limit is None else number("localLimit", local_limit, "local_limit")
    policy: WhenRedisIsDown = "local"
    named = next((each for each in get_args(WhenRedisIsDown) if each == when_redis_is_down), None)
    if named is not None:
        policy = named
    else:
        findings.append(OptionFinding("when_redis_is_down", "another value", '"open", "closed" or "local"', '"local"'))
    return LimitOptions(used, window, local, policy), of("rate_limit", bucket, findings)


def take_in_memory(memory: Memory, key: str, factor: str | None, cost: int, window_seconds: int, base: int) -> Used:
    """The same as lua/limit.lua, in this process's memory."""
    known = factor_of(factor)
    limit = times(base, 1 if known is None else known)
    counted = counter_of(memory.get(key) or "")
    left = memory.remaining_ms(key)
    # Times are floats: one that was set just now may exceed the window by a rounding.
    if counted is None or left > window_seconds * 1000 + 1:
        counted = left = 0
        runs = False
    else:
        runs = True
    total = counted
    if total + cost > limit:
        return Used(False, total, left, limit)
    if cost == 0:
        return Used(True, total, left, limit)
    memory.set(key, str(total + cost), left if runs else window_seconds * 1000)
    return Used(True, total + cost, memory.remaining_ms(key), limit)


class Limits:
    def __init__(self, link: Link, texts: Texts, memory: Memory, on_found: Callable[[str, str], None]) -> None:
        self._link = link
        self._texts = texts
        self._memory = memory
        self._on_found = on_found
        # The factor is read with every take; the last one read applies while Redis is away.
        self._factors: OrderedDict[str, str] = OrderedDict()

    async def take(self, tenant: str, bucket: str, options: LimitOptions, cost: int) -> LimitAnswer:
        counter, factor_key = key("rateLimit", tenant, bucket), key("rateMultiplier", tenant)
        arguments = [cost, options.window_seconds, options.limit]
        taken = await self._link.attempt(
            "script", lambda redis: run_script(redis, "limitTake", [counter, factor_key], arguments)
        )
        if not taken.reached:
            return self._while_down(tenant, counter, options, cost)
        counted, total, resets, limit, factor, found = taken.value
        if found or factor != self._factors.get(tenant, ""):
            await to_loop()
            self._remember(tenant, factor)
        if found:
            self._on_found(factor_key if found == "factor" else counter, found)
        used = Used(counted == 1, int(total), int(resets), int(limit))
        return _answer(used, "within_limit", "limit_reached")

    async def set_multiplier(self, tenant: str, factor: float, seconds: int) -> None:
        text = str(int(factor)) if float(factor).is_integer() else repr(float(factor))
        self._remember(tenant, text)
        await self._texts.write(key("rateMultiplier", tenant), text, seconds)

    def _remember(self, tenant: str, factor: str) -> None:
        self._factors[tenant] = factor
        self._factors.move_to_end(tenant)
        if len(self._factors) > 10_000:
            self._factors.popitem(last=False)

    def _while_down(self, tenant: str, counter: str, options: LimitOptions, cost: int) -> LimitAnswer:
        kept = self._texts.read_from_memory(key("rateMultiplier", tenant))
        factor = kept if kept is not None else self._factors.get(tenant) or None
        # When Redis is not configured, there is only this process: its count is exact.
        if self._link.state == "disabled":
            used = take_in_memory(self._memory, counter, factor, cost, options.window_seconds, options.limit)
            return _answer(used, "within_limit", "limit_reached")
        if options.when_redis_is_down != "local":
            return _uncounted(options, factor, cost)
        used = take_in_memory(self._memory, counter, factor, cost, options.window_seconds, options.local_limit)
        return _answer(used, "redis_down_local", "redis_down_local_limit_reached")

    def while_busy(self, tenant: str, options: LimitOptions, cost: int) -> LimitAnswer:
        """For a process that is too busy to count in time: as if Redis were away. The take is counted later.

        Called in the caller's thread: of what belongs to the loop it only reads the factor.
        """
        return _uncounted(options, self._factors.get(tenant) or None, cost)


def _uncounted(options: LimitOptions, factor: str | None, cost: int) -> LimitAnswer:
    """The answer without a count. A cost above the limit is never allowed."""
    known = factor_of(factor)
    policy = options.when_redis_is_down
    most = times(options.local_limit if policy == "local" else options.limit, 1 if known is None else known)
    if policy == "closed":
        return LimitAnswer(False, "redis_down_closed", most, 0, 5_000)
    if policy == "open":
        fits = cost <= most
        return LimitAnswer(fits, "redis_down_open" if fits else "limit_reached", most, most, 0)
    if cost > most:
        return LimitAnswer(False, "redis_down_local_limit_reached", most, most, 0)
    return LimitAnswer(True, "redis_down_local", most, most - cost, 0)


def _answer(used: Used, yes: LimitReason, no: LimitReason) -> LimitAnswer:
    remaining = max(0, used.limit - used.total)
    if used.counted:
        return LimitAnswer(True, yes, used.limit, remaining, 0)
    return LimitAnswer(False, no, used.limit, remaining, max(0, round(used.resets_in_ms)))
