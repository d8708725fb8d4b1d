"""sentry_sdk with settings that disable its automatic collection, and a transport that counts."""

# Events of Sentry are whatever its SDK made of them.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownLambdaType=false

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ._answers import READ_S, Watch
from ._delivery import Delivery, Limits, Outcome
from ._notices import Sink
from ._posthog import seconds_of
from ._privacy import redact_breadcrumb, redact_sentry_event, redact_text
from ._reason import reason_of

if TYPE_CHECKING:
    from sentry_sdk.envelope import Envelope

LIMITS = Limits(max_items=200, max_characters=20_000_000, batch=1, gather_s=0.0)
"""Maximum number of pending errors and traces; beyond it, the oldest are dropped."""

# With only some of these settings more is sent than with none: sentry_sdk 2.75, `data_collection`.
DATA_COLLECTION: dict[str, Any] = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {"request": {"mode": "off"}},
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "stack_frame_variables": False,
    "gen_ai": {"inputs": False, "outputs": False},
    "database_query_data": False,
    "queues": False,
    "graphql": {"document": False, "variables": False},
}


class Waiting:
    """A pending envelope."""

    __slots__ = ("body", "categories", "characters", "weight")

    def __init__(self, envelope: Envelope) -> None:
        self.body = envelope.serialize()
        self.categories = [item.data_category for item in envelope.items]
        self.characters = len(self.body)
        self.weight = 1 if "error" in self.categories else 0
        """Errors are counted; traces are a sample anyway."""


class Sender:
    """One request for an envelope, within Sentry's rate limits."""

    def __init__(self, options: dict[str, Any], sink: Sink) -> None:
        from sentry_sdk.utils import Dsn

        dsn = Dsn(options["dsn"])
        auth = dsn.to_auth("brandvx-observability")
        self._url = auth.get_api_url()
        self._headers = {
            "x-sentry-auth": auth.to_header(),
            "content-type": "application/x-sentry-envelope",
            "user-agent": "sentry.python",
        }
        self._connect()
        self._until: dict[str, float] = {}
        self.delivery: Delivery[Waiting] = Delivery(
            "sentry",
            LIMITS,
            self._send,
            weight=lambda waiting: waiting.weight,
            on_full=lambda: sink.full(f"More than {LIMITS.max_items} errors wait for Sentry: the oldest are dropped"),
            on_too_large=lambda _: sink.full(
                f"An error of more than {LIMITS.max_characters} characters is dropped: there is no room for it"
            ),
            on_failure=sink.failing,
            on_success=sink.working,
        )

    def after_fork(self) -> None:
        # Its connections belong to the parent process.
        self._connect()
        self.delivery.after_fork()

    def _connect(self) -> None:
        from urllib3 import PoolManager, Timeout

        self._pool: Any = PoolManager(num_pools=2, timeout=Timeout(connect=READ_S, read=READ_S), retries=False)
        self._watch = Watch()
        self._watch.over(self._pool)

    def _send(self, batch: Sequence[Waiting]) -> Outcome:
        waiting = batch[0]
        now = time.monotonic()
        if any(now < self._until.get(name, 0.0) for name in ("", *waiting.categories)):
            return Outcome("refused", "Sentry takes no more for now")
        try:
            with self._watch.request():
                answer = self._pool.request(
                    "POST", self._url, body=waiting.body, headers=self._headers, redirect=False, preload_content=False
                )
                try:
                    # Reading the answer allows the connection to be reused.
                    answer.drain_conn() if answer.status < 300 else answer.close()
                finally:
                    answer.release_conn()
        except Exception as error:
            return Outcome("away", reason_of(error))
        self._note_limits(answer.status, answer.headers)
        return _outcome_of(answer.status)

    def _note_limits(self, status: int, headers: Any) -> None:
        """Source: develop.sentry.dev, "Rate limiting"."""
        now = time.monotonic()
        limits = headers.get("x-sentry-rate-limits")
        if limits:
            for limit in limits.split(","):
                seconds, _, rest = limit.strip().partition(":")
                for category in rest.split(":")[0].split(";"):
                    self._until[category] = now + (seconds_of(seconds) or 60.0)
        elif status == 429:
            self._until[""] = now + (seconds_of(headers.get("retry-after")) or 60.0)


