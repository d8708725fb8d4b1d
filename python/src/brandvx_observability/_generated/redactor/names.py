# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/names.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .catalog_privacy import comparablePropertyName, forbiddenPropertyNames

forbidden = {
    "email",
    "phone",
    "phonenumber",
    "firstname",
    "lastname",
    "fullname",
    "address",
    "birthday",
    "prompt",
    "body",
    "password",
    "secret",
    "token",
    "accesstoken",
    "refreshtoken",
    "apikey",
    "authorization",
    "cookie",
    "stack",
}
forbiddenEnds = js.RegExp(r"(?:email|e\-?mail_?address|phone(?:_?number)?|password|passwd|secret|token|api_?key|private_?key|cookies?|authorization|card_?number|iban|ssn|cvv|cvc)\Z", "i")
def isForbiddenName(name):
    return (comparablePropertyName(name) in forbidden)

def isPrivateName(name):
    return (isForbiddenName(name) or forbiddenEnds.test(name))

