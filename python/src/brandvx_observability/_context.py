"""The tenant and the user of the present request. Context variables: each request and task has its own."""

from __future__ import annotations

from contextvars import ContextVar

_user: ContextVar[str | None] = ContextVar("brandvx_user", default=None)
_tenant: ContextVar[str | None] = ContextVar("brandvx_tenant", default=None)


def current_tenant() -> str | None:
    """The tenant of this request or task; None when it was not set."""
    return _tenant.get()


def set_current_tenant(tenant_id: str | None) -> None:
    """Returns an id in the form in which it may be sent."""
    _tenant.set(tenant_id)


def current_user() -> str | None:
    """The user of this request or task; None when it was not set."""
    return _user.get()


def set_current_user(user_id: str | None) -> None:
    """Takes an id in the form in which it may be sent."""
    _user.set(user_id)
