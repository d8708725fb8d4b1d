# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/text.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets
from .detect.accounts import findAccounts, findNationalNumbers
from .detect.addresses import findQueries, findUserInfo
from .detect.databases import findInDatabases
from .detect.emails import findEmails, findSpelledEmails
from .detect.found import mask, masked, matches
from .detect.ip import findIpAddresses
from .detect.keys import findKeys
from .detect.named import findNamed
from .detect.notations import findNotations
from .detect.phones import findInternationalPhones, findPhones
from .detect.places import findPlaces
from .detect.random import findRandomRuns
from .detect.sentences import findSentences
from .labels import cutLabel, labelsWithin, onlyLabels
from .plain import plainForms

_R1 = js.RegExp(r"""[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;\x22'{}()<>\[\]]{1,320}\Z""")
_R2 = js.RegExp(r"[\d ()+./\-]{2,40}\Z")
_R3 = js.RegExp(r"[\d@]|(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])")
_R4 = js.RegExp(r"[\w]")
_R5 = js.RegExp(r"[\w]")
_R6 = js.RegExp(r"[\d]")
_R7 = js.RegExp(r"[\ud800-\udbff]")
_R8 = js.RegExp(r"[\udc00-\udfff]")
longestText = 8192
suspicious = js.RegExp(r"""[^A-Za-z ,.!?;'\x22()]|[A-Za-z]{16}|\b(?:is|was|are)\b|pass|secret|token|key|bearer|basic|auth|code|pin|name|birth|born|street|sign|cred|cookie|session|phone|contact|\(at\)| dot |[\w]\([\x22'`]|near \x22'""", "i")
ofTexts = [findKeys, findUserInfo]
ofTextsAfterQueries = [findIpAddresses, findNationalNumbers]
ofMail = [findEmails, findSpelledEmails, findInternationalPhones]
ofNumbers = [findAccounts]
ofNames = [findNotations, findSentences, findInDatabases, findPlaces]
ofRuns = [findPhones, findRandomRuns]
harmless = [
    js.RegExp(r"(?<![0-9A-Za-z])[\da-f]{8}\-(?:[\da-f]{4}\-){3}[\da-f]{12}(?![\dA-Za-z])", "ig"),
    js.RegExp(r"(?<![0-9])(?:19|20)[\d][\d]([\-/.]?)(?:0[1-9]|1[0-2])(?:\1)(?:0[1-9]|[12][\d]|3[01])(?:[T _\-]?[\d][\d]:?[\d][\d](?::?[\d][\d](?:[.,][\d]{1,9})?)?(?:Z|[+\-][\d][\d]:?[\d][\d])?)?(?![\d])", "g"),
    js.RegExp(r"(?<![.0-9])[\d]{1,2}[./\-][\d]{1,2}[./\-](?:19|20)[\d][\d](?![\d\-])", "g"),
    js.RegExp(r"(?<![0-:])[\d]{1,2}:[\d][\d](?::[\d][\d])?(?:[.,][\d]{1,9})?(?![\d:])", "g"),
    js.RegExp(r"(?<![.0-9A-Z_a-z])[\d]{1,6}(?:\.[\d]{1,6}){4,8}(?![\w.])(?<![.][0-9][0-9][.][0-9][0-9][.][0-9][0-9][.][0-9][0-9])", "g"),
    js.RegExp(r"(?<![0-9])(?:214748364[78]|429496729[56]|9007199254740991)(?![\d])", "g"),
    js.RegExp(r"(?<=[)>A-Z\]a-z]):[\d]{1,9}(?::[\d]{1,9})?(?![\d.])", "g"),
]
measured = js.RegExp(r"(?<![+\-.0-9A-Z_a-z])(?<![0-9][ \-])(?![0-9]{3}[.][0-9]{3}[.][0-9]{4}(?![0-9]))[0-9][,.0-9_]{0,24}[ ]?(?:[%][Ss]?|[Bb][Ss]?|[Bb][Yy][Tt][Ee][Ss]?|[Cc][Hh][Aa][Rr][Ss]?|[Cc][Hh][Aa][Rr][Aa][Cc][Tt][Ee][Rr][Ss]?|[Cc][Oo][Ll][Uu][Mm][Nn][Ss]?|[Dd][Aa][Yy][Ss]?|[Ee][Vv][Ee][Nn][Tt][Ss]?|[Ff][Pp][Ss][Ss]?|[Gg][Bb][Ss]?|[Gg][Ii][Bb][Ss]?|[Hh][Ss]?|[Hh][Ii][Tt][Ss]?|[Hh][Oo][Uu][Rr][Ss]?|[Hh][Zz][Ss]?|[Ii][Tt][Ee][Mm][Ss]?|[Ii][Tt][Ee][Rr][Aa][Tt][Ii][Oo][Nn][Ss]?|[Kk][Bb][Ss]?|[Kk][Ee][Yy][Ss]?|[Kk][Ii][Bb][Ss]?|[Ll][Ii][Nn][Ee][Ss]?|[Mm][Bb][Ss]?|[Mm][Ee][Ss][Ss][Aa][Gg][Ee][Ss]?|[Mm][Ii][Bb][Ss]?|[Mm][Ii][Cc][Rr][Oo][Ss][Ee][Cc][Oo][Nn][Dd][Ss]?|[Mm][Ii][Ll][Ll][Ii][Ss][Ee][Cc][Oo][Nn][Dd][Ss]?|[Mm][Ii][Nn][Ss]?|[Mm][Ii][Nn][Uu][Tt][Ee][Ss]?|[Mm][Ss][Ss]?|[Nn][Aa][Nn][Oo][Ss][Ee][Cc][Oo][Nn][Dd][Ss]?|[Nn][Ss][Ss]?|[Oo][Pp][Ss]?|[Pp][Oo][Ii][Nn][Tt][Ss]?|[Pp][Xx][Ss]?|[Rr][Ee][Cc][Oo][Rr][Dd][Ss]?|[Rr][Ee][Qq][Uu][Ee][Ss][Tt][Ss]?|[Rr][Oo][Ww][Ss]?|[Ss][Ss]?|[Ss][Ee][Cc][Ss]?|[Ss][Ee][Cc][Oo][Nn][Dd][Ss]?|[Ss][Tt][Ee][Pp][Ss]?|[Tt][Bb][Ss]?|[Tt][Ii][Mm][Ee][Ss]?|[Tt][Oo][Kk][Ee][Nn][Ss]?|[Uu][Ss][Ss]?|[Uu][Ss][Ee][Rr][Ss]?|[Xx][Ss]?|[\xb5\u039c\u03bc][Ss][Ss]?|[\xb5\u039c\u03bc][Ss][Ss]?)(?![0-9A-Za-z])", "g")
def redactText(text, length=None):
    if length is None:
        length = longestText
    if (len(text) > longestRemembered):
        return redactedText(text, length)
    known = remembered.get(text)
    if (known is None):
        known = redactedText(text, longestText)
        if (len(remembered) >= mostRemembered):
            remembered.clear()
        js.put(remembered, text, known)
    return (known if (len(known) <= length) else redactedText(text, length))

