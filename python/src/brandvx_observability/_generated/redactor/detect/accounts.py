# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/accounts.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..labels import labels

_R1 = js.RegExp(r"[A-Za-z]")
_R2 = js.RegExp(r"[A-Za-z]")
_R3 = js.RegExp(r"\A[\d]+\Z")
_R4 = js.RegExp(r"\A(?:licen[cs]e|number|registration)[ _\-]?plate|\Akennzeichen", "i")
_R5 = js.RegExp(r"[\D]", "g")
_R6 = js.RegExp(r"\A[A-Z\d]{8,}\Z")
_R7 = js.RegExp(r"[A-Za-z\d]")
_R8 = js.RegExp(r"[ .\-]")
_R9 = js.RegExp(r"[A-Za-z\d]")
cardRanges = [
    {"network": "Visa", "from": "4", "to": "4", "lengths": [13, 16, 19]},
    {"network": "Mastercard", "from": "51", "to": "55", "lengths": [16]},
    {"network": "Mastercard", "from": "2221", "to": "2720", "lengths": [16]},
    {"network": "American Express", "from": "34", "to": "34", "lengths": [15]},
    {"network": "American Express", "from": "37", "to": "37", "lengths": [15]},
    {"network": "Discover", "from": "6011", "to": "6011", "lengths": [16, 19]},
    {"network": "Discover", "from": "644", "to": "649", "lengths": [16, 19]},
    {"network": "Discover", "from": "65", "to": "65", "lengths": [16, 19]},
    {"network": "Diners Club", "from": "300", "to": "305", "lengths": [14, 16, 19]},
    {"network": "Diners Club", "from": "3095", "to": "3095", "lengths": [14, 16, 19]},
    {"network": "Diners Club", "from": "36", "to": "36", "lengths": [14, 15, 16, 19]},
    {"network": "Diners Club", "from": "38", "to": "39", "lengths": [14, 16, 19]},
    {"network": "JCB", "from": "3528", "to": "3589", "lengths": [16, 17, 18, 19]},
    {"network": "UnionPay", "from": "62", "to": "62", "lengths": [16, 17, 18, 19]},
    {"network": "UnionPay", "from": "81", "to": "81", "lengths": [16, 17, 18, 19]},
    {"network": "Dankort", "from": "5019", "to": "5019", "lengths": [16]},
    {
        "network": "Maestro",
        "from": "5018",
        "to": "5018",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {
        "network": "Maestro",
        "from": "5020",
        "to": "5020",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {
        "network": "Maestro",
        "from": "5038",
        "to": "5038",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {
        "network": "Maestro",
        "from": "5893",
        "to": "5893",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {
        "network": "Maestro",
        "from": "6304",
        "to": "6304",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {
        "network": "Maestro",
        "from": "6759",
        "to": "6763",
        "lengths": [12, 13, 14, 15, 16, 17, 18, 19],
    },
    {"network": "RuPay, Mir, Troy", "from": "60", "to": "60", "lengths": [16]},
    {"network": "RuPay, Mir, Troy", "from": "82", "to": "82", "lengths": [16]},
    {"network": "RuPay, Mir, Troy", "from": "508", "to": "508", "lengths": [16]},
    {"network": "RuPay, Mir, Troy", "from": "2200", "to": "2204", "lengths": [16, 17, 18, 19]},
    {"network": "RuPay, Mir, Troy", "from": "9792", "to": "9792", "lengths": [16]},
]
ibanLengths = {
    "AD": 24,
    "AE": 23,
    "AL": 28,
    "AT": 20,
    "AZ": 28,
    "BA": 20,
    "BE": 16,
    "BG": 22,
    "BH": 22,
    "BI": 27,
    "BR": 29,
    "BY": 28,
    "CH": 21,
    "CR": 22,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DJ": 27,
    "DK": 18,
    "DO": 28,
    "EE": 20,
    "EG": 29,
    "ES": 24,
    "FI": 18,
    "FK": 18,
    "FO": 18,
    "FR": 27,
    "GB": 22,
    "GE": 22,
    "GI": 23,
    "GL": 18,
    "GR": 27,
    "GT": 28,
    "HN": 28,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IL": 23,
    "IQ": 23,
    "IS": 26,
    "IT": 27,
    "JO": 30,
    "KW": 30,
    "KZ": 20,
    "LB": 28,
    "LC": 32,
    "LI": 21,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "LY": 25,
    "MC": 27,
    "MD": 24,
    "ME": 22,
    "MK": 19,
    "MN": 20,
    "MR": 27,
    "MT": 31,
    "MU": 30,
    "NI": 28,
    "NL": 18,
    "NO": 15,
    "OM": 23,
    "PK": 24,
    "PL": 28,
    "PS": 29,
    "PT": 25,
    "QA": 29,
    "RO": 24,
    "RS": 22,
    "RU": 33,
    "SA": 24,
    "SC": 31,
    "SD": 18,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "SM": 27,
    "SO": 23,
    "ST": 25,
    "SV": 28,
    "TL": 23,
    "TN": 24,
    "TR": 26,
    "UA": 29,
    "VA": 22,
    "VG": 24,
    "XK": 20,
    "YE": 30,
}
figures = js.RegExp(r"(?<![.0-9])[\d](?:[ ./_+\-]{0,2}[\d]){11,30}", "g")
groups = js.RegExp(r"[\d]+", "g")
ibanBegins = js.RegExp(r"(?<![0-9A-Za-z])[A-Z]{2}[\d]{2}", "ig")
longestIban = 45
ofBanks = js.RegExp(r"routing|sort ?code|\bbsb\b|\bbank|\bach\b|\biban\b|\bswift\b|\bwire\b|\bclabe\b|\baba\b", "i")
account = js.RegExp(r"""\b(?:account|acct|acc|a/c|konto|cuenta|compte|conto)(?:[ _\-]?(?:no|nr|number|num|id))?[\x22']?\.?[ :=\#]{1,3}[\x22']?([\d][\d \-]{4,24}[\d])(?![\w])""", "ig")
national = [
    js.RegExp(r"(?<![.0-9])[\d]{3}\.[\d]{3}\.[\d]{3}\-[\d]{2}(?![\d])|(?<![.0-9])[\d]{2}\.[\d]{3}\.[\d]{3}/[\d]{4}\-[\d]{2}(?![\d])", "g"),
    js.RegExp(r"(?<![0-9A-Za-z])[A-Z]{6}[\d]{2}[A-EHLMPRST][\d]{2}[A-Z][\d]{3}[A-Z](?![A-Za-z\d])", "ig"),
    js.RegExp(r"(?<![0-9A-Za-z])[A-Z]{4}[\d]{6}[HMX][A-Z]{5}[A-Z\d][\d](?![A-Za-z\d])", "ig"),
    js.RegExp(r"(?<![\-0-9])(?!000|666)[\d]{3}([ .\-])(?!00)[\d]{2}(?:\1)(?!0000)[\d]{4}(?![\d\-])", "g"),
    js.RegExp(r"(?<![0-9A-Za-z])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[\d]{2} ?[\d]{2} ?[\d]{2} ?[A-D](?![A-Za-z\d])", "g"),
]
named = js.RegExp(r"(?<![" + charsets.SET_3 + r"])(?<!" + charsets.SET_4 + r")(?:[Ss\u017f][Tt][Ee][Uu][Ee][Rr][Ii][Dd][Ee][Nn][Tt][Ii][Ff][Ii][Kk\u212a][Aa][Tt][Ii][Oo][Nn][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Ss\u017f][Oo][Zz][Ii][Aa][Ll][Vv][Ee][Rr][Ss\u017f][Ii][Cc][Hh][Ee][Rr][Uu][Nn][Gg][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Ss\u017f][Oo][Cc][Ii][Aa][Ll][ \-_]?[Ii][Nn][Ss\u017f][Uu][Rr][Aa][Nn][Cc][Ee][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Dd][Oo][Cc][Uu][Mm][Ee][Nn][Tt][Oo][ \-_]?[Dd][Ee][ \-_]?[Ii][Dd][Ee][Nn][Tt][Ii][Dd][Aa][Dd]|[Ii][Dd][Ee][Nn][Tt][Ii][Ff][Ii][Cc][Aa][Tt][Ii][Oo][Nn][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Mm][Ee][Dd][Ii][Cc][Aa][Ll][ \-_]?[Rr][Ee][Cc][Oo][Rr][Dd][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Ee][Rr][Ss\u017f][Oo][Nn][Aa][Ll][Aa][Uu][Ss\u017f][Ww][Ee][Ii][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Dd][Oo][Cc][Uu][Mm][Ee][Nn][Tt][Oo][ \-_]?[Ii][Dd][Ee][Nn][Tt][Ii][Dd][Aa][Dd]|[Rr][Ii][Jj][Kk\u212a][Ss\u017f][Rr][Ee][Gg][Ii][Ss\u017f][Tt][Ee][Rr][Nn][Uu][Mm][Mm][Ee][Rr]|[Vv][Ee][Rr][Ss\u017f][Ii][Cc][Hh][Ee][Rr][Uu][Nn][Gg][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Nn][Aa][Tt][Ii][Oo][Nn][Aa][Ll][ \-_]?[Ii][Nn][Ss\u017f][Uu][Rr][Aa][Nn][Cc][Ee]|[Rr][Ee][Gg][Ii][Ss\u017f][Tt][Rr][Aa][Tt][Ii][Oo][Nn][ \-_]?[Pp][Ll][Aa][Tt][Ee]|[Ss\u017f][Oo][Zz][Ii][Aa][Ll][Vv][Ee][Rr][Ss\u017f][Ii][Cc][Hh][Ee][Rr][Uu][Nn][Gg]|[Cc][Aa][Rr][Tt][Aa][ \-_]?[Dd]['][Ii][Dd][Ee][Nn][Tt][Ii][Tt][\xc0\xe0]|[Dd][Rr][Ii][Vv][Ee][Rr]['][Ss\u017f][ \-_]?[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee]|[Ii][Nn][Ss\u017f][Uu][Rr][Aa][Nn][Cc][Ee][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ee][Ss\u017f][Ii][Dd][Ee][Nn][Cc][Ee][ \-_]?[Pp][Ee][Rr][Mm][Ii][Tt]|[Ss\u017f][Ee][Cc][Uu][Rr][Ii][Tt][Ee][ \-_]?[Ss\u017f][Oo][Cc][Ii][Aa][Ll][Ee]|[Ss\u017f][Ee][Gg][Uu][Rr][Ii][Dd][Aa][Dd][ \-_]?[Ss\u017f][Oo][Cc][Ii][Aa][Ll]|[Ss\u017f][\xc9\xe9][Cc][Uu][Rr][Ii][Tt][\xc9\xe9][ \-_]?[Ss\u017f][Oo][Cc][Ii][Aa][Ll][Ee]|[Dd][Rr][Ii][Vv][Ee][Rr][Ss\u017f][ \-_]?[Ll][Ii][Cc][Ee][Nn][Cc][Ee]|[Dd][Rr][Ii][Vv][Ee][Rr][Ss\u017f][ \-_]?[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee]|[Dd][Rr][Ii][Vv][Ii][Nn][Gg][ \-_]?[Ll][Ii][Cc][Ee][Nn][Cc][Ee]|[Dd][Rr][Ii][Vv][Ii][Nn][Gg][ \-_]?[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee]|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Mm][Ee][Dd][Ii][Cc][Aa][Rr][Ee][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Aa][Ss\u017f][Ss\u017f][Pp][Oo][Rr][Tt][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Ee][Rr][Ss\u017f][Oo][Nn][Aa][Ll][Aa][Uu][Ss\u017f][Ww][Ee][Ii][Ss\u017f]|[Rr][Ee][Ii][Ss\u017f][Ee][Pp][Aa][Ss\u017f][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Ss\u017f][Oo][Cc][Ii][Aa][Ll][ \-_]?[Ss\u017f][Ee][Cc][Uu][Rr][Ii][Tt][Yy]|[Cc][Oo][Dd][Ii][Cc][Ee][ \-_]?[Ff][Ii][Ss\u017f][Cc][Aa][Ll][Ee]|[Dd][Oo][Ww][\xd3\xf3][Dd][ \-_]?[Oo][Ss\u017f][Oo][Bb][Ii][Ss\u017f][Tt][Yy]|[Dd][Rr][Ii][Vv][Ee][Rr][ \-_]?[Ll][Ii][Cc][Ee][Nn][Cc][Ee]|[Dd][Rr][Ii][Vv][Ee][Rr][ \-_]?[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee]|[Ii][Dd][Ee][Nn][Tt][Ii][Ff][Ii][Cc][Aa][Cc][Ii][Oo][Nn]|[Ii][Dd][Ee][Nn][Tt][Ii][Ff][Ii][Cc][Aa][Cc][Ii][\xd3\xf3][Nn]|[Ll][Ii][Cc][Ee][Nn][Cc][Ee][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Aa][Uu][Ss\u017f][Ww][Ee][Ii][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Cc][Oo][Dd][Ii][Cc][Ee][Ff][Ii][Ss\u017f][Cc][Aa][Ll][Ee]|[Ff][Oo][Dd][Ss\u017f][Ee][Ll][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Ff][\xd8\xf8][Dd][Ss\u017f][Ee][Ll][Ss\u017f][Nn][Uu][Mm][Mm][Ee][Rr]|[Hh][Ee][Nn][Kk\u212a][Ii][Ll][Oo][Tt][Uu][Nn][Nn][Uu][Ss\u017f]|[Hh][Ee][Nn][Kk\u212a][Ii][Ll][\xd6\xf6][Tt][Uu][Nn][Nn][Uu][Ss\u017f]|[Ii][Dd][Ee][Nn][Tt][Ii][Tt][Yy][ \-_]?[Cc][Aa][Rr][Dd]|[Ll][Ii][Cc][Ee][Nn][Cc][Ee][ \-_]?[Pp][Ll][Aa][Tt][Ee]|[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee][ \-_]?[Pp][Ll][Aa][Tt][Ee]|[Nn][Uu][Mm][\xc9\xe9][Rr][Oo][ \-_]?[Ff][Ii][Ss\u017f][Cc][Aa][Ll]|[Pp][Oo][Ll][Ii][Cc][Yy][ \-_]?[Hh][Oo][Ll][Dd][Ee][Rr]|[Rr][Ii][Jj][Kk\u212a][Ss\u017f][Rr][Ee][Gg][Ii][Ss\u017f][Tt][Ee][Rr]|[Ss\u017f][Tt][Ee][Uu][Ee][Rr][ \-_]?[Nn][Uu][Mm][Mm][Ee][Rr]|[Aa][Ss\u017f][Mm][Ee][Nn][Ss\u017f][ \-_]?[Kk\u212a][Oo][Dd][Aa][Ss\u017f]|[Nn][Uu][Mm][Bb][Ee][Rr][ \-_]?[Pp][Ll][Aa][Tt][Ee]|[Pp][Ee][Rr][Ss\u017f][Oo][Nn][Nn][Uu][Mm][Mm][Ee][Rr]|[Ss\u017f][Tt][Ee][Uu][Ee][Rr][Nn][Uu][Mm][Mm][Ee][Rr]|[Ee][Mm][Ii][Rr][Aa][Tt][Ee][Ss\u017f][ \-_]?[Ii][Dd]|[Hh][Ee][Aa][Ll][Tt][Hh][ \-_]?[Cc][Aa][Rr][Dd]|[Kk\u212a][Ee][Nn][Nn][Zz][Ee][Ii][Cc][Hh][Ee][Nn]|[Mm][Ii][Ll][Ii][Tt][Aa][Rr][Yy][ \-_]?[Ii][Dd]|[Nn][Aa][Tt][Ii][Oo][Nn][Aa][Ll][ \-_]?[Ii][Dd]|[Pp][Aa][Ss\u017f][Ss\u017f][Pp][Oo][Rr][Tt][ \-_]?[Nn][Oo]|[Rr][Oo][Dd][Nn][Ee][ \-_]?[Cc][Ii][Ss\u017f][Ll][Oo]|[Rr][Oo][Dd][Nn][\xc9\xe9][ \-_]?[\u010c\u010d][\xcd\xed][Ss\u017f][Ll][Oo]|[Tt][Aa][Xx][Pp][Aa][Yy][Ee][Rr][ \-_]?[Ii][Dd]|[Aa][Vv][Ss\u017f][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Cc][Ii][Tt][Ii][Zz][Ee][Nn][ \-_]?[Ii][Dd]|[Gg][Rr][Ee][Ee][Nn][ \-_]?[Cc][Aa][Rr][Dd]|[Ll][Ii][Cc][Ee][Nn][Cc][Ee][ \-_]?[Nn][Oo]|[Ll][Ii][Cc][Ee][Nn][Ss\u017f][Ee][ \-_]?[Nn][Oo]|[Nn][Hh][Ss\u017f][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Aa][Nn][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Pp][Ss\u017f][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Rr][Ff][Cc][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Ss\u017f][Ii][Nn][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Tt][Ii][Nn][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Ii][Dd][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Ii][Ss\u017f][Ii][Kk\u212a][Uu][Kk\u212a][Oo][Oo][Dd]|[Kk\u212a][Ii][Mm][Ll][Ii][Kk\u212a][ \-_]?[Nn][Oo]|[Mm][Yy][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Nn][Ii][ \-_]?[Nn][Uu][Mm][Bb][Ee][Rr]|[Pp][Aa][Ss\u017f][Aa][Pp][Oo][Rr][Tt][Ee]|[Pp][Aa][Ss\u017f][Ss\u017f][Ee][Pp][Oo][Rr][Tt]|[Rr][Ee][Ii][Ss\u017f][Ee][Pp][Aa][Ss\u017f][Ss\u017f]|[Ss\u017f][Ss\u017f][Nn][ \-_]?[Ll][Aa][Ss\u017f][Tt][4]|[Ss\u017f][Tt][Ee][Uu][Ee][Rr][ \-_]?[Ii][Dd]|[Tt][Cc][ \-_]?[Kk\u212a][Ii][Mm][Ll][Ii][Kk\u212a]|[Mm][Ee][Dd][Ii][Cc][Aa][Rr][Ee]|[Pp][Aa][Nn][ \-_]?[Cc][Aa][Rr][Dd]|[Pp][Aa][Ss\u017f][Ss\u017f][Pp][Oo][Rr][Tt]|[Ss\u017f][Tt][Ee][Uu][Ee][Rr][Ii][Dd]|[Vv][Oo][Tt][Ee][Rr][ \-_]?[Ii][Dd]|[Aa][Aa][Dd][Hh][Aa][Aa][Rr]|[Ii][Dd][ \-_]?[Cc][Aa][Rr][Dd]|[Aa][Aa][Dd][Hh][Aa][Rr]|[Cc][Ee][Dd][Uu][Ll][Aa]|[Cc][\xc9\xe9][Dd][Uu][Ll][Aa]|[Ss\u017f][Oo][Cc][Ii][Aa][Ll]|[Tt][Aa][Xx][ \-_]?[Ii][Dd]|[Vv][Aa][Tt][ \-_]?[Ii][Dd]|[Ii][Cc][Cc][Ii][Dd]|[Ii][Nn][Ss\u017f][Ee][Ee]|[Ii][Qq][Aa][Mm][Aa]|[Pp][Ee][Ss\u017f][Ee][Ll]|[Ss\u017f][Ii][Rr][Ee][Nn]|[Ss\u017f][Ii][Rr][Ee][Tt]|[Cc][Nn][Ii][Cc]|[Cc][Nn][Pp][Jj]|[Cc][Uu][Ii][Ll]|[Cc][Uu][Ii][Tt]|[Cc][Uu][Rr][Pp]|[Ee][Mm][Ss\u017f][Oo]|[Ee][Mm][\u0160\u0161][Oo]|[Hh][Ee][Tt][Uu]|[Hh][Kk\u212a][Ii][Dd]|[Ii][Mm][Ee][Ii]|[Ii][Mm][Ss\u017f][Ii]|[Ii][Tt][Ii][Nn]|[Jj][Mm][Bb][Gg]|[Nn][Ii][Nn][Oo]|[Nn][Rr][Ii][Cc]|[Nn][Uu][Ii][Pp]|[Pp][Pp][Ss\u017f][Nn]|[Tt][Cc][Kk\u212a][Nn]|[Aa][Hh][Vv]|[Bb][Ss\u017f][Nn]|[Cc][Nn][Pp]|[Cc][Pp][Ff]|[Cc][Pp][Rr]|[Dd][Nn][Ii]|[Ee][Gg][Nn]|[Ee][Ii][Nn]|[Mm][Rr][Nn]|[Nn][Hh][Ss\u017f]|[Nn][Ii][Ee]|[Nn][Ii][Ff]|[Nn][Ii][Nn]|[Nn][Ii][Pp]|[Nn][Ii][Rr]|[Oo][Ii][Bb]|[Pp][Aa][Nn]|[Pp][Pp][Ss\u017f]|[Rr][Ff][Cc]|[Rr][Rr][Nn]|[Rr][Uu][Tt]|[Ss\u017f][Ii][Nn]|[Ss\u017f][Ss\u017f][Nn]|[Tt][Ff][Nn]|[Vv][Ii][Nn]|[\u8eab][\u4efd][\u8bc1])(?:[ \-._]?(?:[Nn][Oo]|[Nn][Rr]|[Nn][Uu][Mm][Bb][Ee][Rr]|[Nn][Uu][Mm]|[Ii][Dd]|[Nn][Uu][Mm][Mm][Ee][Rr]|[\#]|[\u2116]|[Nn][\xb0]))?(?:[ ](?:[Oo][Ff]|[Ff][Oo][Rr]|[Dd][Oo]|[Dd][Aa]|[Dd][Ee]|[Dd][Ee][Ll]|[Dd][Ee][Ll][Ll][Aa]|[Dd][Ee][Rr]|[Dd][Ee][Ss\u017f]|[Dd][Uu]|[Vv][Aa][Nn])[ ](?:" + charsets.SET_6 + r"|[" + charsets.SET_5 + r"""]){2,20}){0,2}[\x22']?(?:[ \#\-.:=\u2116]|[Ii][Ss\u017f][ ]){0,6}[\x22']?([A-Za-z\u017f\u212a]{0,4}[ \-]?[0-9][0-9A-Za-z\u017f\u212a]*(?:[ \--/]{1,2}(?=[A-Za-z\u017f\u212a]{0,3}[0-9])[0-9A-Za-z\u017f\u212a]{1,12}|[ \-][A-Za-z\u017f\u212a](?!(?:""" + charsets.SET_6 + r"|[" + charsets.SET_7 + r"]))){0,7}|[A-Za-z\u017f\u212a]{2,6}[0-9][0-9A-Za-z\u017f\u212a]{3,16})", "g")
def findAccounts(text, add):
    for _e1 in matches(figures, text):
        found = js.item(_e1, 0)
        index = _e1.index
        isGlued = (_R1.test((_n2 if (_n2 := js.char(text, (index - 1))) is not None else "")) or _R2.test((_n3 if (_n3 := js.char(text, (index + len(found)))) is not None else "")))
        if (not ((isGlued and _R3.test(found)))):
            findCards(text, found, index, add)
    done = 0
    for _e4 in matches(ibanBegins, text):
        index_2 = _e4.index
        if (index_2 < done):
            continue
        end = endOfIban(text, index_2)
        if (end is None):
            continue
        add(index_2, end, js.get(labels, "account"))
        done = end
    for pattern in national:
        for _e5 in matches(pattern, text):
            found_2 = js.item(_e5, 0)
            index_3 = _e5.index
            add(index_3, (index_3 + len(found_2)), js.get(labels, "number"))

def findNationalNumbers(text, add):
    for _e6 in matches(named, text):
        whole = js.item(_e6, 0)
        _v7 = js.item(_e6, 1)
        number = (_v7 if _v7 is not None else "")
        index = _e6.index
        isPlate = (_R4.test(whole) and (len(number) >= 5))
        if (((len(js.replace(number, _R5, "", 0)) < 5) and (not _R6.test(number))) and (not isPlate)):
            continue
        add(((index + len(whole)) - len(number)), (index + len(whole)), js.get(labels, "number"))
    if (not ofBanks.test(text)):
        return
    for found in matches(account, text):
        add(*placeOf(found, 1), js.get(labels, "account"))

afterCard = js.RegExp(r"\A[\|/;:, ]{1,2}[\d]{1,2}[\|/;: \-][\d]{2,4}[\|/;:, ]{1,2}[\d]{3,4}(?![\d])")
def findCards(text, run, offset, add):
    def _f8(_p9):
        digits = js.item(_p9, 0)
        index = _p9.index
        return ({"digits": digits, "index": index})
    parts = js.map_([*matches(groups, run)], _f8, 1)
    def signAfter(at):
        return js.slice(run, (((_n10 if (_n10 := (None if (_c11 := js.item(parts, at)) is None else js.get(_c11, "index"))) is not None else 0)) + ((_n12 if (_n12 := (None if (_c13 := js.item(parts, at)) is None else len(js.get(_c13, "digits")))) is not None else 0))), (None if (_c14 := js.item(parts, (at + 1))) is None else js.get(_c14, "index")))
    from_ = 0
    while True:
        if not (from_ < len(parts)):
            break
        number = ""
        taken = 0
        to = from_
        while True:
            if not ((to < len(parts)) and (len(number) < longestCard)):
                break
            if ((to > (from_ + 1)) and (signAfter((to - 1)) != signAfter(from_))):
                break
            number += (_n15 if (_n15 := (None if (_c16 := js.item(parts, to)) is None else js.get(_c16, "digits"))) is not None else "")
            if ((len(number) >= shortestRange) and (len(rangesOf(number)) == 0)):
                break
            if isCard(number):
                taken = ((to - from_) + 1)
            to += 1
        first = js.item(parts, from_)
        last = js.item(parts, ((from_ + taken) - 1))
        if (((taken > 0) and (first is not None)) and (last is not None)):
            end = ((offset + js.get(last, "index")) + len(js.get(last, "digits")))
            add((offset + js.get(first, "index")), (end + ((_n17 if (_n17 := (None if (_c18 := afterCard.exec(js.slice(text, end, (end + 24)))) is None else len(js.item(_c18, 0)))) is not None else 0))), js.get(labels, "card"))
        from_ += js.largest(1, taken)

shortestCard = 12
longestCard = 19
shortestRange = 4
def rangesOf(number):
    def _f19(_p20):
        from_ = js.get(_p20, "from")
        to = js.get(_p20, "to")
        start = js.slice(number, 0, len(from_))
        return ((start >= from_) and (start <= to))
    return js.filter_(cardRanges, _f19, 1)

def isCard(number):
    if (((len(number) < shortestCard) or (len(number) > longestCard)) or (not hasCheckDigit(number))):
        return False
    def _f21(_p22):
        lengths = js.get(_p22, "lengths")
        return (len(number) in lengths)
    return js.some(rangesOf(number), _f21, 1)

def hasCheckDigit(number):
    sum_ = 0
    place = 0
    while True:
        if not (place < len(number)):
            break
        figure = js.number(js.char(number, ((len(number) - 1) - place)))
        doubled = ((figure * 2) if ((place % 2) == 1) else figure)
        sum_ += ((doubled - 9) if (doubled > 9) else doubled)
        place += 1
    return ((sum_ % 10) == 0)

def endOfIban(text, start):
    length = js.get(ibanLengths, js.upper(js.slice(text, start, (start + 2))))
    if (length is None):
        return None
    characters = ""
    at = start
    while True:
        if not ((at < (start + longestIban)) and (len(characters) < length)):
            break
        sign = (_n23 if (_n23 := js.char(text, at)) is not None else "")
        if _R7.test(sign):
            characters += js.upper(sign)
        else:
            if (not _R8.test(sign)):
                return None
        at += 1
    if ((len(characters) < length) or _R9.test((_n24 if (_n24 := js.char(text, at)) is not None else ""))):
        return None
    remainder = 0
    for sign_2 in js.points((js.slice(characters, 4) + js.slice(characters, 0, 4))):
        for figure in js.points(js.string(js.parse_int(sign_2, 36))):
            remainder = ((((remainder * 10) + js.number(figure))) % 97)
    return (at if (remainder == 1) else None)