def _outcome_of(status: int) -> Outcome:
    if status < 300:
        return Outcome("sent")
    if status == 413:
        return Outcome("too large")
    if status == 408 or status >= 500:
        return Outcome("away", f"it answers {status}")
    return Outcome("refused", f"it answers {status}")


def transport_class(on_sender: Callable[[Sender], None], sink: Sink) -> type[Any]:
    """A transport for `sentry_sdk.init`, which has one made with its options."""
    from sentry_sdk.transport import Transport

    class CountingTransport(Transport):
        def __init__(self, options: Any = None) -> None:
            super().__init__(options)
            self._sender = Sender(options, sink)
            on_sender(self._sender)

        def capture_envelope(self, envelope: Envelope) -> None:
            for item in envelope.items:
                # No hook gets check-ins, and an app may name a job after a customer.
                if item.type == "check_in" and isinstance(check_in := item.payload.json, dict):
                    check_in["monitor_slug"] = redact_text(str(check_in.get("monitor_slug")))
            self._sender.delivery.add(Waiting(envelope))

        def flush(self, timeout: float, callback: Any = None) -> None:  # noqa: ARG002
            self._sender.delivery.flush(timeout)

        def kill(self) -> None:
            pass

    return CountingTransport


# Runtime, SDK and process arguments are not needed to fix an error.
_NOT_SENT = ("modules", "server_name", "user_agent")


def before_send(event: dict[str, Any], tenant: str | None) -> dict[str, Any]:
    """An error or a transaction in a form that may be sent: only method and route of its request."""
    given = {name: value for name, value in event.items() if name not in _NOT_SENT}
    extra = given.get("extra")
    if isinstance(extra, dict):
        given["extra"] = {name: value for name, value in extra.items() if name != "sys.argv"}
    redacted = redact_sentry_event(given)
    _join(given, redacted)
    logged = redacted.get("logentry")
    if isinstance(logged, dict):
        # They are also part of the formatted text, where the redactor knows what they belong to.
        redacted["logentry"] = {name: value for name, value in logged.items() if name != "params"}
    crumbs = redacted.get("breadcrumbs")
    if isinstance(crumbs, dict):
        for crumb in crumbs.get("values") or []:
            _without_call(crumb)
    request = redacted.get("request")
    if isinstance(request, dict):
        redacted["request"] = {name: value for name, value in request.items() if name == "method"}
    source = (redacted.get("transaction_info") or {}).get("source")
    if source == "url":
        # No route matched: the value is the requested path.
        redacted["transaction"] = "(no route)"
    for span in [*(redacted.get("spans") or []), (redacted.get("contexts") or {}).get("trace") or {}]:
        _without_addresses(span, source)
    if tenant is not None:
        redacted["tags"] = {**(redacted.get("tags") or {}), "tenant_id": tenant}
    return redacted


def _join(given: dict[str, Any], redacted: dict[str, Any]) -> None:
    """The trace's id in the sampling headers: hexadecimal, created by the SDK."""
    was: Any = ((given.get("contexts") or {}).get("trace") or {}).get("dynamic_sampling_context")
    now: Any = ((redacted.get("contexts") or {}).get("trace") or {}).get("dynamic_sampling_context")
    if isinstance(was, dict) and isinstance(now, dict):
        for name in ("trace_id", "public_key"):
            if re.fullmatch(r"[0-9a-f]{32}", str(was.get(name))):
                now[name] = was[name]


_OF_ADDRESSES = (
    "url",
    "http.url",
    "url.full",
    "url.path",
    "http.target",
    "http.query",
    "http.fragment",
    "client.address",
    "subprocess.cwd",
)
_OF_REQUEST = re.compile(r"\s*([A-Z]+)\s+(?:(?:[a-z]+:)?//(?:[^/?#@\s]*@)?([^/?#\s]*))?")


def _request(description: object) -> str:
    """Method and host of a request by the app; its path and query are the app's data."""
    found = _OF_REQUEST.match(str(description))
    return " ".join(part for part in (found[1], found[2]) if part) if found else "(request)"