remembered = {}
mostRemembered = 1000
longestRemembered = 128
def redactedText(text, length):
    current = readable(text)
    round_ = 0
    while True:
        if not (round_ < 5):
            break
        next_ = cutBeforeLabel((redactOnce(current) if suspicious.test(current) else current), length)
        if (next_ == current):
            return current
        current = next_
        round_ += 1
    return "[redacted]"

def readable(text):
    if (len(text) <= longestText):
        return text
    kept = js.slice(text, 0, longestText)
    word = (_n1 if (_n1 := (None if (_c2 := _R1.exec(js.slice(kept, (-320)))) is None else len(js.item(_c2, 0)))) is not None else 0)
    return js.replace(cutText(kept, (longestText - word)), _R2, " ", 0)

oneWord = js.RegExp(r"\A[\w\-]{1,64}\Z")
def redactOnce(text):
    def _f3(form):
        return foundIn(form)
    found = js.flat_map(plainForms(text), _f3, 1)
    if (len(found) == 0):
        return text
    def _f4(one, other):
        return ((js.get(one, "start") - js.get(other, "start")) or (js.get(one, "rank") - js.get(other, "rank")))
    js.sort(found, _f4)
    before = []
    for _e5 in matches(labelsWithin, text):
        label = js.item(_e5, 0)
        index = _e5.index
        before.append([index, (index + len(label))])
    result = ""
    done = 0
    passed = 0
    index_2 = 0
    while True:
        if not (index_2 < len(found)):
            break
        _d6 = js.item(found, index_2)
        start = js.get(_d6, "start")
        end = js.get(_d6, "end")
        label_2 = js.get(_d6, "label")
        rank = js.get(_d6, "rank")
        index_2 += 1
        while True:
            if not (index_2 < len(found)):
                break
            next_ = js.item(found, index_2)
            if (js.get(next_, "start") >= end):
                break
            end = js.largest(end, js.get(next_, "end"))
            if (js.get(next_, "rank") < rank):
                _d7 = next_
                label_2 = js.get(_d7, "label")
                rank = js.get(_d7, "rank")
            index_2 += 1
        while True:
            if not ((passed < len(before)) and (((_n8 if (_n8 := (None if (_c9 := js.item(before, passed)) is None else js.item(_c9, 0))) is not None else 0)) < end)):
                break
            _d10 = js.item(before, passed)
            from_ = js.item(_d10, 0)
            to = js.item(_d10, 1)
            if (to <= start):
                passed += 1
                continue
            start = js.smallest(start, from_)
            end = js.largest(end, to)
            passed += 1
        if onlyLabels.test(js.slice(text, start, end)):
            continue
        result += (js.slice(text, done, js.largest(done, start)) + label_2)
        done = js.largest(done, end)
    return (result + js.slice(text, done))

