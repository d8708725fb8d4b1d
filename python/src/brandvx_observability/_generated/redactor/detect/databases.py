# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/databases.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches, placeOf
from ..labels import labels
from ..names import isReason, kindOfName

_R1 = js.RegExp(r"\A\[[a-z]+\]\Z")
_R2 = js.RegExp(r"[)\]]")
_R3 = js.RegExp(r"\A(?:failing|values|args|argv|bindings|parameters)", "i")
rows = [
    js.RegExp(r"(?:failing row contains|\bvalues) ?\((?!(?:\$[\d]+|\?|%s|:[\w]+|default|null)(?:, ?|\)))([^\x0a]{1,8192})", "ig"),
    js.RegExp(r"""\b(?:args|argv|bindings|parameters)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\[(]([^\]\x0a]{1,8192})""", "g"),
    js.RegExp(r'\bCOPY [\w".]{1,64}, line [\d]{1,9}: "([^\x0a]{1,8192})', "g"),
    js.RegExp(r"""\bat or near \x22('[^\x0a\x22]{1,512})""", "g"),
    js.RegExp(r"""\b(?:query argument|parameter) \$[\d]{1,3}(?:: | = )[\x22']([^\x22'\x0a]{2,2048})[\x22']""", "ig"),
    js.RegExp(r"\bparameters: (\$1 = [^\x0a]{1,8192})", "ig"),
]
postgrest = js.RegExp(r"""(?<![.0-9A-Z_a-z])([A-Za-z_][\w.]{1,60})(?:=|\.)(?:not\.)?(?:eq|neq|gte?|lte?|i?like|match|imatch|is|in|cs|cd|ov|(?:pl|ph|w)?fts)(?:\([a-z]{1,12}\))?\.([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,\&)\x22'(]{1,200}|\x22[^\x22\x0a]{1,200}\x22|\([^()\x0a]{1,500}\)?)""", "g")
redisSecrets = [
    js.RegExp(r"""(?:\bAUTH2?|\bauth2|[\x22']auth(?=[\x22'] )|\b(?:CONFIG SET )?(?:requirepass|masterauth|masteruser))[\x22']?((?:[ ]{1,4}[\x22']?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,255}[\x22']?){1,2})""", "g"),
    js.RegExp(r"""\bsentinel (?:set [\w.\-]{1,64} )?auth\-(?:pass|user)(?: [\w.\-]{1,64}(?= [\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]))? [\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,256})""", "ig"),
    js.RegExp(r"""\bredis\-cli\b[^\x0a]{0,120}? (?:\-a|\-\-pass) [\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,256})""", "g"),
    js.RegExp(r"""\bon [>\#](?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{0,64}[A-Za-z])([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{4,256})""", "g"),
    js.RegExp(r"""\bACL SETUSER\b[^\x0a>\#]{0,120}[>\#]([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,256})""", "ig"),
]
redisValues = js.RegExp(r"""\b(?:SET|SETEX|GETSET|SETNX|GETEX|APPEND|PUBLISH|[LR]PUSHX?|LSET|H?MSET|HSETNX|HSET|[SXZ]ADD|GEOADD|PFADD|PSETEX)[\x22']? [\x22']?[\w.{}\[\]+\-]{1,128}:[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{0,256}[\x22']? [\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'=][^\x0a\x22']{0,8192}(?:[\x22'][^\x22'\x0a]{1,2048}[\x22'](?=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,)\]}]|\Z)){0,8})""", "g")
putInFields = js.RegExp(r"""[\x22']loc[\x22'][^\x0a]{0,200}?[\x22']input[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\{([^{}\x0a]{1,8192})""", "g")
putIn = js.RegExp(r"""[\x22']loc[\x22'][^\x0a]{0,200}?[\x22']input[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'}\x0a]{1,8192})""", "g")
def findInDatabases(text, add):
    for pattern in redisSecrets:
        for found in matches(pattern, text):
            if (not isReason((_n1 if (_n1 := js.item(found, 1)) is not None else ""))):
                addUnlessLabel(found, js.get(labels, "token"), add)
    for pattern_2 in [redisValues, putIn, putInFields, *rows]:
        for found_2 in matches(pattern_2, text):
            addUnlessLabel(found_2, js.get(labels, "private"), add)
    for found_3 in matches(postgrest, text):
        _d2 = found_3
        _v3 = js.item(_d2, 1)
        name = (_v3 if _v3 is not None else "")
        _v4 = js.item(_d2, 2)
        value = (_v4 if _v4 is not None else "")
        isName = (js.at(js.split(name, "."), (-1)) == "name")
        if (((((kindOfName(name) == "other") and (not isName))) or isReason(value)) or (value == "null")):
            continue
        add(*placeOf(found_3, 2), js.get(labels, "private"))

def addUnlessLabel(found, label, add):
    value = (_n5 if (_n5 := js.item(found, 1)) is not None else "")
    if _R1.test(value):
        return
    _d6 = placeOf(found, 1)
    start = js.item(_d6, 0)
    end = js.item(_d6, 1)
    closing = (js.largest(js.last_index_of(value, ")"), js.last_index_of(value, "]")) if _R2.test(value) else (-1))
    add(start, ((start + closing) if (isRow(js.item(found, 0)) and (closing > 0)) else end), label)

def isRow(found):
    return _R3.test(found)

