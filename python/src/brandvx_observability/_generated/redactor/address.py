# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/address.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .text import cutText, longestText, redactText

_R1 = js.RegExp(r"[?\#][\x00-\uffff]*\Z")
_R2 = js.RegExp(r"\A([a-z][a-z\d+.\-]{1,30}://)(?:[^/]*@)?([^/@]*)([\x00-\uffff]*)\Z", "i")
_R3 = js.RegExp(r"\A(?:[\d]{1,3}\.){3}[\d]{1,3}(?::[\d]{1,5})?\Z")
wholeAddress = js.RegExp(r"\A[a-z][a-z\d+.\-]{1,30}://[\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]*\Z", "i")
wholePath = js.RegExp(r"\A/[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff?\#]*[?\#]")
def isAddress(text):
    return (wholeAddress.test(text) or wholePath.test(text))

def redactAddress(address, length=None):
    bare = js.replace(address, _R1, "", 0)
    _d1 = (_n2 if (_n2 := _R2.exec(bare)) is not None else [])
    scheme = js.item(_d1, 1)
    host = js.item(_d1, 2)
    _v3 = js.item(_d1, 3)
    path = (_v3 if _v3 is not None else "")
    if ((scheme is None) or (host is None)):
        return redactText(bare, length)
    redactedHost = (host if _R3.test(host) else redactText(host))
    return cutText((js.string(scheme) + js.string(redactedHost) + js.string(redactText(path))), (_n4 if (_n4 := length) is not None else longestText))

