# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/pseudonym.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .credentials import withoutCredentials
from .emails import withoutEmails
from .numbers import withoutLongNumbers

pseudonymPattern = js.RegExp(r"\Ah_[a-p]{20}\Z")
keyPattern = js.RegExp(r"\A[\w.:\|\-]{1,128}\Z")
uuid = js.RegExp(r"\A[\da-f]{8}\-(?:[\da-f]{4}\-){3}[\da-f]{12}\Z", "i")
def pseudonym(value):
    text = js.string(value)
    if pseudonymPattern.test(text):
        return text
    hash_ = js.slice(js.sha256(js.utf8_bytes(("brandvx:" + js.string(js.lower(js.trim(text)))))), 0, 10)
    def _f1(byte):
        return (letter((byte >> 4)) + letter((byte & 15)))
    return ("h_" + js.string(("").join(js.strings(js.map_([*hash_], _f1, 1)))))

def letter(nibble):
    return js.from_char_code((97 + nibble))

def opaqueId(value):
    id_ = js.string(value)
    if ((uuid.test(id_) or pseudonymPattern.test(id_)) or (id_ == "")):
        return id_
    harmless = (keyPattern.test(id_) and (withoutLongNumbers(withoutCredentials(withoutEmails(id_))) == id_))
    return (id_ if harmless else pseudonym(id_))

