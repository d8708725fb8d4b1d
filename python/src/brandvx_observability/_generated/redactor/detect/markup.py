# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/markup.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..detect.nothing import saysNothing
from ..labels import labels
from ..names import isPartOfPerson, kindOfName, kindOfWords

_R1 = js.RegExp(r"<(?:first|given)[ >]", "i")
_R2 = js.RegExp(r"<(?:last|family)[ >]", "i")
_R3 = js.RegExp(r"\Atype\Z", "i")
_R4 = js.RegExp(r"\A(?:password|tel)\Z", "i")
_R5 = js.RegExp(r"\Aclass(?:name)?\Z", "i")
_R6 = js.RegExp(r"\A(?:td|dd|span)\Z", "i")
_R7 = js.RegExp(r"\A(?:h[1-6]|strong|b|em|i|p)\Z", "i")
element = js.RegExp(r"<([A-Za-z][\w:.\-]{1,60})(?: [^<>]{0,200})?>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}(?:<(?:value|text|string)[^<>]{0,60}>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20})?(?:<!\[CDATA\[([^<>]{1,8192}?)\]\]>|([^<>]{1,8192}))[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}</", "g")
heading = js.RegExp(r">[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}((?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_31 + r"]){1,60}?) ?[:*]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}</[A-Za-z][\w:\-]{0,20}>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4}:?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}(?:<(?:[\ud800-\udbff][\udc00-\udfff]|[^<>]){1,200}>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}){0,3}((?:[\ud800-\udbff][\udc00-\udfff]|[^<>\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff])(?:[\ud800-\udbff][\udc00-\udfff]|[^<>]){0,8191})", "g")
field = js.RegExp(r"<(input|textarea|option|select|meta|param|field|property|attribute|data|output|button|span|div|td|dd|p|a|li|h[1-6]|strong|b|em|i|cite|address|time|add|setting|entry)\b([^<>]{3,1024})>(?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,20}<option\b([^<>]{3,512})>)?([^<>]{0,8192})", "ig")
attribute = js.RegExp(r"""(?<![\-0-9A-Z_a-z])([\w:\-]{1,40})[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[\x22']([^\x22'<>]{1,512})[\x22']|([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'<>=]{1,512}))""", "g")
namesField = js.RegExp(r"\A(?:name|id|key|for|itemprop|property|formcontrolname|data\-(?:field|name|key|testid|label|column))\Z", "i")
holdsValue = js.RegExp(r"\A(?:value|content|data\-value|defaultvalue)\Z", "i")
holdsText = js.RegExp(r"\A(?:textarea|select|option|output|span|div|td|dd|p|li|h[1-6]|strong|b|em|i|cite|address|time|field|property|data|setting|entry|param)\Z", "i")
explanation = js.RegExp(r"\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"])*(?: (?:" + charsets.SET_9 + r"|[" + charsets.SET_32 + r"]){1,20}){2,12}[.!?]?\Z")
def findInMarkup(text, add):
    if ((not ("<" in text)) or (not (">" in text))):
        return
    hasParts = (_R1.test(text) and _R2.test(text))
    for found in matches(element, text):
        name = (_n1 if (_n1 := js.item(found, 1)) is not None else "")
        kind = ("personal" if (hasParts and isPartOfPerson(name)) else kindOfName(name))
        addNamed(found, kind, (3 if (js.item(found, 2) is None) else 2), add)
    for found_2 in matches(heading, text):
        addNamed(found_2, kindOfWords((_n2 if (_n2 := js.item(found_2, 1)) is not None else "")), 2, add)
    for found_3 in matches(field, text):
        findInField(found_3, add)

def addNamed(found, kind, group, add):
    value = js.trim(((_n3 if (_n3 := js.item(found, group)) is not None else "")))
    if (((kind == "other") or saysNothing(value)) or explanation.test(value)):
        return
    _d4 = placeOf(found, group)
    start = js.item(_d4, 0)
    end = js.item(_d4, 1)
    add(start, end, (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))

def isNamedBy(attribute, said, tag):
    if _R3.test(attribute):
        return _R4.test(said)
    if _R5.test(attribute):
        return (_R6.test(tag) and (kindOfName(said) == "personal"))
    return (namesField.test(attribute) and (kindOfName(said) != "other"))

def findInField(found, add):
    _d5 = found
    _v6 = js.item(_d5, 1)
    tag = (_v6 if _v6 is not None else "")
    _v7 = js.item(_d5, 2)
    inside = (_v7 if _v7 is not None else "")
    _v8 = js.item(_d5, 3)
    option = (_v8 if _v8 is not None else "")
    _v9 = js.item(_d5, 4)
    content = (_v9 if _v9 is not None else "")
    name = ""
    values = []
    for group in [2, 3]:
        offset = (0 if (js.item(found, group) is None) else js.item(placeOf(found, group), 0))
        for part in matches(attribute, (inside if (group == 2) else option)):
            said = (_n10 if (_n10 := (_n11 if (_n11 := js.item(part, 2)) is not None else js.item(part, 3))) is not None else "")
            if isNamedBy((_n12 if (_n12 := js.item(part, 1)) is not None else ""), said, tag):
                name = said
            if ((not holdsValue.test((_n13 if (_n13 := js.item(part, 1)) is not None else ""))) or saysNothing(said)):
                continue
            _d14 = placeOf(part, (3 if (js.item(part, 2) is None) else 2))
            start = js.item(_d14, 0)
            end = js.item(_d14, 1)
            values.append([(offset + start), (offset + end)])
    if (name == ""):
        return
    isHeading = (_R7.test(tag) and (kindOfName(name) == "secret"))
    if (((holdsText.test(tag) and (not isHeading)) and (js.trim(content) != "")) and (not saysNothing(js.trim(content)))):
        values.append(placeOf(found, 4))
    for _e15 in values:
        start_2 = js.item(_e15, 0)
        end_2 = js.item(_e15, 1)
        add(start_2, end_2, (js.get(labels, "token") if (kindOfName(name) == "secret") else js.get(labels, "private")))

