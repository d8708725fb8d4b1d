"""Feature flags of the catalog (src/catalog/flags.ts), typed.

    from brandvx_observability.flags import aflag, flag, set_feature_flag

    if flag("ask-streaming", distinct_id=user.id, tenant_id=tenant.id, properties={"plan": tenant.plan}):
        ...
    length = await aflag("onboarding-length")    # "full", "short" or False

Another key does not type-check. Who is not given is the person of `set_user` and the tenant of `tenant_of` or `set_tenant`.
Nothing is raised, and the answer is there within `deadline_ms` (300): where PostHog has none in time, or does not know the
flag, it is the catalog's `whenAway`. With POSTHOG_FLAGS_KEY the process evaluates flags itself.

    with set_feature_flag("onboarding-length", "short"):    # in tests and for support: for everybody in this process
        ...
"""

from ._flags import FlagCounts
from ._generated.flags import FlagKey, PersonProperties, aflag, flag, set_feature_flag

__all__ = ["FlagCounts", "FlagKey", "PersonProperties", "aflag", "flag", "flag_counts", "set_feature_flag"]


def flag_counts() -> FlagCounts:
    """How many questions for flags had PostHog's answer, and how many the catalog's `whenAway`, since the start."""
    from ._server import current

    return current().flags.counts()
