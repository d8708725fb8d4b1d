# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/named.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches
from ..detect.values import valueAfter
from ..labels import isLabel, labels
from ..names import isPerson, isPrivateAlone, kindOfName, kindOfWords, wordsOf

_R1 = js.RegExp(r"[=!<>\~]")
_R2 = js.RegExp(r"[ \x09]")
_R3 = js.RegExp(r"[:?]")
_R4 = js.RegExp(r"[ \x09]")
_R5 = js.RegExp(r"""[\x22'`\])]""")
_R6 = js.RegExp(r"""[\x22'`\])\\*]""")
_R7 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_20 + r"])")
_R8 = js.RegExp(r"[\[.\-]")
_R9 = js.RegExp(r"\A[\d]{1,2}\Z")
_R10 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"])")
_R11 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"])")
_R12 = js.RegExp(r"[_$.\[]|(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"])(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])")
_R13 = js.RegExp(r"\Aname\Z", "i")
_R14 = js.RegExp(r"\Acode\Z", "i")
_R15 = js.RegExp(r"\Abody\Z", "i")
_R16 = js.RegExp(r"\.[a-z]{1,5}\Z")
_R17 = js.RegExp(r"\A:[\d]{1,6}(?![\w.\-])")
_R18 = js.RegExp(r"[ \-]")
_R19 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_21 + r"])")
_R20 = js.RegExp(r"""[\x22']""")
_R21 = js.RegExp(r"""[\x22']""")
_R22 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_20 + r"])")
_R23 = js.RegExp(r"""[\w\x22'(*]""")
_R24 = js.RegExp(r"[\w]")
_R25 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}\Z")
_R26 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}[\w\-]{1,40}: [^\x0a]{0,120}\Z")
_R27 = js.RegExp(r"\A[^\x0a]{1,120}[\x0a][ \x09\-]{0,8}[\w\-]{1,40}: ")
_R28 = js.RegExp(r"\A[^{}]{0,200}")
_R29 = js.RegExp(r"""([\w$.\-]{1,60})[\x22'\\]{0,3}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'\\\[]{0,3}\Z""")
_R30 = js.RegExp(r"\b(?:grant_type|client_id|client_secret|redirect_uri|code_verifier|state|token_type)=")
links = js.RegExp(r"[:=\u2192\x09]|\->| \- | (?:is|was|are|equals|reads|is now|(?:is |was )?(?:set|changed) to) ", "g")
longestName = 80
nearby = 200
def findNamed(text, add, spellingOf):
    done = 0
    for _e1 in matches(links, text):
        link = js.item(_e1, 0)
        index = _e1.index
        if ((index < done) or (((len(link) == 1) and (not isLink(text, index))))):
            continue
        name = nameBefore(text, index, link)
        if ((not (name is not None)) or (js.get(name, "kind") == "other")):
            continue
        value = valueAfter(text, index, link, name, spellingOf)
        if (not (value is not None)):
            continue
        add(js.get(value, "start"), js.get(value, "end"), (js.get(labels, "token") if (js.get(name, "kind") == "secret") else js.get(labels, "private")))
        done = js.get(value, "end")

def isLink(text, at):
    next_ = js.char(text, (at + 1))
    if (js.char(text, at) == ":"):
        return ((((next_ != ":") and (next_ != "=")) and (js.char(text, (at - 1)) != ":")) and (not (((next_ == "/") and (js.char(text, (at + 2)) == "/")))))
    return ((js.char(text, at) != "=") or (((next_ != "=") and (not _R1.test((_n2 if (_n2 := js.char(text, (at - 1))) is not None else ""))))))

