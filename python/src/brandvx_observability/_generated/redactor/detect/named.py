# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/named.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..detect.values import valueAfter
from ..labels import isLabel, labels
from ..names import isPartOfPerson, isPerson, isPrivateAlone, isReason, isSentenceAbout, kindOfName, kindOfWords, wordsOf

_R1 = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]*[\d])[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{6,}\Z")
_R2 = js.RegExp(r"[\d@]|(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"])| at ")
_R3 = js.RegExp(r"[=!<>\~]")
_R4 = js.RegExp(r"[ \x09]")
_R5 = js.RegExp(r"[:?]")
_R6 = js.RegExp(r"[ \x09]")
_R7 = js.RegExp(r"""[\x22'`\])]""")
_R8 = js.RegExp(r"""[\x22'`\])\\*]""")
_R9 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_21 + r"])")
_R10 = js.RegExp(r"[\[.\-]")
_R11 = js.RegExp(r"\A[\d]{1,2}\Z")
_R12 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"])")
_R13 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"])")
_R14 = js.RegExp(r"[_$.\[]|(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"])(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])")
_R15 = js.RegExp(r"\Aname(?:_?[\d]{1,2})?\Z", "i")
_R16 = js.RegExp(r"\Acode\Z", "i")
_R17 = js.RegExp(r"\Abody\Z", "i")
_R18 = js.RegExp(r"""[\x22'`\])]{0,3}::[a-z]{2,20}\Z""")
_R19 = js.RegExp(r"\.[a-z]{1,5}\Z")
_R20 = js.RegExp(r"\A:[\d]{1,6}(?![\w.\-])")
_R21 = js.RegExp(r"[ \-]")
_R22 = js.RegExp(r"(?:" + charsets.SET_6 + r"|[" + charsets.SET_22 + r"])")
_R23 = js.RegExp(r"""[\x22']""")
_R24 = js.RegExp(r"""[\x22']""")
_R25 = js.RegExp(r"[{,\x0a][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,8}\Z")
_R26 = js.RegExp(r"""\A: ?[\x22'`]""")
_R27 = js.RegExp(r"(?:" + charsets.SET_4 + r"|[" + charsets.SET_21 + r"])")
_R28 = js.RegExp(r"""[\w\x22'(*]""")
_R29 = js.RegExp(r"[\w\]]")
_R30 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}\Z")
_R31 = js.RegExp(r"(?:\A|[\x0a])[ \x09\-]{0,8}[\w\-]{1,40}: [^\x0a]{0,120}\Z")
_R32 = js.RegExp(r"\A[^\x0a]{1,120}[\x0a][ \x09\-]{0,8}[\w\-]{1,40}: ")
_R33 = js.RegExp(r"\A[^{}]{0,200}")
_R34 = js.RegExp(r"\A[^{}]{0,200}")
_R35 = js.RegExp(r"[)}]")
_R36 = js.RegExp(r"([A-Z][\w]{1,60})\Z")
_R37 = js.RegExp(r"""([\w$.\-]{1,60})[\x22'\\]{0,3}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'\\\[]{0,3})?\Z""")
_R38 = js.RegExp(r"\b(?:grant_type|client_id|client_secret|redirect_uri|code_verifier|state|token_type|scope|authuser|prompt|session_state|iss)=")
links = js.RegExp(r"[:=\u2192\x09]|\->| \- | \.{3,60} | (?:is|was|are|were|became|equals|reads|is now|will be|(?:has|with|of|having) value|(?:is |was )?(?:set|changed|updated|renamed) to|(?:is |was )?(?:changed|updated|renamed|switched|moved|set) from) ", "g")
becomes = js.RegExp(r"""\A[\x22'`]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}(?:\->|=>|\u2192)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,2}""")
becomesSaid = js.RegExp(r"""\A[\x22'`]?,? (?:\->|\u2192|to) """)
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

complaint = js.RegExp(r"""\A ?[A-Z]?[a-z][^\x22'`\x0a{}\[\]]{1,120}?[:=]? ?[\x22'`]([^\x22'`\x0a]{2,256})[\x22'`]""")
def valueOfComplaint(text, from_, kind):
    found = complaint.exec(js.slice(text, from_, (from_ + 420)))
    said = (_n4 if (_n4 := (None if (_c5 := found) is None else js.item(_c5, 1))) is not None else "")
    isValue = (_R1.test(said) if (kind == "secret") else _R2.test(said))
    if ((((not (found is not None)) or (not isValue)) or isReason(said)) or isSentenceAbout(said)):
        return None
    _d6 = placeOf(found, 1)
    start = js.item(_d6, 0)
    end = js.item(_d6, 1)
    return {"start": (from_ + start), "end": (from_ + end)}

