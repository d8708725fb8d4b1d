# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/around.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches
from ..names import isPerson, isPrivateName

_R1 = js.RegExp(r"[\x0a\x0d][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,4}\Z")
_R2 = js.RegExp(r"\A[\x09]([^\x09\x0a]{2,80})(?:[\x0d]?[\x0a]|\Z)")
_R3 = js.RegExp(r"\Amessage\Z", "i")
_R4 = js.RegExp(r"\A[^{}]{0,200}")
_R5 = js.RegExp(r"[)}]")
_R6 = js.RegExp(r"([A-Z][\w]{1,60})\Z")
_R7 = js.RegExp(r"""([\w$.\-]{1,60})[\x22'\\]{0,3}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[:=,][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'\\\[]{0,3})?\Z""")
_R8 = js.RegExp(r"\b(?:grant_type|client_id|client_secret|redirect_uri|code_verifier|state|token_type|scope|authuser|prompt|session_state|iss)=")
nearby = 200
writtenAlone = js.RegExp(r"\A(?:notes?|remarks?|comments?|reply|replies|completion|transcript(?:ion)?|caption|draft|prompt|utterance|voicemail|feedback|review|greeting|sms|whatsapp|testimonial|complaint|body)\Z", "i")
severalWords = js.RegExp(r"""\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}b?[\x22'`\u201c](?:""" + charsets.SET_6 + r"|[" + charsets.SET_20 + r"]){1,20} (?:" + charsets.SET_6 + r"|[" + charsets.SET_20 + r"""]){1,20}[ \x22'`\u201d.!?,]""")
saidBy = js.RegExp(r"\b(?:[Uu]ser|[Cc]lient|[Cc]ustomer|[Pp]atient|[Cc]aller|[Gg]uest|[Cc]ontact|[Ll]ead|[Mm]ember|[Vv]isitor|[Ss]ender|[Ss]tylist|[Ss]?[Hh]e|[Tt]hey) \Z")
said = js.RegExp(r"\A(?:said|wrote|writes|says|asked|replied|typed|texted|messaged|answered)\Z")
heading = js.RegExp(r"\A(?:prompt|completion|transcript(?:ion)?|utterance|voicemail|testimonial|complaint)\Z", "i")
severalWordsBare = js.RegExp(r"\A: ?(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_21 + r"]){0,20}(?: (?:" + charsets.SET_6 + r"|[" + charsets.SET_22 + r"]){1,20}){3}")
def isHeading(token, text, start):
    return (heading.test(token) and startsLine(text, start))

def startsLine(text, start):
    return ((start == 0) or _R1.test(js.slice(text, js.largest(0, (start - 5)), start)))

def isCell(text, start, link):
    value = (None if (_c1 := _R2.exec(js.slice(text, link, (link + 84)))) is None else js.item(_c1, 1))
    return (((value is not None) and startsLine(text, start)) and (not isPrivateName(value)))

sentAs = js.RegExp(r"\A(?:text|html|subject|content|caption)\Z", "i")
sendField = js.RegExp(r"""[\x22'](?:to|from|sender|recipient|(?:from|to)_?number|direction|message_?s?id|channel)\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\\?[\x22'][^\x22'/]""", "i")
sentTo = js.RegExp(r"""[\x22'](?:to|from|recipient|sender)\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\\?[\x22'](?:\+?[\d]{7}|[^\x22'@\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,64}@|\[(?:phone|email)\]|whatsapp:)""", "i")
sixFigures = js.RegExp(r"""\A[:=] ?\\?[\x22'][\d]{6}\b""")
def isSentCode(text, start, link):
    return (sixFigures.test(js.slice(text, link, (link + 14))) and isBeside(contactField, text, start, link))

def isBySomebody(token, text, link):
    return (((isPerson(token) or byWhom.test(token))) and twoNamesAlone.test(js.slice(text, link, (link + nearby))))

def isWrittenHere(token, text, start, link):
    def isFollowedBy(pattern):
        return pattern.test(js.slice(text, link, (link + 80)))
    if writtenAlone.test(token):
        return (isFollowedBy(severalWords) or ((isHeading(token, text, start) and isFollowedBy(severalWordsBare))))
    if (js.char(text, link) != ":"):
        return False
    if sentAs.test(token):
        return isBeside(sendField, text, start, link)
    if _R3.test(token):
        return isBeside(sentTo, text, start, link)
    return ((said.test(token) and saidBy.test(js.slice(text, js.largest(0, (start - 24)), start))) and isFollowedBy(severalWords))

def isBeside(field, text, start, link):
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    after = upToBrace(js.slice(text, link, (link + nearby)))
    return (field.test(js.slice(before, (js.last_index_of(before, "{") + 1))) or field.test(after))

def upToBrace(text):
    return (_n2 if (_n2 := (None if (_c3 := _R4.exec(text)) is None else js.item(_c3, 0))) is not None else "")

def isInForm(token, text, start, link):
    around = (js.string(js.slice(text, js.largest(0, (start - 100)), start)) + js.string(js.slice(text, link, (link + 100))))
    own = js.lower(token)
    for _e4 in matches(formPart, around):
        part = js.item(_e4, 1)
        if ((None if (_c5 := part) is None else js.lower(_c5)) != own):
            return True
    return False

