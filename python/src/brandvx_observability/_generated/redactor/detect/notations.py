# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/notations.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.columns import findColumns
from ..detect.found import matches, placeOf
from ..detect.markup import findInMarkup
from ..detect.nothing import saysNothing
from ..labels import labels
from ..names import isPrivateAlone, kindOfName, kindOfWords

_R1 = js.RegExp(r"""[\x22'`]""")
_R2 = js.RegExp(r"[\|\u2502\u2503]")
_R3 = js.RegExp(r"[\d]")
_R4 = js.RegExp(r"\A[A-Za-z]+(?:[\-_][A-Za-z]+){0,4}[\-_]?[\d]{0,6}\Z")
_R5 = js.RegExp(r"[A-Za-z]")
_R6 = js.RegExp(r"[\d]")
_R7 = js.RegExp(r"[a-z][A-Z][a-z]")
_R8 = js.RegExp(r"[\d]")
_R9 = js.RegExp(r"[A-Za-z]")
_R10 = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]*[\d])(?=[^\n\r\u2028\u2029]*[A-Za-z])[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,]{6,}\Z")
_R11 = js.RegExp(r"[\d]{5}|@|[\d]{3}[ ).\-]{1,2}[\d]{3}|\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"]){1,30}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){1,30}){1,3}\Z")
_R12 = js.RegExp(r"\Aname\Z", "i")
_R13 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_17 + r"])")
_R14 = js.RegExp(r"\A[%$:][\w]+\Z")
_R15 = js.RegExp(r"\A[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]*[\d][\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]*\Z")
_R16 = js.RegExp(r"\Aname\Z", "i")
_R17 = js.RegExp(r"[\d_\-]|[a-z][A-Z]|[^ -\~]")
_R18 = js.RegExp(r"passw|pwd|name", "i")
_R19 = js.RegExp(r"\A[a-z]+\Z")
_R20 = js.RegExp(r"\A[^\n\r\u2028\u2029]{0,50}\b(?:with|for|of|to|by|using) ", "i")
_R21 = js.RegExp(r"[\d@ ]|\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])")
option = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g")
quotedOption = js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g")
pair = js.RegExp(r"""[\x22']?\b(?:name|key|header|field|property|attribute|param|parameter|column|path|loc|k|id)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:\[[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[\x22'][\w.\-]{1,40}[\x22'],[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?){0,4})?[\x22']/?([\w./$\[\]\-]{1,64})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\]?(?:,[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?!val|content|data|v\b|example|sample|default|received|old|new|before|after|from|to|input|previous|current|actual|rejected)[\w]{1,20}[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[\x22'][^\x22'\x0a]{0,120}[\x22']|[\w.\-]{1,40})|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,8}(?!val|content)[\w\-]{1,16}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'][^\x22'<>\x0a]{0,40}[\x22']){0,4}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|val|v|content|data|received|old|new|before|after|from|to|input|previous|current|actual|example|sample|default|(?:old|new|rejected|previous|current|string|default)_?value)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:\{[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[\w]{0,12}value[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?)?[\x22']?([^\x22'<>\x0a]{1,8192})""", "ig")
pairGoesOn = js.RegExp(r"""\A[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:value|new|after|to|current|actual|(?:new|current)_?value)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?([^\x22'<>\x0a]{1,8192})""", "i")
pairReversed = js.RegExp(r"""(?<![0-9A-Z_a-z])[\x22']?(?:value|val|v|input|received|rejected_?value)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([^\x22'<>\x0a]{1,512})[\x22'](?:,[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?!name\b|key\b|path\b|field\b|param\b)[\w]{1,20}[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[\x22'][^\x22'\x0a]{0,120}[\x22']|[\w.\-]{1,40})){0,3}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4},?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}[\x22']?(?:name|key|header|field|path|param|property|k)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([\w.$\[\]\-]{1,64})[\x22']""", "ig")
valueFirst = js.RegExp(r"""[\x22'`]([^\x22'`\x0a]{1,512})[\x22'`] (?:for|in|of|on|as) (?:the )?(?:key|column|field|attribute|property|parameter|input|header|index|constraint) [\x22'`]?([\w.$\-]{1,64})""", "g")
formData = js.RegExp(r'(?<![\-0-9A-Z_a-z])name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig")
tuple_ = js.RegExp(r"""(?:(?<=[(,\[{])|(?<=[(,\[{][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]))b?[\x22'](\-{0,2}[A-Za-z][\w.$ \-]{0,63})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:,|=>)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?=b?[\x22']([^\x22'\x0a]{1,8192})[\x22'])""", "g")
manifest = js.RegExp(r"""\b(?:name|key): ?[\x22']?([\w.\-]{1,64})[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}value: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'][^\x22'\x0a]{1,511})""", "g")
declared = js.RegExp(r"""(?<![$0-9A-Z_a-z])(?:ENV|ARG|setx|setenv|export|fly secrets set|config:set)[ \x09]{1,4}((?:[A-Z][A-Z\d]{0,20}_){0,5}[A-Z\d]{2,20})[ \x09]{1,4}[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{3,512})""", "g")
variable = js.RegExp(r"""(?<![$0-9A-Z_a-z])((?:[A-Z][A-Z\d]{0,20}_){1,5}[A-Z\d]{2,20})[ \x09][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:=\x22']{4,512})""", "g")
dumped = js.RegExp(r'\["([\w.$\-]{1,64})"\][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}(?:string|int|float)\([\d]{0,5}\)? ?"?([^"\x0a]{1,512})', "g")
cell = js.RegExp(r"""[\|\u2502\u2503] {0,8}[\x22'`]?([A-Za-z][\w. \-]{1,40}?)[\x22'`]? {0,20}(?=[\|\u2502\u2503] {0,8}[\x22'`]?([^\|\u2502\u2503\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`][^\|\u2502\u2503\x0a]{0,254}?)[\x22'`]? {0,40}[\|\u2502\u2503])""", "g")
line = js.RegExp(r"(?:\A|[\x0a]) {0,2}([A-Za-z][\w.]{1,60}) {0,60}\| {1,2}([^\|\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][^\|\x0a]{0,1023})(?=[\x0a]|\Z)", "g")
counted = js.RegExp(r"""[\d]{1,4}\) [\x22']([\w.:$\-]{1,64})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,8}[\d]{1,4}\) [\x22']([^\x22'\x0a]{1,8192})""", "g")
stored = js.RegExp(r"""\b(?:secrets?|config|configure|variables?|env)[ :](?:set|put|add|create|update)\b(?: \-\-?[\w\-]{1,30}(?:=[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,60})?){0,3} [\x22']?(?:[\w.\-]{1,30}:)?([\w./\-]{2,64})[\x22']?(?: \-\-?(?:body|value|data|text|plaintext|b|v))?[ =][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,2048})""", "g")
storedSecret = js.RegExp(r"""\bsecrets?\b[^\x0a]{0,120}? \-\-(?:value|secret\-string|body|data)[ =][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,2048})""", "g")
refused = js.RegExp(r"""(?<![\-.0-9A-Z_a-z])(?:[\x22'\u201c\u2018`]((?:[\ud800-\udbff][\udc00-\udfff]|[^\x22'\u201d\u2019`\x0a]){3,256})[\x22'\u201d\u2019`]|((?:[\ud800-\udbff][\udc00-\udfff]|[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;]){5,64})) (?:is|was) (?:not )?an? (?:in|un)?(?:valid|known|supported|registered) ((?:(?:""" + charsets.SET_6 + r"|[" + charsets.SET_33 + r"]){2,24} ?){1,4})", "g")
segment = js.RegExp(r"""/([A-Za-z][\w\-]{2,40})(?=/([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff/?\#\x22'<>()\&;,]{8,512}))""", "g")
opening = js.RegExp(r"\A(?:(?:[a-z]+[\-_])?(?:reset|recover|verify|verification|confirm|confirmation|activate|activation|invite|invitation|magic|unlock|unsubscribe|join|share|shared|token|otp)(?:[\-_](?:password|email|link|account|token|user|phone))?|password\-reset|invites|invitations)\Z", "i")
changed = js.RegExp(r"""\b(?:set|setting|change[ds]?|changing|update[ds]?|updating|reset|rotate[ds]?|rename[ds]?)(?: (?:the|your|my|their|his|her|user))? ([A-Za-z][\w\-]{1,40}(?: (?:name|address|number|code|key|date))?) (?:to|as|=) [\x22'`]?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;]{3,256})""", "ig")
beside = js.RegExp(r"""(?<![\x22'\-.0-9A-Z_-z])((?:[A-Za-z][\w\-]{1,24} ){0,2}[A-Za-z][\w\-]{2,40}) (?:[\x22'`]|\([\x22'`])([^\x22'`\x0a]{2,256})[\x22'`]""", "g")
bracketed = js.RegExp(r"""(?<![\x22'\-.0-9A-Z_-z])((?:[A-Za-z][\w\-]{1,24} ){0,2}[A-Za-z][\w\-]{2,40}) [(\[<]([^()\[\]<>\x0a]{2,256})[)\]>]""", "g")
fileAndLine = js.RegExp(r"\.[a-z]{1,5}(?::[\d]{1,7}){1,2}\Z")
condition = js.RegExp(r"""(?<![.0-9A-Z_a-z])(?:[\w\x22]{1,40}\.)?[\x22`]?([A-Za-z_][\w]{0,60})[\x22`]?\)?(?:::[\w]{1,20})? {0,2}(?:(?:NOT )?(?:I?LIKE|SIMILAR TO|BETWEEN)|(?:NOT )?IN|<>|!=|[<>]=?|~\*?|@@|= ?ANY) {0,2}(?:\( {0,2}(?:ARRAY\[)?)?[EN]?'([^\x0a]{1,512}?)'(?=[^'\w]*(?:[\x0a;)\]]|\Z| (?:AND|OR|ORDER|LIMIT|GROUP|FOR|RETURNING)\b))""", "ig")
called = js.RegExp(r"""(?<![A-Za-z])(?:set|with|use|update|verify|check|login|new )?([A-Z][A-Za-z]{2,40})\([\x22'`]([^\x22'`\x0a]{2,256})[\x22'`]""", "g")
calledPlainly = js.RegExp(r"""(?<![.0-9A-Z_a-z])([a-z][A-Za-z_]{2,40})\([\x22'`]([^\x22'`\x0a]{3,256})[\x22'`]\)""", "g")
cookieSet = js.RegExp(r"""\bcookies?(?:Store)?(?:\(\))?(?:\.set)?\( ?[\x22'`]([\w.\-]{1,64})[\x22'`], ?[\x22'`]([^\x22'`\x0a]{2,4096})[\x22'`]""", "ig")
queried = js.RegExp(r"""\.(?:n?eq|[gl]te?|i?like(?:(?:All|Any)Of)?|is|in|contains|containedBy|overlaps|range[\w]{2,8}|textSearch|match|not|filter|(?:and|or)?where[\w]{0,12}|filter_by)\([\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\[?[\x22'`](?:[\w$]{1,40}(?:\.|\->>?))?([\w$]{1,60})[\x22'`], ?(?:[\x22'`](?:not\.)?(?:n?eq|[gl]te?|i?like|is|in|cs|cd|ov|fts|plfts|phfts|wfts|=|<>|!=|[<>]=?|(?:not )?i?like)[\x22'`], ?)?[\[(]?[\x22'`](?![\x22'`])([^\x22'`\x0a]{1,512})[\x22'`]""", "ig")
ofIndex = js.RegExp(r"_(?:unique|uniq|key|idx|index|pkey|check|[\d]{1,2})\Z", "i")
patterns = [
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,511})""", "g"),
    js.RegExp(r"""\b(?:name|key): ?[\x22']?([\w.\-]{1,64})[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}value: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'][^\x22'\x0a]{1,511})""", "g"),
    js.RegExp(r"""\b(?:secrets?|config|configure|variables?|env)[ :](?:set|put|add|create|update)\b(?: \-\-?[\w\-]{1,30}(?:=[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,60})?){0,3} [\x22']?(?:[\w.\-]{1,30}:)?([\w./\-]{2,64})[\x22']?(?: \-\-?(?:body|value|data|text|plaintext|b|v))?[ =][\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,2048})""", "g"),
]
quoted = [
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-\-?([A-Za-z][\w\-]{1,40})[ =]{1,2}[\x22']([^\x22'\x0a]{2,512})[\x22']""", "g"),
    js.RegExp(r'(?<![\-0-9A-Z_a-z])name="([\w.\[\]$\-]{1,64})"(?:; ?[^\x0d\x0a]{1,200})?(?:[\x0d]?[\x0a][\w\-]{1,40}: [^\x0d\x0a]{1,200}){0,3}(?:[\x0d]?[\x0a]){1,2}([^\x0d\x0a]{1,8192})', "ig"),
    js.RegExp(r'\["([\w.$\-]{1,64})"\][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?=>[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}(?:string|int|float)\([\d]{0,5}\)? ?"?([^"\x0a]{1,512})', "g"),
    js.RegExp(r"""[\d]{1,4}\) [\x22']([\w.:$\-]{1,64})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,8}[\d]{1,4}\) [\x22']([^\x22'\x0a]{1,8192})""", "g"),
]
def findNotations(text, add):
    for pattern in patterns:
        for found in matches(pattern, text):
            addValue(found, 1, 2, add, False)
    if _R1.test(text):
        findQuoted(text, add)
    if _R2.test(text):
        addPlainest(cell, text, add)
        for found_2 in matches(line, text):
            addValue(found_2, 1, 2, add, False)
    addPlainest(changed, text, add)
    for found_3 in matches(refused, text):
        group = (2 if (js.item(found_3, 1) is None) else 1)
        value = (_n1 if (_n1 := js.item(found_3, group)) is not None else "")
        words = js.split(js.trim(((_n2 if (_n2 := js.item(found_3, 3)) is not None else ""))), " ")
        def _f3(_, index):
            return kindOfWords((" ").join(js.strings(js.slice(words, 0, (index + 1)))))
        kinds = js.map_(words, _f3, 2)
        def _f4(one):
            return (one != "other")
        kind = js.find(kinds, _f4, 1)
        if (((kind is not None) and (((group == 1) or _R3.test(value)))) and (not saysNothing(value))):
            add(*placeOf(found_3, group), (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))
    for found_4 in matches(storedSecret, text):
        add(*placeOf(found_4, 1), js.get(labels, "token"))
    for found_5 in matches(segment, text):
        _d5 = found_5
        _v6 = js.item(_d5, 1)
        name = (_v6 if _v6 is not None else "")
        _v7 = js.item(_d5, 2)
        value_2 = (_v7 if _v7 is not None else "")
        if (((opening.test(name) and (not _R4.test(value_2))) and _R5.test(value_2)) and ((_R6.test(value_2) or _R7.test(value_2)))):
            add(*placeOf(found_5, 2), js.get(labels, "token"))
    for found_6 in matches(declared, text):
        addValue(found_6, 1, 2, add, False)
    for found_7 in matches(variable, text):
        _d8 = found_7
        _v9 = js.item(_d8, 1)
        name_2 = (_v9 if _v9 is not None else "")
        _v10 = js.item(_d8, 2)
        value_3 = (_v10 if _v10 is not None else "")
        if (((kindOfName(name_2) == "secret") and _R8.test(value_3)) and _R9.test(value_3)):
            addValue(found_7, 1, 2, add, False)
    for found_8 in matches(bracketed, text):
        _d11 = found_8
        _v12 = js.item(_d11, 1)
        name_3 = (_v12 if _v12 is not None else "")
        _v13 = js.item(_d11, 2)
        value_4 = (_v13 if _v13 is not None else "")
        kind_2 = kindOfWords(name_3)
        isOne = (_R10.test(value_4) if (kind_2 == "secret") else _R11.test(value_4))
        if ((((kind_2 != "other") and isOne) and (not saysNothing(value_4))) and (not fileAndLine.test(value_4))):
            add(*placeOf(found_8, 2), (js.get(labels, "token") if (kind_2 == "secret") else js.get(labels, "private")))
    findInMarkup(text, add)
    findColumns(text, add)

