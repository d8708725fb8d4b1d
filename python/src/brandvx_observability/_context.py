"""Whose request this is. A context variable: each request and task has its own."""

from __future__ import annotations

from contextvars import ContextVar

_tenant: ContextVar[str | None] = ContextVar("brandvx_tenant", default=None)


def current_tenant() -> str | None:
    """The tenant that this request or task is for; None where nobody said so."""
    return _tenant.get()


def set_current_tenant(tenant_id: str | None) -> None:
    """Takes an id as it may leave."""
    _tenant.set(tenant_id)
