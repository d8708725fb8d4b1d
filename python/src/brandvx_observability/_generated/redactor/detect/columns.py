# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/columns.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.nothing import saysNothing
from ..labels import labels
from ..names import isPartOfPerson, isPerson, kindOfName

_R1 = js.RegExp(r"\A[\-+\|: ]{3,1024}\Z")
_R2 = js.RegExp(r"[\d]")
_R3 = js.RegExp(r"[,;\|] ")
_R4 = js.RegExp(r"""\A[ \x22']+|[ \x22'\x0d]+\Z""", "g")
_R5 = js.RegExp(r"\A(?:customer|client|contact|patient|guest)?[_ ]?name\Z", "i")
_R6 = js.RegExp(r"""\A[^()\[\]]{0,80}[(\[\x22']{1,3}""")
_R7 = js.RegExp(r"\A[^()\[\]]*")
_R8 = js.RegExp(r"[@+]|\[(?:email|phone)\]")
_R9 = js.RegExp(r"""\A(?:row|line|record)? ?\#?[\d]{0,6}: ?[\x22']?""", "i")
_R10 = js.RegExp(r"""\A[ \x22']{0,3}""")
_R11 = js.RegExp(r"""[\x22'\x0d ]{0,3}\Z""")
delimiters = [",", ";", "\x09", "|"]
columnName = js.RegExp(r"""\A {0,20}[\x22']?(?:""" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_30 + r"""]){0,60}[\x22']? ?[\x0d]?\Z""")
longestHeading = 1024
mostColumns = 60
def findColumns(text, add):
    columns = None
    names = []
    delimiter = ","
    start = 0
    for line in js.split(text, "\n"):
        if ((columns is not None) and _R1.test(line)):
            start += (len(line) + 1)
            continue
        if (columns is not None):
            fields = fieldsOf(line, delimiter, start, len(columns))
            if ((fields is not None) and isRowOf(len(fields), len(columns), line, delimiter)):
                for _e1 in list(enumerate(columns)):
                    index = js.item(_e1, 0)
                    kind = js.item(_e1, 1)
                    field = js.item(fields, index)
                    value = (js.trim(js.slice(text, js.get(field, "start"), js.get(field, "end"))) if (field is not None) else "")
                    if (((kind == "other") or (not (field is not None))) or saysNothing(value)):
                        continue
                    if (isPerson((_n2 if (_n2 := js.item(names, index)) is not None else "")) and _R2.test(value)):
                        continue
                    add(js.get(field, "start"), js.get(field, "end"), (js.get(labels, "token") if (kind == "secret") else js.get(labels, "private")))
                start += (len(line) + 1)
                continue
            columns = None
        if (len(line) <= longestHeading):
            findPersonInRow(line, start, add)
        listed = js.slice(line, (js.last_index_of(line, ": ") + 1))
        heading = (line if _R3.test(listed) else listed)
        def _f3(sign):
            return isHeading(heading, sign)
        found = (js.find(delimiters, _f3, 1) if (len(line) <= longestHeading) else None)
        if (found is not None):
            delimiter = found
            def _f4(name):
                return js.replace(name, _R4, "", 0)
            names = js.map_(js.split(heading, found), _f4, 1)
            def _f5(name):
                return reachedBy.test(name)
            isOfPeople = js.some(names, _f5, 1)
            def _f6(name):
                return (("personal" if (isOfPeople and isPartOfPerson(name)) else kindOfColumn(name)))
            columns = js.map_(names, _f6, 1)
            def _f7(kind):
                return (kind == "other")
            if js.every(columns, _f7, 1):
                columns = None
        start += (len(line) + 1)

reachedBy = js.RegExp(r"\A(?:e\-?mail|phone|mobile|cell|tel)(?:[_ \-]?(?:address|number))?\Z", "i")
def kindOfColumn(name):
    return ("personal" if (_R5.test(name) or isPerson(name)) else kindOfName(name))

