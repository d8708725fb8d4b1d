# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/event.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .person import redactPerson, redactPosthogs
from .property import redactUnderRule
from .pseudonym import opaqueId
from .text import redactText
from brandvx_observability._privacy.catalog import eventRules

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
        result = (redactUnderRule(rule, name, value) if (rule is not None) else (ofPosthog(name, value, onDrop) if name.startswith("$") else None))
        if (result is None):
            onDrop((js.string(redactText(event, 80)) + "." + js.string(redactText(name, 80))))
        else:
            kept.append([name, result])
    return dict(kept)

def ofPosthog(name, value, onDrop):
    if (name.endswith("_id") and (((js.type_of(value) == "string") or (js.type_of(value) == "number")))):
        return opaqueId(value)
    isPerson = (((((name == "$set") or (name == "$set_once"))) and (js.type_of(value) == "object")) and (value is not None))
    if isPerson:
        return redactPerson(value, name, onDrop)
    return redactPosthogs(name, value)

