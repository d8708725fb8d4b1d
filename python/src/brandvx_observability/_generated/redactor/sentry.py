# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/sentry.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .address import isAddress, redactAddress
from .pseudonym import opaqueId
from .text import redactText
from brandvx_observability._privacy.value import redact

_R1 = js.RegExp(r"(?:\A|\.)(?:query|fragment)\Z")
_R2 = js.RegExp(r"\Auser_agent\.")
_R3 = js.RegExp(r"\Asentry\.[^\n\r\u2028\u2029]*id\Z")
_R4 = js.RegExp(r"\A(?:type|unit)\Z")
_R5 = js.RegExp(r"\A[a-z_]{1,20}\Z")
_R6 = js.RegExp(r"""\[[\w\-]{1,40}=(?:\x22[^\x22]*\x22|'[^']*')\]""", "g")
_R7 = js.RegExp(r"(?:tenant|_?id)\Z", "i")
joinId = js.RegExp(r"\A(?:trace|span|parent_span|replay|event|profile|profiler)_?id\Z", "i")
hexadecimal = js.RegExp(r"\A[\da-f]{16,36}\Z")
def redactSentryEvent(event):
    given = event
    def _f1(crumbs, *_):
        def _f2(crumb):
            return redactBreadcrumb(asData(crumb))
        return js.map_(asList(crumbs), _f2, 1)
    def _f3(parts, *_):
        return js.map_(asList(parts), redactMessage, 1)
    def _f4(urls, *_):
        def _f5(url):
            return redactAddress(js.string(url))
        return js.map_(asList(urls), _f5, 1)
    def _f6(spans, *_):
        def _f7(span):
            return redactSpan(asData(span))
        return js.map_(asList(spans), _f7, 1)
    return {**js.spread(given), **js.spread(change(given, "message", redactMessage)), **js.spread(change(given, "logentry", redact)), **js.spread(change(given, "exception", redactExceptions)), **js.spread(change(given, "threads", redactExceptions)), **js.spread(change(given, "breadcrumbs", _f1)), **js.spread(change(given, "request", redactRequest)), **js.spread(change(given, "user", redactUser)), **js.spread(change(given, "tags", redactTags)), **js.spread(change(given, "extra", redact)), **js.spread(change(given, "contexts", redactContexts)), **js.spread(change(given, "transaction", redactMessage)), **js.spread(change(given, "fingerprint", _f3)), **js.spread(change(given, "urls", _f4)), **js.spread(change(given, "spans", _f6))}

def redactBreadcrumb(breadcrumb):
    _d8 = breadcrumb
    category = js.get(_d8, "category")
    level = js.get(_d8, "level")
    message = js.get(_d8, "message")
    data = js.get(_d8, "data")
    if (((category == "console") and (level != "error")) and (level != "warning")):
        return None
    text = js.string((_n9 if (_n9 := message) is not None else ""))
    return {**js.spread(breadcrumb), **js.spread((((message is not None) and {"message": (redactLabels(text) if js.string(category).startswith("ui.") else redactMessage(text))}))), **js.spread((((data is not None) and {"data": redact(js.without({**js.spread(asData(data))}, ["arguments"]))})))}

def redactSpan(span):
    given = span
    return {**js.spread(given), **js.spread(change(given, "name", redactSpanName)), **js.spread(change(given, "description", redactSpanName)), **js.spread(change(given, "attributes", redactAttributes)), **js.spread(change(given, "data", redactAttributes))}

def redactSpanName(name):
    return (redactLabels(name) if (js.type_of(name) == "string") else redact(name))

def redactAttributes(attributes):
    def _f10(_p11):
        name = js.item(_p11, 0)
        value = js.item(_p11, 1)
        if _R1.test(name):
            return []
        wrapped = isTyped(value)
        bare = (js.get(value, "value") if wrapped else value)
        stays = (((_R2.test(name) and (js.type_of(bare) == "string"))) or ((_R3.test(name) and hexadecimal.test(js.string(bare)))))
        if stays:
            return [[name, value]]
        redacted = (redactLabels(bare) if ((js.type_of(bare) == "string") and isOfPage.test(name)) else redactNamed(name, bare))
        if (redacted is None):
            return []
        return [[name, ({**js.spread(value), "value": redacted} if wrapped else redacted)]]
    kept = js.flat_map(js.entries(asData(attributes)), _f10, 1)
    return dict(kept)

