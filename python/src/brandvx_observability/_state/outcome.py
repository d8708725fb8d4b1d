"""Classifies the error of a command. Only known connection errors count as an outage."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .._reason import reason_of

Operation = Literal["read", "write", "script", "delete", "publish"]
OPERATIONS: tuple[Operation, ...] = ("read", "write", "script", "delete", "publish")


class Refusal(NamedTuple):
    """Redis answered with a refusal."""

    word: str
    """The server's error code: READONLY, OOM, NOPERM, …; "quota" when a service's quota is exhausted."""
    said: str
    of_key: bool
    """Whether it concerns only the key, so that the same operation may work on another."""


class Outcome(NamedTuple):
    """Kind "outage", "refusal", "value" (the command does not accept the value or the key) or "ours"."""

    kind: Literal["outage", "refusal", "value", "ours"]
    said: str = ""
    refusal: Refusal | None = None


# redis-py removes the server's error code when it has a class for it.
_WORDS = {
    "ReadOnlyError": "READONLY",
    "OutOfMemoryError": "OOM",
    "NoPermissionError": "NOPERM",
    "AuthorizationError": "NOPERM",
    "AuthenticationError": "NOAUTH",
    "AuthenticationWrongNumberOfArgsError": "NOAUTH",
    "BusyLoadingError": "LOADING",
    "MasterDownError": "MASTERDOWN",
    "NoScriptError": "NOSCRIPT",
    "ExecAbortError": "EXECABORT",
    "MaxClientsError": "ERR",
    "TryAgainError": "TRYAGAIN",
    "ClusterDownError": "CLUSTERDOWN",
    "ClusterCrossSlotError": "CROSSSLOT",
    "MovedError": "MOVED",
    "AskError": "ASK",
}
_OF_VALUE = re.compile(
    r"(?:WRONGTYPE|(?:ERR )?(?:value is not|increment|syntax|wrong number|max (?:request|single record) size|string exceeds))",
    re.I,
)
_QUOTA = re.compile(
    r"\bquota\b|\b(?:limit|bandwidth|budget)\b.*\bexceeded\b|\bexceeded\b.*\blimit\b|over capacity", re.I
)
_WRONG_PASSWORD = re.compile(r"\b(?:invalid|wrong)\b", re.I)
_TOO_MANY_CLIENTS = re.compile(r"max number of clients|max (?:concurrent )?connections", re.I)


def outcome_of(error: BaseException) -> Outcome:
    import redis.exceptions as kinds

    if isinstance(error, TimeoutError):
        return Outcome("outage", str(error) or "no answer in time")
    if isinstance(error, OSError):
        return Outcome("outage", reason_of(error))
    if not isinstance(error, kinds.RedisError):
        return Outcome("ours")
    name = type(error).__name__
    message = str(error)
    if name in _WORDS:
        word = _WORDS[name]
        if word == "NOAUTH" and _WRONG_PASSWORD.search(message):
            word = "WRONGPASS"
        return Outcome("refusal", refusal=_refusal(f"{word} {message.removeprefix(word).lstrip()}"))
    # redis-py treats this answer as a lost connection.
    if isinstance(error, kinds.ConnectionError) and _TOO_MANY_CLIENTS.search(message):
        return Outcome("refusal", refusal=_refusal(f"ERR {message}"))
    if isinstance(error, kinds.ResponseError):
        if _OF_VALUE.match(message):
            return Outcome("value", _spoken(message))
        return Outcome("refusal", refusal=_refusal(message))
    if isinstance(error, kinds.DataError):
        return Outcome("ours")
    return Outcome("outage", reason_of(error))


def _refusal(message: str) -> Refusal:
    # Before Redis 7 an error within a script has the server's error code in the middle.
    found = re.search(r"(?:^|: -)([A-Z]{3,})\b", message)
    word = found[1] if found else "ERR"
    said = _spoken(message)
    of_key = word == "NOPERM" and re.search(r"\bkeys?\b|\bchannels?\b", message, re.I) is not None
    if word == "ERR":
        if _TOO_MANY_CLIENTS.search(message):
            word = "maxclients"
        elif _QUOTA.search(message):
            word = "quota"
        elif re.search(r"user executing the script", message, re.I):
            word = "NOPERM"
        elif re.search(r"unknown command", message, re.I):
            word = "unknown command"
    return Refusal(word, said, of_key)


def _spoken(message: str) -> str:
    """The server's message, without the arguments and the script that it repeats."""
    from .._privacy import redact_text

    return redact_text(re.sub(r"(?s),? (?:with args beginning with|script:).*\Z", "", message), 160)
