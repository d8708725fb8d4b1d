# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import TYPE_CHECKING, Final, Literal, TypedDict

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any, overload
    from uuid import UUID


class FlagFact(TypedDict):
    """What is known of a flag without PostHog."""

    values: list[bool | str]
    """Every value that it may have."""
    when_away: bool | str
    """The value while PostHog's is not known."""


FlagKey = Literal["ask-streaming", "onboarding-length"]
"""Keys of the feature flags."""

FLAGS: Final[dict[str, FlagFact]] = {
    "ask-streaming": {"values": [True, False], "when_away": False},
    "onboarding-length": {"values": ["full", "short", False], "when_away": "full"},
}


class PersonProperties(TypedDict, total=False):
    """What is known of a person, for the rules of flags."""

    plan: str
    """Key of the tenant's plan, e.g. pro."""
    role: str
    """What the person may do in the tenant, e.g. owner or stylist."""
    language: str
    """Language of the app, e.g. en or de-AT."""
    signed_up_on: str
    """Day of the registration, e.g. 2026-11-27."""
    onboarded: bool
    """Whether onboarding is done."""
    internal: bool
    """Whether the person works for BrandVX: left out of charts."""
    seat_count: int
    """People in the tenant."""
    contact_count: int
    """The tenant's clients, as a number."""
    cadence_count: int
    """The tenant's running cadences."""
    connected_tool_count: int
    """Tools that the tenant has connected."""


if TYPE_CHECKING:
    @overload
    def flag(
        key: Literal["ask-streaming"],
        *,
        distinct_id: "str | UUID | None" = None,
        tenant_id: "str | UUID | None" = None,
        properties: PersonProperties | None = None,
        deadline_ms: float | None = None,
    ) -> bool:
        """AskVX shows an answer while it is written, not only when it is whole. Owner: ai. While PostHog is away: false."""
        ...
    @overload
    def flag(
        key: Literal["onboarding-length"],
        *,
        distinct_id: "str | UUID | None" = None,
        tenant_id: "str | UUID | None" = None,
        properties: PersonProperties | None = None,
        deadline_ms: float | None = None,
    ) -> Literal["full", "short", False]:
        """Which way through the onboarding an operator is shown: all steps, or only those without which nothing works. Owner: growth. While PostHog is away: full."""
        ...
    def flag(key: str, **options: Any) -> Any: ...
    @overload
    async def aflag(
        key: Literal["ask-streaming"],
        *,
        distinct_id: "str | UUID | None" = None,
        tenant_id: "str | UUID | None" = None,
        properties: PersonProperties | None = None,
        deadline_ms: float | None = None,
    ) -> bool:
        """AskVX shows an answer while it is written, not only when it is whole. Owner: ai. While PostHog is away: false."""
        ...
    @overload
    async def aflag(
        key: Literal["onboarding-length"],
        *,
        distinct_id: "str | UUID | None" = None,
        tenant_id: "str | UUID | None" = None,
        properties: PersonProperties | None = None,
        deadline_ms: float | None = None,
    ) -> Literal["full", "short", False]:
        """Which way through the onboarding an operator is shown: all steps, or only those without which nothing works. Owner: growth. While PostHog is away: full."""
        ...
    async def aflag(key: str, **options: Any) -> Any: ...
    @overload
    def set_feature_flag(key: Literal["ask-streaming"], value: bool) -> "AbstractContextManager[None]": ...
    @overload
    def set_feature_flag(key: Literal["onboarding-length"], value: Literal["full", "short", False]) -> "AbstractContextManager[None]": ...
    def set_feature_flag(key: str, value: Any) -> Any: ...
else:
    from brandvx_observability._flag_calls import aflag, flag, set_feature_flag
