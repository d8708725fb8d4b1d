# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's ../catalog/privacy.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

_R1 = js.RegExp(r"[_\-]", "g")
privacyClasses = {
    "plain": "leaves as it is",
    "id": "leaves as it is, as long as it looks like a key: no spaces, no @, no phone number",
    "hashed": "leaves as a salted hash",
    "truncated-120": "leaves cut to 120 characters, after addresses, numbers and tokens in it were replaced",
    "forbidden": "never leaves; the property is dropped",
}
truncatedTextLength = 120
forbiddenPropertyNames = [
    "email",
    "phone",
    "phone_number",
    "first_name",
    "last_name",
    "full_name",
    "address",
    "birthday",
    "prompt",
    "ai_input",
    "ai_input_state",
    "ai_output",
    "ai_output_choices",
    "ai_output_state",
    "ai_tools",
    "ai_error",
    "body",
    "password",
    "secret",
    "token",
    "access_token",
    "refresh_token",
    "api_key",
    "authorization",
    "cookie",
    "stack",
]
def comparablePropertyName(name):
    return js.replace(js.lower(name), _R1, "", 0)

