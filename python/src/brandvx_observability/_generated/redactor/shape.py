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
_R2 = js.RegExp(r"\A(?:delta|choices?)\Z", "i")
_R3 = js.RegExp(r"\A(?:active_?)?(?:feature_?)?(?:flags?|features|experiments?|variants?|toggles?)\Z", "i")
_R4 = js.RegExp(r"[\d]{1,2}\Z")
_R5 = js.RegExp(r"\A[a-z]{2,16}(?:[_\-][a-z]{1,16}){0,3}\Z")
_R6 = js.RegExp(r"\Acode\Z", "i")
_R7 = js.RegExp(r"\A[\d]{6}\Z")
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
    "example",
    "sample",
    "default",
    "defaultvalue",
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
    "last4",
    "expmonth",
    "expyear",
    "prenom",
    "pr\xe9nom",
    "vorname",
    "voornaam",
    "apellido",
    "apellidos",
    "cognome",
    "sobrenome",
    "fornavn",
    "imie",
}
anyName = js.RegExp(r"\A(?:name|nom|nome|navn|namn|naam)(?:_?[\d]{1,2})?\Z", "i")
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
twoNames = js.RegExp(r"\A(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){1,40}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){0,40}){1,3}\Z")
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
reached = js.RegExp(r"\A(?:whatsapp:|sms:|tel:)?\+?[\d(][\d ().\-]{6,20}\Z|\A[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff@]{1,64}@[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff@]{2,}\Z|\A\[(?:phone|email)\]\Z", "i")
spoken = js.RegExp(r"\A(?:(?:in|out)put_)?(?:text(?:_delta)?|human|ai|thinking(?:_delta)?)\Z", "i")
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
        return reached.test(js.string(own.get(name)))
    if js.some(["to", "from", "recipient", "sender"], _f6, 1):
        dropped.add("message")
    if (js.type_of(own.get("model")) == "string"):
        for name_2 in ["instructions", "system", "input", "prompt", "query", "question", "output", "contents"]:
            dropped.add(name_2)
    if (spoken.test(js.string(own.get("type"))) or _R2.test(under)):
        for name_3 in ["text", "content", "thinking"]:
            dropped.add(name_3)
    def _f7(name):
        return own.get(name)
    def _f8(value):
        return (js.type_of(value) == "string")
    said = js.find(js.map_(namesOfPairs, _f7, 1), _f8, 1)
    called = (redactText(said) if ((js.type_of(said) == "string") and (len(said) <= 256)) else None)
    isUnderPerson = isPerson(under)
    def _f9(name):
        return (name in own)
    def _f10(name):
        return (name in homeFields)
    def _f11(name):
        return (js.replace(name, _R4, "", 0) in contactFields)
    def _f12(name, value):
        return (((called is not None) and (plainName(name) in valuesOfPairs)) and isPrivate(called, value))
    return {"dropped": dropped, "isUnderPerson": isUnderPerson, "isReached": js.some(["phone", "phonenumber", "mobile", "email", "to"], _f9, 1), "isAtHome": js.some([*list(own.keys())], _f10, 1), "isOfFlags": _R3.test(under), "isPerson": (isUnderPerson or js.some([*list(own.keys())], _f11, 1)), "isValue": _f12}

def isDroppedBy(shape, name, value):
    if ((js.type_of(value) == "string") and ((isLabel(value) or ((js.get(shape, "isOfFlags") and _R5.test(value)))))):
        return False
    if (isPrivate(name, value) or ((((plainName(name) in js.get(shape, "dropped")) and (js.type_of(value) != "number")) and (js.type_of(value) != "boolean")))):
        return True
    if (js.type_of(value) != "string"):
        return False
    if ((js.get(shape, "isReached") and _R6.test(name)) and _R7.test(value)):
        return True
    if ((js.get(shape, "isAtHome") and anyName.test(name)) and twoNames.test(value)):
        return True
    return (((js.get(shape, "isPerson") and anyName.test(name))) or ((js.get(shape, "isUnderPerson") and isPartOfPerson(name))))

