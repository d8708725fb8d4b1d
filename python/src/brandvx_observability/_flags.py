"""Values of feature flags, within a deadline. The same behaviour and messages as src/runtime/server/flags.ts.

Reading definitions, redacting and asking happen in threads of their own: neither a caller nor an event loop waits for
longer than the deadline.
"""

from __future__ import annotations

import concurrent.futures
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple, TypedDict

from ._context import current_tenant, current_user
from ._flag_calls import is_value_of
from ._forks import importing
from ._generated.flags import FLAGS, FlagFact
from ._notices import Sink
from ._plain import copied
from ._posthog_flags import FlagAnswer, FlagsClient
from ._privacy import opaque_id, redact_person, redact_text
from ._reason import reason_of
from ._somebody import is_somebody
from ._state.options import OptionFinding, number_for

_PAUSE_S = 5.0
"""Without a question to PostHog after one that it did not answer: nobody waits again and again."""

_MOST_SAID = 100
_MOST_REMEMBERED = 10_000
_MOST_AT_ONCE = 32
"""Requests to PostHog under way; other questions wait for their turn, within their deadline."""

FlagValue = bool | str
Called = Callable[[str, dict[str, Any]], None]


class FlagCounts(TypedDict):
    """What became of the questions for feature flags."""

    answered: int
    """Answered with PostHog's value."""
    when_away: int
    """Answered with the catalog's `whenAway`."""


class FlagsSource(NamedTuple):
    """What PostHog's answers need."""

    key: str
    host: str
    flags_key: str | None
    """The project's secret key, for evaluation in this process; None: PostHog is asked for each value."""


class _Question(NamedTuple):
    key: str
    fact: FlagFact
    distinct_id: str
    properties: dict[str, Any]
    may_ask: bool
    seconds: float
    """Until the answer is of no use."""