def _program(description: object) -> str:
    """The program, without its arguments."""
    words = str(description).strip("[( ").split(maxsplit=1)
    return re.split(r"[\\/]", words[0].strip("'\","))[-1] if words else "(program)"


def _without_call(crumb: Any) -> None:
    """A breadcrumb that sentry_sdk added by itself, for a request or a program."""
    if not isinstance(crumb, dict):
        return
    data = crumb.get("data")
    if isinstance(data, dict):
        crumb["data"] = {name: value for name, value in data.items() if name not in _OF_ADDRESSES}
    if (crumb.get("type"), crumb.get("category")) == ("subprocess", "subprocess") and "message" in crumb:
        crumb["message"] = _program(crumb["message"])


def _without_addresses(span: dict[str, Any], source: str | None) -> None:
    data = span.get("data")
    if isinstance(data, dict):
        span["data"] = {
            name: value
            for name, value in data.items()
            if name not in _OF_ADDRESSES and not str(name).startswith("http.request.header")
        }
    op = str(span.get("op"))
    if "description" in span and op.startswith("http.client"):
        span["description"] = _request(span["description"])
    elif "description" in span and op == "subprocess":
        span["description"] = _program(span["description"])
    if op == "http.server" and source == "url" and "description" in span:
        span["description"] = "(no route)"


def is_repeated(event: dict[str, Any], hint: Any) -> bool:
    """Whether an error was sent before, in the same trace: a mounted app and the app around it both see what it raises,
    and sentry_sdk knows it again within one context alone."""
    raised = (hint or {}).get("exc_info")
    error: Any = raised[1] if isinstance(raised, tuple) and len(raised) > 1 else None
    trace = ((event.get("contexts") or {}).get("trace") or {}).get("trace_id")
    if not isinstance(error, BaseException) or not isinstance(trace, str):
        return False
    if getattr(error, _SENT_IN, None) == trace:
        return True
    try:
        # Stored on the error itself: nothing here keeps it, or its frames, in memory.
        setattr(error, _SENT_IN, trace)
    except Exception:
        pass
    return False


_SENT_IN = "__brandvx_sent_in__"


def init(
    *,
    dsn: str,
    environment: str,
    release: str | None,
    traces_sample_rate: float,
    sink: Sink,
    tenant: Callable[[], str | None],
    on_lost: Callable[[], None],
) -> Sender:
    """Loads and opens sentry_sdk.

    Raises:
        ImportError: It is not installed.
        Exception: The DSN is invalid.
    """
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.logging import ignore_logger

    made: list[Sender] = []

    def hook(event: Any, hint: Any) -> Any:
        if is_repeated(event, hint):
            return None
        try:
            return before_send(event, tenant())
        except Exception:
            # Better lost than sent unredacted.
            if event.get("type") != "transaction":
                on_lost()
            return None

    def crumb(breadcrumb: Any, _hint: Any) -> Any:
        return redact_breadcrumb(breadcrumb)

    def sampler(context: dict[str, Any]) -> float:
        # Frequent health checks would be most of the traces.
        scope = context.get("asgi_scope") or {}
        return 0.0 if scope.get("path") == "/health" else traces_sample_rate

    for name in ("brandvx_observability", "posthog", "urllib3.connectionpool"):
        ignore_logger(name)
    options: dict[str, Any] = {
        "dsn": dsn,
        "environment": environment,
        "release": release,
        "traces_sampler": sampler,
        "server_name": "",
        "send_default_pii": False,
        "include_local_variables": False,
        "max_request_body_size": "never",
        "auto_session_tracking": False,
        "send_client_reports": False,
        "shutdown_timeout": 2,
        "before_send": hook,
        "before_send_transaction": hook,
        "before_breadcrumb": crumb,
        "transport": transport_class(made.append, sink),
        "integrations": [AtexitIntegration(callback=lambda _pending, _timeout: None)],
    }
    if _knows_data_collection():
        # Once this is set, the older settings above are ignored.
        del options["send_default_pii"], options["include_local_variables"]
        options["data_collection"] = DATA_COLLECTION
    sentry_sdk.init(**options)
    return made[-1]


def _knows_data_collection() -> bool:
    from sentry_sdk.consts import DEFAULT_OPTIONS

    return "data_collection" in DEFAULT_OPTIONS
