# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/addresses.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches
from ..detect.random import isDrawnByLot
from ..labels import labels
from ..names import kindOfName

_R1 = js.RegExp(r"""\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'<>`]*""")
_R2 = js.RegExp(r"\A[^/?\#]*")
_R3 = js.RegExp(r"\A[^/?\#:@]*:(?![\d]{0,5}(?:[/?\#]|\Z))")
_R4 = js.RegExp(r"\A[(\[{]{0,2}/[^/*]")
_R5 = js.RegExp(r"\A([\w.$\-]{0,40})(?:\[[\w]*\])?(?:=([\x00-\uffff]*))?\Z")
_R6 = js.RegExp(r"\A[\w.,:*+()/\-]*\Z")
_R7 = js.RegExp(r"\A1[\d]{9}(?:[\d]{3})?\Z")
_R8 = js.RegExp(r"[\d]{7}")
_R9 = js.RegExp(r"\A(?:0|1|true|false)\Z")
_R10 = js.RegExp(r"[\W]|_")
_R11 = js.RegExp(r"\A[\d]{0,3}\Z")
_R12 = js.RegExp(r"[(\[]")
_R13 = js.RegExp(r"[)\]]")
_R14 = js.RegExp(r"[(\[]")
_R15 = js.RegExp(r"[)\]}]")
_R16 = js.RegExp(r"""[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']""")
harmless = {
    "_",
    "alt",
    "arch",
    "args",
    "asc",
    "columns",
    "component",
    "compression",
    "count",
    "desc",
    "dir",
    "direction",
    "env",
    "expand",
    "expires",
    "expires_in",
    "fields",
    "format",
    "from",
    "granularity",
    "group_by",
    "hash",
    "height",
    "hl",
    "include",
    "interval",
    "kind",
    "lang",
    "language",
    "lib",
    "limit",
    "locale",
    "max",
    "min",
    "mode",
    "offset",
    "order",
    "order_by",
    "orderby",
    "page",
    "page_size",
    "panel",
    "per_page",
    "period",
    "platform",
    "range",
    "retry_count",
    "schema",
    "section",
    "select",
    "sentry_client",
    "sentry_version",
    "size",
    "sort",
    "sort_by",
    "source",
    "state_filter",
    "status",
    "step",
    "tab",
    "theme",
    "timezone",
    "type",
    "tz",
    "v",
    "ver",
    "version",
    "view",
    "vsn",
    "width",
    "x-id",
}
scheme = js.RegExp(r"://", "g")
longestAuthority = 512
longestQuery = 8192
def findUserInfo(text, add):
    done = 0
    for _e1 in matches(scheme, text):
        index = _e1.index
        start = (index + 3)
        if (start < done):
            continue
        whole = (_n2 if (_n2 := (None if (_c3 := _R1.exec(js.slice(text, start, (start + longestAuthority)))) is None else js.item(_c3, 0))) is not None else "")
        authority = (_n4 if (_n4 := (None if (_c5 := _R2.exec(whole)) is None else js.item(_c5, 0))) is not None else "")
        at = js.last_index_of(authority, "@")
        if ((at < 0) and _R3.test(whole)):
            at = js.last_index_of(whole, "@")
        if (at < 0):
            continue
        add(start, (start + at), js.get(labels, "token"))
        done = (start + at)