def nameBefore(text, link, sign):
    end = link
    while True:
        if not ((end > (link - 3)) and _R2.test((_n3 if (_n3 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    if (_R3.test((_n4 if (_n4 := js.char(text, (end - 1))) is not None else "")) and (((sign == "=") or (sign == ":")))):
        end -= 1
    while True:
        if not ((end > (link - 5)) and _R4.test((_n5 if (_n5 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    isQuoted = _R5.test((_n6 if (_n6 := js.char(text, (end - 1))) is not None else ""))
    while True:
        if not ((end > (link - 6)) and _R6.test((_n7 if (_n7 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    start = end
    least = js.largest(0, (end - longestName))
    while True:
        if not ((start > least) and _R7.test((_n8 if (_n8 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    while True:
        if not ((start < end) and _R8.test((_n9 if (_n9 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    if (_R9.test(js.slice(text, start, end)) and (js.char(text, (start - 1)) == " ")):
        start -= 1
        while True:
            if not ((start > least) and _R10.test((_n10 if (_n10 := js.char(text, (start - 1))) is not None else ""))):
                break
            start -= 1
    token = js.slice(text, start, end)
    if ((not _R11.test(token)) or isPlaceInCode(token, text, link)):
        return None
    if isLabelApart(text, end):
        return None
    def isTechnical():
        return ((isQuoted or _R12.test(token)) or isOfList(text, start, link))
    def as_(kind, said):
        return ({"kind": kind, "text": said, "words": wordsOf(said), "isTechnical": isTechnical})
    kind = kindOfName(token)
    if (kind != "other"):
        return as_(kind, token)
    if ((isPrivateAlone(token) and (not notInTexts.test(token))) and isField(text, start, link, sign)):
        return as_("personal", token)
    if (_R13.test(token) and isPersonsName(text, start, link, sign)):
        return as_("personal", "full name")
    if ((_R14.test(token) and (sign == "=")) and isSignIn(text, start, link)):
        return as_("secret", "auth code")
    if (((sign == ":") and isPerson(token)) and twoNamesAlone.test(js.slice(text, link, (link + nearby)))):
        return as_("personal", "full name")
    if ((token == "Body") or ((_R15.test(token) and ((isQuoted or (sign == "=")))))):
        return as_("personal", "message body")
    if (sign == "\x09"):
        return None
    said = js.slice(text, startOfWords(text, start), end)
    return (None if (len(said) == len(token)) else as_(kindOfWords(said), said))

def isPlaceInCode(token, text, link):
    return (_R16.test(token) and _R17.test(js.slice(text, link, (link + 8))))

def startOfWords(text, from_):
    start = from_
    count = 0
    while True:
        if not ((count < 3) and _R18.test((_n11 if (_n11 := js.char(text, (start - 1))) is not None else ""))):
            break
        at = (start - 1)
        while True:
            if not ((at > (start - 18)) and _R19.test((_n12 if (_n12 := js.char(text, (at - 1))) is not None else ""))):
                break
            at -= 1
        if ((at == (start - 1)) or (at == (start - 18))):
            break
        start = at
        count += 1
    return start

notInTexts = js.RegExp(r"\A(?:stack|html|login|contact|from_?name|answer|q)\Z", "i")
def isField(text, start, link, sign):
    before = (_n13 if (_n13 := js.char(text, (start - 1))) is not None else "")
    if (sign == ":"):
        return (_R20.test(before) and _R21.test((_n14 if (_n14 := js.char(text, (link - 1))) is not None else "")))
    return (((sign == "=") and (not _R22.test(before))) and _R23.test((_n15 if (_n15 := js.char(text, (link + 1))) is not None else "")))

def isLabelApart(text, end):
    if (js.char(text, end) != "]"):
        return False
    before = js.slice(text, js.largest(0, (end - 12)), (end + 1))
    bracket = js.last_index_of(before, "[")
    return (((bracket >= 0) and isLabel(js.slice(before, bracket))) and (not _R24.test((_n16 if (_n16 := js.char(before, (bracket - 1))) is not None else ""))))

def isOfList(text, start, link):
    if (not _R25.test(js.slice(text, js.largest(0, (start - 9)), start))):
        return False
    before = js.trim_end(js.slice(text, js.largest(0, (start - nearby)), start))
    return ((_R26.test(before) or _R27.test(js.slice(text, link, (link + nearby)))))

contactField = js.RegExp(r"""[\x22'](?:e\-?mail|phone|first_?name|last_?name|mobile|contact_?[\w]{0,20}|email_[\w]{1,20})\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:""", "i")
twoNames = js.RegExp(r"""\A=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?(?:""" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"]){1,40}(?:(?: |\+|_|%20)(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,40}){1,3}")
twoNamesAlone = js.RegExp(r"\A: {0,2}(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"]){1,30}(?: (?:(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])\.|(?:van|von|de|der|da|del|al|bin) (?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"]){1,30}|(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_22 + r"]){1,30})){1,3}(?=\Z|[,;\|)\]}\x0a]| [(\[\-])")
def isPersonsName(text, start, link, sign):
    if (sign == "="):
        return twoNames.test(js.slice(text, link, (link + nearby)))
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    open = js.last_index_of(before, "{")
    if (open < 0):
        return False
    after = (_n17 if (_n17 := (None if (_c18 := _R28.exec(js.slice(text, link, (link + nearby)))) is None else js.item(_c18, 0))) is not None else "")
    holder = _R29.exec(js.slice(before, js.largest(0, (open - 70)), open))
    return ((isPerson((_n19 if (_n19 := (None if (_c20 := holder) is None else js.item(_c20, 1))) is not None else "")) or contactField.test(js.slice(before, open))) or contactField.test(after))

def isSignIn(text, start, link):
    around = js.slice(text, js.largest(0, (start - nearby)), (link + nearby))
    return _R30.test(around)

