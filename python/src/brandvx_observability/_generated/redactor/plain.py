# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/plain.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

_R1 = js.RegExp(r"[A-Z]")
zerosOfScripts = [
    1632,
    1776,
    1984,
    2406,
    2534,
    2662,
    2790,
    2918,
    3046,
    3174,
    3302,
    3430,
    3558,
    3664,
    3792,
    3872,
    4160,
    4240,
    6112,
    6160,
    6470,
    6608,
    6784,
    6800,
    6992,
    7088,
    7232,
    7248,
    42528,
    43216,
    43264,
    43472,
    43504,
    43600,
    44016,
    65296,
]
entities = {
    "amp": "&",
    "apos": "'",
    "ast": "*",
    "bsol": "\\",
    "colon": ":",
    "comma": ",",
    "commat": "@",
    "dash": "-",
    "equals": "=",
    "gt": ">",
    "hyphen": "-",
    "lbrace": "{",
    "lbrack": "[",
    "lowbar": "_",
    "lpar": "(",
    "lsqb": "[",
    "lt": "<",
    "nbsp": " ",
    "newline": "\n",
    "num": "#",
    "percnt": "%",
    "period": ".",
    "plus": "+",
    "quest": "?",
    "quot": "\"",
    "rbrace": "}",
    "rpar": ")",
    "rsqb": "]",
    "semi": ";",
    "sol": "/",
    "tab": "\x09",
}
mostRounds = 4
escapes = js.RegExp(r"\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeffux\da-z]|[bfnrtv]))|%u([\da-f]{4})|%([\da-f]{2})|\&(?:\#([\d]{1,7})|\#x([\da-f]{1,6})|([a-z]{2,8}));?|([^\x00-\x7f])", "ig")
mayBeEscaped = js.RegExp(r"[\\%\&]|[^\x00-\x7f]")
quotedPrintable = js.RegExp(r"=(?:[\x0d]?[\x0a]|([\dA-F]{2}))", "g")
isQuotedPrintable = js.RegExp(r"""=(?:3[AD]|2[CEF](?![\dA-Za-z])|C[2-9A-F]=[89AB][\dA-F]|E2=80|40[\w.\-]{1,64}\.[a-z]{2}|[\x0d]?[\x0a])|(?<![!\x22%-')-+\-/-:<->A-Z\]-z\|-\~])(?<![!\x22%-')-+\-/-:<->A-Z\]-z\|-\~][\x09 ])=(?:2[0-9A-F]|3[ACE]|5[BD]|7[BD])""")
invisible = js.RegExp(r"\u034f|\u17b4|\u17b5|[\xad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u180b-\u180e]|[\ufe00-\ufe0f]")
space = js.RegExp(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
dash = js.RegExp(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63]")
controls = {"n": "\n", "r": "\x0d", "t": "\x09", "b": " ", "f": " ", "v": " "}
def plainForms(original):
    def _f1(index):
        return index
    def _f2(index):
        return (_n3 if (_n3 := js.char(original, index)) is not None else "")
    form = {"text": original, "originOf": _f1, "spellingOf": _f2}
    round_ = 0
    while True:
        if not ((round_ < mostRounds) and mayBeEscaped.test(js.get(form, "text"))):
            break
        next_ = replaced(original, form, escapes, plainOf)
        if (js.get(next_, "text") == js.get(form, "text")):
            break
        form = next_
        round_ += 1
    if (not isQuotedPrintable.test(js.get(form, "text"))):
        return [form]
    def _f4(found, *_):
        return (_n5 if (_n5 := characterOf(js.item(found, 1))) is not None else "")
    return [form, replaced(original, form, quotedPrintable, _f4)]

def replaced(original, form, pattern, replacement):
    _d6 = form
    text = js.get(_d6, "text")
    pieces = []
    starts = []
    origins = []
    copied = []
    length = 0
    done = 0
    def add(piece, origin, isCopy):
        nonlocal length
        if (piece == ""):
            return
        pieces.append(piece)
        starts.append(length)
        origins.append(origin)
        copied.append(isCopy)
        length += len(piece)
    pattern.lastIndex = 0
    found = pattern.exec(text)
    while True:
        if not (found is not None):
            break
        plain = replacement(found)
        if (plain is None):
            found = pattern.exec(text)
            continue
        add(js.slice(text, done, found.index), done, True)
        add(plain, found.index, False)
        done = (found.index + len(js.item(found, 0)))
        found = pattern.exec(text)
    if (done == 0):
        return form
    add(js.slice(text, done), done, True)
    def originOf(index):
        if (index >= length):
            return js.get(form, "originOf")(len(text))
        piece = lastAtOrBefore(starts, index)
        origin = (_n7 if (_n7 := js.item(origins, piece)) is not None else 0)
        return js.get(form, "originOf")((((origin + index) - ((_n8 if (_n8 := js.item(starts, piece)) is not None else 0))) if js.item(copied, piece) else origin))
    def _f9(index):
        return js.slice(original, originOf(index), originOf((index + 1)))
    return {"text": ("").join(js.strings(pieces)), "originOf": originOf, "spellingOf": _f9}

def lastAtOrBefore(numbers, value):
    low = 0
    high = (len(numbers) - 1)
    while True:
        if not (low < high):
            break
        middle = ((((low + high) + 1)) >> 1)
        if (((_n10 if (_n10 := js.item(numbers, middle)) is not None else 0)) <= value):
            low = middle
        else:
            high = (middle - 1)
    return low

def plainOf(found):
    _d11 = found
    braced = js.item(_d11, 1)
    unicode = js.item(_d11, 2)
    byte = js.item(_d11, 3)
    escaped = js.item(_d11, 4)
    percentUnicode = js.item(_d11, 5)
    percent = js.item(_d11, 6)
    decimal = js.item(_d11, 7)
    hexadecimal = js.item(_d11, 8)
    name = js.item(_d11, 9)
    foreign = js.item(_d11, 10)
    if (foreign is not None):
        return plainerOf(foreign)
    if (escaped is not None):
        return (_n12 if (_n12 := js.get(controls, escaped)) is not None else ((None if _R1.test(escaped) else escaped)))
    if (name is not None):
        return (js.get(entities, js.lower(name)) if js.has(entities, js.lower(name)) else None)
    if (decimal is not None):
        return characterOf(js.in_base(js.number(decimal), 16))
    return characterOf((_n13 if (_n13 := (_n14 if (_n14 := (_n15 if (_n15 := (_n16 if (_n16 := (_n17 if (_n17 := braced) is not None else unicode)) is not None else byte)) is not None else percentUnicode)) is not None else percent)) is not None else hexadecimal))

def characterOf(figures):
    if (figures is None):
        return None
    code = js.parse_int(figures, 16)
    if (code > 1114111):
        return None
    if ((len(figures) == 2) and (code > 127)):
        return "\xe9"
    character = js.from_code_point(code)
    return (((_n18 if (_n18 := plainerOf(character)) is not None else character)) if (code > 127) else character)

def plainerOf(character):
    if invisible.test(character):
        return ""
    if space.test(character):
        return " "
    if dash.test(character):
        return "-"
    code = (_n19 if (_n19 := js.code_point_at(character, 0)) is not None else 0)
    if (code == 65131):
        return "@"
    if ((code == 12290) or (code == 65377)):
        return "."
    if ((code >= 65281) and (code <= 65374)):
        return js.from_char_code((code - 65248))
    def _f20(start):
        return ((code >= start) and (code <= (start + 9)))
    zero = js.find(zerosOfScripts, _f20, 1)
    return (None if (zero is None) else js.string((code - zero)))