class Flags:
    """No call raises."""

    def __init__(
        self,
        source: FlagsSource | None,
        *,
        on_called: Called,
        on_drop: Callable[[str], None],
        warn: Callable[[str], None],
        sink: Sink,
        definitions: Sink,
    ) -> None:
        self._source = source
        self._on_called = on_called
        self._on_drop = on_drop
        self._warn = warn
        self._sink = sink
        self._definitions = definitions
        self._closed = False
        self._unusable: str | None = None
        self.after_fork()

    def after_fork(self) -> None:
        """A forked child reads the definitions itself, in a thread of its own."""
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._client: FlagsClient | None = None
        self._said: set[str] = set()
        self._called: OrderedDict[tuple[str, str], FlagValue] = OrderedDict()
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._paused_until = 0.0
        self._answered = 0
        self._when_away = 0
        self._sink.after_fork()
        self._definitions.after_fork()

    def counts(self) -> FlagCounts:
        with self._lock:
            return {"answered": self._answered, "when_away": self._when_away}

    def warm(self) -> None:
        """Loads what evaluation needs, without waiting for it."""
        if self._source is not None and not self._closed:
            _in_thread(self._open)

    def close(self) -> None:
        """Later questions get `whenAway`."""
        self._closed = True
        client = self._client
        if client is not None:
            client.end()

    # Questions

    def value(
        self, key: str, distinct_id: object, tenant_id: object, properties: object, deadline_ms: object
    ) -> FlagValue:
        begun = time.monotonic()
        seconds = self._deadline_s(deadline_ms)
        question = self._question(key, distinct_id, tenant_id, properties, seconds)
        if question is None:
            return self._away(key)
        asked = _in_thread(lambda: self._ask(question))
        if asked is not None:
            concurrent.futures.wait([asked], max(0.0, seconds - (time.monotonic() - begun)))
        return self._ended(question, asked)

    async def avalue(
        self, key: str, distinct_id: object, tenant_id: object, properties: object, deadline_ms: object
    ) -> FlagValue:
        import asyncio

        from ._futures import done_in_loop

        seconds = self._deadline_s(deadline_ms)
        question = self._question(key, distinct_id, tenant_id, properties, seconds)
        if question is None:
            return self._away(key)
        asked = _in_thread(lambda: self._ask(question))
        if asked is not None:
            await asyncio.wait([done_in_loop(asked)], timeout=seconds)
        return self._ended(question, asked)

    def _question(
        self, key: str, distinct_id: object, tenant_id: object, properties: object, seconds: float
    ) -> _Question | None:
        """None where the answer is `whenAway` without asking."""
        try:
            fact = _fact_of(key)
            if fact is None:
                self._once(
                    f"{redact_text(str(key), 80)} is no feature flag of the catalog (src/catalog/flags.ts): it is False"
                )
                return None
            if self._source is None or self._closed:
                return None
            person = current_user() if distinct_id is None else distinct_id
            if not is_somebody(person):
                self._once(f'flag("{key}") was asked for nobody: without an id it is {fact["when_away"]}')
                return None
            given = copied(properties)
            for name in given.odd:
                self._on_drop(f"flag.{name}")
            tenant = current_tenant() if tenant_id is None else tenant_id
            known = given.values if tenant is None else {**given.values, "tenant_id": str(tenant)}
            return _Question(key, fact, str(person), known, time.monotonic() >= self._paused_until, seconds)
        except Exception:
            # A caller's mistake: what cannot be read is nobody's.
            return None

    def _ask(self, question: _Question) -> FlagAnswer:
        client = self._open()
        known = redact_person(question.properties, "flag", self._on_drop)
        person = opaque_id(question.distinct_id)
        here = client.evaluate(question.key, person, known)
        if here is not None:
            return here
        if not question.may_ask:
            return FlagAnswer("away", why="PostHog is not asked for a while")
        places = self._places
        if not places.acquire(timeout=question.seconds):
            return FlagAnswer("away", why=f"{_MOST_AT_ONCE} questions are under way, and none was answered in time")
        try:
            return client.ask(question.key, person, known)
        finally:
            places.release()

    def _open(self) -> FlagsClient:
        with self._opening:
            if self._client is None:
                if self._source is None or self._closed:
                    raise RuntimeError("it is closed")
                with importing():
                    client = FlagsClient(*self._source, on_definitions=self._on_definitions)
                # The redactor compiles its patterns with its first use: longer than a deadline.
                opaque_id("user")
                redact_person({"plan": "pro"}, "flag", self._on_drop)
                client.begin()
                self._client = client
                # It was closed meanwhile.
                if self._closed:
                    client.end()
            return self._client

    def _on_definitions(self, why: str | None) -> None:
        if self._closed:
            return
        if why is None:
            self._definitions.working()
        else:
            self._definitions.failing(why)

    def _ended(self, question: _Question, asked: concurrent.futures.Future[FlagAnswer] | None) -> FlagValue:
        """The value, with all that is said and counted of the answer."""
        key = question.key
        away = question.fact["when_away"]
        try:
            if asked is None:
                self._fails(question, "no thread can be started for it")
                return self._away(key)
            if not asked.done() and self._client is None:
                self._once("Feature flags have the catalog's values until posthog-python and the redactor are loaded")
                return self._away(key)
            if not asked.done():
                self._fails(question, f"no answer within {round(question.seconds * 1000)} ms")
                return self._away(key)
            answer = asked.result()
            if answer.kind == "away":
                self._fails(question, answer.why)
                return self._away(key)
            if answer.was_asked:
                self._sink.working()
            if answer.kind == "unknown":
                self._once(f"PostHog does not know the feature flag {key}: it is {away} until `pulumi up` has made it")
                return self._away(key)
            value: FlagValue = answer.value
            if not is_value_of(question.fact, value):
                allowed = ", ".join(map(str, question.fact["values"]))
                self._once(
                    f"PostHog's value of the feature flag {key} is none of the catalog's ({allowed}): it is {away} instead"
                )
                return self._away(key)
            with self._lock:
                self._answered += 1
            self._report(question, value)
            return value
        except Exception as error:
            self._fails(question, reason_of(error))
            return self._away(key)

    def _fails(self, question: _Question, why: str) -> None:
        # While nobody asks, an answer that is not here is no news.
        if self._closed or not question.may_ask:
            return
        self._paused_until = time.monotonic() + _PAUSE_S
        self._sink.failing(why)

    def _away(self, key: str) -> FlagValue:
        with self._lock:
            self._when_away += 1
        fact = _fact_of(key)
        return False if fact is None else fact["when_away"]

    def _report(self, question: _Question, value: FlagValue) -> None:
        """Reports a value's first use for a person, which experiments count."""
        about = (question.distinct_id, question.key)
        with self._lock:
            if self._called.get(about) == value:
                return
            self._called[about] = value
            if len(self._called) > _MOST_REMEMBERED:
                self._called.popitem(last=False)
        self._on_called(
            question.distinct_id,
            {
                "$feature_flag": question.key,
                "$feature_flag_response": value,
                f"$feature/{question.key}": value,
            },
        )

    def _deadline_s(self, given: object) -> float:
        findings: list[OptionFinding] = []
        ms = number_for("flag.deadlineMs", given, findings, "flag.deadline_ms")
        for finding in findings:
            self._once(str(finding))
        return ms / 1000

    def _once(self, message: str) -> None:
        with self._lock:
            if message in self._said or len(self._said) >= _MOST_SAID:
                return
            self._said.add(message)
        self._warn(message)


def _fact_of(key: object) -> FlagFact | None:
    """Code without types may ask for anything."""
    return FLAGS.get(key) if isinstance(key, str) else None


def _in_thread(work: Callable[[], Any]) -> concurrent.futures.Future[Any] | None:
    """The work in a thread that does not hold up the end of the process; None where none can be started."""
    answer: concurrent.futures.Future[Any] = concurrent.futures.Future()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            answer.set_exception(error)
        else:
            answer.set_result(result)

    try:
        threading.Thread(target=run, name="brandvx-flag", daemon=True).start()
    except (RuntimeError, MemoryError):
        return None
    return answer
