# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/pseudonym.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .detect.keys import findKeys

pseudonymPattern = js.RegExp(r"\Ah_[a-p]{20}\Z")
keyPattern = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]*[A-Za-z])[\w.:\|\-]{1,128}\Z")
wordAndNumber = js.RegExp(r"\A[A-Za-z]+[_.:\|\-](?:[\d][_.:\|\-]?){9,15}\Z")
address = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]*:[^\n\r\u2028\u2029]*:)[\da-f:.]+\Z", "i")
figuresAlone = js.RegExp(r"\A(?:[\d]{20,64}|[\d]{8}\-(?:[\d]{4}\-){3}[\d]{12})\Z")
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
    known = remembered.get(id_)
    if (known is not None):
        return known
    opaque = (id_ if isOpaque(id_) else pseudonym(id_))
    if (len(remembered) >= mostRemembered):
        remembered.clear()
    if (len(id_) <= 128):
        js.put(remembered, id_, opaque)
    return opaque

remembered = {}
mostRemembered = 1000
def isOpaque(id_):
    if ((id_ == "") or figuresAlone.test(id_)):
        return True
    return (((keyPattern.test(id_) and (not wordAndNumber.test(id_))) and (not address.test(id_))) and (not isIssued(id_)))

def isIssued(id_):
    found = False
    def _f2(start, *_):
        nonlocal found
        if ((start == 0) or (js.char(id_, start) == "_")):
            found = True
    findKeys(id_, _f2)
    return found

