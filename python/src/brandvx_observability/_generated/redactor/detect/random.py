# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/random.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches
from ..detect.letters import mostSurpriseWithin, surpriseOf
from ..labels import labels

_R1 = js.RegExp(r"signature|hmac|\bmac\b", "i")
_R2 = js.RegExp(r"""(?:sha[\d]{1,3}|v[\d]|expected|computed|calculated|got|received|given|actual|provided|header)[\x22']?[ :=]{1,2}[\x22'(]{0,2}(?:v[\d]=)?\Z""", "i")
_R3 = js.RegExp(r"\Asha[\d]{1,3}=")
_R4 = js.RegExp(r"\A[\da-f]{32,128}\Z", "i")
_R5 = js.RegExp(r"\Asha[\d]{1,3}=")
_R6 = js.RegExp(r"\A[A-Za-z_\-]{1,40}=")
_R7 = js.RegExp(r"\Asha[\d]{1,3}\Z")
_R8 = js.RegExp(r"[\d]")
_R9 = js.RegExp(r"\A={0,2}")
_R10 = js.RegExp(r"\A[\d]+\Z")
_R11 = js.RegExp(r"\A[\da-f]+\Z", "i")
_R12 = js.RegExp(r"(?=[\da-f]*[\d])(?=[\da-f]*[a-f])[\da-f]{41,}")
_R13 = js.RegExp(r"[a-z]")
_R14 = js.RegExp(r"[A-Z]")
_R15 = js.RegExp(r"[\d]")
_R16 = js.RegExp(r"[\#$@!\&%\^*+?\~]")
_R17 = js.RegExp(r"[\#$@!\&%\^*+?\~]", "g")
_R18 = js.RegExp(r"[a-z]")
_R19 = js.RegExp(r"[A-Z]")
_R20 = js.RegExp(r"[\d]")
run = js.RegExp(r"[A-Za-z0-9_\-+/=\~]{16,}", "g")
joints = js.RegExp(r"[_\-+/=\~]+")
shortest = 16
def threshold(length):
    return ((4.6 if (length >= 24) else 4.7))

window = 24
sureWithin = 5
identifiers = [
    js.RegExp(r"\A(?:0x)?[\da-f]{7,40}\Z", "i"),
    js.RegExp(r"\A[0-7][\dA-HJKMNP-TV-Z]{25}\Z", "i"),
    js.RegExp(r"\Ac[a-z\d]{24}\Z"),
    js.RegExp(r"\A[A-Z]{2}[\da-f]{32}\Z"),
]
prefixed = js.RegExp(r"\A(?:acct|appt|asst|batch|ba|bs|call|card|cg|ch|chatcmpl|cmpl|cn|contact|cs|cus|dep|di|dp|evt|ext|file|fs|fsc|gen|ic|in|inv|item|job|li|lead|mandate|mbur|msg|msgbatch|obj|order|org|orgs|pi|plan|pm|po|price|prj|prod|promo|prompt|prv|py|pyr|qt|rcpt|req|request|resp|ri|rs|run|seti|sbx|si|src|srv|step|sub|task|team|template|tenant|thread|tmpl|toolu|tr|trace|tx|txn|txr|user|usr|vs|workspace|ws)[_\-](?:test_|live_)?[A-Za-z0-9]{8,40}\Z")
digestBefore = js.RegExp(r"""(?:sha[\d]{1,3}|md5|digest|etag|integrity|checksum|commit|fingerprint|hash)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=@\-/ ][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'(W/]{0,3}(?:sha[\d]{3}[\-:])?\Z""", "i")
def isSignature(text, index, before):
    near = js.slice(text, js.largest(0, (index - 120)), index)
    return ((_R1.test(near) and _R2.test((js.string(before) + js.string((_n1 if (_n1 := (None if (_c2 := _R3.exec(js.slice(text, index, (index + 8)))) is None else js.item(_c2, 0))) is not None else ""))))))

