"""Errors, breadcrumbs and spans for Sentry.

    from brandvx_observability.errors import add_breadcrumb, breadcrumbs, set_tenant, span

    set_tenant(tenant.id)
    with breadcrumbs(tool="calendar.find_slot", tenant_id=tenant.id):
        add_breadcrumb("asked the calendar", data={"days": 7})
        with span("calendar.search", op="tool"):
            ...

Of requests Sentry gets method and route: no body, header, cookie, query, path or variable of a stack frame.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ._context import current_tenant, set_current_tenant, set_current_user
from ._errors import quietly, tags_of
from ._server import current

if TYPE_CHECKING:
    from uuid import UUID

__all__ = [
    "add_breadcrumb",
    "breadcrumbs",
    "capture_error",
    "current_tenant",
    "init_sentry",
    "set_tenant",
    "set_user",
    "span",
]


def init_sentry() -> bool:
    """Opens Sentry if `SENTRY_DSN` is set, and returns whether it is open.

    Call it (or `brandvx_observability.initialise`) before `FastAPI()`: sentry_sdk learns the routes as they are made.
    """
    return current().errors.sdk is not None


def capture_error(
    error: BaseException,
    *,
    tool: str | None = None,
    tenant_id: str | UUID | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Sends an error that is not reraised. Raises nothing.

    Args:
        error: The caught exception.
        tool: Name of the tool or handler, e.g. "calendar.find_slot".
        tenant_id: Tenant that it ran for; by default that of `set_tenant`.
        data: Anything else, redacted on the way out.
    """
    current().errors.capture(error, tool, tenant_id, data)


def add_breadcrumb(
    message: str,
    *,
    tool: str | None = None,
    tenant_id: str | UUID | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Adds a breadcrumb: what happened before an error, shown with it. Raises nothing."""
    current().errors.breadcrumb(message, tool, tenant_id, data)


@contextmanager
def breadcrumbs(*, tool: str | None = None, tenant_id: str | UUID | None = None) -> Generator[None]:
    """Separate breadcrumbs, tool and tenant for the code within, in `with` and in `async` functions alike.

    An exception from within is sent to Sentry once, and reraised.
    """
    errors = current().errors
    sdk = errors.sdk
    if sdk is None:
        yield
        return
    with sdk.isolation_scope() as scope:
        quietly(lambda: scope.set_tags(tags_of(tool, tenant_id)))
        errors.breadcrumb(tool or "handler", tool, tenant_id, None)
        try:
            yield
        except Exception as error:
            errors.capture(error, tool, tenant_id, None)
            raise


@contextmanager
def span(name: str, *, op: str = "function", **attributes: str | int | float | bool) -> Generator[None]:
    """A span of Sentry's tracing. `op` groups it: "ai.chat", "tool", "db"."""
    sdk = current().errors.sdk
    if sdk is None:
        yield
        return
    with sdk.start_span(name=name, op=op) as started:
        for key, value in attributes.items():
            quietly(partial(started.set_data, key, value))
        yield


def set_tenant(tenant_id: str | UUID | None) -> None:
    """Sets the tenant of this request or task: the tag `tenant_id` of its errors, breadcrumbs and traces.

    Take it from the app's own data (its session), never from a header.
    """
    from ._privacy import opaque_id

    tenant = None if tenant_id is None else opaque_id(str(tenant_id))
    set_current_tenant(tenant)
    sdk = current().errors.sdk
    if sdk is None:
        return
    if tenant is None:
        quietly(lambda: sdk.get_isolation_scope().remove_tag("tenant_id"))
    else:
        quietly(lambda: sdk.get_isolation_scope().set_tag("tenant_id", tenant))


def set_user(user_id: str | UUID | None) -> None:
    """Sets the user of this request or task, by the id alone: of its errors, and for feature flags."""
    from ._privacy import opaque_id

    user = None if user_id is None else opaque_id(str(user_id))
    set_current_user(user)
    sdk = current().errors.sdk
    if sdk is not None:
        quietly(lambda: sdk.set_user(None if user is None else {"id": user}))
