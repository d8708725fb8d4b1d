# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/named.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.around import isBySomebody, isCell, isHeldByPerson, isInForm, isPersonsName, isSentCode, isSignIn, isWrittenHere
from ..detect.conversation import hasSpeaker, isSaidUnder
from ..detect.found import matches, placeOf
from ..detect.values import valueAfter
from ..labels import isLabel, labels
from ..names import isPartOfPerson, isPrivateAlone, isReason, isSentenceAbout, kindOfName, kindOfWords, wordsOf

_R1 = js.RegExp(r"\A[A-Za-z_$.]+\Z")
_R2 = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]*[\d])[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{6,}\Z")
_R3 = js.RegExp(r"[\d@]|(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"])| at ")
_R4 = js.RegExp(r"[=!<>\~]")
_R5 = js.RegExp(r"""\A=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'`]|\A=(?=[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{0,64}[\d])[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\d.]""")
_R6 = js.RegExp(r"[=!<>\~]")
_R7 = js.RegExp(r"[ \x09]")
_R8 = js.RegExp(r"[:?=]")
_R9 = js.RegExp(r"[ \x09]")
_R10 = js.RegExp(r"[es]")
_R11 = js.RegExp(r"(?:(?<=[" + charsets.SET_18 + r"])|(?<=" + charsets.SET_6 + r")) (?:is|was|are|were)\Z")
_R12 = js.RegExp(r"""[\x22'`\])]""")
_R13 = js.RegExp(r"""[\x22'`\])\\*]""")
_R14 = js.RegExp(r"\{ ?[\w.]{2,40}( ?\}{1,2})\Z")
_R15 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_29 + r"])")
_R16 = js.RegExp(r"[\[.\-]")
_R17 = js.RegExp(r"\A[\d]{1,2}\Z")
_R18 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"])")
_R19 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"])")
_R20 = js.RegExp(r"[_$.\[]|(?:" + charsets.SET_9 + r"|[" + charsets.SET_12 + r"])(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])")
_R21 = js.RegExp(r"\A(?:(?:p|in|arg|new|old)_)?(?:name|nom|nome|navn|namn)(?:_?[\d]{1,2})?\Z", "i")
_R22 = js.RegExp(r"\Acode\Z", "i")
_R23 = js.RegExp(r"\Acode\Z", "i")
_R24 = js.RegExp(r"\A[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\d]")
_R25 = js.RegExp(r"\Abody\Z", "i")
_R26 = js.RegExp(r"""[\x22'`\])]{0,3}::[a-z]{2,20}\Z""")
_R27 = js.RegExp(r"\.[a-z]{1,5}\Z")
_R28 = js.RegExp(r"\A:[\d]{1,6}(?![\w.\-])")
_R29 = js.RegExp(r"[ \-]")
_R30 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_21 + r"])")
_R31 = js.RegExp(r"""[\x22']""")
_R32 = js.RegExp(r"""[\x22']""")
_R33 = js.RegExp(r"[{,\x0a][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}\Z")
_R34 = js.RegExp(r"""\A: ?[\x22'`]""")
_R35 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_29 + r"])")
_R36 = js.RegExp(r"""[\w\x22'(*]""")
_R37 = js.RegExp(r"[\w\]]")
_R38 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}\Z")
_R39 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}[\w\-]{1,40}: [^\x0a]{0,120}\Z")
_R40 = js.RegExp(r"\A[^\x0a]{1,120}[\x0a][ \x09\-]{0,8}[\w\-]{1,40}: ")
links = js.RegExp(r"[:=\u2192\u21d2\u279c\u27f6\x09]|\->| \- | \.{3,60} | (?:is|was|are|were|became|equals|reads|is now|will be|(?:has|with|of|having) value|(?:is |was )?(?:set|changed|updated|renamed) to|(?:is |was )?(?:changed|updated|renamed|switched|moved|set) from) ", "g")
becomes = js.RegExp(r"""\A[\x22'`]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}(?:\->|=>|\u2192)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}""")
becomesSaid = js.RegExp(r"""\A[\x22'`]?,? (?:\->|\u2192|to) """)
longestName = 80
nearby = 200
def findNamed(text, add, spellingOf):
    done = 0
    isConversation = hasSpeaker(text)
    for _e1 in matches(links, text):
        link = js.item(_e1, 0)
        index = _e1.index
        if ((index < done) or (((len(link) == 1) and (not isLink(text, index))))):
            continue
        name = nameBefore(text, index, link, isConversation)
        if ((not (name is not None)) or (js.get(name, "kind") == "other")):
            continue
        value = (_n2 if (_n2 := valueAfter(text, index, link, name, spellingOf)) is not None else valueOfComplaint(text, (index + len(link)), js.get(name, "kind")))
        if (not (value is not None)):
            continue
        add(js.get(value, "start"), js.get(value, "end"), (js.get(labels, "token") if (js.get(name, "kind") == "secret") else js.get(labels, "private")))
        done = js.get(value, "end")
        next_ = (None if (_c3 := ((becomesSaid if link.endswith(" from ") else becomes)).exec(js.slice(text, done, (done + 8)))) is None else js.item(_c3, 0))
        later = (None if (next_ is None) else valueAfter(text, done, next_, name, spellingOf))
        if (not (later is not None)):
            continue
        add(js.get(later, "start"), js.get(later, "end"), (js.get(labels, "token") if (js.get(name, "kind") == "secret") else js.get(labels, "private")))
        done = js.get(later, "end")

