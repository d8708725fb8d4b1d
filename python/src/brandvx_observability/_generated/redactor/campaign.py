# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/campaign.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

_R1 = js.RegExp(r"\A\$(?:session_entry_|initial_|prev_pageview_|prev_|session_|device_|sdk_debug_)?")
campaign = js.RegExp(r"\A(?:utm_[a-z]+|gclid|gclsrc|dclid|[gw]braid|gad_source|fbclid|msclkid|twclid|li_fat_id|mc_cid|igshid|ttclid|rdt_cid|epik|qclid|sccid|irclid|_kx|bfcid|oppref)\Z")
def isCampaignParameter(name):
    return campaign.test(name)

def barePosthogName(name):
    return js.replace(name, _R1, "", 0)

