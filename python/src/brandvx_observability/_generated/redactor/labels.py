# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/labels.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets

labels = {
    "email": "[email]",
    "phone": "[phone]",
    "card": "[card]",
    "account": "[account]",
    "number": "[number]",
    "address": "[ip]",
    "token": "[token]",
    "private": "[private]",
}
all_ = {"[email]", "[phone]", "[card]", "[account]", "[number]", "[ip]", "[token]", "[private]"}
def isLabel(text):
    return (text in all_)

anyLabel = "\\[(?:email|phone|card|account|number|ip|token|private)\\]"
labelsWithin = js.RegExp(r"\[(?:email|phone|card|account|number|ip|token|private)\]", "g")
labelsApart = js.RegExp(r"(?<![0-9A-Z_a-z])\[(?:email|phone|card|account|number|ip|token|private)\]", "g")
onlyLabels = js.RegExp(r"\A(?:\[(?:email|phone|card|account|number|ip|token|private)\]|(?:" + charsets.SET_2 + r"|[" + charsets.SET_1 + r"]))*\Z")
cutLabel = js.RegExp(r"\[[a-z]{0,8}\Z")
