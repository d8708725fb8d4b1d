"""`flag`, `aflag` and `set_feature_flag`. Their types are generated from the catalog (`_generated/flags.py`)."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._generated.flags import FlagFact

_overrides: dict[str, bool | str] = {}


def _override_of(key: object) -> bool | str | None:
    """Called with anything: code without types may ask for it."""
    return _overrides.get(key) if isinstance(key, str) else None


def flag(
    key: str,
    *,
    distinct_id: object = None,
    tenant_id: object = None,
    properties: Mapping[str, Any] | None = None,
    deadline_ms: object = None,
) -> bool | str:
    """See `brandvx_observability.flags`."""
    override = _override_of(key)
    if override is not None:
        return override
    from ._server import current

    return current().flags.value(key, distinct_id, tenant_id, properties, deadline_ms)


async def aflag(
    key: str,
    *,
    distinct_id: object = None,
    tenant_id: object = None,
    properties: Mapping[str, Any] | None = None,
    deadline_ms: object = None,
) -> bool | str:
    """`flag` for async code."""
    override = _override_of(key)
    if override is not None:
        return override
    from ._server import current

    return await current().flags.avalue(key, distinct_id, tenant_id, properties, deadline_ms)


@contextmanager
def set_feature_flag(key: str, value: bool | str) -> Generator[None]:
    """The flag has this value for everybody in this process, until the block ends."""
    from ._generated.flags import FLAGS

    known = FLAGS.get(key)
    if known is None or not is_value_of(known, value):
        allowed = sorted(FLAGS) if known is None else known["values"]
        what = f"there is no flag {key!r}" if known is None else f"the flag {key} is never {value!r}"
        raise ValueError(f"{what}: it is one of {', '.join(map(repr, allowed))}")
    before = _overrides.get(key)
    _overrides[key] = value
    try:
        yield
    finally:
        if before is None:
            _overrides.pop(key, None)
        else:
            _overrides[key] = before


def is_value_of(fact: FlagFact, value: object) -> bool:
    """1 is no truth value."""
    return any(type(value) is type(each) and value == each for each in fact["values"])
