# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/property.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .catalog_privacy import truncatedTextLength
from .names import isForbiddenName
from .pseudonym import opaqueId, pseudonym
from .text import redactText
from brandvx_observability._check import valueFits
from brandvx_observability._privacy.value import redact

def redactUnderRule(rule, name, value):
    if ((js.get(rule, "privacy") == "forbidden") or isForbiddenName(name)):
        return None
    if (js.get(rule, "privacy") == "truncated-120"):
        return textOf(value)
    if (not valueFits(rule, value)):
        return None
    if ((js.type_of(value) != "string") and (js.type_of(value) != "number")):
        return redact(value)
    _s1 = js.get(rule, "privacy")
    if _s1 == "id":
        return opaqueId(value)
    elif _s1 == "hashed":
        return pseudonym(value)
    elif True:
        return redact(value)

def textOf(value):
    said = ((js.string(js.get(value, "name")) + ": " + js.string(js.get(value, "message"))) if js.is_error(value) else value)
    text = (said if (js.type_of(said) == "string") else ((_n2 if (_n2 := js.json_text(redact(said))) is not None else js.string(said))))
    return redactText(text, truncatedTextLength)

