# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/posthog.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .event import redactProperties
from .person import redactPerson
from .pseudonym import opaqueId
from .text import cutText, redactText
from brandvx_observability._privacy.value import redact

structural = {"token", "distinct_id", "title"}
campaign = js.RegExp(r"\A(?:utm_[a-z]+|gclid|gclsrc|dclid|[gw]braid|gad_source|fbclid|msclkid|twclid|li_fat_id|mc_cid|igshid|ttclid|rdt_cid|epik|qclid|sccid|irclid|_kx|bfcid|oppref)\Z")
def redactOutgoing(event, onDrop):
    given = (_n1 if (_n1 := js.get(event, "properties")) is not None else {})
    def _f2(_p3):
        name = js.item(_p3, 0)
        return ((not (name in structural)) and (not campaign.test(name)))
    described = dict(js.filter_(js.entries(given), _f2, 1))
    kept = redactProperties(js.get(event, "event"), described, onDrop)
    for _e4 in js.entries(given):
        name = js.item(_e4, 0)
        value = js.item(_e4, 1)
        if campaign.test(name):
            kept[name] = redact(value)
    if (js.get(given, "token") is not None):
        kept["token"] = js.get(given, "token")
    if (js.get(given, "distinct_id") is not None):
        kept["distinct_id"] = opaqueId(js.string(js.get(given, "distinct_id")))
    if (js.type_of(js.get(given, "$raw_user_agent")) == "string"):
        kept["$raw_user_agent"] = cutText(js.get(given, "$raw_user_agent"), 400)
    return {**js.spread(event), "event": redactText(js.get(event, "event"), 200), "properties": kept, **js.spread((({"$set": redactPerson(js.get(event, "$set"))} if (_b5 := js.get(event, "$set")) is not None else _b5))), **js.spread((({"$set_once": redactPerson(js.get(event, "$set_once"))} if (_b6 := js.get(event, "$set_once")) is not None else _b6)))}

