# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/found.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

def matches(pattern, text):
    pattern.lastIndex = 0
    found = pattern.exec(text)
    while True:
        if not (found is not None):
            break
        next_ = pattern.lastIndex
        (yield found)
        pattern.lastIndex = next_
        found = pattern.exec(text)

def placeOf(found, group):
    places = found.indices
    return (_n1 if (_n1 := (None if (_c2 := places) is None else js.item(_c2, group))) is not None else [found.index, (found.index + len(js.item(found, 0)))])

mask = "\ufdd0"
def masked(text, pattern):
    def _f3(found):
        return (mask * max(0, len(found)))
    return js.replace(text, pattern, _f3, 1)