def isIdentifier(said):
    return (_R1.test(said) and (kindOfName(said) != "other"))

complaint = js.RegExp(r"""\A ?[A-Z]?[a-z][^\x22'`\x0a{}\[\]]{1,120}?[:=]? ?[\x22'`]([^\x22'`\x0a]{2,256})[\x22'`]""")
def valueOfComplaint(text, from_, kind):
    found = complaint.exec(js.slice(text, from_, (from_ + 420)))
    said = (_n4 if (_n4 := (None if (_c5 := found) is None else js.item(_c5, 1))) is not None else "")
    isValue = (_R2.test(said) if (kind == "secret") else _R3.test(said))
    if (((((not (found is not None)) or (not isValue)) or isReason(said)) or isSentenceAbout(said)) or isIdentifier(said)):
        return None
    _d6 = placeOf(found, 1)
    start = js.item(_d6, 0)
    end = js.item(_d6, 1)
    return {"start": (from_ + start), "end": (from_ + end)}

def isLink(text, at):
    next_ = js.char(text, (at + 1))
    if (js.char(text, at) == ":"):
        return ((((next_ != ":") and (next_ != "=")) and (js.char(text, (at - 1)) != ":")) and (not (((next_ == "/") and (js.char(text, (at + 2)) == "/")))))
    if ((js.char(text, at) != "=") or (next_ == "=")):
        return (js.char(text, at) != "=")
    if ((js.char(text, (at - 1)) == "=") and (not _R4.test((_n7 if (_n7 := js.char(text, (at - 2))) is not None else "")))):
        return _R5.test(js.slice(text, at, (at + 70)))
    return (not _R6.test((_n8 if (_n8 := js.char(text, (at - 1))) is not None else "")))

