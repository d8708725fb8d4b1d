# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/shape.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from . import charsets
from .labels import isLabel
from .names import isPartOfPerson, isPerson, isPrivate
from .text import redactText

_R1 = js.RegExp(r"[_\-]", "g")
_R2 = js.RegExp(r"\A(?:active_?)?(?:feature_?)?(?:flags?|features|experiments?|variants?|toggles?)\Z", "i")
_R3 = js.RegExp(r"[\d]{1,2}\Z")
_R4 = js.RegExp(r"\A[a-z]{2,16}(?:[_\-][a-z]{1,16}){0,3}\Z")
_R5 = js.RegExp(r"\Aname(?:_?[\d]{1,2})?\Z", "i")
_R6 = js.RegExp(r"\Aname(?:_?[\d]{1,2})?\Z", "i")
mostNames = 64
namesOfPairs = [
    "name",
    "key",
    "header",
    "field",
    "property",
    "attribute",
    "param",
    "parameter",
    "column",
    "label",
    "id",
    "k",
]
valuesOfPairs = {
    "value",
    "val",
    "values",
    "content",
    "data",
    "v",
    "stringvalue",
    "rawvalue",
    "newvalue",
    "oldvalue",
}
contactFields = {
    "email",
    "phone",
    "firstname",
    "lastname",
    "contactemail",
    "mobile",
    "emailaddress",
    "phonenumber",
    "avatarurl",
}
homeFields = {
    "address",
    "homeaddress",
    "streetaddress",
    "billingaddress",
    "shippingaddress",
    "street",
    "dob",
    "dateofbirth",
    "birthdate",
    "birthday",
    "ssn",
    "gender",
    "zip",
    "zipcode",
    "postalcode",
    "passportnumber",
    "note",
    "notes",
    "age",
    "lastvisit",
    "appointmentid",
    "appointmentat",
    "contactid",
    "clientid",
    "customerid",
    "patientid",
    "guestid",
    "leadid",
    "memberid",
}
twoNames = js.RegExp(r"\A(?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"]){1,40}(?: (?:" + charsets.SET_10 + r"|[" + charsets.SET_9 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_19 + r"]){0,40}){1,3}\Z")
beside = [
    [
        ["args", "argv", "arguments", "parameters", "bindings"],
        ["name", "command", "method", "query", "sql", "cmd"],
    ],
    [["content", "text", "parts", "body"], ["role", "speaker", "author"]],
    [
        ["text", "body", "html", "subject", "content", "caption"],
        [
            "from",
            "to",
            "sender",
            "recipient",
            "fromnumber",
            "tonumber",
            "direction",
            "messagesid",
            "messageid",
        ],
    ],
    [["input"], ["loc"]],
]
feedback = js.RegExp(r"\A(?:user[_\-]?)?(?:feedback|review|survey)s?\Z", "i")
ofFeedback = ["message", "comment", "comments", "text"]
def plainName(name):
    return js.replace(js.lower(name), _R1, "", 0)

def shapeOf(names, under):
    def _f1(_p2):
        name = js.item(_p2, 0)
        value = js.item(_p2, 1)
        return [plainName(name), value]
    own = dict(js.map_(js.slice(names, 0, mostNames), _f1, 1))
    dropped = set((ofFeedback if feedback.test(under) else []))
    for _e3 in beside:
        some = js.item(_e3, 0)
        others = js.item(_e3, 1)
        def _f4(name):
            return (name in own)
        def _f5(name):
            return (name in own)
        if (js.some(some, _f4, 1) and js.some(others, _f5, 1)):
            for name in some:
                dropped.add(name)
    def _f6(name):
        return own.get(name)
    def _f7(value):
        return (js.type_of(value) == "string")
    said = js.find(js.map_(namesOfPairs, _f6, 1), _f7, 1)
    called = (redactText(said) if ((js.type_of(said) == "string") and (len(said) <= 256)) else None)
    isUnderPerson = isPerson(under)
    def _f8(name):
        return (name in homeFields)
    def _f9(name):
        return (js.replace(name, _R3, "", 0) in contactFields)
    def _f10(name, value):
        return (((called is not None) and (plainName(name) in valuesOfPairs)) and isPrivate(called, value))
    return {"dropped": dropped, "isUnderPerson": isUnderPerson, "isAtHome": js.some([*list(own.keys())], _f8, 1), "isOfFlags": _R2.test(under), "isPerson": (isUnderPerson or js.some([*list(own.keys())], _f9, 1)), "isValue": _f10}

def isDroppedBy(shape, name, value):
    if ((js.type_of(value) == "string") and ((isLabel(value) or ((js.get(shape, "isOfFlags") and _R4.test(value)))))):
        return False
    if (isPrivate(name, value) or ((((plainName(name) in js.get(shape, "dropped")) and (js.type_of(value) != "number")) and (js.type_of(value) != "boolean")))):
        return True
    if (js.type_of(value) != "string"):
        return False
    if ((js.get(shape, "isAtHome") and _R5.test(name)) and twoNames.test(value)):
        return True
    return (((js.get(shape, "isPerson") and _R6.test(name))) or ((js.get(shape, "isUnderPerson") and isPartOfPerson(name))))