def foundIn(form):
    _d11 = form
    text = js.get(_d11, "text")
    inPlain = []
    isOneWord = oneWord.test(text)
    def adder():
        rank = len(inPlain)
        def _f12(start, end, label):
            if ((end > start) and (js.slice(text, start, end) != label)):
                inPlain.append({"start": start, "end": end, "label": label, "rank": rank})
        return _f12
    def look(detectors, within):
        for detect in detectors:
            detect(within, adder())
    look(ofTexts, text)
    if isOneWord:
        look(ofTextsAfterQueries, text)
    else:
        findQueries(text, adder(), js.get(form, "spellingOf"))
        look(ofTextsAfterQueries, text)
        look(ofMail, hidden(text, inPlain))
    read = withoutHarmless(text)
    look(ofNumbers, read)
    if isOneWord:
        findSentences(text, adder())
    else:
        findNamed(text, adder(), js.get(form, "spellingOf"))
        look(ofNames, text)
    addRepeated(text, inPlain)
    look(ofRuns, hidden(read, inPlain))
    def _f13(_p14):
        start = js.get(_p14, "start")
        end = js.get(_p14, "end")
        rest = js.without(_p14, ["start", "end"])
        return ({"start": js.get(form, "originOf")(start), "end": js.get(form, "originOf")(end), **js.spread(rest)})
    return js.map_(inPlain, _f13, 1)

mostRepeated = 16
shortestRepeated = 6
def addRepeated(text, found):
    values = {}
    for one in found:
        if (len(values) >= mostRepeated):
            break
        value = js.slice(text, js.get(one, "start"), js.get(one, "end"))
        if ((((len(value) >= shortestRepeated) and (len(value) <= 256)) and _R3.test(value)) and (js.get(one, "label") != "")):
            js.put(values, value, one)
    for _e15 in list(values.items()):
        value_2 = js.item(_e15, 0)
        _d16 = js.item(_e15, 1)
        label = js.get(_d16, "label")
        rank = js.get(_d16, "rank")
        at = js.index_of(text, value_2)
        while True:
            if not (at >= 0):
                break
            end = (at + len(value_2))
            if ((not _R4.test((_n17 if (_n17 := js.char(text, (at - 1))) is not None else ""))) and (not _R5.test((_n18 if (_n18 := js.char(text, end)) is not None else "")))):
                found.append({"start": at, "end": end, "label": label, "rank": rank})
            at = js.index_of(text, value_2, (at + len(value_2)))

def hidden(text, found):
    if (len(found) == 0):
        return text
    result = ""
    done = 0
    def _f19(one, other):
        return (js.get(one, "start") - js.get(other, "start"))
    for _e20 in js.sort([*found], _f19):
        start = js.get(_e20, "start")
        end = js.get(_e20, "end")
        if (end <= done):
            continue
        from_ = js.largest(start, done)
        result += (js.slice(text, done, from_) + (mask * max(0, (end - from_))))
        done = end
    return (result + js.slice(text, done))

def withoutHarmless(text):
    if (not _R6.test(text)):
        return text
    return masked(js.reduce(harmless, 2, masked, text), measured)

def cutBeforeLabel(text, length):
    return (text if (len(text) <= length) else js.replace(cutText(text, length), cutLabel, "", 0))

def cutText(text, length):
    if (len(text) <= length):
        return text
    splitsPair = (_R7.test((_n21 if (_n21 := js.char(text, (length - 1))) is not None else "")) and _R8.test((_n22 if (_n22 := js.char(text, length)) is not None else "")))
    return js.slice(text, 0, ((length - 1) if splitsPair else length))