def isLink(text, at):
    next_ = js.char(text, (at + 1))
    if (js.char(text, at) == ":"):
        return ((((next_ != ":") and (next_ != "=")) and (js.char(text, (at - 1)) != ":")) and (not (((next_ == "/") and (js.char(text, (at + 2)) == "/")))))
    return ((js.char(text, at) != "=") or (((next_ != "=") and (not _R3.test((_n7 if (_n7 := js.char(text, (at - 1))) is not None else ""))))))

def nameBefore(text, link, sign):
    end = link
    while True:
        if not ((end > (link - 3)) and _R4.test((_n8 if (_n8 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    if (_R5.test((_n9 if (_n9 := js.char(text, (end - 1))) is not None else "")) and (((sign == "=") or (sign == ":")))):
        end -= 1
    while True:
        if not ((end > (link - 5)) and _R6.test((_n10 if (_n10 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    isQuoted = _R7.test((_n11 if (_n11 := js.char(text, (end - 1))) is not None else ""))
    while True:
        if not ((end > (link - 6)) and _R8.test((_n12 if (_n12 := js.char(text, (end - 1))) is not None else ""))):
            break
        end -= 1
    end = endBeforeCast(text, end)
    start = end
    least = js.largest(0, (end - longestName))
    while True:
        if not ((start > least) and _R9.test((_n13 if (_n13 := js.char(text, (start - 1))) is not None else ""))):
            break
        start -= 1
    while True:
        if not ((start < end) and _R10.test((_n14 if (_n14 := js.char(text, start)) is not None else ""))):
            break
        start += 1
    if (_R11.test(js.slice(text, start, end)) and (js.char(text, (start - 1)) == " ")):
        start -= 1
        while True:
            if not ((start > least) and _R12.test((_n15 if (_n15 := js.char(text, (start - 1))) is not None else ""))):
                break
            start -= 1
    token = js.slice(text, start, end)
    if ((not _R13.test(token)) or isPlaceInCode(token, text, link)):
        return None
    if (isLabelApart(text, end) and (not text.startswith("=>", link))):
        return None
    def isListed():
        return isOfList(text, start, link)
    def isTechnical():
        return ((isQuoted or _R14.test(token)) or isListed())
    def as_(kind, said):
        return ({"kind": kind, "text": said, "words": wordsOf(said), "isTechnical": isTechnical, "isListed": isListed})
    kind = kindOfName(token)
    if (kind != "other"):
        return as_(kind, token)
    if ((isPrivateAlone(token) and (not notInTexts.test(token))) and isField(text, start, link, sign)):
        return as_("personal", token)
    if (_R15.test(token) and isPersonsName(text, start, link, sign)):
        return as_("personal", "full name")
    if ((_R16.test(token) and (sign == "=")) and isSignIn(text, start, link)):
        return as_("secret", "auth code")
    if (isPartOfPerson(token) and isHeldByPerson(text, start)):
        return as_("personal", "full name")
    if (((sign == ":") and ((isPerson(token) or byWhom.test(token)))) and twoNamesAlone.test(js.slice(text, link, (link + nearby)))):
        return as_("personal", "full name")
    if ((token == "Body") or ((_R17.test(token) and ((isQuoted or (sign == "=")))))):
        return as_("personal", "message body")
    if (sign == "\x09"):
        return None
    said = js.slice(text, startOfWords(text, start), end)
    return (None if (len(said) == len(token)) else as_(kindOfWords(said), said))

def endBeforeCast(text, end):
    cast = (None if (_c16 := _R18.exec(js.slice(text, js.largest(0, (end - 26)), end))) is None else js.item(_c16, 0))
    return (end if (cast is None) else (end - len(cast)))

def isPlaceInCode(token, text, link):
    return (_R19.test(token) and _R20.test(js.slice(text, link, (link + 8))))

def startOfWords(text, from_):
    start = from_
    count = 0
    while True:
        if not ((count < 3) and _R21.test((_n17 if (_n17 := js.char(text, (start - 1))) is not None else ""))):
            break
        at = (start - 1)
        while True:
            if not ((at > (start - 18)) and _R22.test((_n18 if (_n18 := js.char(text, (at - 1))) is not None else ""))):
                break
            at -= 1
        if ((at == (start - 1)) or (at == (start - 18))):
            break
        start = at
        count += 1
    return start

notInTexts = js.RegExp(r"\A(?:stack|html|login|contact|from_?name|answer|q)\Z", "i")
def isField(text, start, link, sign):
    before = (_n19 if (_n19 := js.char(text, (start - 1))) is not None else "")
    if (sign == ":"):
        if (_R23.test(before) and _R24.test((_n20 if (_n20 := js.char(text, (link - 1))) is not None else ""))):
            return True
        return ((_R25.test(js.slice(text, js.largest(0, (start - 10)), start)) and _R26.test(js.slice(text, link, (link + 3)))))
    return (((sign == "=") and (not _R27.test(before))) and _R28.test((_n21 if (_n21 := js.char(text, (link + 1))) is not None else "")))

def isLabelApart(text, end):
    if (js.char(text, end) != "]"):
        return False
    before = js.slice(text, js.largest(0, (end - 12)), (end + 1))
    bracket = js.last_index_of(before, "[")
    return (((bracket >= 0) and isLabel(js.slice(before, bracket))) and (not _R29.test((_n22 if (_n22 := js.char(before, (bracket - 1))) is not None else ""))))

def isOfList(text, start, link):
    if (not _R30.test(js.slice(text, js.largest(0, (start - 9)), start))):
        return False
    before = js.trim_end(js.slice(text, js.largest(0, (start - nearby)), start))
    return ((_R31.test(before) or _R32.test(js.slice(text, link, (link + nearby)))))

contactField = js.RegExp(r"""[\x22'](?:e\-?mail|phone|first_?name|last_?name|mobile|contact_?[\w]{0,20}|email_[\w]{1,20})(?:_?[\d]{1,2})?\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:""", "i")
homeField = js.RegExp(r"""[\x22'](?:(?:home|street|billing|shipping|postal|mailing)?_?address|street|dob|date_?of_?birth|birth_?da(?:te|y)|ssn|gender|zip|zip_?code|postal_?code|passport[\w]{0,8}|notes?|age|last_?visit[\w]{0,8}|appointment[\w]{0,12}|(?:contact|client|customer|patient|guest|lead|member)_?id)\\?[\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?:""", "i")
twoNamesQuoted = js.RegExp(r"""\A[:=] {0,2}[\x22'`](?:""" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"]){1,40}(?: (?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"""]){0,40}){1,3}[\x22'`]""")
twoNames = js.RegExp(r"""\A=[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?(?:""" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_17 + r"]){1,40}(?:(?: |\+|_|%20)(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,40}){1,3}")
twoNamesAlone = js.RegExp(r"\A: {0,2}(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"]){1,30}(?: (?:(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])\.|(?:van|von|de|der|da|del|al|bin) (?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_8 + r"|[" + charsets.SET_11 + r"]){1,30}|(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"""]){1,30})){1,3}(?=\Z|[,;\|)\]}\x0a]| [(\[\-]|[>\x22'])""")
byWhom = js.RegExp(r"(?:\A|[_\-])(?:by|attn|attention)\Z", "i")
def isPersonsName(text, start, link, sign):
    if (sign == "="):
        return twoNames.test(js.slice(text, link, (link + nearby)))
    if isHeldByPerson(text, start):
        return True
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    open = js.last_index_of(before, "{")
    if (open < 0):
        return False
    around = (js.string(js.slice(before, open)) + js.string((_n23 if (_n23 := (None if (_c24 := _R33.exec(js.slice(text, link, (link + nearby)))) is None else js.item(_c24, 0))) is not None else "")))
    if (twoNamesQuoted.test(js.slice(text, link, (link + nearby))) and homeField.test(around)):
        return True
    after = (_n25 if (_n25 := (None if (_c26 := _R34.exec(js.slice(text, link, (link + nearby)))) is None else js.item(_c26, 0))) is not None else "")
    return (contactField.test(js.slice(before, open)) or contactField.test(after))

def isHeldByPerson(text, start):
    before = js.slice(text, js.largest(0, (start - nearby)), start)
    open = js.largest(js.last_index_of(before, "{"), js.last_index_of(before, "("))
    if ((open < 0) or _R35.test(js.slice(before, open))):
        return False
    holder = (_R36 if (js.char(before, open) == "(") else _R37)
    return isPerson((_n27 if (_n27 := (None if (_c28 := holder.exec(js.slice(before, js.largest(0, (open - 70)), open))) is None else js.item(_c28, 1))) is not None else ""))

def isSignIn(text, start, link):
    around = js.slice(text, js.largest(0, (start - nearby)), (link + nearby))
    return _R38.test(around)