def findRandomRuns(text, add):
    findMixed(text, add)
    for _e3 in matches(run, text):
        found = js.item(_e3, 0)
        index = _e3.index
        before = js.slice(text, js.largest(0, (index - 24)), index)
        if (_R4.test(js.replace(found, _R5, "", 0)) and isSignature(text, index, before)):
            add(index, (index + len(found)), js.get(labels, "token"))
            continue
        if (digestBefore.test(before) or prefixed.test(js.replace(found, _R6, "", 0))):
            continue
        findRandomParts(found, index, add)

def findRandomParts(found, offset, add):
    parts = []
    at = 0
    for piece in js.split(found, joints):
        start = js.index_of(found, piece, at)
        random = (isRandom(piece) and (not _R7.test((js.slice(found, (None if (_c4 := js.at(parts, (-1))) is None else js.get(_c4, "start")), (None if (_c5 := js.at(parts, (-1))) is None else js.get(_c5, "end"))) if (len(parts) > 0) else ""))))
        parts.append({"start": start, "end": (start + len(piece)), "random": random, "word": ((not _R8.test(piece)) and (surpriseOf(piece) < 5))})
        at = (start + len(piece))
    index = 0
    while True:
        if not (index < len(parts)):
            break
        if (not (None if (_c6 := js.item(parts, index)) is None else js.get(_c6, "random"))):
            index += 1
            continue
        first = index
        last = index
        while True:
            if not ((first > 0) and (not (None if (_c7 := js.item(parts, (first - 1))) is None else js.get(_c7, "word")))):
                break
            first -= 1
        while True:
            if not ((last < (len(parts) - 1)) and (not (None if (_c8 := js.item(parts, (last + 1))) is None else js.get(_c8, "word")))):
                break
            last += 1
        end = (_n9 if (_n9 := (None if (_c10 := js.item(parts, last)) is None else js.get(_c10, "end"))) is not None else 0)
        add((offset + ((_n11 if (_n11 := (None if (_c12 := js.item(parts, first)) is None else js.get(_c12, "start"))) is not None else 0))), ((offset + end) + ((_n13 if (_n13 := (None if (_c14 := _R9.exec(js.slice(found, end))) is None else len(js.item(_c14, 0)))) is not None else 0))), js.get(labels, "token"))
        index = last
        index += 1

def isRandom(part):
    def _f15(form):
        return form.test(part)
    if ((len(part) < shortest) or js.some(identifiers, _f15, 1)):
        return False
    if _R10.test(part):
        return (len(part) > 40)
    if _R11.test(part):
        return True
    return (((_R12.test(part) or (surpriseOf(part) >= threshold(len(part)))) or (mostSurpriseWithin(part, window) >= sureWithin)))

mixed = js.RegExp(r"""(?<![\x00-\x08\x0e-\x1f!\#-\&)-+\--9<>-Z\\-_a-z\|-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff])[A-Za-z\d\#$@!\&%\^*+?_\~\-]{14,128}(?![^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`)\]},;.])""", "g")
def findMixed(text, add):
    for _e16 in matches(mixed, text):
        found = js.item(_e16, 0)
        index = _e16.index
        def _f17(kind):
            return kind.test(found)
        kinds = js.every([_R13, _R14, _R15, _R16], _f17, 1)
        signs = (_n18 if (_n18 := (None if (_c19 := js.match(found, _R17)) is None else len(_c19))) is not None else 0)
        if ((not kinds) or (signs < 2)):
            continue
        changes = 0
        at = 1
        while True:
            if not (at < len(found)):
                break
            if (kindOf((_n21 if (_n21 := js.char(found, at)) is not None else "")) != kindOf((_n20 if (_n20 := js.char(found, (at - 1))) is not None else ""))):
                changes += 1
            at += 1
        if (changes >= (len(found) * 0.55)):
            add(index, (index + len(found)), js.get(labels, "token"))

def kindOf(sign):
    return (0 if _R18.test(sign) else (1 if _R19.test(sign) else (2 if _R20.test(sign) else 3)))

def isDrawnByLot(text):
    found = False
    def _f22(*_):
        nonlocal found
        found = True
    findRandomRuns(text, _f22)
    return found

