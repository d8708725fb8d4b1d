# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/posthog.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .campaign import isCampaignParameter
from .event import redactProperties
from .person import redactPerson
from .pseudonym import opaqueId
from .text import cutText, redactText
from brandvx_observability._privacy.value import redact

_R1 = js.RegExp(r"\Aphc_[\w]+\Z")
structural = {"token", "distinct_id", "title"}
def isProjectKey(token):
    return ((js.type_of(token) == "string") and _R1.test(token))

def redactOutgoing(event, onDrop):
    given = (_n1 if (_n1 := js.get(event, "properties")) is not None else {})
    def _f2(_p3):
        name = js.item(_p3, 0)
        return ((not (name in structural)) and (not isCampaignParameter(name)))
    described = dict(js.filter_(js.entries(given), _f2, 1))
    kept = redactProperties(js.get(event, "event"), described, onDrop)
    for _e4 in js.entries(given):
        name = js.item(_e4, 0)
        value = js.item(_e4, 1)
        if isCampaignParameter(name):
            kept[name] = redact(value)
    if isProjectKey(js.get(given, "token")):
        kept["token"] = js.get(given, "token")
    else:
        if (js.get(given, "token") is not None):
            onDrop((js.string(redactText(js.get(event, "event"), 80)) + ".token"))
    if (js.get(given, "distinct_id") is not None):
        kept["distinct_id"] = opaqueId(js.string(js.get(given, "distinct_id")))
    if (js.type_of(js.get(given, "$raw_user_agent")) == "string"):
        kept["$raw_user_agent"] = cutText(js.get(given, "$raw_user_agent"), 400)
    return {**js.spread(event), "event": redactText(js.get(event, "event"), 200), "properties": kept, **js.spread((({"$set": redactPerson(js.get(event, "$set"), "$set", onDrop)} if (_b5 := js.get(event, "$set")) is not None else _b5))), **js.spread((({"$set_once": redactPerson(js.get(event, "$set_once"), "$set_once", onDrop)} if (_b6 := js.get(event, "$set_once")) is not None else _b6)))}

