# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/runs.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .labels import labels

_R1 = js.RegExp(r"[_\-+/=]+")
_R2 = js.RegExp(r"[\d]")
run = js.RegExp(r"[A-Za-z0-9_\-+/=]{20,}", "g")
def withoutRandomRuns(text):
    def _f1(found):
        return ((js.get(labels, "token") if looksRandom(found) else found))
    return js.replace(text, run, _f1, 1)

def looksRandom(found):
    parts = js.split(found, _R1)
    def _f2(part):
        return ((len(part) >= 32) or (((len(part) >= 20) and _R2.test(part))))
    if js.some(parts, _f2, 1):
        return True
    return (changes(found) >= (len(found) / 4))

def changes(text):
    count = 0
    before = ""
    for character in js.points(text):
        kind = kindOf(character)
        if (not kind):
            continue
        if ((before and (kind != before)) and (not (((before == "upper") and (kind == "lower"))))):
            count += 1
        before = kind
    return count

def kindOf(character):
    if ((character >= "0") and (character <= "9")):
        return "digit"
    if ((character >= "a") and (character <= "z")):
        return "lower"
    return ("upper" if ((character >= "A") and (character <= "Z")) else "")