def isTyped(value):
    def _f12(_p13):
        key = js.item(_p13, 0)
        item = js.item(_p13, 1)
        return ((key == "value") or ((_R4.test(key) and _R5.test(js.string(item)))))
    return (((((js.type_of(value) == "object") and (value is not None)) and js.has(value, "value")) and js.every(js.entries(value), _f12, 1)))

isOfPage = js.RegExp(r"\.(?:element|selector|target)\Z|\Asentry\.|\A(?:lcp|cls|inp|ui)\.")
def redactLabels(text):
    return redactMessage(js.replace(text, _R6, "", 0))

def redactNamed(name, value):
    return js.get(asData(redact({name: value})), name)

def redactExceptions(exceptions):
    _d14 = asData(exceptions)
    values = js.get(_d14, "values")
    rest = js.without(_d14, ["values"])
    def _f15(item):
        exception = asData(item)
        def _f16(mechanism, *_):
            return ({**js.spread(asData(mechanism)), **js.spread(change(asData(mechanism), "data", redact))})
        return {**js.spread(exception), **js.spread(change(exception, "type", redactMessage)), **js.spread(change(exception, "value", redactMessage)), **js.spread(change(exception, "stacktrace", redactStack)), **js.spread(change(exception, "raw_stacktrace", redactStack)), **js.spread(change(exception, "mechanism", _f16))}
    return {**js.spread(rest), "values": js.map_(asList(values), _f15, 1)}

def redactStack(stack):
    _d17 = asData(stack)
    frames = js.get(_d17, "frames")
    rest = js.without(_d17, ["frames"])
    def _f18(item):
        _d19 = asData(item)
        _ = js.get(_d19, "vars")
        frame = js.without(_d19, ["vars"])
        def sourceLines(lines):
            return js.map_(asList(lines), redactMessage, 1)
        def _f20(name, *_):
            return redactAddress(js.string(name))
        def _f21(path, *_):
            return redactAddress(js.string(path))
        return {**js.spread(frame), **js.spread(change(frame, "filename", _f20)), **js.spread(change(frame, "abs_path", _f21)), **js.spread(change(frame, "context_line", redactMessage)), **js.spread(change(frame, "pre_context", sourceLines)), **js.spread(change(frame, "post_context", sourceLines))}
    return {**js.spread(rest), "frames": js.map_(asList(frames), _f18, 1)}

def redactRequest(request):
    _d22 = asData(request)
    url = js.get(_d22, "url")
    method = js.get(_d22, "method")
    return {**js.spread((((url is not None) and {"url": redactAddress(js.string(url))}))), **js.spread((((method is not None) and {"method": method})))}

def redactUser(user):
    _d23 = asData(user)
    id_ = js.get(_d23, "id")
    return ({"id": opaqueId(id_)} if ((js.type_of(id_) == "string") or (js.type_of(id_) == "number")) else {})

def redactTags(tags):
    def _f24(_p25):
        name = js.item(_p25, 0)
        value = js.item(_p25, 1)
        if (js.type_of(value) != "string"):
            return [name, value]
        return [name, (opaqueId(value) if _R7.test(name) else redactText(value, 200))]
    entries = js.map_(js.entries(asData(tags)), _f24, 1)
    return dict(entries)

def redactContexts(contexts):
    def _f26(_p27):
        name = js.item(_p27, 0)
        context = js.item(_p27, 1)
        given = asData(context)
        def _f28(_p29):
            key = js.item(_p29, 0)
            id_ = js.item(_p29, 1)
            return (joinId.test(key) and hexadecimal.test(js.string(id_)))
        joins = js.filter_(js.entries(given), _f28, 1)
        return [name, {**js.spread(asData(redact(given))), **js.spread(dict(joins))}]
    entries = js.map_(js.entries(asData(contexts)), _f26, 1)
    return dict(entries)

def redactMessage(text):
    if (js.type_of(text) != "string"):
        return redact(text)
    return (redactAddress(text) if isAddress(text) else redactText(text))

def change(data, name, redaction):
    return ({} if ((js.get(data, name) is None) or (js.get(data, name) is None)) else {name: redaction(js.get(data, name))})

def asData(value):
    return ((value) if ((js.type_of(value) == "object") and (value is not None)) else {})

def asList(value):
    return (value if js.is_array(value) else [])

