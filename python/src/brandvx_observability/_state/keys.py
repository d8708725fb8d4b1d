"""Redis keys as BrandVX has them. Their rules are data that all languages share: src/runtime/redis/keys.json."""

from __future__ import annotations

import re
from urllib.parse import quote

from .._generated.state import CHANNEL, KEYS

EVENT_CHANNEL = CHANNEL

_HELD = re.compile(r"\{([^}]+)\}")
_PLAIN = re.compile(r"[A-Za-z0-9_.-]*\Z")
_FOREIGN = re.compile(r"[^A-Za-z0-9_.-]")


def key(name: str, *values: object) -> str:
    """The key of a builder of keys.json: `key("inbox", "t1", 20)` is "inbox:t1:20"."""
    given = iter(values)
    return _HELD.sub(lambda held: _filled(held[1], next(given, None)), KEYS[name])


def _filled(rule: str, value: object) -> str:
    if rule.startswith("+"):
        return str(value)
    _, is_number, otherwise = rule.partition("=")
    if not is_number:
        return _part(str(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return otherwise
    return str(int(value)) if 1 <= value <= 1000 and value == int(value) else otherwise


def _part(text: str) -> str:
    """A part of a key: characters that would start another part, `:` above all, are percent-encoded."""
    if _PLAIN.match(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _FOREIGN.sub(lambda found: quote(found[0], safe="!'()*~-_."), whole)


class keys:
    """Builders of the keys that apps use themselves."""

    @staticmethod
    def inv(tenant: str) -> str:
        """Cached inventory of a tenant."""
        return key("inv", tenant)

    @staticmethod
    def inbox(tenant: str, size: int = 50) -> str:
        """Cached first page of a tenant's inbox; `size` is the number of threads on it, 1 to 1000, else 50."""
        return key("inbox", tenant, size)

    @staticmethod
    def kpis(tenant: str) -> str:
        """Cached figures of a tenant's admin page."""
        return key("kpis", tenant)
