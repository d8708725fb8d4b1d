# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/values.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.letters import isWordlike
from ..names import isReason, isSentenceAbout, takesNumbers

_R1 = js.RegExp(r"\A [aersc]")
_R2 = js.RegExp(r"[ \x09]")
_R3 = js.RegExp(r"[\x0d\x0a]")
_R4 = js.RegExp(r"""\A[bruf]{1,2}[\x22']""", "i")
_R5 = js.RegExp(r"""[\x22'`]""")
_R6 = js.RegExp(r"[(\[{]")
_R7 = js.RegExp(r"\A[^\x0d\x0a]*")
_R8 = js.RegExp(r"\A[\x0d]?[\x0a][ \x09]{1,8}(?:\- )?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:\#][^\x0d\x0a:]{0,256}(?=[\x0d]?[\x0a]|\Z)")
_R9 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\-]{1,12}")
_R10 = js.RegExp(r"\A(?:[\x0d]?[\x0a][ \x09]{1,8}(?:\- )?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:\#][^\x0d\x0a:]{0,256}(?=[\x0d]?[\x0a]|\Z)){1,20}")
_R11 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,10}(?:\- )?")
_R12 = js.RegExp(r"\A[^\x0d\x0a]*")
_R13 = js.RegExp(r"\A[^()\[\]{}]*")
_R14 = js.RegExp(r"[\w]")
_R15 = js.RegExp(r"[(\[{]")
_R16 = js.RegExp(r"[)\]}]")
_R17 = js.RegExp(r"[\w]")
_R18 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;<>()]{3,120}""")
_R19 = js.RegExp(r"[.:!?]{1,4}\Z")
_R20 = js.RegExp(r"\Ahttps?:|\Av?[\d]+\.[\d]")
_R21 = js.RegExp(r"[A-Za-z]|[\d]{4}")
_R22 = js.RegExp(r"[\d]")
_R23 = js.RegExp(r"[A-Za-z][_!$%\^\&*\#@][A-Za-z]|[a-z][A-Z]")
_R24 = js.RegExp(r"\A(?:[.!?,;)]|\Z)")
_R25 = js.RegExp(r"\A[a-z]+\Z")
_R26 = js.RegExp(r"\A(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])")
_R27 = js.RegExp(r"\A[\d][^\n\r\u2028\u2029]*(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])|\A(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])[^\n\r\u2028\u2029]*[\d]")
_R28 = js.RegExp(r"[\d]", "g")
_R29 = js.RegExp(r"\A[\d]{4}\-[\d][\d]\-[\d][\d]T")
_R30 = js.RegExp(r"""[\x22'}\])]{1,8}\Z""")
_R31 = js.RegExp(r"\A(?:digest|hmac|aws4)", "i")
_R32 = js.RegExp(r"\A[^\x0d\x0a]*")
_R33 = js.RegExp(r"\A(?:[\w\-]{0,40}[\d][\w\-]{0,40}(?:, ?| |\Z)){2,20}")
_R34 = js.RegExp(r"s\Z", "i")
_R35 = js.RegExp(r"\A[\d]{2,4}(?: [\d]{2,4}){1,3}(?![\w.])")
_R36 = js.RegExp(r",\Z")
_R37 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>]{1,2048}""")
_R38 = js.RegExp(r"[)\]}.:]{1,8}\Z")
_R39 = js.RegExp(r"\A[^\x0a\&]{1,1024}")
_R40 = js.RegExp(r"\A[^\x0a]{1,1024}?(?= [A-Z][\w]{1,30}: |[\x0a]|\Z)")
_R41 = js.RegExp(r"birth|dob|born|geburt|naissance|nacimiento")
_R42 = js.RegExp(r'\A[^\x0a;\|"(){},]{1,24}(?:, [\d]{4})?')
_R43 = js.RegExp(r"\A[+(]?[\d](?:[ ()/.\-]{0,3}[\d]){4,20}")
_R44 = js.RegExp(r"[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\w]{1,40}=")
_R45 = js.RegExp(r'\A[^\x0a;\|"<>\&(){}\[\]]{1,100}?(?=[\x0a;\|"<>\&(){}\[\]]|, ?[\w]{1,40}[:=]|\Z)')
_R46 = js.RegExp(r"[ +%]")
_R47 = js.RegExp(r"[.\-]{1,4}\Z")
_R48 = js.RegExp(r"\A[A-Z]{0,3}[\d][\w./\-]{0,40}(?: [A-Z\d][\dA-Z./\-]{0,8}(?![\w])){0,8}")
_R49 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;\&<>()\[\]{}\|]{1,512}""")
_R50 = js.RegExp(r"[.:]{1,4}\Z")
_R51 = js.RegExp(r"pass|pwd|pw\Z|pin|answer|phrase|secret|clave|contrase|heslo|senha", "i")
_R52 = js.RegExp(r"\A[\d]{0,3}\Z")
_R53 = js.RegExp(r"passw|pwd|code|pin", "i")
_R54 = js.RegExp(r"\A[\d., /]{1,11}%?\Z")
_R55 = js.RegExp(r"s\Z", "i")
_R56 = js.RegExp(r"pass|address\Z", "i")
_R57 = js.RegExp(r"\A[A-Za-z/']{1,40}")
_R58 = js.RegExp(r"\A(?:\Z|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,.;:!?)])")
_R59 = js.RegExp(r"\A[a-z]{3,16}(?![\w=+/\-])")
longestValue = 2048
longestLook = 160
wholeLine = js.RegExp(r"cookies?\Z", "i")
scheme = js.RegExp(r"\A(?:basic|bearer|digest|token|apikey|negotiate|ntlm|hmac|aws4\-hmac\-sha256)[ ]{1,3}", "i")
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
    "celular",
    "dial",
    "dialed",
    "dialled",
    "fax",
    "handy",
    "handynummer",
    "messaging",
    "mobile",
    "movil",
    "msisdn",
    "m\xf3vil",
    "numero",
    "phone",
    "reach",
    "ring",
    "rufnummer",
    "sms",
    "tel",
    "telefon",
    "telefonnummer",
    "telefono",
    "telephone",
    "tel\xe9fono",
    "texted",
    "texting",
    "t\xe9l\xe9phone",
    "viber",
    "whatsapp",
    "number",
    "landline",
    "geo",
    "card",
}
placeholder = js.RegExp(r"\A(?:[*]+|[Xx]{3,}|[Xx]{3,}|[.]{3}|[\u2026]|[<][\x00-;=?-\uffff]{0,40}[>]|[$][0-9]{1,3}\b|[?](?:[\x09-\x0d ),;\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\Z)|[:][A-Z_a-z]{1,30}\b|[%][(][0-9A-Z_a-z]{1,40}[)][Ss]|[$][{]|[$][(]|[$][A-Z_a-z]{2,}|[{][{]|[Pp][Rr][Oo][Cc][Ee][Ss][Ss][.][Ee][Nn][Vv]|[Ii][Mm][Pp][Oo][Rr][Tt][.][Mm][Ee][Tt][Aa]|[Oo][Ss][.][Ee][Nn][Vv][Ii][Rr][Oo][Nn]|[%][DJSdjs]|[\[](?:[Rr][Ee][Dd][Aa][Cc][Tt][Ee][Dd]|[Ff][Ii][Ll][Tt][Ee][Rr][Ee][Dd]|[Hh][Ii][Dd][Dd][Ee][Nn]|[Oo][Bb][Jj][Ee][Cc][Tt]|[Aa][Rr][Rr][Aa][Yy])|[\[][A-Za-z]{2,8}[\]])")
expression = js.RegExp(r"\A(?:await|new|async|typeof|function|return|void|this|self|const|let|string|number|boolean|any|unknown)\b|\A[A-Za-z_$][\w$]{0,60}(?:\?\.|\(|\[|\.[A-Za-z_$][\w$]{0,60}[.(;,)\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\.[A-Za-z_$][\w$]{0,60}\Z)")
names = js.RegExp(r"\A(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])(?:" + charsets.SET_14 + r"|[" + charsets.SET_16 + r"]){0,40}(?:(?: |\+|%20)(?:(?:van|von|de|der|den|del|da|di|la|le|al|bin|ben|el) ){0,2}(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])(?:" + charsets.SET_14 + r"|[" + charsets.SET_16 + r"]){0,40}){0,3}")
people = js.RegExp(r"\A(?:name|surname|forename|[^\n\r\u2028\u2029]*name|nachname|holder|contact|payee|beneficiary|recipient|patient|invitee|kin|taxpayer|passenger|guest|kana|apellidos?|prenom|pr\xe9nom|cognome|nombre)\Z")
street = js.RegExp(r"\A(?:street|address|strasse|stra\xdfe|adresse|anschrift|line[123]|indirizzo|direccion|direcci\xf3n|calle|rue)\Z")
state = js.RegExp(r"\A[a-z]+(?:ed|ing|able|ible|ly|ory|ent|ant|ful|less|own|ost|eady|ure|ale|ong|eak|hort)\Z")
def valueAfter(text, at, link, name):
    isSaid = ((link.startswith(" i") or link.startswith(" w")) or _R1.test(link))
    from_ = (at + ((2 if ((link == "=") and (js.char(text, (at + 1)) == ">")) else len(link))))
    start = from_
    while True:
        if not ((start < (from_ + 4)) and _R2.test((_n1 if (_n1 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    if ((link == ":") and _R3.test((_n2 if (_n2 := js.char(text, start)) is not None else ""))):
        return valueBelow(text, start, name)
    if _R4.test(js.slice(text, start, (start + 3))):
        start += (1 if ((js.char(text, (start + 1)) == "\"") or (js.char(text, (start + 1)) == "'")) else 2)
    isSpaced = ((start > from_) or (len(link) > 1))
    look = js.slice(text, start, (start + longestLook))
    sign = (_n3 if (_n3 := js.char(look, 0)) is not None else "")
    if _R5.test(sign):
        return quotedValue(text, start, look, name)
    if isSaid:
        return saidValue(look, start, name)
    if _R6.test(sign):
        return bracketedValue(text, start, look, name)
    if saysNothing(look, name, isSpaced, ((link == ":") and (not js.get(name, "isTechnical")()))):
        return None
    value = (untilEnd((_n4 if (_n4 := (None if (_c5 := _R7.exec(js.slice(text, start))) is None else js.item(_c5, 0))) is not None else "")) if wholeLine.test(js.get(name, "text")) else bareValue(js.slice(text, start, (start + longestValue)), name, (link == "=")))
    return (None if ((js.trim(value) == "") or isCount(js.trim(value), name)) else {"start": start, "end": (start + len(value))})

def valueBelow(text, start, name):
    first = (None if (_c6 := _R8.exec(js.slice(text, start, (start + 300)))) is None else js.item(_c6, 0))
    if (first is None):
        return None
    if saysNothing(js.replace(first, _R9, "", 0), name, False, False):
        return None
    lines = (None if (_c7 := _R10.exec(js.slice(text, start, (start + longestValue)))) is None else js.item(_c7, 0))
    lead = (_n8 if (_n8 := (None if (_c9 := _R11.exec(first)) is None else len(js.item(_c9, 0)))) is not None else 0)
    return {"start": (start + lead), "end": (start + len(((_n10 if (_n10 := lines) is not None else first))))}

closes = js.RegExp(r"""\A(?:\Z|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;:)}\]\&>\|.\\\x22'`?!])""")
def quotedValue(text, start, look, name):
    short = closingQuote(look)
    value = js.slice(look, 1, (len(look) if (short < 0) else short))
    if (((js.trim(value) == "") or placeholder.test(value)) or isCount(value, name)):
        return None
    if ((not isWritten(name)) and ((isReason(value) or isSentenceAbout(value)))):
        return None
    if (short >= 0):
        return {"start": (start + 1), "end": (start + short)}
    rest = js.slice(text, start, (start + longestValue))
    end = closingQuote(rest)
    return {"start": (start + 1), "end": (start + ((((_n11 if (_n11 := (None if (_c12 := _R12.exec(rest)) is None else len(js.item(_c12, 0)))) is not None else 0)) if (end < 0) else end)))}

def closingQuote(rest):
    quote = (_n13 if (_n13 := js.char(rest, 0)) is not None else "")
    end = js.index_of(rest, quote, 1)
    while True:
        if not ((end > 0) and (not closes.test(js.slice(rest, (end + 1), (end + 2))))):
            break
        end = js.index_of(rest, quote, (end + 1))
    return end

def bracketedValue(text, start, look, name):
    inside = js.slice(look, 1)
    first = (_n14 if (_n14 := (None if (_c15 := _R13.exec(inside)) is None else js.item(_c15, 0))) is not None else "")
    if (placeholder.test(look) or (not _R14.test(inside))):
        return None
    if (((len(first) < len(inside)) and saysNothing(first, name, False, False)) and (js.trim(first) != "")):
        return None
    rest = js.slice(text, start, (start + longestValue))
    depth = 0
    end = 0
    while True:
        if not (end < len(rest)):
            break
        if _R15.test((_n16 if (_n16 := js.char(rest, end)) is not None else "")):
            depth += 1
        else:
            if _R16.test((_n17 if (_n17 := js.char(rest, end)) is not None else "")):
                depth -= 1
        if (depth == 0):
            break
        end += 1
    return ({"start": (start + 1), "end": (start + end)} if _R17.test(js.slice(rest, 1, end)) else None)

def saidValue(look, start, name):
    if saysNothing(look, name, True, False):
        return None
    word = js.replace(((_n18 if (_n18 := (None if (_c19 := _R18.exec(look)) is None else js.item(_c19, 0))) is not None else "")), _R19, "", 0)
    def place(length):
        return ({"start": start, "end": (start + length)})
    if (js.get(name, "kind") == "secret"):
        if ((word == "") or _R20.test(word)):
            return None
        if (_R21.test(word) if _R22.test(word) else _R23.test(word)):
            return place(len(word))
        ends = _R24.test(js.slice(look, len(word)))
        return (place(len(word)) if ((((isChosen(name) and ends) and (len(word) >= 5)) and _R25.test(word)) and (not state.test(word))) else None)
    value = bareValue(look, name, False)
    def _f20(one):
        return people.test(one)
    if (_R26.test(value) and js.some(js.get(name, "words"), _f20, 1)):
        return place(len(value))
    def _f21(word):
        return street.test(word)
    if (js.some(js.get(name, "words"), _f21, 1) and _R27.test(value)):
        return place(len(value))
    return (place(len(value)) if ((((_n22 if (_n22 := (None if (_c23 := js.match(value, _R28)) is None else len(_c23))) is not None else 0)) >= 4) and (not _R29.test(value))) else None)

def untilEnd(line):
    return js.replace(line, _R30, "", 0)

def bareValue(rest, name, isAssigned):
    if (js.get(name, "kind") == "secret"):
        prefix = (_n24 if (_n24 := (None if (_c25 := scheme.exec(rest)) is None else js.item(_c25, 0))) is not None else "")
        if _R31.test(prefix):
            return untilEnd((_n26 if (_n26 := (None if (_c27 := _R32.exec(rest)) is None else js.item(_c27, 0))) is not None else ""))
        list_ = ((None if (_c28 := _R33.exec(rest)) is None else js.trim_end(js.item(_c28, 0))) if _R34.test(js.get(name, "text")) else (None if (_c29 := _R35.exec(rest)) is None else js.item(_c29, 0)))
        if (list_ is not None):
            return js.replace(list_, _R36, "", 0)
        token = (_n30 if (_n30 := (None if (_c31 := _R37.exec(js.slice(rest, len(prefix)))) is None else js.item(_c31, 0))) is not None else "")
        return (prefix + js.replace(token, _R38, "", 0))
    _d32 = name
    words = js.get(_d32, "words")
    if isWritten(name):
        return untilEnd((_n33 if (_n33 := (None if (_c34 := ((_R39 if isAssigned else _R40)).exec(rest)) is None else js.item(_c34, 0))) is not None else ""))
    if (_R41.test((" ").join(js.strings(words))) and (not isAssigned)):
        return (_n35 if (_n35 := (None if (_c36 := _R42.exec(rest)) is None else js.trim_end(js.item(_c36, 0)))) is not None else "")
    def _f37(word):
        return (word in phone)
    if js.some(words, _f37, 1):
        number = (None if (_c38 := _R43.exec(rest)) is None else js.item(_c38, 0))
        if (number is not None):
            return number
    def _f39(word):
        return street.test(word)
    if ((js.some(words, _f39, 1) and (not ("email" in words))) and (not ("ip" in words))):
        line = (((_n40 if (_n40 := js.item(js.split(js.slice(rest, 0, 200), _R44), 0)) is not None else rest)) if isAssigned else rest)
        return (_n41 if (_n41 := (None if (_c42 := _R45.exec(line)) is None else js.trim_end(js.item(_c42, 0)))) is not None else "")
    def _f44(word):
        return people.test(word)
    someone = ((None if (_c43 := names.exec(rest)) is None else js.item(_c43, 0)) if js.some(words, _f44, 1) else None)
    if ((someone is not None) and (((not isAssigned) or _R46.test(someone)))):
        return js.replace(someone, _R47, "", 0)
    number_2 = (None if (_c45 := _R48.exec(rest)) is None else js.item(_c45, 0))
    return (_n46 if (_n46 := (None if (_c47 := ((_n48 if (_n48 := number_2) is not None else (None if (_c49 := _R49.exec(rest)) is None else js.item(_c49, 0))))) is None else js.replace(_c47, _R50, "", 0))) is not None else "")

def isWritten(name):
    def _f50(word):
        return (word in written)
    return ((js.get(name, "kind") == "personal") and js.some(js.get(name, "words"), _f50, 1))

def isChosen(name):
    return (((js.get(name, "kind") == "personal") or _R51.test(js.get(name, "text"))))

def isCount(value, name):
    takes = takesNumbers(js.get(name, "text"))
    if ((_R52.test(value) and (not takes)) and (not _R53.test(js.get(name, "text")))):
        return True
    return (((_R54.test(value) and (not takes)) and _R55.test(js.get(name, "text"))) and (not _R56.test(js.get(name, "text"))))

def saysNothing(look, name, isSpaced, isSentence):
    text = js.trim(look)
    if placeholder.test(text):
        return True
    bare = js.replace(text, scheme, "", 0)
    first = (_n51 if (_n51 := (None if (_c52 := _R57.exec(bare)) is None else js.item(_c52, 0))) is not None else "")
    if ((not isWritten(name)) and ((isReason(bare) or ((((first != "") and isReason(first)) and _R58.test(js.slice(bare, len(first)))))))):
        return True
    if (isSpaced and expression.test(text)):
        return True
    word = (None if (_c53 := _R59.exec(text)) is None else js.item(_c53, 0))
    return ((((isSentence and isSpaced) and (not isChosen(name))) and (word is not None)) and isWordlike(word))