formPart = js.RegExp(r"(?:\A|[\&?;,\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff])(first|last|given|family|middle|e\-?mail|phone|mobile)=", "ig")
contactField = js.RegExp(r"""[\x22'](?:[Ee][\-]?[Mm][Aa][Ii][Ll]|[Pp][Hh][Oo][Nn][Ee]|[Ff][Ii][Rr][Ss][Tt][_]?[Nn][Aa][Mm][Ee]|[Ll][Aa][Ss][Tt][_]?[Nn][Aa][Mm][Ee]|[Ll][Aa][Ss][Tt][_]?[4]|[Ee][Xx][Pp][_]?[Mm][Oo][Nn][Tt][Hh]|[Pp][Rr][Ee\xc9\xe9][Nn][Oo][Mm]|[Aa][Pp][Ee][Ll][Ll][Ii][Dd][Oo][Ss]?|[Cc][Oo][Gg][Nn][Oo][Mm][Ee]|[Ss][Oo][Bb][Rr][Ee][Nn][Oo][Mm][Ee]|[Ff][Oo][Rr][Nn][Aa][Vv][Nn]|[Ff][Oo\xd6\xf6][Rr][Nn][Aa][Mm][Nn]|[Mm][Oo][Bb][Ii][Ll][Ee]|[Cc][Oo][Nn][Tt][Aa][Cc][Tt][_]?[0-9A-Z_a-z]{0,20}|[Ee][Mm][Aa][Ii][Ll][_][0-9A-Z_a-z]{1,20})(?:[_]?[0-9]{1,2})?[\\]?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:]""")
homeField = js.RegExp(r"""[\x22'](?:(?:home|street|billing|shipping|postal|mailing)?_?address|street|dob|date_?of_?birth|birth_?da(?:te|y)|ssn|gender|zip|zip_?code|postal_?code|passport[\w]{0,8}|notes?|age|last_?visit[\w]{0,8}|appointment[\w]{0,12}|(?:contact|client|customer|patient|guest|lead|member)_?id)\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:""", "i")
twoNamesQuoted = js.RegExp(r"""\A[:=] {0,2}[\x22'`](?:""" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,40}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"""]){0,40}){1,3}[\x22'`]""")
twoNames = js.RegExp(r"""\A=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?(?:""" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,40}(?:(?: |\+|_|%20)(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"]){1,40}){1,3}")
twoNamesAlone = js.RegExp(r"\A: {0,2}(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"]){1,30}(?: (?:(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])\.|(?:van|von|de|der|da|del|al|bin) (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"]){1,30}|(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"""]){1,30})){1,3}(?=\Z|[,;\|)\]}\x0a]| [(\[\-]|[>\x22'])""")
byWhom = js.RegExp(r"(?:\A|[_\-])(?:by|attn|attention)\Z", "i")
reached = js.RegExp(r"\A[:][ ]{0,2}(?:" + charsets.SET_26 + r"|[" + charsets.SET_25 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_5 + r"]){1,30}(?:[ ](?:" + charsets.SET_26 + r"|[" + charsets.SET_25 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_27 + r"""]){0,30}){1,3}[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}[\x0a,;\|][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,3}[\x22']?(?:[Ee][\-]?[Mm][Aa][Ii][Ll]|(?:[Mm][Oo][Bb][Ii][Ll][Ee]|[Cc][Ee][Ll][Ll]|[Hh][Oo][Mm][Ee]|[Ww][Oo][Rr][Kk\u212a])?[ ]?[Pp][Hh][Oo][Nn][Ee]|[Tt][Ee][Ll]|[Mm][Oo][Bb][Ii][Ll][Ee]|[Cc][Ee][Ll][Ll]|[Dd][Oo][Bb])[0-9A-Z_a-z\u017f\u212a]{0,10}(?:[ ][0-9A-Z_a-z\u017f\u212a]{1,10})?[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=]""")
def isPersonsName(text, start, link, sign):
    follows = js.slice(text, link, (link + nearby))
    if (sign == "="):
        return twoNames.test(follows)
    if (reached.test(follows) or isHeldByPerson(text, start)):
        return True
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    beside = js.slice(before, js.largest(js.last_index_of(before, "{"), js.last_index_of(before, "\n"), 0))
    after = upToBrace(follows)
    if (twoNamesQuoted.test(follows) and homeField.test((js.string(beside) + js.string(after)))):
        return True
    return (contactField.test(beside) or contactField.test(after))

def isHeldByPerson(text, start):
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    open = js.largest(js.last_index_of(before, "{"), js.last_index_of(before, "("))
    if ((open < 0) or _R5.test(js.slice(before, open))):
        return False
    holder = (_R6 if (js.char(before, open) == "(") else _R7)
    return isPerson((_n6 if (_n6 := (None if (_c7 := holder.exec(js.slice(before, js.largest(0, (open - 70)), open))) is None else js.item(_c7, 1))) is not None else ""))

def isSignIn(text, start, link):
    around = js.slice(text, js.largest(0, (start - nearby)), (link + nearby))
    return _R8.test(around)

