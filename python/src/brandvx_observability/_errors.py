"""Sends errors to Sentry. Without a DSN sentry_sdk is not even loaded, and calls just run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ._context import current_tenant
from ._counts import SinkCounts, SinkDetail
from ._notices import Sink
from ._reason import reason_of


class Errors:
    """No call raises."""

    def __init__(
        self,
        *,
        dsn: str | None,
        environment: str,
        release: str | None,
        traces_sample_rate: float,
        wrong: str | None,
        sink: Sink,
    ) -> None:
        self._dsn = dsn
        self._unusable = wrong
        self._sink = sink
        self._lost = 0
        self._sender: Any = None
        if dsn is None:
            return
        try:
            from . import _sentry

            self._sender = _sentry.init(
                dsn=dsn,
                environment=environment,
                release=release,
                traces_sample_rate=traces_sample_rate,
                sink=sink,
                tenant=current_tenant,
                on_lost=self._on_lost,
            )
        except Exception as error:
            self._unusable = reason_of(error)
            sink.failing(self._unusable)

    def after_fork(self) -> None:
        self._lost = 0
        self._sink.after_fork()
        if self._sender is not None:
            self._sender.after_fork()

    @property
    def sdk(self) -> Any:
        """sentry_sdk when it is initialised, else None."""
        if self._sender is None:
            return None
        import sentry_sdk

        return sentry_sdk

    def capture(self, error: object, tool: object, tenant_id: object, data: object) -> None:
        sdk = self.sdk
        if sdk is None:
            self._lost += self._unusable is not None
            return
        try:
            with sdk.new_scope() as scope:
                # Additional data must not cost the error.
                quietly(lambda: scope.set_tags(tags_of(tool, tenant_id)))
                quietly(lambda: _set_extras(scope, data))
                if isinstance(error, BaseException):
                    sdk.capture_exception(error)
                else:
                    sdk.capture_message(f"capture_error was given {_kind(error)}", level="error")
        except Exception:
            self._on_lost()

    def _on_lost(self) -> None:
        self._lost += 1

    def breadcrumb(self, message: object, tool: object, tenant_id: object, data: object) -> None:
        sdk = self.sdk
        if sdk is None:
            return
        quietly(
            lambda: sdk.add_breadcrumb(
                category="tool", message=str(message), data={**tags_of(tool, tenant_id), **_mapping(data)}
            )
        )

    def detail(self) -> SinkDetail:
        reason = self._unusable or self._sink.reason
        counts = self.counts()
        detail: SinkDetail = {
            "status": "error" if reason else "disabled" if self._dsn is None else "ok",
            "waiting": self._sender.delivery.waiting if self._sender else 0,
            "sent": counts["sent"],
            "dropped": counts["dropped"],
            "refused": counts["refused"],
        }
        if reason:
            detail["reason"] = reason
        return detail

    def counts(self) -> SinkCounts:
        counted: SinkCounts = (
            self._sender.delivery.counts() if self._sender else {"sent": 0, "dropped": 0, "refused": 0}
        )
        return {**counted, "dropped": counted["dropped"] + self._lost}

    def close(self, deadline_s: float) -> SinkCounts:
        if self._sender is not None:
            self._sender.delivery.close(deadline_s)
        return self.counts()


def _mapping(data: object) -> Mapping[str, object]:
    return data if isinstance(data, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]


def _set_extras(scope: Any, data: object) -> None:
    for name, value in _mapping(data).items():
        scope.set_extra(str(name), value)
    if data is not None and not isinstance(data, Mapping):
        scope.set_extra("data", _kind(data))


def _kind(value: object) -> str:
    """The type of a value, without its contents."""
    return "nothing" if value is None else f"a {type(value).__name__}"


def tags_of(tool: object, tenant_id: object) -> dict[str, str]:
    from ._privacy import opaque_id, redact_text

    tags: dict[str, str] = {}
    if tool is not None:
        tags["tool"] = redact_text(str(tool), 200)
    if tenant_id is not None:
        tags["tenant_id"] = opaque_id(str(tenant_id))
    return tags


def quietly(call: Callable[[], object]) -> None:
    """Sentry never causes a failure of the app."""
    try:
        call()
    except Exception:
        pass
