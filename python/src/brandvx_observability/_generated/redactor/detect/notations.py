# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/notations.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..labels import labels
from ..names import isPrivateName, isReason, kindOfName

_R1 = js.RegExp(r"[\d]")
_R2 = js.RegExp(r"[A-Za-z]")
_R3 = js.RegExp(r"[\d@ ]|\A(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])")
_R4 = js.RegExp(r"\A(?:true|false|null|none|undefined|[\d]{1,2})\Z|\A\[[a-z]{2,8}\]\Z|\A\-\-?[\w]|\A(?:\$[\w{(]|%[(\w]|\{\{|<)", "i")
_R5 = js.RegExp(r"""\A[ \x22']+|[ \x22'\x0d]+\Z""", "g")
_R6 = js.RegExp(r"\A(?:customer|client|contact|patient|guest)?[_ ]?name\Z", "i")
_R7 = js.RegExp(r"""\A[ \x22']{0,3}""")
_R8 = js.RegExp(r"""[\x22'\x0d ]{0,3}\Z""")
option = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g")
quotedOption = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g")
element = js.RegExp(r"<([A-Za-z][\w:.\-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,8192})</", "g")
pair = js.RegExp(r"""[\x22']?\b(?:name|key|header|field|property|attribute|param|k|id)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22'](?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:type|format|id|in|placeholder|autocomplete|required)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[^\x22'{}<>\x0a]{0,40}[\x22']?){0,2}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|val|v|content|data)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'<>\x0a]{1,8192})""", "ig")
pairReversed = js.RegExp(r"""(?<![0-9A-Z_a-z])[\x22']?(?:value|val|v)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([^\x22'<>\x0a]{1,512})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:name|key|header|field|k)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22']""", "ig")
formData = js.RegExp(r'; ?name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig")
tuple_ = js.RegExp(r"""[\[,({][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?b?[\x22'](\-{0,2}[A-Za-z][\w.$ \-]{0,63})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:,|=>)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?=b?[\x22']([^\x22'\x0a]{1,8192})[\x22'])""", "g")
manifest = js.RegExp(r"""\b(?:name|key): ?[\x22']?([\w.\-]{1,64})[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}value: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,512})""", "g")
declared = js.RegExp(r"""(?<![$0-9A-Z_a-z])(?:ENV|ARG|setx|setenv|export|fly secrets set|config:set)[ \x09]{1,4}((?:[A-Z][A-Z\d]{0,20}_){0,5}[A-Z\d]{2,20})[ \x09]{1,4}[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{3,512})""", "g")
variable = js.RegExp(r"""(?<![$0-9A-Z_a-z])((?:[A-Z][A-Z\d]{0,20}_){1,5}[A-Z\d]{2,20})[ \x09][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{4,512})""", "g")
dumped = js.RegExp(r'\["([\w.$\-]{1,64})"\][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}(?:string|int|float)\([\d]{0,5}\)? ?"?([^"\x0a]{1,512})', "g")
patterns = [
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g"),
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g"),
    js.RegExp(r"<([A-Za-z][\w:.\-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,8192})</", "g"),
    js.RegExp(r"""[\x22']?\b(?:name|key|header|field|property|attribute|param|k|id)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22'](?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:type|format|id|in|placeholder|autocomplete|required)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[^\x22'{}<>\x0a]{0,40}[\x22']?){0,2}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|val|v|content|data)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'<>\x0a]{1,8192})""", "ig"),
    js.RegExp(r'; ?name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig"),
    js.RegExp(r"""\b(?:name|key): ?[\x22']?([\w.\-]{1,64})[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}value: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,512})""", "g"),
    js.RegExp(r'\["([\w.$\-]{1,64})"\][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}(?:string|int|float)\([\d]{0,5}\)? ?"?([^"\x0a]{1,512})', "g"),
]
def findNotations(text, add):
    for pattern in patterns:
        for found in matches(pattern, text):
            addValue(found, 1, 2, add, False)
    for found_2 in matches(tuple_, text):
        addValue(found_2, 1, 2, add, True)
    for found_3 in matches(pairReversed, text):
        addValue(found_3, 2, 1, add, False)
    for found_4 in matches(declared, text):
        addValue(found_4, 1, 2, add, False)
    for found_5 in matches(variable, text):
        _d1 = found_5
        _v2 = js.item(_d1, 1)
        name = (_v2 if _v2 is not None else "")
        _v3 = js.item(_d1, 2)
        value = (_v3 if _v3 is not None else "")
        if (((kindOfName(name) == "secret") and _R1.test(value)) and _R2.test(value)):
            addValue(found_5, 1, 2, add, False)
    findColumns(text, add)

def addValue(found, nameGroup, valueGroup, add, isListed):
    name = (_n4 if (_n4 := js.item(found, nameGroup)) is not None else "")
    value = js.trim(((_n5 if (_n5 := js.item(found, valueGroup)) is not None else "")))
    kind = kindOfName(name)
    if ((kind == "other") or saysNothing(value)):
        return
    if ((isListed and (kind == "personal")) and (not _R3.test(value))):
        return
    _d6 = placeOf(found, valueGroup)
    start = js.item(_d6, 0)
    end = js.item(_d6, 1)
    add(start, end, (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))

def saysNothing(value):
    return (((((value == "") or isReason(value)) or isPrivateName(value)) or _R4.test(value)))

delimiters = [",", ";", "\x09", "|"]
columnName = js.RegExp(r"""\A ?[\x22']?(?:""" + charsets.SET_14 + r"|[" + charsets.SET_13 + r"])(?:" + charsets.SET_14 + r"|[" + charsets.SET_19 + r"""]){0,40}[\x22']? ?[\x0d]?\Z""")
longestHeading = 1024
mostColumns = 60
def findColumns(text, add):
    if (not ("\n" in text)):
        return
    columns = None
    delimiter = ","
    start = 0
    for line in js.split(text, "\n"):
        if (columns is not None):
            fields = fieldsOf(line, delimiter, start, len(columns))
            if ((fields is not None) and (len(fields) == len(columns))):
                for _e7 in list(enumerate(columns)):
                    index = js.item(_e7, 0)
                    label = js.item(_e7, 1)
                    field = js.item(fields, index)
                    if ((label and (field is not None)) and (not saysNothing(js.trim(js.slice(text, js.get(field, "start"), js.get(field, "end")))))):
                        add(js.get(field, "start"), js.get(field, "end"), label)
                start += (len(line) + 1)
                continue
            columns = None
        def _f8(sign):
            return isHeading(line, sign)
        found = (js.find(delimiters, _f8, 1) if (len(line) <= longestHeading) else None)
        if (found is not None):
            delimiter = found
            def _f9(name):
                bare = js.replace(name, _R5, "", 0)
                kind = ("personal" if _R6.test(bare) else kindOfName(bare))
                return (js.get(labels, "token") if (kind == "secret") else (js.get(labels, "private") if (kind == "personal") else None))
            columns = js.map_(js.split(line, found), _f9, 1)
            def _f10(label):
                return (label is not None)
            if (not js.some(columns, _f10, 1)):
                columns = None
        start += (len(line) + 1)

def isHeading(line, delimiter):
    if (not (delimiter in line)):
        return False
    names = js.split(line, delimiter)
    def _f11(name):
        return columnName.test(name)
    return (((len(names) >= 2) and (len(names) <= mostColumns)) and js.every(names, _f11, 1))

def fieldsOf(line, delimiter, offset, count):
    fields = []
    start = 0
    quoted = False
    at = 0
    while True:
        if not (at <= len(line)):
            break
        sign = js.char(line, at)
        if (sign == "\""):
            quoted = (not quoted)
        if ((at < len(line)) and ((quoted or (sign != delimiter)))):
            at += 1
            continue
        lead = (_n12 if (_n12 := (None if (_c13 := _R7.exec(js.slice(line, start, (start + 3)))) is None else len(js.item(_c13, 0)))) is not None else 0)
        tail = (_n14 if (_n14 := (None if (_c15 := _R8.exec(js.slice(line, js.largest((start + lead), (at - 3)), at))) is None else len(js.item(_c15, 0)))) is not None else 0)
        fields.append({"start": (offset + js.smallest((start + lead), at)), "end": (offset + js.largest((at - tail), (start + lead)))})
        if (len(fields) > count):
            return None
        start = (at + 1)
        at += 1
    return fields

