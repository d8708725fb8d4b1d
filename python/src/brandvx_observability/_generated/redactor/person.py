# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/person.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .campaign import barePosthogName, isCampaignParameter
from .labels import isLabel
from .names import isPrivate
from .property import redactUnderRule
from .text import redactText
from brandvx_observability._privacy.catalog import personRules
from brandvx_observability._privacy.value import redact

def redactPerson(properties, through, onDrop):
    kept = []
    for _e1 in js.entries(properties):
        name = js.item(_e1, 0)
        value = js.item(_e1, 1)
        if (value is None):
            continue
        rule = (js.get(personRules, name) if js.has(personRules, name) else None)
        result = (redactUnderRule(rule, name, value) if (rule is not None) else (redactPosthogs(name, value) if (name.startswith("$") or isCampaignParameter(name)) else None))
        if (result is None):
            onDrop((js.string(through) + "." + js.string(redactText(name, 80))))
        else:
            kept.append([name, result])
    return dict(kept)

def redactPosthogs(name, value):
    bare = barePosthogName(name)
    if (((js.type_of(value) == "string") or (js.type_of(value) == "number")) or (js.type_of(value) == "boolean")):
        def isDropped(given):
            return (isPrivate(bare, given) and (not (((js.type_of(given) == "string") and isLabel(given)))))
        if ((redactText(bare, 256) != bare) or isDropped(value)):
            return None
        kept = redact(value)
        return (None if isDropped(kept) else kept)
    return js.get((redact({bare: value})), bare)

