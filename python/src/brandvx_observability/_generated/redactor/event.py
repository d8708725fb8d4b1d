# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/event.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .catalog_privacy import truncatedTextLength
from .names import isForbiddenName
from .person import redactPerson
from .pseudonym import opaqueId, pseudonym
from .text import redactText
from brandvx_observability._check import valueFits
from brandvx_observability._privacy.catalog import eventRules
from brandvx_observability._privacy.value import redact

def redactProperties(event, properties, onDrop):
    rules = (js.get(eventRules, event) if js.has(eventRules, event) else None)
    if ((not (rules is not None)) and (not event.startswith("$"))):
        onDrop(redactText(event, 80))
    kept = []
    for name in js.keys(properties):
        value = js.get(properties, name)
        if (value is None):
            continue
        rule = (js.get(rules, name) if ((rules is not None) and js.has(rules, name)) else None)
        result = (underRule(rule, name, value) if (rule is not None) else (ofPosthog(name, value) if name.startswith("$") else None))
        if (result is None):
            onDrop((js.string(redactText(event, 80)) + "." + js.string(redactText(name, 80))))
        else:
            kept.append([name, result])
    return dict(kept)

def underRule(rule, name, value):
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

def ofPosthog(name, value):
    if (name.endswith("_id") and (((js.type_of(value) == "string") or (js.type_of(value) == "number")))):
        return opaqueId(value)
    isPerson = (((((name == "$set") or (name == "$set_once"))) and (js.type_of(value) == "object")) and (value is not None))
    return (redactPerson(value) if isPerson else redact(value))

