# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
from typing import Final, Literal, NotRequired, TypedDict


class Rule(TypedDict):
    """What one property of an event may hold."""

    privacy: Literal["plain", "id", "hashed", "truncated-120", "forbidden"]
    type: Literal["string", "number", "integer", "boolean", "json", "none"]
    optional: NotRequired[bool]
    oneOf: NotRequired[list[str]]
    minimum: NotRequired[float]
    minLength: NotRequired[int]
    pattern: NotRequired[str]


RULES: Final[dict[str, dict[str, Rule]]] = {
    "onboarding.stepper_open": {},
    "onboarding.step_viewed": {
        "step": {"privacy": "plain", "type": "string", "minLength": 1},
        "position": {"privacy": "plain", "type": "integer", "minimum": 1},
        "direction": {"privacy": "plain", "type": "string", "oneOf": ["forward", "back"], "optional": True},
    },
    "onboarding.step_advanced": {
        "step": {"privacy": "plain", "type": "string", "minLength": 1},
        "position": {"privacy": "plain", "type": "integer", "minimum": 1},
    },
    "onboarding.step_completed": {"step": {"privacy": "plain", "type": "string", "minLength": 1}},
    "ask.prompt_submitted": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "length": {"privacy": "plain", "type": "integer", "minimum": 0},
        "mode": {"privacy": "plain", "type": "string"},
    },
    "ask.response_stream_start": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "chars": {"privacy": "plain", "type": "integer", "minimum": 0},
    },
    "ask.response_stream_complete": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "chars": {"privacy": "plain", "type": "integer", "minimum": 0},
        "duration_ms": {"privacy": "plain", "type": "number", "minimum": 0},
    },
    "ask.response_error": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "error": {"privacy": "truncated-120", "type": "string"},
    },
    "ask.rated": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "answer_id": {"privacy": "id", "type": "string", "minLength": 1},
        "rating": {"privacy": "plain", "type": "integer", "minimum": 1},
    },
    "ask.shared": {
        "onboard": {"privacy": "plain", "type": "boolean"},
        "answer_id": {"privacy": "id", "type": "string", "minLength": 1},
        "target": {"privacy": "plain", "type": "string", "oneOf": ["copy", "link", "email", "cadence"]},
    },
    "$ai_generation": {
        "tenant_id": {"privacy": "id", "type": "string", "minLength": 1},
        "$ai_trace_id": {"privacy": "id", "type": "string", "minLength": 1},
        "$ai_model": {"privacy": "plain", "type": "string", "minLength": 1},
        "$ai_provider": {"privacy": "plain", "type": "string", "minLength": 1},
        "$ai_input_tokens": {"privacy": "plain", "type": "integer", "minimum": 0},
        "$ai_output_tokens": {"privacy": "plain", "type": "integer", "minimum": 0},
        "$ai_latency": {"privacy": "plain", "type": "number", "minimum": 0},
        "$ai_total_cost_usd": {"privacy": "plain", "type": "number", "minimum": 0, "optional": True},
        "$ai_is_error": {"privacy": "plain", "type": "boolean"},
        "$ai_http_status": {"privacy": "plain", "type": "integer", "minimum": 100, "optional": True},
    },
    "cadence.message_queued": {
        "channel": {"privacy": "plain", "type": "string", "oneOf": ["sms", "email"]},
        "template_id": {"privacy": "id", "type": "string"},
        "contact_id": {"privacy": "id", "type": "string", "minLength": 1},
    },
    "cadence.message_sent": {
        "channel": {"privacy": "plain", "type": "string", "oneOf": ["sms", "email"]},
        "template_id": {"privacy": "id", "type": "string"},
        "contact_id": {"privacy": "id", "type": "string", "minLength": 1},
        "fallback": {"privacy": "plain", "type": "boolean", "optional": True},
    },
    "cadence.message_failed": {
        "channel": {"privacy": "plain", "type": "string", "oneOf": ["sms", "email"]},
        "template_id": {"privacy": "id", "type": "string"},
        "contact_id": {"privacy": "id", "type": "string", "minLength": 1},
        "error": {"privacy": "truncated-120", "type": "string"},
    },
    "$pageview": {
        "path": {"privacy": "plain", "type": "string", "pattern": "(?a)\\A/[^\\n\\r\\u2028\\u2029]*"},
        "$current_url": {"privacy": "plain", "type": "string", "optional": True},
    },
    "client_error": {
        "message": {"privacy": "truncated-120", "type": "string"},
        "level": {"privacy": "plain", "type": "string", "oneOf": ["error", "warning"], "optional": True},
        "source": {"privacy": "plain", "type": "string", "optional": True},
        "line": {"privacy": "plain", "type": "integer", "minimum": 1, "optional": True},
        "column": {"privacy": "plain", "type": "integer", "minimum": 1, "optional": True},
        "stack": {"privacy": "forbidden", "type": "none", "optional": True},
    },
    "client_unhandled_rejection": {
        "message": {"privacy": "truncated-120", "type": "string"},
        "stack": {"privacy": "forbidden", "type": "none", "optional": True},
    },
    "landing_view": {"scene": {"privacy": "plain", "type": "string", "minLength": 1, "optional": True}},
    "onboarding_complete": {"scene": {"privacy": "plain", "type": "string", "minLength": 1, "optional": True}},
}

