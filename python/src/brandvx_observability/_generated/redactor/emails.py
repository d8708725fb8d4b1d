# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/emails.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets
from .labels import labels

_R1 = js.RegExp(r"(?:" + charsets.SET_2 + r"|[" + charsets.SET_3 + r"])")
_R2 = js.RegExp(r"\A[\x00-\uffff]*[/?\&=\#](?=(?:[\ud800-\udbff][\udc00-\udfff]|[\x00-\uffff]))")
_R3 = js.RegExp(r"(?:" + charsets.SET_5 + r"|[" + charsets.SET_4 + r"])")
atSign = js.RegExp(r"[@]|[%][4][0]|[%][2][5][4][0]|[\\][Uu][0][0][4][0]|[\&][\#][6][4][;]|[\&][Cc][Oo][Mm][Mm][Aa][Tt][;]|[\uff20]", "g")
localPart = js.RegExp(r'(?:[\ud800-\udbff][\udc00-\udfff]|[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff<>()\[\]\\,;:"@\uff20])')
domain = js.RegExp(r"(?:(?:" + charsets.SET_2 + r"|[" + charsets.SET_1 + r"])|[%][2][Ee])+|[\[](?:(?:[\ud800-\udbff][\udc00-\udfff])|[\x00-\x08\x0e-\x1f!-\\\^-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]){1,64}[\]]", "y")
address = js.RegExp(r"[a-z][a-z\-]{1,20}://", "iy")
def withoutEmails(text):
    result = ""
    done = 0
    atSign.lastIndex = 0
    at = atSign.exec(text)
    while True:
        if not (at is not None):
            break
        start = startOfLocalPart(text, at.index, done)
        end = endOfDomain(text, (at.index + len(js.item(at, 0))))
        if (((start == at.index) or (end is None)) or isPackage(text, start, at.index, end)):
            at = atSign.exec(text)
            continue
        result += (js.slice(text, done, start) + js.get(labels, "email"))
        done = end
        atSign.lastIndex = end
        at = atSign.exec(text)
    return (text if (done == 0) else (result + js.slice(text, done)))

def isPackage(text, start, at, end):
    named = (_R1.test(js.slice(text, start, at)) and (js.char(text, (at - 1)) != "/"))
    return (((not named) and (js.char(text, end) == "/")) and (not ("." in js.slice(text, at, end))))

def startOfLocalPart(text, at, floor):
    if (js.char(text, (at - 1)) == "\""):
        quote = js.last_index_of(text, "\"", (at - 2))
        if (quote >= js.largest(floor, (at - 66))):
            return quote
    start = at
    while True:
        if not ((start > floor) and localPart.test((_n1 if (_n1 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    delimiters = (_n2 if (_n2 := (None if (_c3 := _R2.exec(js.slice(text, start, at))) is None else len(js.item(_c3, 0)))) is not None else 0)
    return (start + delimiters)

def endOfDomain(text, from_):
    address.lastIndex = from_
    if address.test(text):
        return None
    domain.lastIndex = from_
    found = (None if (_c4 := domain.exec(text)) is None else js.item(_c4, 0))
    return ((from_ + len(found)) if (found and ((found.startswith("[") or _R3.test(found)))) else None)

