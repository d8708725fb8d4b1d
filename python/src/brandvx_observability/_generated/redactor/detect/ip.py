# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/ip.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches
from ..labels import labels

_R1 = js.RegExp(r"://\Z")
_R2 = js.RegExp(r"[\w.]")
_R3 = js.RegExp(r"\A[\da-f]{0,4}:(?!:)", "i")
_R4 = js.RegExp(r"\A:(?!:)")
_R5 = js.RegExp(r"[\w]")
_R6 = js.RegExp(r"(?<=[0-9a-f]):[\da-f]{0,4}\Z", "i")
_R7 = js.RegExp(r"(?:(?<=[:][:])|(?<=[\x00-9;-\uffff])):\Z")
_R8 = js.RegExp(r":[\d]{1,5}\Z|(?<=[:][:]):\Z")
_R9 = js.RegExp(r"\A(?:0|[1-9][\d]{0,2})\Z")
_R10 = js.RegExp(r"\A[\da-f]{1,4}\Z", "i")
_R11 = js.RegExp(r"\A::ffff:[\da-f]{1,4}:[\da-f]{1,4}\Z", "i")
_R12 = js.RegExp(r"\A(?:2[\da-f]{3}|3[\da-f]{3}|f[cd][\da-f]{2}|fe[89ab][\da-f]|64)\Z", "i")
_R13 = js.RegExp(r"[\d]")
four = js.RegExp(r"(?<![.0-9A-Z_a-z])(?:[\d]{1,3}\.){3}[\d]{1,3}(?![\w]|\.[\d])", "g")
six = js.RegExp(r"(?:[\da-f]{1,4}:|::)[\da-f:]{1,64}(?:[\d]{1,3}(?:\.[\d]{1,3}){3})?", "ig")
mac = js.RegExp(r"(?<![\-0-:A-Z_a-z])[\da-f]{2}([:\-])(?:[\da-f]{2}(?:\1)){4}[\da-f]{2}(?![\w]|[:\-][\da-f])", "ig")
dottedMac = js.RegExp(r"(?<![.0-9A-Z_a-z])(?=[\d.]{0,12}[a-f])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w.])", "ig")
inHostName = js.RegExp(r"(?<![.0-9])(?<![0-9][\-])[\d]{1,3}(?:\-[\d]{1,3}){3}(?=\.[a-z][\w\-]{0,40}\.[a-z])", "ig")
versionBefore = js.RegExp(r"""(?:(?:\A|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff(\x22';,])[A-Za-z][\w+\-]{0,40}/|\bv|\bversion[\x22']?[ :=]{1,3}[\x22']?|[A-Za-z][\-@_])\Z""", "i")
nobodys = js.RegExp(r"\A(?:127\.|0\.0\.0\.0\Z|255\.255\.255\.255\Z)")
internal = js.RegExp(r"\A(?:10\.|192\.168\.|172\.(?:1[6-9]|2[\d]|3[01])\.)")
def findIpAddresses(text, add):
    for _e1 in matches(four, text):
        found = js.item(_e1, 0)
        index = _e1.index
        before = js.slice(text, js.largest(0, (index - 44)), index)
        if (((not isIpv4(found)) or nobodys.test(found)) or versionBefore.test(before)):
            continue
        if (internal.test(found) and _R1.test(before)):
            continue
        add(index, (index + len(found)), js.get(labels, "address"))
    for _e2 in (matches(six, text) if (":" in text) else []):
        found_2 = js.item(_e2, 0)
        index_2 = _e2.index
        isWithinWord = _R2.test((_n3 if (_n3 := js.char(text, (index_2 - 1))) is not None else ""))
        lead = (_n4 if (_n4 := (None if (_c5 := ((_R3 if isWithinWord else _R4)).exec(found_2)) is None else len(js.item(_c5, 0)))) is not None else 0)
        if ((lead == 0) and isWithinWord):
            continue
        isInWord = _R5.test((_n6 if (_n6 := js.char(text, (index_2 + len(found_2)))) is not None else ""))
        rest = (js.replace(js.slice(found_2, lead), _R6, "", 0) if isInWord else js.slice(found_2, lead))
        candidate = js.replace(rest, _R7, "", 0)
        if (isInWord and ((lead + len(candidate)) == len(found_2))):
            continue
        bare = (candidate if isIpv6(candidate) else js.replace(candidate, _R8, "", 0))
        if isIpv6(bare):
            add((index_2 + lead), ((index_2 + lead) + len(bare)), js.get(labels, "address"))
    for pattern in [mac, dottedMac]:
        for _e7 in matches(pattern, text):
            found_3 = js.item(_e7, 0)
            index_3 = _e7.index
            add(index_3, (index_3 + len(found_3)), js.get(labels, "address"))
    for _e8 in matches(inHostName, text):
        found_4 = js.item(_e8, 0)
        index_4 = _e8.index
        plain = found_4.replace("-", ".")
        if (isIpv4(plain) and (not internal.test(plain))):
            add(index_4, (index_4 + len(found_4)), js.get(labels, "address"))

def isIpv4(text):
    parts = js.split(text, ".")
    def _f9(part):
        return (_R9.test(part) and (js.number(part) <= 255))
    return ((len(parts) == 4) and js.every(parts, _f9, 1))

def isIpv6(text):
    halves = js.split(text, "::")
    if (len(halves) > 2):
        return False
    def _f10(half):
        return (([] if (half == "") else js.split(half, ":")))
    groups = js.flat_map(halves, _f10, 1)
    last = (_n11 if (_n11 := js.at(groups, (-1))) is not None else "")
    mapped = ("." in last)
    if (mapped and (((not isIpv4(last)) or nobodys.test(last)))):
        return False
    def _f12(group):
        return _R10.test(group)
    if (not js.every(js.slice(groups, 0, ((-1) if mapped else len(groups))), _f12, 1)):
        return False
    count = (len(groups) + ((1 if mapped else 0)))
    if (len(halves) == 1):
        return (count == 8)
    if ((count > 7) or (len(groups) == 0)):
        return False
    return ((((mapped or _R11.test(text)) or _R12.test((_n13 if (_n13 := js.item(groups, 0)) is not None else ""))) or (((count >= 4) and _R13.test(text)))))

