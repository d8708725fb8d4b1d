# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/text.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets
from .credentials import withoutCredentials
from .emails import withoutEmails
from .numbers import withoutLongNumbers
from .runs import withoutRandomRuns

_R1 = js.RegExp(r"""[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,;\x22'{}()<>\[\]]{1,320}\Z""")
_R2 = js.RegExp(r"\[[a-z]{0,8}\Z")
_R3 = js.RegExp(r"[\ud800-\udbff]")
_R4 = js.RegExp(r"[\udc00-\udfff]")
longestText = 8192
harmless = js.RegExp(r"((?<![0-9a-z])[\da-f]{8}\-(?:[\da-f]{4}\-){3}[\da-f]{12}(?![\da-z])|(?<![0-9])(?:19|20)[\d][\d]\-(?:0[1-9]|1[0-2])\-(?:0[1-9]|[12][\d]|3[01])(?:[T ][\d][\d]:[\d][\d](?::[\d][\d](?:[.,][\d]{1,6})?)?(?:Z|[+\-][\d][\d]:?[\d][\d])?)?(?![\d]))", "i")
longRun = js.RegExp(r"(?:" + charsets.SET_7 + r"|[" + charsets.SET_6 + r"])|[A-Za-z0-9_\-+/=]{20}")
suspicious = js.RegExp(r"(?:" + charsets.SET_7 + r"|[" + charsets.SET_8 + r"])|[+/-9A-Za-z\u017f\u212a]{20}|[Bb][Ee][Aa][Rr][Ee][Rr]|[Ee][Yy][Jj]")
def redactText(text, length=None):
    if length is None:
        length = longestText
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
    return cutText(kept, (longestText - ((_n1 if (_n1 := (None if (_c2 := _R1.exec(kept)) is None else len(js.item(_c2, 0)))) is not None else 0))))

def redactOnce(text):
    rest = withoutEmails(withoutCredentials(text))
    if (not longRun.test(rest)):
        return rest
    def _f3(part, index):
        return ((part if ((index % 2) == 1) else withoutLongNumbers(withoutRandomRuns(part))))
    return ("").join(js.strings(js.map_(js.split(rest, harmless), _f3, 2)))

def cutBeforeLabel(text, length):
    return (text if (len(text) <= length) else js.replace(cutText(text, length), _R2, "", 0))

def cutText(text, length):
    if (len(text) <= length):
        return text
    splitsPair = (_R3.test((_n4 if (_n4 := js.char(text, (length - 1))) is not None else "")) and _R4.test((_n5 if (_n5 := js.char(text, length)) is not None else "")))
    return js.slice(text, 0, ((length - 1) if splitsPair else length))