address = js.RegExp(r"""\A[\x22' ]{0,3}(?:[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff@\x22',;\|]{1,64}@[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff@\x22',;\|]{1,190}|\+[\d](?:[ ().\-]{0,2}[\d]){7,14})[\x22' ]{0,3}\Z""")
person = js.RegExp(r"\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){1,30}(?:,? (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){0,30}){0,3}\Z")
def unbracketed(line, _p8):
    start = js.get(_p8, "start")
    end = js.get(_p8, "end")
    value = js.slice(line, start, end)
    lead = (_n9 if (_n9 := (None if (_c10 := _R6.exec(value)) is None else len(js.item(_c10, 0)))) is not None else 0)
    inside = js.slice(value, lead)
    return {"start": (start + lead), "end": ((start + lead) + ((_n11 if (_n11 := (None if (_c12 := _R7.exec(inside)) is None else len(js.item(_c12, 0)))) is not None else 0)))}

def findPersonInRow(line, offset, add):
    if (not _R8.test(line)):
        return
    for delimiter in delimiters:
        def _f14(at):
            return unbracketed(line, at)
        fields = ((None if (_c13 := fieldsOf(line, delimiter, 0, mostColumns)) is None else js.map_(_c13, _f14, 1)) if (delimiter in line) else None)
        if ((not (fields is not None)) or (len(fields) < 3)):
            continue
        def _f15(_p16):
            start = js.get(_p16, "start")
            end = js.get(_p16, "end")
            return js.slice(line, start, end)
        values = js.map_(fields, _f15, 1)
        def isReached(value):
            return (((value == js.get(labels, "email")) or address.test(value)) if ((value == js.get(labels, "email")) or ("@" in value)) else ((not ((js.string(delimiter) + " ") in line)) and (((value == js.get(labels, "phone")) or address.test(value)))))
        if (not js.some(values, isReached, 1)):
            continue
        for _e17 in list(enumerate(values)):
            index = js.item(_e17, 0)
            value = js.item(_e17, 1)
            field = js.item(fields, index)
            lead = (_n18 if (_n18 := (None if (_c19 := _R9.exec(value)) is None else len(js.item(_c19, 0)))) is not None else 0)
            name = js.slice(value, lead)
            if (((field is not None) and person.test(name)) and (not saysNothing(name))):
                add(((offset + js.get(field, "start")) + lead), (offset + js.get(field, "end")), js.get(labels, "private"))
        return

def isHeading(line, delimiter):
    if (not (delimiter in line)):
        return False
    names = js.split(line, delimiter)
    def _f20(name, index):
        return (columnName.test(name) or isOutside(name, index, len(names)))
    return ((((len(names) >= 2) and (len(names) <= mostColumns)) and js.every(names, _f20, 2)))

def isOutside(name, index, count):
    return (((js.trim(name) == "") and (((index == 0) or (index == (count - 1))))) and (count > 3))

def isRowOf(fields, columns, line, delimiter):
    if (fields == columns):
        return True
    return ((((columns >= 3) and (fields >= 3)) and (abs((fields - columns)) <= 2)) and (not ((js.string(delimiter) + " ") in line)))

def fieldsOf(line, delimiter, offset, count):
    fields = []
    start = 0
    quoted = False
    at = 0
    while True:
        if not (at <= len(line)):
            break
        sign = js.char(line, at)
        if (sign == "\""):
            quoted = (not quoted)
        if ((at < len(line)) and ((quoted or (sign != delimiter)))):
            at += 1
            continue
        lead = (_n21 if (_n21 := (None if (_c22 := _R10.exec(js.slice(line, start, (start + 3)))) is None else len(js.item(_c22, 0)))) is not None else 0)
        tail = (_n23 if (_n23 := (None if (_c24 := _R11.exec(js.slice(line, js.largest((start + lead), (at - 3)), at))) is None else len(js.item(_c24, 0)))) is not None else 0)
        fields.append({"start": (offset + js.smallest((start + lead), at)), "end": (offset + js.largest((at - tail), (start + lead)))})
        if (len(fields) > (count + 2)):
            return None
        start = (at + 1)
        at += 1
    return fields

