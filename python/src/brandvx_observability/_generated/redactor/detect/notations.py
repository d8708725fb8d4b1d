# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/notations.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.columns import findColumns
from ..detect.found import matches, placeOf
from ..detect.nothing import saysNothing
from ..labels import labels
from ..names import kindOfName

_R1 = js.RegExp(r"[\d]")
_R2 = js.RegExp(r"[A-Za-z]")
_R3 = js.RegExp(r"\Aname\Z", "i")
_R4 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_16 + r"])")
_R5 = js.RegExp(r"\A[%$:][\w]+\Z")
_R6 = js.RegExp(r"[\d_\-]|[a-z][A-Z]|[^ -\~]")
_R7 = js.RegExp(r"passw|pwd|name", "i")
_R8 = js.RegExp(r"\A[a-z]+\Z")
_R9 = js.RegExp(r"\A(?:name|id|key|property|formcontrolname)\Z", "i")
_R10 = js.RegExp(r"\A(?:value|content)\Z", "i")
_R11 = js.RegExp(r"[\d@ ]|\A(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])")
option = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g")
quotedOption = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g")
element = js.RegExp(r"<([A-Za-z][\w:.\-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,8192})</", "g")
pair = js.RegExp(r"""[\x22']?\b(?:name|key|header|field|property|attribute|param|k|id)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22'](?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:type|format|id|in|placeholder|autocomplete|required)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[^\x22'{}<>\x0a]{0,40}[\x22']?){0,2}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|val|v|content|data)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'<>\x0a]{1,8192})""", "ig")
pairReversed = js.RegExp(r"""(?<![0-9A-Z_a-z])[\x22']?(?:value|val|v)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([^\x22'<>\x0a]{1,512})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:name|key|header|field|k)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22']""", "ig")
formData = js.RegExp(r'(?<![\-0-9A-Z_a-z])name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig")
tuple_ = js.RegExp(r"""[\[,({][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?b?[\x22'](\-{0,2}[A-Za-z][\w.$ \-]{0,63})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:,|=>)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?=b?[\x22']([^\x22'\x0a]{1,8192})[\x22'])""", "g")
manifest = js.RegExp(r"""\b(?:name|key): ?[\x22']?([\w.\-]{1,64})[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}value: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,512})""", "g")
declared = js.RegExp(r"""(?<![$0-9A-Z_a-z])(?:ENV|ARG|setx|setenv|export|fly secrets set|config:set)[ \x09]{1,4}((?:[A-Z][A-Z\d]{0,20}_){0,5}[A-Z\d]{2,20})[ \x09]{1,4}[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{3,512})""", "g")
variable = js.RegExp(r"""(?<![$0-9A-Z_a-z])((?:[A-Z][A-Z\d]{0,20}_){1,5}[A-Z\d]{2,20})[ \x09][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{4,512})""", "g")
dumped = js.RegExp(r'\["([\w.$\-]{1,64})"\][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}(?:string|int|float)\([\d]{0,5}\)? ?"?([^"\x0a]{1,512})', "g")
cell = js.RegExp(r"""\| {0,8}[\x22'`]?([A-Za-z][\w.\-]{1,40})[\x22'`]? {0,20}(?=\| {0,8}([^\|\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][^\|\x0a]{0,254}?) {0,40}\|)""", "g")
changed = js.RegExp(r"""\b(?:set|setting|change[ds]?|changing|update[ds]?|updating|reset|rotate[ds]?|rename[ds]?)(?: (?:the|your|my|their|his|her|user))? ([A-Za-z][\w\-]{1,40}(?: (?:name|address|number|code|key|date))?) (?:to|as|=) [\x22'`]?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;]{3,256})""", "ig")
beside = js.RegExp(r"""(?<![\x22'\-.0-9A-Z_-z])([A-Za-z][\w\-]{2,40}(?: (?:name|address|number|date|of birth))?) (?:[\x22'`]|\([\x22'`])([^\x22'`\x0a]{2,256})[\x22'`]""", "g")
condition = js.RegExp(r"""(?<![.0-9A-Z_a-z])(?:[\w\x22]{1,40}\.)?[\x22`]?([A-Za-z_][\w]{0,60})[\x22`]?\)?(?:::[\w]{1,20})? {0,2}(?:(?:NOT )?(?:I?LIKE|SIMILAR TO|BETWEEN)|(?:NOT )?IN|<>|!=|[<>]=?|~\*?|@@|= ?ANY) {0,2}(?:\( {0,2}(?:ARRAY\[)?)?[EN]?'([^\x0a]{1,512}?)'(?=[^'\w]*(?:[\x0a;)\]]|\Z| (?:AND|OR|ORDER|LIMIT|GROUP|FOR|RETURNING)\b))""", "ig")
called = js.RegExp(r"""(?<![A-Za-z])(?:set|with|use|update|verify|check|login|new )?([A-Z][A-Za-z]{2,40})\([\x22'`]([^\x22'`\x0a]{2,256})[\x22'`]""", "g")
cookieSet = js.RegExp(r"""\bcookies?(?:Store)?(?:\(\))?(?:\.set)?\( ?[\x22'`]([\w.\-]{1,64})[\x22'`], ?[\x22'`]([^\x22'`\x0a]{2,4096})[\x22'`]""", "ig")
patterns = [
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g"),
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g"),
    js.RegExp(r"<([A-Za-z][\w:.\-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,8192})</", "g"),
    js.RegExp(r"""[\x22']?\b(?:name|key|header|field|property|attribute|param|k|id)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22'](?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:type|format|id|in|placeholder|autocomplete|required)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[^\x22'{}<>\x0a]{0,40}[\x22']?){0,2}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|val|v|content|data)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'<>\x0a]{1,8192})""", "ig"),
    js.RegExp(r'(?<![\-0-9A-Z_a-z])name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig"),
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
    for found_6 in matches(condition, text):
        _d4 = found_6
        _v5 = js.item(_d4, 1)
        name_2 = (_v5 if _v5 is not None else "")
        _v6 = js.item(_d4, 2)
        value_2 = (_v6 if _v6 is not None else "")
        kind = ("personal" if _R3.test(name_2) else kindOfName(name_2))
        if (((kind == "other") or (not _R4.test(value_2))) or ((_R5.test(value_2) and (not value_2.startswith("%"))))):
            continue
        add(*placeOf(found_6, 2), (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))
    for pattern_2 in [beside, changed, called, cell]:
        for found_7 in matches(pattern_2, text):
            _d7 = found_7
            _v8 = js.item(_d7, 1)
            name_3 = (_v8 if _v8 is not None else "")
            _v9 = js.item(_d7, 2)
            value_3 = (_v9 if _v9 is not None else "")
            if (_R6.test(value_3) or ((_R7.test(name_3) and (not _R8.test(value_3))))):
                addValue(found_7, 1, 2, add, True)
    for found_8 in matches(cookieSet, text):
        add(*placeOf(found_8, 2), js.get(labels, "token"))
    findInElements(text, add)
    findColumns(text, add)

fieldOfForm = js.RegExp(r"<(?:input|textarea|option|meta|param|field|property|attribute|data)\b([^<>]{3,1024})", "ig")
attribute = js.RegExp(r"""(?<![\-0-9A-Z_a-z])([\w:\-]{1,40})[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([^\x22'<>]{1,512})[\x22']""", "g")
def findInElements(text, add):
    for _e10 in matches(fieldOfForm, text):
        whole = js.item(_e10, 0)
        _v11 = js.item(_e10, 1)
        inside = (_v11 if _v11 is not None else "")
        index = _e10.index
        offset = ((index + len(whole)) - len(inside))
        name = ""
        value = None
        for found in matches(attribute, inside):
            _d12 = found
            _v13 = js.item(_d12, 1)
            key = (_v13 if _v13 is not None else "")
            _v14 = js.item(_d12, 2)
            said = (_v14 if _v14 is not None else "")
            if (_R9.test(key) and (kindOfName(said) != "other")):
                name = said
            if (_R10.test(key) and (not saysNothing(said))):
                value = placeOf(found, 2)
        if ((name != "") and (value is not None)):
            add((offset + js.item(value, 0)), (offset + js.item(value, 1)), (js.get(labels, "token") if (kindOfName(name) == "secret") else js.get(labels, "private")))

def addValue(found, nameGroup, valueGroup, add, isListed):
    name = (_n15 if (_n15 := js.item(found, nameGroup)) is not None else "")
    value = js.trim(((_n16 if (_n16 := js.item(found, valueGroup)) is not None else "")))
    kind = kindOfName(name)
    if ((kind == "other") or saysNothing(value)):
        return
    if ((isListed and (kind == "personal")) and (not _R11.test(value))):
        return
    _d17 = placeOf(found, valueGroup)
    start = js.item(_d17, 0)
    end = js.item(_d17, 1)
    add(start, end, (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))

