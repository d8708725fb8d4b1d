# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/nothing.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..names import isPrivateName, isReason

_R1 = js.RegExp(r"\A(?:true|false|null|none|undefined|[\d]{1,2})\Z|\A\[[a-z]{2,8}\]\Z|\A\-\-?[\w]|\A(?:\$[\w{(]|%(?:\(|[sdifrj](?![\w]))|\{\{|<)", "i")
def saysNothing(value):
    return (((((value == "") or isReason(value)) or isPrivateName(value)) or _R1.test(value)))

