# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/numbers.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets
from .labels import labels

_R1 = js.RegExp(r"%2[0-9A-F]", "ig")
_R2 = js.RegExp(r"[\D]", "g")
ipAddress = js.RegExp(r"(?<![.0-9])(?:[\d]{1,3}\.){3}[\d]{1,3}(?![\d.])", "g")
separator = "(?:[ \\t\\u00a0\\u2000-\\u200b\\u2010-\\u2015\\u202f.()/\xb7-]|%2[089BDEF])"
digits = js.RegExp(r"(?:[+]|[%][2][Bb])?[(]?(?:" + charsets.SET_7 + r"|[" + charsets.SET_6 + r"])(?:(?:[\x09 ()\--/\xa0\xb7\u2000-\u200b\u2010-\u2015\u202f]|[%][2][089BD-Fbd-f]){0,3}(?:" + charsets.SET_7 + r"|[" + charsets.SET_6 + r"])){6,}", "g")
def withoutLongNumbers(text):
    def _f1(found):
        return ((js.get(labels, "card") if isCardNumber(js.replace(found, _R1, "", 0)) else js.get(labels, "phone")))
    return js.replace(js.replace(text, ipAddress, js.get(labels, "address"), 0), digits, _f1, 1)

def isCardNumber(text):
    figures = js.reverse(js.map_([*js.points(js.replace(text, _R2, "", 0))], js.number, 1))
    if ((len(figures) < 13) or (len(figures) > 19)):
        return False
    def _f2(total, figure, index):
        doubled = ((figure * 2) if ((index % 2) == 1) else figure)
        return (total + (((doubled - 9) if (doubled > 9) else doubled)))
    sum_ = js.reduce(figures, 3, _f2, 0)
    return ((sum_ % 10) == 0)

