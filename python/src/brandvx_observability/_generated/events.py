# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
# pyright: reportRedeclaration=false, reportInconsistentConstructor=false
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Generic, NotRequired, TypedDict, TypeVar, overload

from brandvx_observability._capture import capture as _capture


__all__ = ["ai_generation", "cadence"]


ServerEvent = Literal["$ai_generation", "cadence.message_queued", "cadence.message_sent", "cadence.message_failed"]
"""Names of the events that the backend sends."""


if TYPE_CHECKING:
    AiGeneration = TypedDict(
        "AiGeneration",
        {
            "tenant_id": str,
            "$ai_trace_id": str,
            "$ai_model": str,
            "$ai_provider": str,
            "$ai_input_tokens": int,
            "$ai_output_tokens": int,
            "$ai_latency": float,
            "$ai_total_cost_usd": NotRequired[float],
            "$ai_is_error": bool,
            "$ai_http_status": NotRequired[int],
        },
    )
    """A model answered, or failed to; what it costs and how long it takes, never what was asked or answered. Properties of `$ai_generation`."""

    CadenceMessageQueued = TypedDict(
        "CadenceMessageQueued",
        {
            "channel": Literal["sms", "email"],
            "template_id": str,
            "contact_id": str,
        },
    )
    """A cadence handed a message over for sending; each ends as sent or as failed. Properties of `cadence.message_queued`."""

    CadenceMessageSent = TypedDict(
        "CadenceMessageSent",
        {
            "channel": Literal["sms", "email"],
            "template_id": str,
            "contact_id": str,
            "fallback": NotRequired[bool],
        },
    )
    """A provider accepted the message, on the wanted channel or on the other one. Properties of `cadence.message_sent`."""

    CadenceMessageFailed = TypedDict(
        "CadenceMessageFailed",
        {
            "channel": Literal["sms", "email"],
            "template_id": str,
            "contact_id": str,
            "error": str,
        },
    )
    """No provider took the message, the fallback included. Properties of `cadence.message_failed`."""


if TYPE_CHECKING:
    MYPY: Final = False
    """True to mypy, which knows it by its name."""

    if MYPY:

        @overload
        def ph_capture(event: Literal["$ai_generation"], distinct_id: str, properties: AiGeneration) -> None: ...
        @overload
        def ph_capture(event: Literal["cadence.message_queued"], distinct_id: str, properties: CadenceMessageQueued) -> None: ...
        @overload
        def ph_capture(event: Literal["cadence.message_sent"], distinct_id: str, properties: CadenceMessageSent) -> None: ...
        @overload
        def ph_capture(event: Literal["cadence.message_failed"], distinct_id: str, properties: CadenceMessageFailed) -> None: ...
        @overload
        def ph_capture(
            event: Sequence[Literal["a server event of the catalog with its distinct_id and exactly its properties: the event's own function, events.*, tells what is wrong"]],
            *arguments: object,
            **named: object,
        ) -> None: ...
        def ph_capture(event: object, *arguments: object, **named: object) -> None: ...
    else:
        _Properties = TypeVar("_Properties")

        class ph_capture(Generic[_Properties]):
            """Hands an event over to be sent. A function, which is a class to type checkers alone."""

            @overload
            def __new__(cls, event: Literal["$ai_generation"], *arguments: Any, **named: Any) -> "ph_capture[AiGeneration]": ...
            @overload
            def __new__(cls, event: Literal["cadence.message_queued"], *arguments: Any, **named: Any) -> "ph_capture[CadenceMessageQueued]": ...
            @overload
            def __new__(cls, event: Literal["cadence.message_sent"], *arguments: Any, **named: Any) -> "ph_capture[CadenceMessageSent]": ...
            @overload
            def __new__(cls, event: Literal["cadence.message_failed"], *arguments: Any, **named: Any) -> "ph_capture[CadenceMessageFailed]": ...
            @overload
            def __new__(cls, event: object, *arguments: Any, **named: Any) -> "ph_capture[Any]": ...
            def __new__(cls, event: object, *arguments: Any, **named: Any) -> "ph_capture[Any]": ...
            def __init__(self, event: ServerEvent, distinct_id: str, properties: _Properties) -> None: ...
else:
    ph_capture = _capture


