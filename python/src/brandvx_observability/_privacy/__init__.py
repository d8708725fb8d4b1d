"""The redactor: everything that leaves the app passes through it. It is loaded with its first use, not with the
package.

Its modules are generated from the TypeScript ones (`_generated/redactor`) and use texts of UTF-16 units; here texts
are converted in both directions. The patterns there store their search position, so only one thread at a time uses
them.
"""

from __future__ import annotations

# pyright: basic
import os
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from .._forks import importing
from . import js

_lock = threading.RLock()


def _renew_lock() -> None:
    global _lock
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    # A forked child would wait for a thread that it does not have.
    os.register_at_fork(after_in_child=_renew_lock)


_modules: dict[str, Any] = {}


def _module(name: str) -> Any:
    found = _modules.get(name)
    if found is None:
        with importing():
            found = import_module(f"brandvx_observability.{name}")
        _modules[name] = found
    return found


_is_warm = False


def warm_redactor() -> None:
    """Loads the redactor, and compiles the patterns for error texts in a thread, so that an event loop need not wait
    for it."""
    global _is_warm
    if _is_warm:
        return
    _is_warm = True
    # Imported here: a process forked while a thread imports could never import it.
    _module("_generated.redactor.event")
    sample = "Error 111 connecting to 127.0.0.1:6379. Connection refused."
    try:
        threading.Thread(target=redact_text, args=(sample,), name="brandvx-redactor", daemon=True).start()
    except RuntimeError:
        pass


def redact_text(text: str, length: int | None = None) -> str:
    """A text without addresses, numbers, credentials and the values of private names.

    Redacting the result again changes nothing.

    Args:
        text: Any text. More than its first 8,192 characters is cut off.
        length: Most UTF-16 code units of the result; 8,192 by default.
    """
    module = _module("_generated.redactor.text")

    with _lock:
        if length is None:
            return js.joined(module.redactText(js.units(text)))
        return js.joined(module.redactText(js.units(text), length))


def redact(value: object) -> Any:
    """Any value as plain data without private parts: texts, numbers, booleans, None, lists and dicts.

    Exceptions become name, message and cause; objects of other classes only their class's name.
    """
    module: Any = _module("_privacy.value")

    with _lock:
        return _record(module.redact(value))


def opaque_id(value: str | int) -> str:
    """An opaque key unchanged; anything that looks like an address, a number or a secret as its pseudonym."""
    module = _module("_generated.redactor.pseudonym")

    with _lock:
        return js.joined(module.opaqueId(js.units(str(value))))


def pseudonym(value: str | int | bool) -> str:
    """A stable pseudonym of a value, the same in all of BrandVX's apps, so that it can be counted and joined."""
    module = _module("_generated.redactor.pseudonym")

    with _lock:
        return js.joined(module.pseudonym(js.units(value) if isinstance(value, str) else value))


def redact_properties(event: str, properties: Mapping[str, Any], on_drop: Callable[[str], None]) -> dict[str, Any]:
    """An event's properties in a form that may be sent, each by its privacy class."""
    module = _module("_generated.redactor.event")

    with _lock:
        return _record(module.redactProperties(js.units(event), js_units(dict(properties)), on_drop))


def redact_person(properties: Mapping[str, Any], through: str, on_drop: Callable[[str], None]) -> dict[str, Any]:
    """A person's properties in a form that may be sent. `through` is the call they came by, for the count."""
    module = _module("_generated.redactor.person")

    with _lock:
        return _record(module.redactPerson(js_units(dict(properties)), through, on_drop))


def redact_outgoing(event: Mapping[str, Any], on_drop: Callable[[str], None]) -> dict[str, Any]:
    """An event built by PostHog's SDK, in a form that may be sent."""
    module = _module("_generated.redactor.posthog")

    with _lock:
        return _record(module.redactOutgoing(js_units(dict(event)), on_drop))


def redact_sentry_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event or a transaction built by Sentry's SDK, in a form that may be sent."""
    module = _module("_generated.redactor.sentry")

    with _lock:
        return _record(module.redactSentryEvent(js_units(dict(event))))


def redact_breadcrumb(breadcrumb: Mapping[str, Any]) -> dict[str, Any] | None:
    """A breadcrumb in a form that may be sent; None for one that must not be."""
    module = _module("_generated.redactor.sentry")

    with _lock:
        redacted = module.redactBreadcrumb(js_units(dict(breadcrumb)))
        return None if redacted is None else _record(redacted)


def js_units(value: Any) -> Any:
    """Plain data with texts as UTF-16 units; other values are left to the redactor."""
    if isinstance(value, str):
        return js.units(value)
    if isinstance(value, dict):
        return {js.units(str(name)): js_units(value[name]) for name in js.ordered(value)}
    if isinstance(value, (list, tuple)):
        return [js_units(item) for item in value]
    return value


def js_joined(value: Any) -> Any:
    """Plain data with Python's texts."""
    if isinstance(value, str):
        return js.joined(value)
    if isinstance(value, dict):
        return {js.joined(name): js_joined(item) for name, item in value.items()}
    if isinstance(value, list):
        return [js_joined(item) for item in value]
    return value


def _record(value: Any) -> dict[str, Any]:
    record: dict[str, Any] = js_joined(value)
    return record
