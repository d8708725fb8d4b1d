# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/person.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .pseudonym import opaqueId
from brandvx_observability._privacy.value import redact

def redactPerson(properties):
    person = redact(properties)
    for name in js.keys(person):
        given = js.get(properties, name)
        if (name.endswith("_id") and (((js.type_of(given) == "string") or (js.type_of(given) == "number")))):
            person[name] = opaqueId(given)
    return person