def ai_generation(
    distinct_id: str,
    *,
    tenant_id: str,
    ai_trace_id: str,
    ai_model: str,
    ai_provider: str,
    ai_input_tokens: int,
    ai_output_tokens: int,
    ai_latency: float,
    ai_is_error: bool,
    ai_total_cost_usd: float | None = None,
    ai_http_status: int | None = None,
) -> None:
    """A model answered, or failed to; what it costs and how long it takes, never what was asked or answered.

    Sends `$ai_generation`; owner: ai. Returns at once and raises nothing in production.

    Args:
        distinct_id: Whom it belongs to: the tenant's id. A blank one is refused.
        tenant_id: The tenant that it was done for.
        ai_trace_id: The conversation's step that this call of the model belongs to.
        ai_model: The model, as its provider names it.
        ai_provider: Who runs the model.
        ai_input_tokens: What was asked, with all that was sent along. Unit: tokens.
        ai_output_tokens: What was answered. Unit: tokens.
        ai_latency: From the call of the model to its last word. Unit: seconds.
        ai_is_error: true when the model gave no answer.
        ai_total_cost_usd: What the call costs; absent where the price of the model is not known. Unit: US dollars.
        ai_http_status: What the provider answered with. Unit: HTTP status.
    """
    _capture(
        "$ai_generation",
        distinct_id,
        {"tenant_id": tenant_id, "$ai_trace_id": ai_trace_id, "$ai_model": ai_model, "$ai_provider": ai_provider, "$ai_input_tokens": ai_input_tokens, "$ai_output_tokens": ai_output_tokens, "$ai_latency": ai_latency, "$ai_is_error": ai_is_error, "$ai_total_cost_usd": ai_total_cost_usd, "$ai_http_status": ai_http_status},
    )


class cadence:
    """Events named cadence.*"""

    @staticmethod
    def message_queued(
        distinct_id: str,
        *,
        channel: Literal["sms", "email"],
        template_id: str,
        contact_id: str,
    ) -> None:
        """A cadence handed a message over for sending; each ends as sent or as failed.

        Sends `cadence.message_queued`; owner: messaging. Returns at once and raises nothing in production.

        Args:
            distinct_id: Whom it belongs to: the tenant's id. A blank one is refused.
            channel: How the message travels.
            template_id: Template that the message was made from; empty when it was written by hand.
            contact_id: The tenant's client who is written to.
        """
        _capture(
            "cadence.message_queued",
            distinct_id,
            {"channel": channel, "template_id": template_id, "contact_id": contact_id},
        )

    @staticmethod
    def message_sent(
        distinct_id: str,
        *,
        channel: Literal["sms", "email"],
        template_id: str,
        contact_id: str,
        fallback: bool | None = None,
    ) -> None:
        """A provider accepted the message, on the wanted channel or on the other one.

        Sends `cadence.message_sent`; owner: messaging. Returns at once and raises nothing in production.

        Args:
            distinct_id: Whom it belongs to: the tenant's id. A blank one is refused.
            channel: How the message travels.
            template_id: Template that the message was made from; empty when it was written by hand.
            contact_id: The tenant's client who is written to.
            fallback: true when the wanted channel failed and the other one (which `channel` then names) took the message.
        """
        _capture(
            "cadence.message_sent",
            distinct_id,
            {"channel": channel, "template_id": template_id, "contact_id": contact_id, "fallback": fallback},
        )

    @staticmethod
    def message_failed(
        distinct_id: str,
        *,
        channel: Literal["sms", "email"],
        template_id: str,
        contact_id: str,
        error: str,
    ) -> None:
        """No provider took the message, the fallback included.

        Sends `cadence.message_failed`; owner: messaging. Returns at once and raises nothing in production.

        Args:
            distinct_id: Whom it belongs to: the tenant's id. A blank one is refused.
            channel: How the message travels.
            template_id: Template that the message was made from; empty when it was written by hand.
            contact_id: The tenant's client who is written to.
            error: Start of the error's text.
        """
        _capture(
            "cadence.message_failed",
            distinct_id,
            {"channel": channel, "template_id": template_id, "contact_id": contact_id, "error": error},
        )


SERVER_EVENTS: Final = frozenset(["$ai_generation", "cadence.message_queued", "cadence.message_sent", "cadence.message_failed"])
