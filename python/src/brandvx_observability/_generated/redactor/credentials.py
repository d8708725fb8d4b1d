# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/credentials.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .labels import labels

secretName = "(?:pass(?:word|wd|phrase|code)?|\\bpwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|\\bauth|credential|session(?:[_-]?id)?|cookie|signature|\\bsig|\\bjwt|\\botp|\\bpin|\\bcvv|\\bcvc)s?"
value = "(?:\"[^\"]{0,512}\"|'[^']{0,512}'|(?:(?:basic|bearer|digest|token)\\s{1,3})?[^\\s\"',;&<>]{1,512})"
def mark(needles, pattern, replacement=None):
    if replacement is None:
        replacement = js.get(labels, "token")
    return ({"needles": needles, "pattern": pattern, "replacement": replacement})

marks = [
    {
        "needles": ["-----begin"],
        "pattern": js.RegExp(r"\-\-\-\-\-BEGIN[^\-]{0,40}PRIVATE KEY\-\-\-\-\-[^\-]*(?:\-\-\-\-\-END[^\-]{0,40}\-\-\-\-\-)?", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["://"],
        "pattern": js.RegExp(r"://[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff/?\#]{1,512}@", "g"),
        "replacement": "://[token]@",
    },
    {
        "needles": ["://"],
        "pattern": js.RegExp(r"""(://[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff?\#\x22'<>()]{1,1024})[?\#][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'<>()]*""", "g"),
        "replacement": "$1",
    },
    {
        "needles": [" /"],
        "pattern": js.RegExp(r"""\b((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff?\#\x22'<>()]{0,1024})[?\#][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'<>()]*""", "g"),
        "replacement": "$1",
    },
    {
        "needles": ["cookie"],
        "pattern": js.RegExp(r"""(cookie[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,3}[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,3})[^\x0d\x0a]{1,4096}""", "ig"),
        "replacement": "$1[token]",
    },
    {
        "needles": [":", "="],
        "pattern": js.RegExp(r"""((?:pass(?:word|wd|phrase|code)?|\bpwd|secret|token|api[_\-]?key|access[_\-]?key|private[_\-]?key|authorization|\bauth|credential|session(?:[_\-]?id)?|cookie|signature|\bsig|\bjwt|\botp|\bpin|\bcvv|\bcvc)s?[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,3}[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{0,3})(?:\x22[^\x22]{0,512}\x22|'[^']{0,512}'|(?:(?:basic|bearer|digest|token)[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,3})?[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22',;\&<>]{1,512})""", "ig"),
        "replacement": "$1[token]",
    },
    {
        "needles": ["bearer"],
        "pattern": js.RegExp(r"(bearer[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,3})[\w.\~+/=:\-]{6,}", "ig"),
        "replacement": "$1[token]",
    },
    {
        "needles": ["eyj"],
        "pattern": js.RegExp(r"eyJ[\w\-]{8,}(?:\.[\w\-]*){0,2}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["_live_", "_test_"],
        "pattern": js.RegExp(r"(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["sk-", "re-", "key-", "pat-"],
        "pattern": js.RegExp(r"(?<![A-Za-z])(?:sk|re|key|pat)\-[A-Za-z0-9_\-]{16,}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["_"],
        "pattern": js.RegExp(r"(?:ph[acsx]|gh[opsur]|npm|rnd|hf|dop_v1|shpat|shpss|whsec|sntry[su])_[A-Za-z0-9+/=_\-]{8,}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["github_pat_", "glpat-", "xox"],
        "pattern": js.RegExp(r"(?:github_pat_|glpat\-|xox[abeoprs]\-)[A-Za-z0-9_\-]{8,}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["akia", "asia"],
        "pattern": js.RegExp(r"(?:AKIA|ASIA)[A-Z0-9]{12,}", "g"),
        "replacement": "[token]",
    },
    {
        "needles": ["aiza", "ya29.", "sg."],
        "pattern": js.RegExp(r"AIza[\w\-]{20,}|ya29\.[\w\-]{8,}|SG\.[\w\-]{10,}(?:\.[\w\-]+)?", "g"),
        "replacement": "[token]",
    },
]
def withoutCredentials(text):
    lower = js.lower(text)
    rest = text
    for _e1 in marks:
        needles = js.get(_e1, "needles")
        pattern = js.get(_e1, "pattern")
        replacement = js.get(_e1, "replacement")
        def _f2(needle):
            return (needle in lower)
        if js.some(needles, _f2, 1):
            rest = js.replace(rest, pattern, replacement, 0)
    return rest