def findQuoted(text, add):
    for pattern in quoted:
        for found in matches(pattern, text):
            addValue(found, 1, 2, add, False)
    for found_2 in matches(tuple_, text):
        addValue(found_2, 1, 2, add, True)
    for found_3 in matches(pair, text):
        if (not addValue(found_3, 1, 2, add, False)):
            continue
        end = (found_3.index + len(js.item(found_3, 0)))
        more = pairGoesOn.exec(js.slice(text, end, (end + 8300)))
        _d14 = (placeOf(more, 1) if (more is not None) else [0, 0])
        start = js.item(_d14, 0)
        last = js.item(_d14, 1)
        if ((more is not None) and (not saysNothing((_n15 if (_n15 := js.item(more, 1)) is not None else "")))):
            add((end + start), (end + last), js.get(labels, "private"))
    for found_4 in matches(pairReversed, text):
        addValue(found_4, 2, 1, add, False)
    for found_5 in matches(valueFirst, text):
        name = (_n16 if (_n16 := js.item(found_5, 2)) is not None else "")
        whole = kindOfName(name)
        kind = (kindOfName(js.replace(name, ofIndex, "", 0)) if (whole == "other") else whole)
        if ((kind != "other") and (not saysNothing((_n17 if (_n17 := js.item(found_5, 1)) is not None else "")))):
            add(*placeOf(found_5, 1), (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))
    for found_6 in matches(condition, text):
        _d18 = found_6
        _v19 = js.item(_d18, 1)
        name_2 = (_v19 if _v19 is not None else "")
        _v20 = js.item(_d18, 2)
        value = (_v20 if _v20 is not None else "")
        kind_2 = ("personal" if _R12.test(name_2) else kindOfName(name_2))
        if (((kind_2 == "other") or (not _R13.test(value))) or ((_R14.test(value) and (not value.startswith("%"))))):
            continue
        add(*placeOf(found_6, 2), (js.get(labels, "token") if (kind_2 == "secret") else js.get(labels, "private")))
    for pattern_2 in [beside, called]:
        addPlainest(pattern_2, text, add)
    for found_7 in matches(calledPlainly, text):
        if ((kindOfName((_n21 if (_n21 := js.item(found_7, 1)) is not None else "")) == "secret") and _R15.test((_n22 if (_n22 := js.item(found_7, 2)) is not None else ""))):
            addValue(found_7, 1, 2, add, True)
    for found_8 in matches(queried, text):
        _d23 = found_8
        _v24 = js.item(_d23, 1)
        name_3 = (_v24 if _v24 is not None else "")
        _v25 = js.item(_d23, 2)
        value_2 = (_v25 if _v25 is not None else "")
        if ((((_R16.test(name_3) or isPrivateAlone(name_3)) or (kindOfName(name_3) != "other"))) and (not saysNothing(value_2))):
            add(*placeOf(found_8, 2), (js.get(labels, "token") if (kindOfName(name_3) == "secret") else js.get(labels, "private")))
    for found_9 in matches(cookieSet, text):
        add(*placeOf(found_9, 2), js.get(labels, "token"))

def addPlainest(pattern, text, add):
    for found in matches(pattern, text):
        _d26 = found
        _v27 = js.item(_d26, 1)
        name = (_v27 if _v27 is not None else "")
        _v28 = js.item(_d26, 2)
        value = (_v28 if _v28 is not None else "")
        if (_R17.test(value) or ((_R18.test(name) and (not _R19.test(value))))):
            addValue(found, 1, 2, add, True)

def addValue(found, nameGroup, valueGroup, add, isListed):
    name = js.replace(((_n29 if (_n29 := js.item(found, nameGroup)) is not None else "")), _R20, "", 0)
    value = js.trim(((_n30 if (_n30 := js.item(found, valueGroup)) is not None else "")))
    kind = (kindOfWords(name) if (" " in name) else kindOfName(name))
    if ((kind == "other") or saysNothing(value)):
        return False
    if ((isListed and (kind == "personal")) and (not _R21.test(value))):
        return False
    _d31 = placeOf(found, valueGroup)
    start = js.item(_d31, 0)
    end = js.item(_d31, 1)
    add(start, end, (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))
    return True

