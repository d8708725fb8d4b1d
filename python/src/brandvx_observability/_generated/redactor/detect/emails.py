# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/emails.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches
from ..labels import labels

_R1 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_17 + r"])")
_R2 = js.RegExp(r"[/+]")
_R3 = js.RegExp(r"\A[\x00-\uffff]*[/?\&=\#\|](?=(?:[\ud800-\udbff][\udc00-\udfff]|[\x00-\uffff]))")
_R4 = js.RegExp(r"\A[\d]+\.[\d]+\.[\d]+[_\-]")
_R5 = js.RegExp(r"\A(?=[^.]*[\d])[^.]*\Z")
_R6 = js.RegExp(r"[._\-]+\Z")
_R7 = js.RegExp(r"\A\[|(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"])|\A[\d]{1,3}(?:\.[\d]{1,3}){3}\Z")
_R8 = js.RegExp(r"<(?:(?:mailto|sips?|tel|xmpp):)?\Z")
_R9 = js.RegExp(r'(?:"(?:[\ud800-\udbff][\udc00-\udfff]|[^"\x0a]){1,78}"|(?:' + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"]){0,30}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"]){0,30}){1,3}) ?\Z")
localPart = js.RegExp(r'(?:[\ud800-\udbff][\udc00-\udfff]|[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff<>()\[\]\\,;:"@\ufdd0])')
domain = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_14 + r"])+|\[(?:[\ud800-\udbff][\udc00-\udfff]|[^\]\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]){1,64}\]", "y")
address = js.RegExp(r"[a-z][a-z\-]{1,20}://", "iy")
version = js.RegExp(r"\A(?:v?[\d]+\.[\d]+(?!\.[\d]+\.[\d]+\Z)(?:\.[\d]+)*(?:[+_\-](?:(?:alpha|beta|rc|next|canary|dev|pre|preview|experimental|snapshot|build|nightly|post)[\w.+\-]*|[\d][\d.\-]*(?:\-g[0-9a-f]+)?))?|v?[\d]+|sha[\d]{1,3}|latest|next|canary|beta|alpha|workspace|npm|file|link|catalog|[\d]+x\.(?:png|jpe?g|gif|webp|avif|svg))\Z", "i")
def findEmails(text, add):
    done = 0
    at = js.index_of(text, "@")
    while True:
        if not (at >= 0):
            break
        if (at < done):
            at = js.index_of(text, "@", (at + 1))
            continue
        start = startOfLocalPart(text, at, done)
        end = endOfDomain(text, ((at + 2) if (js.char(text, (at + 1)) == "@") else (at + 1)))
        if (((start == at) or (end is None)) or isPackage(text, start, at, end)):
            at = js.index_of(text, "@", (at + 1))
            continue
        add(startOfName(text, start, end), end, js.get(labels, "email"))
        done = end
        at = js.index_of(text, "@", (at + 1))

spelled = js.RegExp(r"(?<![" + charsets.SET_15 + r"])(?<!" + charsets.SET_4 + r")(?:" + charsets.SET_4 + r"|[" + charsets.SET_15 + r"]){1,64}(?:[ ]?[(<\[{][ ]?[Aa][Tt][ ]?[)>\]}][ ]?(?:" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"]){1,63}(?:(?:[ ]?[(<\[{][ ]?(?:[Dd][Oo][Tt]|[Pp][Uu][Nn][Kk\u212a][Tt]|[Pp][Uu][Nn][Tt][Oo]|[Pp][Oo][Ii][Nn][Tt])[ ]?[)>\]}][ ]?|[.])(?:" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"]){1,63}){1,4}|[ ][Aa][Tt][ ](?:" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"]){1,63}(?:[ ][Dd][Oo][Tt][ ](?:" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"]){2,63}){1,4})", "g")
def findSpelledEmails(text, add):
    for _e1 in matches(spelled, text):
        found = js.item(_e1, 0)
        index = _e1.index
        add(index, (index + len(found)), js.get(labels, "email"))

fileEnding = js.RegExp(r"\.(?:[cm]?jsx?|tsx?|s?css|vue|svelte|map|json)\Z")
def isPackage(text, start, at, end):
    if ((js.char(text, (at - 1)) == "/") and fileEnding.test(js.slice(text, at, end))):
        return True
    named = (_R1.test(js.slice(text, start, at)) and (js.char(text, (at - 1)) != "/"))
    return (((not named) and _R2.test((_n2 if (_n2 := js.char(text, end)) is not None else ""))) and (not ("." in js.slice(text, at, end))))

returnPath = js.RegExp(r"""(?:(?:[\ud800-\udbff][\udc00-\udfff])|[\x00-\x08\x0e-\x1f!\x22$%'-.0-<>@-{}-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]){1,64}[=](?:(?:""" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"]){1,63}[.]){1,4}(?:[Cc][Oo][Mm]|[Oo][Rr][Gg]|[Nn][Ee][Tt]|[Ee][Dd][Uu]|[Gg][Oo][Vv]|[Ii][Nn][Ff][Oo]|[Bb][Ii][Zz]|[Aa][Pp][Pp]|[Dd][Ee][Vv]|[Ee][Xx][Aa][Mm][Pp][Ll][Ee]|[Tt][Ee][Ss\u017f][Tt]|[Ii][Nn][Vv][Aa][Ll][Ii][Dd]|[A-Za-z\u017f\u212a]{2})\Z")
def startOfLocalPart(text, at, floor):
    if (js.char(text, (at - 1)) == "\""):
        quote = js.last_index_of(text, "\"", (at - 2))
        if (quote >= js.largest(floor, (at - 66))):
            return quote
    start = at
    while True:
        if not ((start > floor) and localPart.test((_n3 if (_n3 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    delimiters = (_n4 if (_n4 := (None if (_c5 := _R3.exec(js.slice(text, start, at))) is None else len(js.item(_c5, 0)))) is not None else 0)
    returned = returnPath.exec(js.slice(text, js.largest(start, (at - 320)), at))
    return ((js.largest(start, (at - 320)) + returned.index) if (returned is not None) else (start + delimiters))

def endOfDomain(text, from_):
    address.lastIndex = from_
    if address.test(text):
        return None
    domain.lastIndex = from_
    found = (None if (_c6 := domain.exec(text)) is None else js.item(_c6, 0))
    if ((((not found) or version.test(found)) or _R4.test(found)) or _R5.test(found)):
        return None
    return ((from_ + len(js.replace(found, _R6, "", 0))) if _R7.test(found) else None)

def startOfName(text, start, end):
    lead = (None if (_c7 := _R8.exec(js.slice(text, js.largest(0, (start - 9)), start))) is None else len(js.item(_c7, 0)))
    if ((lead is None) or (js.char(text, end) != ">")):
        return start
    before = js.slice(text, js.largest(0, ((start - lead) - 80)), (start - lead))
    name = _R9.exec(before)
    return (((start - lead) - len(js.item(name, 0))) if (name is not None) else start)

