"""Values as JSON, as the same text that the Node helpers write, so that each can read the other's."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def serialized(value: object) -> str | None:
    """The value as JSON; None when JSON cannot express it."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        # A lone surrogate cannot be encoded in UTF-8; escaped, every JSON parser accepts it.
        return text if text.isascii() else _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    except (TypeError, ValueError, RecursionError):
        return None


def parsed(text: str | None) -> tuple[bool, Any]:
    """Whether the text is JSON, and its value."""
    if text is None:
        return False, None
    try:
        return True, json.loads(text)
    except (ValueError, RecursionError):
        return False, None
