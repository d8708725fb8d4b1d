"""Why something failed, in one line and without secrets."""

from __future__ import annotations


def reason_of(error: object) -> str:
    """The text of an error, redacted: an address in it may have a password."""
    from ._privacy import redact_text

    text = str(error) or type(error).__name__
    return redact_text(" ".join(text.split()), 200)
