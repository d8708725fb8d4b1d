# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final, Literal, NotRequired, TypedDict


class Variable(TypedDict):
    """A variable of the credential map."""

    app: Literal["browser", "server"]
    visibility: Literal["public", "secret"]
    optional: NotRequired[bool]
    """Whether a stack may do without it."""
    source: str
    pattern: str
    problem: str
    meaning: str
    example: str


VARIABLES: Final[dict[str, Variable]] = {
    "VITE_POSTHOG_KEY": {
        "app": "browser",
        "visibility": "public",
        "source": "posthog:projectKey",
        "pattern": "(?a)\\Aphc_[\\w]+\\Z",
        "problem": "must be a project key (phc_\u2026): a personal key (phx_\u2026) must not leave BrandVX",
        "meaning": "Project key that events are sent with. Without it the app measures nothing.",
        "example": "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    },
    "VITE_POSTHOG_HOST": {
        "app": "browser",
        "visibility": "public",
        "source": "posthog:ingestHost",
        "pattern": "(?a)\\A[hH][tT][tT][pP][sS]?://(?:\\[[\\da-fA-F:.]+\\]|[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\\\/?\\#@:\\[\\]<>\\^\\|%]+)(?::(?:[\\d]{1,4}|[1-5][\\d]{4}|6[0-4][\\d]{3}|65[0-4][\\d][\\d]|655[0-2][\\d]|6553[0-5]))?\\Z",
        "problem": "must be an http(s) address without user and path",
        "meaning": "Where events are sent to. Must be of the region that the key is of.",
        "example": "https://us.i.posthog.com",
    },
    "VITE_SENTRY_DSN": {
        "app": "browser",
        "visibility": "public",
        "source": "sentry.browserDsn",
        "pattern": "(?a)\\A[hH][tT][tT][pP][sS]?://[\\w]+@(?:\\[[\\da-fA-F:.]+\\]|[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\\\/?\\#@:\\[\\]<>\\^\\|%]+)(?::(?:[\\d]{1,4}|[1-5][\\d]{4}|6[0-4][\\d]{3}|65[0-4][\\d][\\d]|655[0-2][\\d]|6553[0-5]))?(?:/[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff/?\\#]+)*/[\\d]+\\Z",
        "problem": "must be a DSN (https://<key>@<host>/<project>)",
        "meaning": "Where errors, traces and replays are sent to. Without it the app reports none.",
        "example": "https://0123456789abcdef0123456789abcdef@o1.ingest.us.sentry.io/4500000000000001",
    },
    "VITE_SENTRY_ENVIRONMENT": {
        "app": "browser",
        "visibility": "public",
        "source": "brandvx-observability:environment",
        "pattern": "(?ai)\\A(?!none\\Z)[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff/]{1,64}\\Z",
        "problem": "must be 1 to 64 characters without spaces and slashes, and not \"None\"",
        "meaning": "Stage that errors are marked with. Alerts watch `production` alone.",
        "example": "production",
    },
    "POSTHOG_API_KEY": {
        "app": "server",
        "visibility": "public",
        "source": "posthog:projectKey",
        "pattern": "(?a)\\Aphc_[\\w]+\\Z",
        "problem": "must be a project key (phc_\u2026): a personal key (phx_\u2026) must not leave BrandVX",
        "meaning": "Project key that events are captured with; not the personal key that this stack is managed with. Without it the backend measures nothing.",
        "example": "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    },
    "POSTHOG_HOST": {
        "app": "server",
        "visibility": "public",
        "source": "posthog:ingestHost",
        "pattern": "(?a)\\A[hH][tT][tT][pP][sS]?://(?:\\[[\\da-fA-F:.]+\\]|[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\\\/?\\#@:\\[\\]<>\\^\\|%]+)(?::(?:[\\d]{1,4}|[1-5][\\d]{4}|6[0-4][\\d]{3}|65[0-4][\\d][\\d]|655[0-2][\\d]|6553[0-5]))?\\Z",
        "problem": "must be an http(s) address without user and path",
        "meaning": "Where events are sent to. Must be of the region that the key is of.",
        "example": "https://us.i.posthog.com",
    },
    "POSTHOG_FLAGS_KEY": {
        "app": "server",
        "visibility": "secret",
        "optional": True,
        "source": "posthog:flagsKey",
        "pattern": "(?a)\\Aphs_[\\w]+\\Z",
        "problem": "must be a key for feature flags (phs_\u2026): a personal key (phx_\u2026) must not leave BrandVX",
        "meaning": "Project's secret key, with which the backend evaluates feature flags itself. Without it PostHog is asked for each value.",
        "example": "phs_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    },
    "SENTRY_DSN": {
        "app": "server",
        "visibility": "secret",
        "source": "sentry.serverDsn",
        "pattern": "(?a)\\A[hH][tT][tT][pP][sS]?://[\\w]+@(?:\\[[\\da-fA-F:.]+\\]|[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\\\/?\\#@:\\[\\]<>\\^\\|%]+)(?::(?:[\\d]{1,4}|[1-5][\\d]{4}|6[0-4][\\d]{3}|65[0-4][\\d][\\d]|655[0-2][\\d]|6553[0-5]))?(?:/[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff/?\\#]+)*/[\\d]+\\Z",
        "problem": "must be a DSN (https://<key>@<host>/<project>)",
        "meaning": "Where errors and traces are sent to. Without it Sentry is not loaded at all.",
        "example": "https://fedcba9876543210fedcba9876543210@o1.ingest.us.sentry.io/4500000000000002",
    },
    "SENTRY_ENVIRONMENT": {
        "app": "server",
        "visibility": "public",
        "source": "brandvx-observability:environment",
        "pattern": "(?ai)\\A(?!none\\Z)[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff/]{1,64}\\Z",
        "problem": "must be 1 to 64 characters without spaces and slashes, and not \"None\"",
        "meaning": "Stage that errors are marked with. Alerts watch `production` alone.",
        "example": "production",
    },
    "SENTRY_TRACES_SAMPLE_RATE": {
        "app": "server",
        "visibility": "public",
        "source": "brandvx-observability:sentryTracesSampleRate",
        "pattern": "(?a)\\A(0(\\.[\\d]+)?|1(\\.0+)?)\\Z",
        "problem": "must be a share between 0 and 1, such as 0.1",
        "meaning": "Share of requests that are traced, from 0 to 1. Raise it for a while to look at performance.",
        "example": "0.1",
    },
    "REDIS_URL": {
        "app": "server",
        "visibility": "secret",
        "source": "redis.url",
        "pattern": "(?a)\\A(?![\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff]*[?\\&]db(?:=(?![\\d]+(?:\\&|\\Z))|\\&|\\Z))[rR][eE][dD][iI][sS][sS]?://(?:[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff/?\\#]+@)?(?:\\[[\\da-fA-F:.]+\\]|[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\\\/?\\#@:\\[\\]<>\\^\\|%]+)(?::(?:[\\d]{1,4}|[1-5][\\d]{4}|6[0-4][\\d]{3}|65[0-4][\\d][\\d]|655[0-2][\\d]|6553[0-5]))?(?:/[\\d]*)?(?:\\?[^\\x09-\\x0d \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff\\#]*)?\\Z",
        "problem": "must be a Redis address (rediss://\u2026)",
        "meaning": "Redis with its password, over TLS. Without it caches, limits and breakers live in each process' own memory.",
        "example": "rediss://default:password@example-12345.upstash.io:6379",
    },
}