edge = js.RegExp(r"""[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`<>]""")
queryBegins = js.RegExp(r"[?\#]", "g")
parameter = js.RegExp(r"\A[?\#\&]{1,2}[\w.\[\]$\-]{1,64}=")
isLineAndColumn = js.RegExp(r"(?::[\d]{1,7}){1,2}\Z")
def findQueries(text, add, spellingOf):
    wordStart = 0
    scanned = 0
    isAddress = False
    brackets = True
    done = 0
    for _e6 in matches(queryBegins, text):
        index = _e6.index
        if (index < done):
            continue
        at = (index - 1)
        while True:
            if not (at >= scanned):
                break
            if ((not edge.test((_n7 if (_n7 := js.char(text, at)) is not None else ""))) or isWithin(at, index, spellingOf)):
                at -= 1
                continue
            wordStart = (at + 1)
            isAddress = False
            break
            at -= 1
        word = js.slice(text, js.largest(wordStart, scanned), index)
        if not isAddress:
            isAddress = ((((wordStart >= scanned) and _R4.test(word))) or ("://" in word))
        scanned = index
        isQuery = ((js.char(text, index) == "?") and (index > wordStart))
        if ((not ((isAddress and isQuery))) and (not isParameter(text, index, wordStart))):
            continue
        last = js.smallest(len(text), (index + longestQuery))
        end = (endOfQuery(text, index, last, True, spellingOf) if brackets else None)
        if (end is None):
            brackets = False
            end = (_n8 if (_n8 := endOfQuery(text, index, last, False, spellingOf)) is not None else last)
        kept = (_n9 if (_n9 := (None if (_c10 := isLineAndColumn.exec(js.slice(text, js.largest(index, (end - 20)), end))) is None else len(js.item(_c10, 0)))) is not None else 0)
        done = js.largest((index + 1), (end - kept))
        cutParameters(text, index, done, add)

def isWithin(at, question, spellingOf):
    spelled = spellingOf(at)
    return (spelled.startswith("%") and (len(spelled) > len(spellingOf(question))))

def cutParameters(text, start, end, add):
    at = (start + 1)
    keptBefore = False
    cut = []
    for parameter in js.split(js.slice(text, (start + 1), end), "&"):
        next_ = (at + len(parameter))
        if isHarmless(parameter):
            keptBefore = True
        else:
            cut.append(([(at - 1), next_] if keptBefore else [at, js.smallest(end, (next_ + 1))]))
        at = (next_ + 1)
    if keptBefore:
        for _e11 in cut:
            from_ = js.item(_e11, 0)
            to = js.item(_e11, 1)
            add(from_, to, "")
    else:
        if (end > (start + 1)):
            add(start, end, "")

def isHarmless(parameter):
    if (len(parameter) > 200):
        return False
    _d12 = (_n13 if (_n13 := _R5.exec(parameter)) is not None else [])
    _v14 = js.item(_d12, 1)
    name = (_v14 if _v14 is not None else "")
    _v15 = js.item(_d12, 2)
    value = (_v15 if _v15 is not None else "")
    if (js.lower(name) in harmless):
        return (((_R6.test(value) and (not isDrawnByLot(value))) and ((_R7.test(value) or (not _R8.test(value))))))
    if ((not ("=" in parameter)) or (name == "")):
        return False
    isSwitch = (_R9.test(value) and _R10.test((name + (("" if (kindOfName(name) == "secret") else "_")))))
    return (isSwitch or ((_R11.test(value) and (kindOfName(name) == "other"))))

def isParameter(text, index, wordStart):
    return (parameter.test(js.slice(text, index, (index + 70))) and (((index > wordStart) or (js.char(text, index) == "?"))))

def endOfQuery(text, start, last, brackets, spellingOf):
    open = 0
    quoted = False
    at = start
    while True:
        if not (at < last):
            break
        sign = (_n16 if (_n16 := js.char(text, at)) is not None else "")
        if (open > 0):
            if (sign == "\n"):
                return None
            if (sign == "\""):
                quoted = (not quoted)
            else:
                if ((not quoted) and _R12.test(sign)):
                    open += 1
                else:
                    if ((not quoted) and _R13.test(sign)):
                        open -= 1
        else:
            if (brackets and _R14.test(sign)):
                open = 1
            else:
                if ((edge.test(sign) or _R15.test(sign)) or (((sign == ",") and _R16.test((_n17 if (_n17 := js.char(text, (at + 1))) is not None else " "))))):
                    if (not isWithin(at, start, spellingOf)):
                        return at
        at += 1
    return (None if (open > 0) else last)