def nameBefore(text, link, sign, isConversation):
    end = link
    while True:
        if not ((end > (link - 3)) and _R7.test((_n9 if (_n9 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    if (_R8.test((_n10 if (_n10 := js.char(text, (end - 1))) is not None else "")) and (((sign == "=") or (sign == ":")))):
        end -= 1
    while True:
        if not ((end > (link - 5)) and _R9.test((_n11 if (_n11 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    if ((sign == ":") and _R10.test((_n12 if (_n12 := js.char(text, (end - 1))) is not None else ""))):
        end -= (_n13 if (_n13 := (None if (_c14 := _R11.exec(js.slice(text, js.largest(0, (end - 6)), end))) is None else len(js.item(_c14, 0)))) is not None else 0)
    isQuoted = _R12.test((_n15 if (_n15 := js.char(text, (end - 1))) is not None else ""))
    while True:
        if not ((end > (link - 6)) and _R13.test((_n16 if (_n16 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    if (js.char(text, (end - 1)) == "}"):
        end -= (_n17 if (_n17 := (None if (_c18 := (None if (_c19 := _R14.exec(js.slice(text, js.largest(0, (end - 48)), end))) is None else js.item(_c19, 1))) is None else len(_c18))) is not None else 0)
    end = endBeforeCast(text, end)
    start = end
    least = js.largest(0, (end - longestName))
    while True:
        if not ((start > least) and _R15.test((_n20 if (_n20 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    while True:
        if not ((start < end) and _R16.test((_n21 if (_n21 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    if (_R17.test(js.slice(text, start, end)) and (js.char(text, (start - 1)) == " ")):
        start -= 1
        while True:
            if not ((start > least) and _R18.test((_n22 if (_n22 := js.char(text, (start - 1))) is not None else ""))):
                break
            start -= 1
    token = js.slice(text, start, end)
    if ((not _R19.test(token)) or isPlaceInCode(token, text, link)):
        return None
    if (isLabelApart(text, end) and (not text.startswith("=>", link))):
        return None
    def isListed():
        return isOfList(text, start, link)
    def isTechnical():
        return ((isQuoted or _R20.test(token)) or isListed())
    def as_(kind, said):
        return ({"kind": kind, "text": said, "words": wordsOf(said), "isTechnical": isTechnical, "isListed": isListed})
    kind = kindOfName(token)
    if (kind != "other"):
        return as_(kind, token)
    if ((isPrivateAlone(token) and (not notInTexts.test(token))) and isField(text, start, link, sign)):
        return as_("personal", token)
    if (_R21.test(token) and isPersonsName(text, start, link, sign)):
        return as_("personal", "full name")
    if ((_R22.test(token) and (sign == "=")) and isSignIn(text, start, link)):
        return as_("secret", "auth code")
    if (isPartOfPerson(token) and ((isHeldByPerson(text, start) or (((sign == "=") and isInForm(token, text, start, link)))))):
        return as_("personal", "full name")
    if (_R23.test(token) and isSentCode(text, start, link)):
        return as_("secret", "sms code")
    if ((sign == ":") and isBySomebody(token, text, link)):
        return as_("personal", "full name")
    if ((isConversation and isSaidUnder(token)) and (not _R24.test(js.slice(text, link, (link + 4))))):
        return as_("personal", "message body")
    if ((token == "Body") or ((_R25.test(token) and ((isQuoted or (sign == "=")))))):
        return as_("personal", "message body")
    if isWrittenHere(token, text, start, link):
        return as_("personal", "message body")
    said = js.slice(text, startOfWords(text, start), end)
    if ((sign == "\x09") and (not isCell(text, (end - len(said)), link))):
        return None
    return (None if (len(said) == len(token)) else as_(kindOfWords(said), said))

def endBeforeCast(text, end):
    cast = (None if (_c23 := _R26.exec(js.slice(text, js.largest(0, (end - 26)), end))) is None else js.item(_c23, 0))
    return (end if (cast is None) else (end - len(cast)))

def isPlaceInCode(token, text, link):
    return (_R27.test(token) and _R28.test(js.slice(text, link, (link + 8))))

def startOfWords(text, from_):
    start = from_
    count = 0
    while True:
        if not ((count < 3) and _R29.test((_n24 if (_n24 := js.char(text, (start - 1))) is not None else ""))):
            break
        at = (start - 1)
        while True:
            if not ((at > (start - 18)) and _R30.test((_n25 if (_n25 := js.char(text, (at - 1))) is not None else ""))):
                break
            at -= 1
        if ((at == (start - 1)) or (at == (start - 18))):
            break
        start = at
        count += 1
    return start

notInTexts = js.RegExp(r"\A(?:stack|html|login|contact|from_?name|answer|q)\Z", "i")
def isField(text, start, link, sign):
    before = (_n26 if (_n26 := js.char(text, (start - 1))) is not None else "")
    if (sign == ":"):
        if (_R31.test(before) and _R32.test((_n27 if (_n27 := js.char(text, (link - 1))) is not None else ""))):
            return True
        return ((_R33.test(js.slice(text, js.largest(0, (start - 10)), start)) and _R34.test(js.slice(text, link, (link + 3)))))
    return (((sign == "=") and (not _R35.test(before))) and _R36.test((_n28 if (_n28 := js.char(text, (link + 1))) is not None else "")))

def isLabelApart(text, end):
    if (js.char(text, end) != "]"):
        return False
    before = js.slice(text, js.largest(0, (end - 12)), (end + 1))
    bracket = js.last_index_of(before, "[")
    return (((bracket >= 0) and isLabel(js.slice(before, bracket))) and (not _R37.test((_n29 if (_n29 := js.char(before, (bracket - 1))) is not None else ""))))

def isOfList(text, start, link):
    if (not _R38.test(js.slice(text, js.largest(0, (start - 9)), start))):
        return False
    before = js.trim_end(js.slice(text, js.largest(0, (start - nearby)), start))
    return ((_R39.test(before) or _R40.test(js.slice(text, link, (link + nearby)))))

