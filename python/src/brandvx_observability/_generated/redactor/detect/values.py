# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/values.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import placeOf
from ..detect.letters import isWordlike
from ..names import isReason, isSentenceAbout, takesNumbers

_R1 = js.RegExp(r"\A [a-z]")
_R2 = js.RegExp(r"[ \x09]")
_R3 = js.RegExp(r"[\x0d\x0a]")
_R4 = js.RegExp(r"""\A[bruf]{1,2}[\x22']""", "i")
_R5 = js.RegExp(r"""[\x22'`]""")
_R6 = js.RegExp(r"\A[^\x0d\x0a]*")
_R7 = js.RegExp(r"[(\[{<]")
_R8 = js.RegExp(r"\A(?:OLD)?PWD\Z", "i")
_R9 = js.RegExp(r"\A[/\~]")
_R10 = js.RegExp(r"\A[^\x0d\x0a]*")
_R11 = js.RegExp(r"\A[\w.$\-]{2,40}[=:]\Z")
_R12 = js.RegExp(r"""[\x22'`]""")
_R13 = js.RegExp(r"\A[a-z_]{2,30}=[\d]")
_R14 = js.RegExp(r"""[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>()\[\]{}\|]""")
_R15 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>()\[\]{}\|]{0,512}""")
_R16 = js.RegExp(r"\A[^()\x0a]{1,160}")
_R17 = js.RegExp(r"\A(?:[\x0d]?[\x0a][ \x09]{1,20}[^\x0d\x0a]{1,512}){1,40}")
_R18 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,24}")
_R19 = js.RegExp(r"\A[\x0d]?[\x0a][ \x09]{1,8}(?:\- )?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:\#][^\x0d\x0a:]{0,256}(?=[\x0d]?[\x0a]|\Z)")
_R20 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\-]{1,12}")
_R21 = js.RegExp(r"\A(?:[\x0d]?[\x0a][ \x09]{1,8}(?:\- )?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:\#][^\x0d\x0a:]{0,256}(?=[\x0d]?[\x0a]|\Z)){1,20}")
_R22 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}(?:\- )?")
_R23 = js.RegExp(r"\A[^\x0d\x0a]*")
_R24 = js.RegExp(r"\A''(?:" + charsets.SET_4 + r"|[" + charsets.SET_17 + r"])")
_R25 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_17 + r"])")
_R26 = js.RegExp(r"\A[^()\[\]{}<>]*")
_R27 = js.RegExp(r"[\w]")
_R28 = js.RegExp(r"[(\[{<]")
_R29 = js.RegExp(r"[)\]}>]")
_R30 = js.RegExp(r"[\w]")
_R31 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;<>()]{3,120}""")
_R32 = js.RegExp(r"[.:!?]{1,4}\Z")
_R33 = js.RegExp(r"\Ahttps?:|\Av?[\d]+\.[\d]")
_R34 = js.RegExp(r"[A-Za-z]|[\d]{4}")
_R35 = js.RegExp(r"[\d]")
_R36 = js.RegExp(r"[A-Za-z][_!$%\^\&*\#@][A-Za-z]|[a-z][A-Z]")
_R37 = js.RegExp(r"\A(?:[a-z\d]{1,16}[\-_]){2,6}[a-z\d]{1,16}\Z", "i")
_R38 = js.RegExp(r"\A(?:up|out)\-|\A[\w]+\-[\w]+\-use\Z")
_R39 = js.RegExp(r"\A(?:[.!?,;)]|\Z)")
_R40 = js.RegExp(r"\A[a-z]+\Z")
_R41 = js.RegExp(r"\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])")
_R42 = js.RegExp(r"\A[\d][^\n\r\u2028\u2029]*(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])|\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])[^\n\r\u2028\u2029]*[\d]")
_R43 = js.RegExp(r"[\d]", "g")
_R44 = js.RegExp(r"\A[\d]{4}\-[\d][\d]\-[\d][\d]T")
_R45 = js.RegExp(r"""[\x22'}\])]{1,8}\Z""")
_R46 = js.RegExp(r"\A(?:digest|hmac|aws4)", "i")
_R47 = js.RegExp(r"\A[^\x0d\x0a]*")
_R48 = js.RegExp(r"\A[^\x0d\x0a]*")
_R49 = js.RegExp(r"[,;.]\Z")
_R50 = js.RegExp(r"\A(?:[\w\-]{0,40}[\d][\w\-]{0,40}(?:, ?| |\Z)){2,20}")
_R51 = js.RegExp(r"s\Z", "i")
_R52 = js.RegExp(r"\A[\d]{2,4}(?: [\d]{2,4}){1,3}(?![\w.])")
_R53 = js.RegExp(r",\Z")
_R54 = js.RegExp(r"signature\Z", "i")
_R55 = js.RegExp(r"phrase|mnemonic|seed|words?\Z", "i")
_R56 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>]{1,2048}""")
_R57 = js.RegExp(r"[)\]}.:]{1,8}\Z")
_R58 = js.RegExp(r"\A[^\x0a\&]{1,1024}")
_R59 = js.RegExp(r"\A[^\x0a]{1,1024}?(?= [A-Z][\w]{1,30}: |[\x0a]|\Z)")
_R60 = js.RegExp(r"birth|dob|born|geburt|naissance|nacimiento")
_R61 = js.RegExp(r'\A[^\x0a;\|"(){},]{1,24}(?:, [\d]{4})?')
_R62 = js.RegExp(r"\A[+(]?[\d](?:[ ()/.\-]{0,3}[\d]){4,20}")
_R63 = js.RegExp(r"\A(?:ship|bill|deliver|sold)[ _\-]?to\Z", "i")
_R64 = js.RegExp(r"\A[\d]{1,3}\.[\d]")
_R65 = js.RegExp(r"[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\w]{1,40}=")
_R66 = js.RegExp(r'\A[^\x0a;\|"<>\&(){}\[\]]{1,100}?(?=[\x0a;\|"<>\&(){}\[\]]|, ?[\w]{1,40}[:=]|\Z)')
_R67 = js.RegExp(r"[ +%]")
_R68 = js.RegExp(r"[.\-]{1,4}\Z")
_R69 = js.RegExp(r"\A[A-Z]{0,3}[\d][\w./\-]{0,40}(?: [A-Z\d][\dA-Z./\-]{0,8}(?![\w])){0,8}(?![+%])")
_R70 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>()\[\]{}\|]{1,512}""")
_R71 = js.RegExp(r"[.:]{1,4}\Z")
_R72 = js.RegExp(r"pass|pwd|pw\Z|pin|answer|phrase|secret|clave|contrase|heslo|senha", "i")
_R73 = js.RegExp(r"\A[\d]{0,3}\Z")
_R74 = js.RegExp(r"passw|pwd|code|pin", "i")
_R75 = js.RegExp(r"\A[\d]{1,4}\Z")
_R76 = js.RegExp(r"(?:phone|mobile|email|card|passport|street|landline|number)s\Z", "i")
_R77 = js.RegExp(r"\A[\d., /]{1,11}%?\Z")
_R78 = js.RegExp(r"s\Z", "i")
_R79 = js.RegExp(r"pass|address\Z", "i")
_R80 = js.RegExp(r"\A(?:None|null|nil|undefined)(?=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;)\]}\&]|\Z)")
_R81 = js.RegExp(r"\A[A-Z]{2}[\da-f]{32}(?![\w])")
_R82 = js.RegExp(r"\A(?:this |the )?(?:field|value|string|input) (?:is|must|may|can|cannot|should)\b", "i")
_R83 = js.RegExp(r"\A[A-Za-z/']{1,40}")
_R84 = js.RegExp(r"\A(?:\Z|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,.;:!?)])")
_R85 = js.RegExp(r"\A[a-z]{3,16}(?![\w=+/\-])")
longestValue = 2048
longestLook = 160
widestGap = 40
wholeLine = js.RegExp(r"cookies?\Z", "i")
ofCookies = js.RegExp(r"\A(?:samesite|secure|httponly|path|domain|max\-age|expires)\b", "i")
scheme = js.RegExp(r"\A(?:basic|bearer|digest|token|apikey|negotiate|ntlm|hmac|aws4\-hmac\-sha256)[ ]{1,3}", "i")
ofAuthorization = js.RegExp(r"authori[sz]ation\Z", "i")
anyScheme = js.RegExp(r"""\A[A-Za-z][\w\-]{1,30} {1,3}(?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']*[\d=])[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{6,}""")
written = {
    "body",
    "caption",
    "comment",
    "completion",
    "content",
    "draft",
    "html",
    "note",
    "prompt",
    "remark",
    "reply",
    "text",
    "transcript",
    "transcription",
    "wording",
    "message",
    "log",
    "history",
    "conversation",
    "bio",
    "voicemail",
    "story",
}
phone = {
    "call",
    "callback",
    "called",
    "caller",
    "calling",
    "cell",
    "cellphone",
    "cellulare",
    "celular",
    "dial",
    "dialed",
    "dialing",
    "dialled",
    "fax",
    "fono",
    "gsm",
    "handy",
    "handynummer",
    "kom\xf3rka",
    "landline",
    "matkapuhelin",
    "messaging",
    "mob",
    "mobil",
    "mobile",
    "mobilnr",
    "mobiltelefon",
    "movil",
    "msisdn",
    "m\xf3vel",
    "m\xf3vil",
    "natel",
    "numero",
    "opted",
    "optout",
    "phone",
    "puhelin",
    "reach",
    "ring",
    "rufnummer",
    "sms",
    "tel",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telefono",
    "telefonsz\xe1m",
    "telefoon",
    "telem\xf3vel",
    "telephone",
    "telf",
    "tel\xe9fono",
    "texted",
    "texting",
    "tfno",
    "tlf",
    "tlfn",
    "t\xe9l\xe9phone",
    "viber",
    "voicemail",
    "whatsapp",
    "number",
    "geo",
    "card",
}
placeholder = js.RegExp(r"\A(?:[*]+|[Xx]{3,}|[Xx]{3,}|[.]{3}|[\u2026]|[<](?:[A-Za-z][ \-.A-Z_a-z\|]{0,39}|[A-Za-z][ \-A-Z_a-z]{0,39}|(?:[Yy][Oo][Uu][Rr]|[Ii][Nn][Ss][Ee][Rr][Tt]|[Ee][Nn][Tt][Ee][Rr]|[Oo][Bb][Jj][Ee][Cc][Tt]|[Cc][Ll][Aa][Ss][Ss]|[Ff][Uu][Nn][Cc][Tt][Ii][Oo][Nn]|[Mm][Ee][Tt][Hh][Oo][Dd]|[Bb][Oo][Uu][Nn][Dd]|[Bb][Uu][Ii][Ll][Tt][\-][Ii][Nn]|[Cc][Oo][Rr][Oo][Uu][Tt][Ii][Nn][Ee]|[Nn][Ii][Ll]|[Nn][Oo][Tt]|[Rr][Ee][Dd][Aa][Cc][Tt][Ee][Dd])\b[\x00-;=?-\uffff]{0,60})?[>]|[$][0-9]{1,3}\b|[?](?:[\x09-\x0d ),;\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\Z)|[:][A-Z_a-z]{1,30}\b|[%][(][0-9A-Z_a-z]{1,40}[)][Ss]|[$][{]|[$][(]|[$][A-Z_a-z]{2,}|[{][{]|[Pp][Rr][Oo][Cc][Ee][Ss][Ss][.][Ee][Nn][Vv]|[Ii][Mm][Pp][Oo][Rr][Tt][.][Mm][Ee][Tt][Aa]|[Oo][Ss][.][Ee][Nn][Vv][Ii][Rr][Oo][Nn]|[%][DJSdjs]|[\[](?:[Rr][Ee][Dd][Aa][Cc][Tt][Ee][Dd]|[Ff][Ii][Ll][Tt][Ee][Rr][Ee][Dd]|[Hh][Ii][Dd][Dd][Ee][Nn]|[Oo][Bb][Jj][Ee][Cc][Tt]|[Aa][Rr][Rr][Aa][Yy])|[\[][A-Za-z]{2,8}[\]])")
expression = js.RegExp(r"\A(?:await|new|async|typeof|function|return|void|this|self|const|let|string|number|boolean|any|unknown)\b|\A(?:str|int|float|bool|bytes|dict|list|datetime|Any|UUID|UUID4|EmailStr|SecretStr|Optional|Annotated|Union|HttpUrl|PhoneNumber|PaymentCardNumber)(?:\Z|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;)\]=\|\[])|\A[A-Za-z_$][\w$]{0,60}(?:\?\.|\(|\[|\.[A-Za-z_$][\w$]{0,60}(?:[(;,)\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\.(?![\d]))|\.[A-Za-z_$][\w$]{0,60}\Z)")
names = js.RegExp(r"\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){0,40}(?:(?: |\+|%20)(?:(?:van|von|de|der|den|del|da|di|la|le|al|bin|ben|el) ){0,2}(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){0,40}){0,3}")
decoration = js.RegExp(r"\A(?:\*{1,2}[ \x09]?(?:[\x0d]?[\x0a])?(?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff*])|!!?[a-z]{1,12} |\&[\w]{1,20} )")
fallback = js.RegExp(r"""\A[\x22'`]?(?:\$\{[\w]{1,60}:?[\-=+][\x22']?([^}\x22'\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{3,128})[\x22']?\}|[A-Za-z_][\w.]{0,60}(?:\([\x22'][\w.]{1,60}[\x22'], ?(?:default ?= ?)?| ?(?:\|\||\?\?|or) ?)[\x22']([^\x22'\x0a]{3,128})[\x22'])""")
block = js.RegExp(r"\A[\|>][+\-]?[\d]?[ \x09]{0,4}(?=[\x0d]?[\x0a])")
wrapper = js.RegExp(r"""\A(?:(?:[A-Za-z]{1,20}\.)?[A-Z][\w]{0,24}\((?=b?[\x22'`])|(?:Some|Just|Ok|Str|Optional|Value|Int|Double|ByteString)\(|(?:lower|upper|b?trim|crypt|md5|sha[\d]{0,3}|digest|encode|unaccent|to_date|date|timestamp|coalesce|nullif|btoa|atob|encodeURIComponent|b64encode|base64\.[\w]{1,20})\((?=b?[\x22'`])|(?:(?:[A-Za-z]{1,20}\.){0,2}(?:date|datetime|of|UTC)|new Date)\((?=[\x22'`\d]))""")
people = js.RegExp(r"\A(?:name|surname|forename|[^\n\r\u2028\u2029]*name|nachname|holder|contact|payee|beneficiary|recipient|patient|invitee|kin|taxpayer|passenger|guest|kana|apellidos?|prenom|pr\xe9nom|cognome|nombre)\Z")
street = js.RegExp(r"\A(?:street|addr|address|strasse|stra\xdfe|adresse|anschrift|line[123]|indirizzo|direccion|direcci\xf3n|calle|rue)\Z")
state = js.RegExp(r"\A[a-z]+(?:ed|ing|able|ible|ly|ory|ent|ant|ful|less|own|ost|eady|ure|ale|ong|eak|hort)\Z")
def valueAfter(text, at, link, name, spellingOf):
    isSaid = _R1.test(link)
    from_ = (at + ((2 if ((link == "=") and (js.char(text, (at + 1)) == ">")) else len(link))))
    start = from_
    while True:
        if not ((start < (from_ + widestGap)) and _R2.test((_n1 if (_n1 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    before = (_n2 if (_n2 := (None if (_c3 := decoration.exec(js.slice(text, start, (start + 24)))) is None else len(js.item(_c3, 0)))) is not None else 0)
    start += before
    if ((link == ":") and _R3.test((_n4 if (_n4 := js.char(text, start)) is not None else ""))):
        return valueBelow(text, start, name)
    lines = (block.exec(js.slice(text, start, (start + 8))) if (link == ":") else None)
    if (lines is not None):
        return blockBelow(text, (start + len(js.item(lines, 0))))
    around = (_n5 if (_n5 := (None if (_c6 := wrapper.exec(js.slice(text, start, (start + 48)))) is None else len(js.item(_c6, 0)))) is not None else 0)
    start += around
    if _R4.test(js.slice(text, start, (start + 3))):
        start += (1 if ((js.char(text, (start + 1)) == "\"") or (js.char(text, (start + 1)) == "'")) else 2)
    isSpaced = ((start > from_) or (len(link) > 1))
    look = js.slice(text, start, (start + longestLook))
    sign = (_n7 if (_n7 := js.char(look, 0)) is not None else "")
    without = fallback.exec(look)
    if ((without is not None) and (not saysNothing((_n8 if (_n8 := (_n9 if (_n9 := js.item(without, 1)) is not None else js.item(without, 2))) is not None else ""), name, False, False))):
        _d10 = placeOf(without, (2 if (js.item(without, 1) is None) else 1))
        from__2 = js.item(_d10, 0)
        to = js.item(_d10, 1)
        return {"start": (start + from__2), "end": (start + to)}
    if _R5.test(sign):
        return quotedValue(text, start, look, name, spellingOf)
    if (around > 0):
        return wrappedValue(look, start, name)
    if isSaid:
        return saidValue(look, start, name)
    def _f12(word):
        return (word in phone)
    bracketed = ((None if (_c11 := numberInBrackets.exec(look)) is None else js.item(_c11, 0)) if ((sign == "(") and js.some(js.get(name, "words"), _f12, 1)) else None)
    if (bracketed is not None):
        return {"start": start, "end": (start + len(bracketed))}
    if (isWritten(name) and markup.test(look)):
        return {"start": start, "end": (start + len(untilEnd((_n13 if (_n13 := (None if (_c14 := _R6.exec(js.slice(text, start, (start + longestValue)))) is None else js.item(_c14, 0))) is not None else ""))))}
    if _R7.test(sign):
        return bracketedValue(text, start, look, name)
    if (_R8.test(js.get(name, "text")) and _R9.test(look)):
        return None
    if saysNothing(look, name, isSpaced, ((link == ":") and (not js.get(name, "isTechnical")()))):
        return None
    if (wholeLine.test(js.get(name, "text")) and ofCookies.test(look)):
        return None
    value = (untilEnd((_n15 if (_n15 := (None if (_c16 := _R10.exec(js.slice(text, start))) is None else js.item(_c16, 0))) is not None else "")) if wholeLine.test(js.get(name, "text")) else bareValue(js.slice(text, start, (start + longestValue)), name, (link == "=")))
    if ((js.trim(value) == "") or isCount(js.trim(value), name)):
        return None
    if (_R11.test(value) and _R12.test((_n17 if (_n17 := js.char(text, (start + len(value)))) is not None else ""))):
        return None
    if (((link == ":") and (not isSpaced)) and _R13.test(value)):
        return None
    return {"start": start, "end": endWithEscapes(text, (start + len(value)), (start + longestValue), at, spellingOf)}

def endWithEscapes(text, from_, last, link, spellingOf):
    end = from_
    depth = len(spellingOf(link))
    while True:
        spelled = (spellingOf(end) if (end < last) else "")
        if (((not spelled.startswith("%")) or (len(spelled) <= depth)) or (not _R14.test((_n18 if (_n18 := js.char(text, end)) is not None else "")))):
            return end
        end += (1 + ((_n19 if (_n19 := (None if (_c20 := _R15.exec(js.slice(text, (end + 1), (end + 513)))) is None else len(js.item(_c20, 0)))) is not None else 0)))

def wrappedValue(look, start, name):
    value = (_n21 if (_n21 := (None if (_c22 := _R16.exec(look)) is None else js.item(_c22, 0))) is not None else "")
    return (None if (saysNothing(value, name, False, False) or isCount(value, name)) else {"start": start, "end": (start + len(value))})

def blockBelow(text, start):
    lines = (None if (_c23 := _R17.exec(js.slice(text, start, (start + longestValue)))) is None else js.item(_c23, 0))
    if (lines is None):
        return None
    lead = (_n24 if (_n24 := (None if (_c25 := _R18.exec(lines)) is None else len(js.item(_c25, 0)))) is not None else 0)
    return {"start": (start + lead), "end": (start + len(lines))}

heldBelow = js.RegExp(r"""\A[\x0d]?[\x0a][ \x09]{1,8}[\x22']?(?:value|val|default|plain|plaintext|content|data|text|raw|current|stringValue)[\x22']?: ?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'][^\x22'\x0d\x0a]{0,255})""")
def valueBelow(text, start, name):
    held = heldBelow.exec(js.slice(text, start, (start + 320)))
    if ((held is not None) and (not saysNothing((_n26 if (_n26 := js.item(held, 1)) is not None else ""), name, False, False))):
        _d27 = placeOf(held, 1)
        from_ = js.item(_d27, 0)
        to = js.item(_d27, 1)
        return {"start": (start + from_), "end": (start + to)}
    first = (None if (_c28 := _R19.exec(js.slice(text, start, (start + 300)))) is None else js.item(_c28, 0))
    if (first is None):
        return None
    if saysNothing(js.replace(first, _R20, "", 0), name, False, False):
        return None
    lines = (None if (_c29 := _R21.exec(js.slice(text, start, (start + longestValue)))) is None else js.item(_c29, 0))
    lead = (_n30 if (_n30 := (None if (_c31 := _R22.exec(first)) is None else len(js.item(_c31, 0)))) is not None else 0)
    return {"start": (start + lead), "end": (start + len(((_n32 if (_n32 := lines) is not None else first))))}

parameters = js.RegExp(r"""\A[\x22'`](?:digest|hmac|oauth|signature|aws4[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{0,20}) (?:[\w\-]{1,40}=(?:\x22[^\x22\x0a]{0,512}\x22|[^\x22,\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,512})(?:,[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?)?){1,20}""", "i")
closes = js.RegExp(r"""\A(?:\Z|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;:)}\]\&>\|.\\\x22'`?!])""")
def quotedValue(text, start, look, name, spellingOf):
    short = closingQuote(look, start, spellingOf)
    value = js.slice(look, 1, (len(look) if (short < 0) else short))
    if (((js.trim(value) == "") or placeholder.test(value)) or isCount(value, name)):
        return None
    if ((not isWritten(name)) and ((isReason(value) or isSentenceAbout(value)))):
        return None
    if (short >= 0):
        more = parameters.exec(js.slice(text, start, (start + longestValue)))
        return {"start": (start + 1), "end": (start + ((len(js.item(more, 0)) if (more is not None) else short)))}
    rest = js.slice(text, start, (start + longestValue))
    end = closingQuote(rest, start, spellingOf)
    return {"start": (start + 1), "end": (start + ((((_n33 if (_n33 := (None if (_c34 := _R23.exec(rest)) is None else len(js.item(_c34, 0)))) is not None else 0)) if (end < 0) else end)))}

def closingQuote(rest, start, spellingOf):
    quote = (_n35 if (_n35 := js.char(rest, 0)) is not None else "")
    spelled = spellingOf(start)
    end = js.index_of(rest, quote, 1)
    while True:
        if (((end > 0) and _R24.test(js.slice(rest, end, (end + 3)))) and _R25.test((_n36 if (_n36 := js.char(rest, (end - 1))) is not None else ""))):
            end += 1
        else:
            if ((end <= 0) or ((closes.test(js.slice(rest, (end + 1), (end + 2))) and (spellingOf((start + end)) == spelled)))):
                break
        end = js.index_of(rest, quote, (end + 1))
    return end

answers = js.RegExp(r"""\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']([^\x22'\x0a]{3,150})[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\]""")
numberInBrackets = js.RegExp(r"\A\(\+?[\d]{1,5}\)(?:[ ()/.\-]{0,3}[\d]){4,14}")
markup = js.RegExp(r"\A<[a-z][a-z\d]{0,10}(?: [^<>]{0,80})?>[^<]", "i")
def bracketedValue(text, start, look, name):
    inside = js.slice(look, 1)
    first = (_n37 if (_n37 := (None if (_c38 := _R26.exec(inside)) is None else js.item(_c38, 0))) is not None else "")
    if (placeholder.test(look) or (not _R27.test(inside))):
        return None
    answer = (None if (_c39 := answers.exec(inside)) is None else js.item(_c39, 1))
    if (((answer is not None) and (not isWritten(name))) and ((isReason(answer) or isSentenceAbout(answer)))):
        return None
    if (((len(first) < len(inside)) and saysNothing(first, name, False, False)) and (js.trim(first) != "")):
        return None
    rest = js.slice(text, start, (start + longestValue))
    depth = 0
    end = 0
    while True:
        if not (end < len(rest)):
            break
        if _R28.test((_n40 if (_n40 := js.char(rest, end)) is not None else "")):
            depth += 1
        else:
            if _R29.test((_n41 if (_n41 := js.char(rest, end)) is not None else "")):
                depth -= 1
        if (depth == 0):
            break
        end += 1
    return ({"start": (start + 1), "end": (start + end)} if _R30.test(js.slice(rest, 1, end)) else None)

def saidValue(look, start, name):
    if saysNothing(look, name, True, False):
        return None
    word = js.replace(((_n42 if (_n42 := (None if (_c43 := _R31.exec(look)) is None else js.item(_c43, 0))) is not None else "")), _R32, "", 0)
    def place(length):
        return ({"start": start, "end": (start + length)})
    if (js.get(name, "kind") == "secret"):
        if ((word == "") or _R33.test(word)):
            return None
        if (_R34.test(word) if _R35.test(word) else _R36.test(word)):
            return place(len(word))
        if (_R37.test(word) and (not _R38.test(word))):
            return place(len(word))
        ends = _R39.test(js.slice(look, len(word)))
        return (place(len(word)) if ((((isChosen(name) and ends) and (len(word) >= 5)) and _R40.test(word)) and (not state.test(word))) else None)
    value = bareValue(look, name, False)
    def _f44(one):
        return people.test(one)
    if (_R41.test(value) and js.some(js.get(name, "words"), _f44, 1)):
        return place(len(value))
    def _f45(word):
        return street.test(word)
    if (js.some(js.get(name, "words"), _f45, 1) and _R42.test(value)):
        return place(len(value))
    return (place(len(value)) if ((((_n46 if (_n46 := (None if (_c47 := js.match(value, _R43)) is None else len(_c47))) is not None else 0)) >= 4) and (not _R44.test(value))) else None)

def untilEnd(line):
    return js.replace(line, _R45, "", 0)

signedList = js.RegExp(r"""\A(?:[\w]{1,12}=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;\x22']{1,1024}[,;] ?){1,12}[\w]{1,12}=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;\x22']{1,1024}""")
wordsOfPhrase = js.RegExp(r"\A(?:" + charsets.SET_4 + r"|[" + charsets.SET_28 + r"]){1,24}(?: (?:" + charsets.SET_4 + r"|[" + charsets.SET_28 + r"]){1,24}){1,24}(?=[\x0d]?[\x0a]|\Z)")
def bareValue(rest, name, isAssigned):
    if (js.get(name, "kind") == "secret"):
        prefix = (_n48 if (_n48 := (None if (_c49 := scheme.exec(rest)) is None else js.item(_c49, 0))) is not None else "")
        if _R46.test(prefix):
            return untilEnd((_n50 if (_n50 := (None if (_c51 := _R47.exec(rest)) is None else js.item(_c51, 0))) is not None else ""))
        if (((prefix == "") and ofAuthorization.test(js.get(name, "text"))) and anyScheme.test(rest)):
            return js.replace(untilEnd((_n52 if (_n52 := (None if (_c53 := _R48.exec(rest)) is None else js.item(_c53, 0))) is not None else "")), _R49, "", 0)
        list_ = ((None if (_c54 := _R50.exec(rest)) is None else js.trim_end(js.item(_c54, 0))) if _R51.test(js.get(name, "text")) else (None if (_c55 := _R52.exec(rest)) is None else js.item(_c55, 0)))
        if (list_ is not None):
            return js.replace(list_, _R53, "", 0)
        signed = ((None if (_c56 := signedList.exec(rest)) is None else js.item(_c56, 0)) if _R54.test(js.get(name, "text")) else None)
        if (signed is not None):
            return signed
        if (_R55.test(js.get(name, "text")) or ((isChosen(name) and js.get(name, "isListed")()))):
            phrase = (None if (_c57 := wordsOfPhrase.exec(rest)) is None else js.item(_c57, 0))
            if (phrase is not None):
                return phrase
        token = (_n58 if (_n58 := (None if (_c59 := _R56.exec(js.slice(rest, len(prefix)))) is None else js.item(_c59, 0))) is not None else "")
        return (prefix + js.replace(token, _R57, "", 0))
    _d60 = name
    words = js.get(_d60, "words")
    if isWritten(name):
        return untilEnd((_n61 if (_n61 := (None if (_c62 := ((_R58 if isAssigned else _R59)).exec(rest)) is None else js.item(_c62, 0))) is not None else ""))
    if (_R60.test((" ").join(js.strings(words))) and (not isAssigned)):
        return (_n63 if (_n63 := (None if (_c64 := _R61.exec(rest)) is None else js.trim_end(js.item(_c64, 0)))) is not None else "")
    def _f65(word):
        return (word in phone)
    if js.some(words, _f65, 1):
        number = (None if (_c66 := _R62.exec(rest)) is None else js.item(_c66, 0))
        if (number is not None):
            return number
    def _f67(word):
        return street.test(word)
    if (((((js.some(words, _f67, 1) or _R63.test(js.get(name, "text")))) and (not ("email" in words))) and (not ("ip" in words))) and (not _R64.test(rest))):
        line = (((_n68 if (_n68 := js.item(js.split(js.slice(rest, 0, 200), _R65), 0)) is not None else rest)) if isAssigned else rest)
        return (_n69 if (_n69 := (None if (_c70 := _R66.exec(line)) is None else js.trim_end(js.item(_c70, 0)))) is not None else "")
    def _f72(word):
        return people.test(word)
    someone = ((None if (_c71 := names.exec(rest)) is None else js.item(_c71, 0)) if js.some(words, _f72, 1) else None)
    if ((someone is not None) and (((not isAssigned) or _R67.test(someone)))):
        return js.replace(someone, _R68, "", 0)
    number_2 = (None if (_c73 := _R69.exec(rest)) is None else js.item(_c73, 0))
    return (_n74 if (_n74 := (None if (_c75 := ((_n76 if (_n76 := number_2) is not None else (None if (_c77 := _R70.exec(rest)) is None else js.item(_c77, 0))))) is None else js.replace(_c75, _R71, "", 0))) is not None else "")

def isWritten(name):
    def _f78(word):
        return (word in written)
    return ((js.get(name, "kind") == "personal") and js.some(js.get(name, "words"), _f78, 1))

def isChosen(name):
    return (((js.get(name, "kind") == "personal") or _R72.test(js.get(name, "text"))))

def isCount(value, name):
    takes = takesNumbers(js.get(name, "text"))
    if ((_R73.test(value) and (not takes)) and (not _R74.test(js.get(name, "text")))):
        return True
    if (_R75.test(value) and _R76.test(js.get(name, "text"))):
        return True
    return (((_R77.test(value) and (not takes)) and _R78.test(js.get(name, "text"))) and (not _R79.test(js.get(name, "text"))))

def saysNothing(look, name, isSpaced, isSentence):
    text = js.trim(look)
    if placeholder.test(text):
        return True
    if _R80.test(text):
        return True
    if _R81.test(text):
        return True
    if _R82.test(text):
        return True
    bare = js.replace(text, scheme, "", 0)
    first = (_n79 if (_n79 := (None if (_c80 := _R83.exec(bare)) is None else js.item(_c80, 0))) is not None else "")
    if ((not isWritten(name)) and ((isReason(bare) or ((((first != "") and isReason(first)) and _R84.test(js.slice(bare, len(first)))))))):
        return True
    if (isSpaced and expression.test(text)):
        return True
    word = (None if (_c81 := _R85.exec(text)) is None else js.item(_c81, 0))
    return ((((isSentence and isSpaced) and (not isChosen(name))) and (word is not None)) and isWordlike(word))

