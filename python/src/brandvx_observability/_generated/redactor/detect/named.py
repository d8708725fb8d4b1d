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
from ..names import isPerson, kindOfName, kindOfWords, wordsOf

_R1 = js.RegExp(r"[=!<>\~]")
_R2 = js.RegExp(r"[ \x09]")
_R3 = js.RegExp(r"[:?]")
_R4 = js.RegExp(r"""[\x22'`\])]""")
_R5 = js.RegExp(r"""[\x22'`\])\\*]""")
_R6 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_17 + r"])")
_R7 = js.RegExp(r"[\[.\-]")
_R8 = js.RegExp(r"\A[\d]{1,2}\Z")
_R9 = js.RegExp(r"(?:" + charsets.SET_14 + r"|[" + charsets.SET_13 + r"])")
_R10 = js.RegExp(r"(?:" + charsets.SET_14 + r"|[" + charsets.SET_13 + r"])")
_R11 = js.RegExp(r"[_$.\[]|(?:" + charsets.SET_6 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])")
_R12 = js.RegExp(r"\Aname\Z", "i")
_R13 = js.RegExp(r"\Acode\Z", "i")
_R14 = js.RegExp(r"\Abody\Z", "i")
_R15 = js.RegExp(r"[ \-]")
_R16 = js.RegExp(r"(?:" + charsets.SET_14 + r"|[" + charsets.SET_18 + r"])")
_R17 = js.RegExp(r"[\w]")
_R18 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}\Z")
_R19 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}[\w\-]{1,40}: [^\x0a]{0,120}\Z")
_R20 = js.RegExp(r"\A[^\x0a]{1,120}[\x0a][ \x09\-]{0,8}[\w\-]{1,40}: ")
_R21 = js.RegExp(r"\A[^{}]{0,200}")
_R22 = js.RegExp(r"""([\w$.\-]{1,60})[\x22'\\]{0,3}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'\\\[]{0,3}\Z""")
_R23 = js.RegExp(r"\b(?:grant_type|client_id|client_secret|redirect_uri|code_verifier|state|token_type)=")
links = js.RegExp(r"[:=\u2192\x09]|\->| \- | (?:is|was|are|equals|reads|is now|(?:is |was )?(?:set|changed) to) ", "g")
longestName = 80
nearby = 200
def findNamed(text, add):
    done = 0
    for _e1 in matches(links, text):
        link = js.item(_e1, 0)
        index = _e1.index
        if ((index < done) or (((len(link) == 1) and (not isLink(text, index))))):
            continue
        name = nameBefore(text, index, link)
        if ((not (name is not None)) or (js.get(name, "kind") == "other")):
            continue
        value = valueAfter(text, index, link, name)
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
    if ((sign == "=") and _R3.test((_n4 if (_n4 := js.char(text, (end - 1))) is not None else ""))):
        end -= 1
    isQuoted = _R4.test((_n5 if (_n5 := js.char(text, (end - 1))) is not None else ""))
    while True:
        if not ((end > (link - 6)) and _R5.test((_n6 if (_n6 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    start = end
    least = js.largest(0, (end - longestName))
    while True:
        if not ((start > least) and _R6.test((_n7 if (_n7 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    while True:
        if not ((start < end) and _R7.test((_n8 if (_n8 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    if (_R8.test(js.slice(text, start, end)) and (js.char(text, (start - 1)) == " ")):
        start -= 1
        while True:
            if not ((start > least) and _R9.test((_n9 if (_n9 := js.char(text, (start - 1))) is not None else ""))):
                break
            start -= 1
    token = js.slice(text, start, end)
    if (not _R10.test(token)):
        return None
    if isLabelApart(text, end):
        return None
    def isTechnical():
        return ((isQuoted or _R11.test(token)) or isOfList(text, start, link))
    def as_(kind, said):
        return ({"kind": kind, "text": said, "words": wordsOf(said), "isTechnical": isTechnical})
    kind = kindOfName(token)
    if (kind != "other"):
        return as_(kind, token)
    if (_R12.test(token) and isPersonsName(text, start, link, sign)):
        return as_("personal", "full name")
    if ((_R13.test(token) and (sign == "=")) and isSignIn(text, start, link)):
        return as_("secret", "auth code")
    if ((token == "Body") or ((_R14.test(token) and ((isQuoted or (sign == "=")))))):
        return as_("personal", "message body")
    if (sign == "\x09"):
        return None
    said = js.slice(text, startOfWords(text, start), end)
    return (None if (len(said) == len(token)) else as_(kindOfWords(said), said))

def startOfWords(text, from_):
    start = from_
    count = 0
    while True:
        if not ((count < 3) and _R15.test((_n10 if (_n10 := js.char(text, (start - 1))) is not None else ""))):
            break
        at = (start - 1)
        while True:
            if not ((at > (start - 18)) and _R16.test((_n11 if (_n11 := js.char(text, (at - 1))) is not None else ""))):
                break
            at -= 1
        if ((at == (start - 1)) or (at == (start - 18))):
            break
        start = at
        count += 1
    return start

def isLabelApart(text, end):
    if (js.char(text, end) != "]"):
        return False
    before = js.slice(text, js.largest(0, (end - 12)), (end + 1))
    bracket = js.last_index_of(before, "[")
    return (((bracket >= 0) and isLabel(js.slice(before, bracket))) and (not _R17.test((_n12 if (_n12 := js.char(before, (bracket - 1))) is not None else ""))))

def isOfList(text, start, link):
    if (not _R18.test(js.slice(text, js.largest(0, (start - 9)), start))):
        return False
    before = js.trim_end(js.slice(text, js.largest(0, (start - nearby)), start))
    return ((_R19.test(before) or _R20.test(js.slice(text, link, (link + nearby)))))

contactField = js.RegExp(r"""[\x22'](?:e\-?mail|phone|first_?name|last_?name|mobile|contact_?[\w]{0,20}|email_[\w]{1,20})\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:""", "i")
twoNames = js.RegExp(r"""\A=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?(?:""" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])(?:" + charsets.SET_14 + r"|[" + charsets.SET_13 + r"]){1,40}(?:(?: |\+|_|%20)(?:" + charsets.SET_8 + r"|[" + charsets.SET_7 + r"])(?:" + charsets.SET_14 + r"|[" + charsets.SET_15 + r"]){1,40}){1,3}")
def isPersonsName(text, start, link, sign):
    if (sign == "="):
        return twoNames.test(js.slice(text, link, (link + nearby)))
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    open = js.last_index_of(before, "{")
    if (open < 0):
        return False
    after = (_n13 if (_n13 := (None if (_c14 := _R21.exec(js.slice(text, link, (link + nearby)))) is None else js.item(_c14, 0))) is not None else "")
    holder = _R22.exec(js.slice(before, js.largest(0, (open - 70)), open))
    return ((isPerson((_n15 if (_n15 := (None if (_c16 := holder) is None else js.item(_c16, 1))) is not None else "")) or contactField.test(js.slice(before, open))) or contactField.test(after))

def isSignIn(text, start, link):
    around = js.slice(text, js.largest(0, (start - nearby)), (link + nearby))
    return _R23.test(around)