PERSON_RULES: Final[dict[str, Rule]] = {
    "tenant_id": {"privacy": "id", "type": "string", "minLength": 1, "optional": True},
    "plan": {
        "privacy": "plain",
        "type": "string",
        "pattern": "(?a)\\A[a-z][a-z0-9_\\-]{0,39}\\Z",
        "optional": True,
    },
    "role": {
        "privacy": "plain",
        "type": "string",
        "pattern": "(?a)\\A[a-z][a-z0-9_\\-]{0,39}\\Z",
        "optional": True,
    },
    "language": {
        "privacy": "plain",
        "type": "string",
        "pattern": "(?a)\\A[a-z]{2,3}(?:\\-[A-Z]{2})?\\Z",
        "optional": True,
    },
    "signed_up_on": {
        "privacy": "plain",
        "type": "string",
        "pattern": "(?a)\\A20[\\d][\\d]\\-(?:0[1-9]|1[0-2])\\-(?:0[1-9]|[12][\\d]|3[01])\\Z",
        "optional": True,
    },
    "onboarded": {"privacy": "plain", "type": "boolean", "optional": True},
    "internal": {"privacy": "plain", "type": "boolean", "optional": True},
    "seat_count": {"privacy": "plain", "type": "integer", "minimum": 0, "optional": True},
    "contact_count": {"privacy": "plain", "type": "integer", "minimum": 0, "optional": True},
    "cadence_count": {"privacy": "plain", "type": "integer", "minimum": 0, "optional": True},
    "connected_tool_count": {"privacy": "plain", "type": "integer", "minimum": 0, "optional": True},
}

SOURCES: Final[dict[str, Literal["browser", "server"]]] = {
    "onboarding.stepper_open": "browser",
    "onboarding.step_viewed": "browser",
    "onboarding.step_advanced": "browser",
    "onboarding.step_completed": "browser",
    "ask.prompt_submitted": "browser",
    "ask.response_stream_start": "browser",
    "ask.response_stream_complete": "browser",
    "ask.response_error": "browser",
    "ask.rated": "browser",
    "ask.shared": "browser",
    "$ai_generation": "server",
    "cadence.message_queued": "server",
    "cadence.message_sent": "server",
    "cadence.message_failed": "server",
    "$pageview": "browser",
    "client_error": "browser",
    "client_unhandled_rejection": "browser",
    "landing_view": "browser",
    "onboarding_complete": "browser",
}
