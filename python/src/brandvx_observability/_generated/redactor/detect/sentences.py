# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/sentences.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..detect.letters import surpriseOf
from ..labels import labels
from ..names import isPrivateName, isReason

_R1 = js.RegExp(r"[.)\]}:!?]{1,8}\Z")
_R2 = js.RegExp(r"""[\x22'`]""")
_R3 = js.RegExp(r" value \Z")
_R4 = js.RegExp(r"[\d]")
_R5 = js.RegExp(r"\A[A-Z]?[a-z]+\Z")
_R6 = js.RegExp(r"\A(?:realm|error|scope|charset)=")
_R7 = js.RegExp(r"[\d]{3}")
_R8 = js.RegExp(r"\A\[[a-z]*\]?\Z|\A[\w]+[=:]|\Ahttps?:|\A[$%{]")
_R9 = js.RegExp(r"\Apin\Z", "i")
_R10 = js.RegExp(r"\A[\d]{4,8}\Z")
_R11 = js.RegExp(r"[Pp][Aa][Ss][Ss]|[Pp][Ww][Dd]|[Ss][Ee][Cc][Rr][Ee][Tt]|[Pp][Hh][Rr][Aa][Ss][Ee]|[Kk][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Cc][Oo][Nn][Tt][Rr][Aa][Ss][Ee]|[Ss][Ee][Nn][Hh][Aa]|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd]|[Hh][Ee][Ss][Ll][Oo]|[Hh][Aa][Ss][\u0141\u0142][Oo]|[Pp][Aa][Rr][Oo][Ll][Aa]|[Ll][\xd6\xf6][Ss][Ee][Nn][Oo][Rr][Dd]")
_R12 = js.RegExp(r"\Apass\Z", "i")
_R13 = js.RegExp(r"[/\\]|\A[\d]+[a-z]{1,3}\Z")
_R14 = js.RegExp(r"[\d_\-]")
_R15 = js.RegExp(r"[\d]")
_R16 = js.RegExp(r"[A-Za-z]")
_R17 = js.RegExp(r"[!$%\^\&*\#@]")
_R18 = js.RegExp(r"\Av?[\d]+\.[\d]")
_R19 = js.RegExp(r"\A[\da-f]{16,}\Z", "i")
_R20 = js.RegExp(r"token|key", "i")
_R21 = js.RegExp(r"\A(?=[^\n\r\u2028\u2029]{8,})(?:[A-Za-z\d]{1,24}[\-_]){1,8}[A-Za-z\d]{1,24}\Z")
_R22 = js.RegExp(r"[A-Za-z]")
_R23 = js.RegExp(r"[\d]")
_R24 = js.RegExp(r"\A[A-Za-z]+[\-_][\d]{1,6}\Z")
_R25 = js.RegExp(r"[\d]")
_R26 = js.RegExp(r"[A-Za-z]")
_R27 = js.RegExp(r"[^A-Za-z0-9]", "g")
told = js.RegExp(r"""(?<![A-Za-z])([Pp][Aa][Ss][Ss][Ww][Oo][Rr][Dd][Ss]?|[Pp][Aa][Ss][Ss][Ww][Dd]|[Pp][Aa][Ss][Ss]|[Pp][Aa][Ss][Ss][Cc][Oo][Dd][Ee]|[Pp][Aa][Ss][Ss][Pp][Hh][Rr][Aa][Ss][Ee]|[Pp][Aa][Ss][Ss][Ww][Oo][Rr][Tt]|[Kk][Ee][Nn][Nn][Ww][Oo][Rr][Tt]|[Cc][Oo][Nn][Tt][Rr][Aa][Ss][Ee][\xd1\xf1][Aa]|[Ss][Ee][Nn][Hh][Aa]|[Ww][Aa][Cc][Hh][Tt][Ww][Oo][Oo][Rr][Dd]|[Mm][Oo][Tt][ ][Dd][Ee][ ][Pp][Aa][Ss][Ss][Ee]|[Hh][Ee][Ss][Ll][Oo]|[Hh][Aa][Ss][\u0141\u0142][Oo]|[Pp][Aa][Rr][Oo][Ll][Aa]|[Ll][\xd6\xf6][Ss][Ee][Nn][Oo][Rr][Dd]|[Pp][Ww][Dd]|[Pp][Ii][Nn]|[Oo][Tt][Pp]|[Tt][Oo][Kk][Ee][Nn][Ss]?|[Ss][Ee][Cc][Rr][Ee][Tt][Ss]?|[Jj][Ww][Tt]|[Ss][Ee][Ss][Ss][Ii][Oo][Nn](?:[ ][Ii][Dd])?|[Cc][Oo][Oo][Kk][Ii][Ee]|[Cc][Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll][Ss]?|(?:[Aa][Pp][Ii]|[Aa][Cc][Cc][Ee][Ss][Ss]|[Ss][Ee][Cc][Rr][Ee][Tt]|[Pp][Rr][Ii][Vv][Aa][Tt][Ee]|[Ss][Ii][Gg][Nn][Ii][Nn][Gg]|[Ll][Ii][Cc][Ee][Nn][Ss][Ee]|[Ee][Nn][Cc][Rr][Yy][Pp][Tt][Ii][Oo][Nn]|[Ss][Ee][Rr][Vv][Ii][Cc][Ee])[ \-_]?[Kk][Ee][Yy][Ss]?|[Nn][Oo][Nn][Cc][Ee]|[Ss][Ii][Gg][Nn][Aa][Tt][Uu][Rr][Ee]|[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]|[Bb][Aa][Ss][Ii][Cc])(?:[\x22']|(?<![Tt][Oo][Kk][Ee][Nn])[\]])?[ ](?:(?:[Ii][Ss][ ])?(?:[Ii][Nn][Cc][Oo][Rr][Rr][Ee][Cc][Tt]|[Ww][Rr][Oo][Nn][Gg]|[Ii][Nn][Vv][Aa][Ll][Ii][Dd]|[Rr][Ee][Jj][Ee][Cc][Tt][Ee][Dd]|[Rr][Ee][Ff][Uu][Ss][Ee][Dd]|[Mm][Ii][Ss][Mm][Aa][Tt][Cc][Hh]|[Ii][Nn][Cc][Oo][Rr][Rr][Ee][Cc][Tt][AEae]|[Ii][Nn][Vv][Aa\xc1\xe1][Ll][Ii][Dd][Aa]?|[Ii][Nn][Vv][Aa][Ll][Ii][Dd][Ee]|[Uu][Nn][Gg][\xdc\xfc][Ll][Tt][Ii][Gg]|[Ff][Aa][Ll][Ss][Cc][Hh]|[Ee][Rr][Rr][Aa][Tt][Aa]|[Oo][Nn][Jj][Uu][Ii][Ss][Tt]|[Ii][Nn][Cc][Oo][Rr][Rr][Ee][Tt][Aa]|[Ff][Ee][Ll][Aa][Kk][Tt][Ii][Gg][Tt])[,:]?[ ]|[Oo][Ff][ ]|[Tt][Oo][ ]|[Ff][Oo][Rr][ ][Uu][Ss][Ee][Rr][ ][\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,40}[ ](?:[Ii][Ss][ ])?|[Ff][Oo][Rr][ ][\-.0-9@-Z_a-z]{1,40}(?:[ ][\-.0-9@-Z_a-z]{1,40})?(?:[ ][Ii][Ss]|[ ][Ww][Aa][Ss]|[ ][=]|[:])[ ]|[Nn][Oo][Ww][ ]|[\-][>][ ]|[\u2192][ ]|[Vv][Aa][Ll][Uu][Ee][ ])?([\x22'(`]{0,2})(?=([\x00-\x08\x0e-\x1f!\#-\&*+\--:=?-_a-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{4,2048}))""", "g")
codes = [
    js.RegExp(r"""(?:verification|verify|one[\- ]?time|security|login|log\-in|sign\-?in|access|auth[\w]{0,10}|confirmation|reset|2fa|mfa|otp|sms|pass|pairing|activation)[ \-]?(?:code|pin|passcode|password|otp)?(?: (?:for|to) [\w .]{1,30}?)?(?: is|:|=| \-)? {0,2}[\x22'(\[]{0,2}(?<![0-9])(?<![0-9][ \-])((?:[A-Z]\-)?[\d]{3}[ \-]?[\d]{1,5})(?![\d:]|\.[\d]|[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?(?:ms|s|seconds?|minutes?|attempts?|times|errors?)\b)""", "ig"),
    js.RegExp(r"\b(?:your|the) (?:[\w.\-]{1,24} ){0,3}(?:code|pin|passcode|password|otp)(?: is|:) {0,2}(?![\d]{1,3}(?![\w]|[ \-][\d]))((?:[A-Z]\-)?(?=[A-Z\d \-]{0,8}[\d])[A-Z\d]{2,4}[ \-]?[A-Z\d]{1,5})(?![\w]|\.[\w])", "ig"),
    js.RegExp(r"""\b(?:re\-?sent|sen[dt]|sending|entered|submitted|typed|generated|texted|e\-?mailed|verified|confirmed|redeemed) (?:(?:the|a|an|your|new|wrong|correct|otp|sms|login|reset|auth|signup|sign\-in|verification|confirmation) ){0,3}(?:code|otp|pin|passcode):? [\x22']?(?![\d]{1,3}(?![\d]|[ \-][\d])|10[01][\d](?![\d]))([\d]{3}[ \-]?[\d]{1,5})(?![\d:]|\.[\d])""", "ig"),
    js.RegExp(r"""\b(?:invalid|incorrect|wrong|bad|expired|unknown|used) (?:(?:otp|sms|verification|login|auth[\w]{0,12}|2fa|mfa|confirmation|reset|security) )?(?:code|otp|pin|passcode)[:=]? [\x22'(]?([\d]{6}|[\d]{3}[ \-][\d]{3})(?![\w.\-])""", "ig"),
    js.RegExp(r"""(?<![e][r][r][o][r][ ])(?<![e][x][i][t][ ])(?<![s][t][a][t][u][s][ ])(?<![z][i][p][ ])(?<![p][o][s][t][a][l][ ])(?<![a][r][e][a][ ])(?<![c][o][u][n][t][r][y][ ])(?<![r][e][a][s][o][n][ ])(?<![h][t][t][p][ ])(?<![c][l][o][s][e][ ])(?<![r][e][t][u][r][n][ ])(?<![r][e][s][u][l][t][ ])\bcode:? [\x22']?([\d]{3}[ \-]?[\d]{3})[\x22']? (?:was |has |is |had )?(?:been )?(?:sent|resent|expired|used|accepted|wrong|incorrect|verified|delivered|redeemed|entered|submitted|rejected|invalid|did not|does not|doesn't|mismatch)""", "ig"),
    js.RegExp(r"\b(?:use|enter|type|submit|insert)(?: the)?(?: code)? ([\d]{3}[ \-]?[\d]{1,5}) (?:to|for|as|when) (?:sign|log|verify|confirm|continue|complete|reset|finish|your|access|unlock|activate|pair)", "ig"),
    js.RegExp(r"(?<![\-.0-:])((?:[A-Z]\-)?[\d]{3}[ \-]?[\d]{1,5}) (?:is|as) (?:your|the|a) [\w \-]{0,40}?(?:code|otp|pin|passcode|password)", "ig"),
]
dispatched = [
    js.RegExp(r"""[\x22\u201c](?=[\x00-\x09\x0b-!\#-\u201c\u201e-\uffff]{0,40}[ ])([\x00-\x09\x0b-!\#-\u201c\u201e-\uffff]{3,1024})[\x22\u201d][,]?[ ](?:(?:[Ww][Aa][Ss][ ]|[Hh][Aa][Ss][ ][Bb][Ee][Ee][Nn][ ]|[Cc][Oo][Uu][Ll][Dd][ ][Nn][Oo][Tt][ ][Bb][Ee][ ])?(?:[Ss][Ee][Nn][Tt]|[Dd][Ee][Ll][Ii][Vv][Ee][Rr][Ee][Dd]|[Tt][Ee][Xx][Tt][Ee][Dd]|[Qq][Uu][Ee][Uu][Ee][Dd]|[Ff][Aa][Ii][Ll][Ee][Dd]|[Bb][Oo][Uu][Nn][Cc][Ee][Dd]|[Rr][Ee][Cc][Ee][Ii][Vv][Ee][Dd])[ ])?(?:[Tt][Oo]|[Ff][Rr][Oo][Mm]|[Ff][Oo][Rr])[ ](?=[\x22'(<]{0,2}(?:(?:[Ww][Hh][Aa][Tt][Ss][Aa][Pp][Pp]|[Tt][Ee][Ll]|[Ss][Mm][Ss]|[Mm][Aa][Ii][Ll][Tt][Oo])[:])?(?:[+][ ]?[0-9]{2}|[(]?[0-9]{3}[)]?[ \-.][0-9]{3}|[0-9]{10}|[\x00-\x08\x0e-\x1f!\#-\&(-;=?A-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,64}[@]|[\[](?:[Pp][Hh][Oo][Nn][Ee]|[Ee][Mm][Aa][Ii][Ll])[\]]))""", "g"),
    js.RegExp(r"""\b(?:[Tt][Oo]|[Ff][Rr][Oo][Mm])[ ][\x22'(<]{0,2}(?:(?:[Ww][Hh][Aa][Tt][Ss][Aa][Pp][Pp]|[Ss][Mm][Ss])[:])?(?:[+]?[(0-9][ ()\-.0-9]{7,20}|[\x00-\x08\x0e-\x1f!\#-\&(-;=?A-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,64}[@][\-.0-9A-Z_a-z]{4,64}|[\[](?:[Pp][Hh][Oo][Nn][Ee]|[Ee][Mm][Aa][Ii][Ll])[\]])[\x22')>]{0,2}(?:[,:]|[ ][\-]|[ ][=][>]|[ ][\u2192])?[ ](?:(?:[Bb][Oo][Dd][Yy]|[Tt][Ee][Xx][Tt]|[Mm][Ee][Ss][Ss][Aa][Gg][Ee]|[Ss][Aa][Yy][Ii][Nn][Gg]|[Ww][Ii][Tt][Hh]|[Ss][Aa][Ii][Dd])[:=]?[ ])?[\x22\u201c](?=[\x00-\x09\x0b-!\#-\u201c\u201e-\uffff]{0,40}[ ])([\x00-\x09\x0b-!\#-\u201c\u201e-\uffff]{3,1024})[\x22\u201d]""", "g"),
]
foreignCodes = [
    js.RegExp(r"\b(?:[Vv][Oo][Tt][Rr][Ee]|[Tt][Oo][Nn]|[Tt][Aa]|[Tt][Uu]|[Ss\u017f][Uu]|[Tt][Uu][Oo]|[Ss\u017f][Uu][Oo]|[Vv][Oo][Ss\u017f][Tt][Rr][Oo]|[Ii][Hh][Rr][Ee]?|[Dd][Ee][Ii][Nn][Ee]?|[Ss\u017f][Ee][Uu]|[Ss\u017f][Uu][Aa]|[Uu][Ww]|[Jj][Ee]|[Jj][Oo][Uu][Ww]|[Dd][Ii][Nn]|[Dd][Ii][Tt][Tt]|[Tt][Ww][\xd3\xf3][Jj]|[Ee][Ll]|[Ll][Ee]|[Ii][Ll]|[Dd][Ee][Rr]|[Dd][Aa][Ss\u017f]|[Oo])[ ](?:(?:" + charsets.SET_6 + r"|[" + charsets.SET_35 + r"]){1,24}[ ]){0,4}?(?:(?:" + charsets.SET_6 + r"|[" + charsets.SET_36 + r"]){0,20}(?:[Cc][Oo][Dd][Ee]|[Cc][Oo\xd3\xf3][Dd][Ii][Gg][Oo]|[Cc][Oo][Dd][Ii][Cc][Ee]|[Kk\u212a][Oo][Dd]|[Pp][Ii][Nn]|[Tt][Aa][Nn]|[Pp][Aa][Ss\u017f][Ss\u017f][Ww][Oo][Rr][DTdt]|[Cc][Oo][Nn][Tt][Rr][Aa][Ss\u017f][Ee][\xd1\xf1][Aa]|[Ss\u017f][Ee][Nn][Hh][Aa]))(?:[ ](?:" + charsets.SET_6 + r"|[" + charsets.SET_35 + r"]){1,24}){0,4}?[ ]{0,1}(?:[Ee][Ss\u017f][Tt]|[Ee][Ss\u017f]|[\xc8\xe8]|[\xc9\xe9]|[Ii][Ss\u017f][Tt]|[Ll][Aa][Uu][Tt][Ee][Tt]|[Ii][Ss\u017f]|[Ee][Rr]|[\xc4\xe4][Rr]|[:]){1}[ ]{0,2}((?:[A-Za-z\u017f\u212a][\-])?[0-9]{3}[ \-]?[0-9]{1,5})(?![.0-9A-Z_a-z\u017f\u212a][0-9])", "g"),
    js.RegExp(r"(?<![\-.0-:])((?:[A-Za-z\u017f\u212a][\-])?[0-9]{3}[ \-]?[0-9]{1,5})[ ](?:[Ii][Ss\u017f][Tt]|[Ee][Ss\u017f][Tt]|[Ee][Ss\u017f]|[\xc8\xe8]|[\xc9\xe9]|[Ii][Ss\u017f]|[\xc4\xe4][Rr]|[Ee][Rr])[ ](?:[Ii][Hh][Rr][Ee]?|[Dd][Ee][Ii][Nn][Ee]?|[Vv][Oo][Tt][Rr][Ee]|[Tt][Oo][Nn]|[Tt][Uu]|[Ss\u017f][Uu]|[Ii][Ll][ ][Tt][Uu][Oo]|[Oo][ ][Ss\u017f][Ee][Uu]|[Ss\u017f][Ee][Uu]|[Uu][Ww]|[Jj][Ee]|[Dd][Ii][Nn])[ ](?:" + charsets.SET_6 + r"|[" + charsets.SET_37 + r"]){0,40}?(?:[Cc][Oo][Dd][Ee]|[Cc][Oo\xd3\xf3][Dd][Ii][Gg][Oo]|[Cc][Oo][Dd][Ii][Cc][Ee]|[Kk\u212a][Oo][Dd]|[Pp][Ii][Nn]|[Tt][Aa][Nn])", "g"),
    js.RegExp(r"\b(?:[Ee][Nn][Tt][Ee][Rr]|[Uu][Ss\u017f][Ee]|[Tt][Yy][Pp][Ee]|[Ss\u017f][Aa][Ii][Ss\u017f][Ii][Ss\u017f][Ss\u017f][Ee][Zz]|[Uu][Tt][Ii][Ll][Ii][Ss\u017f][Ee][Zz]|[Ee][Nn][Tt][Rr][Ee][Zz]|[Ii][Nn][Gg][Rr][Ee][Ss\u017f][Ee]|[Ii][Nn][Tt][Rr][Oo][Dd][Uu][Cc][Ee]|[Uu][Ss\u017f][Aa]|[Ii][Nn][Ss\u017f][Ee][Rr][Ii][Ss\u017f][Cc][Ii]|[Gg][Ee][Bb][Ee][Nn][ ][Ss\u017f][Ii][Ee]|[Ee][Ii][Nn][Gg][Ee][Bb][Ee][Nn]|[Dd][Ii][Gg][Ii][Tt][Ee])[ ](?:[Tt][Hh][Ee][ ]|[Ll][Ee][ ]|[Ee][Ll][ ]|[Ii][Ll][ ]|[Oo][ ]|[Dd][Ee][Nn][ ])?(?:[Cc][Oo][Dd][Ee][ ]|[Cc][\xd3\xf3][Dd][Ii][Gg][Oo][ ]|[Cc][Oo][Dd][Ii][Cc][Ee][ ])?([0-9]{3}[ \-]?[0-9]{1,5})[ ](?:[Ww][Hh][Ee][Nn][ ][Pp][Rr][Oo][Mm][Pp][Tt][Ee][Dd]|[Aa][Ss\u017f][ ][Yy][Oo][Uu][Rr]|[Pp][Oo][Uu][Rr]|[Pp][Aa][Rr][Aa]|[Pp][Ee][Rr]|[Uu][Mm]|[Zz][Uu][Rr]|[Ee][Ii][Nn]|[Oo][Nn][ ][Tt][Hh][Ee]|[Aa][Tt][ ][Tt][Hh][Ee])", "g"),
]
bearer = js.RegExp(r"(?:bearer|\b(?:basic|digest|apikey|negotiate))(?:[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{1,4}|\.)([A-Za-z0-9._\~+/=:\-]{6,4096})", "ig")
born = js.RegExp(r"""(?:\b(?:[Bb][Oo][Rr][Nn]|[Bb][Ii][Rr][Tt][Hh](?:[Dd][Aa][Yy]|[Dd][Aa][Tt][Ee])?|[Dd][Oo][Bb]|[Dd][.][Oo][.][Bb][.]|[Gg][Ee][Bb][Oo][Rr][Ee][Nn])|\b[Nn][Ee\xc9\xe9](?:[Ee]|[(][Ee][)]|[\xb7][Ee])?[ ][Ll][Ee]|\b[Nn][Aa][Cc][Ii][Dd][AOao])(?:[ ](?:[Oo][Nn]|[Ii][Ss]|[Ww][Aa][Ss]|[Oo][Ff]|[Aa][Tt]|[Ii][Nn]|[Aa][Mm]|[Ee][Ll]))?[ :=]{1,3}[\x22']?([0-9]{1,4}[ \--/](?:[0-9]{1,2}|[A-Za-z]{3,9})[ \--/][0-9]{1,4}|[A-Za-z][A-Za-z]{2,8}[ ][0-9]{1,2}(?:[Ss][Tt]|[Nn][Dd]|[Rr][Dd]|[Tt][Hh])?[,]?[ ][0-9]{4}|[0-9]{1,2}(?:[Ss][Tt]|[Nn][Dd]|[Rr][Dd]|[Tt][Hh]|[.])?[ ][A-Za-z][A-Za-z]{2,8}[,]?[ ][0-9]{4})""", "g")
logins = [
    js.RegExp(r"""\becho (?:\-n )?[\x22']?([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\|$][^\x22'\|\x0a]{2,255}?)[\x22']? ?\| ?[^\x0a\|]{1,120} \-\-?(?:password\-stdin|with\-token|passphrase\-fd|token\-stdin)""", "g"),
    js.RegExp(r"""\bIDENTIFIED (?:WITH [\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,40} )?(?:BY|AS) [\x22']([^\x22'\x0a]{2,256})[\x22']""", "ig"),
    js.RegExp(r"\b(?:crypt|pgp_sym_(?:en|de)crypt|encrypt|decrypt)\((?=[^()\x0a]{0,256}')([^()\x0a]{1,1024})", "g"),
    js.RegExp(r"""\b[A-Za-z]{0,2}[\d]{1,6} LOGIN [\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]{1,128} [\x22']?(?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{0,64}[\d!@\#$%\^\&*])([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{3,128})""", "g"),
    js.RegExp(r"""\bAUTH (?:LOGIN|PLAIN|CRAM\-MD5|XOAUTH2)((?: [^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{4,1024}){1,2})""", "g"),
    js.RegExp(r"""\b(?:pair for|credentials? (?:for|were|are|was|is)|credentials?:|logged in as|login as|authenticated as|decoded(?: as| to| is)?:?) [\x22']?([A-Za-z][\w.@+\-]{0,64}:(?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{0,128}[\d!$%\^\&*\#])(?=[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{0,128}[A-Za-z])[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22':/]{4,128})""", "ig"),
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])(?:\-u|\-\-user|\-\-proxy\-user|\-a) ?[\x22']?(?!https?:)([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:\x22']{1,64}:[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{1,256})""", "g"),
    js.RegExp(r"""(?<![\-0-9A-Z_a-z])\-p[\x22']([^\x22'\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]{3,128})[\x22']""", "g"),
    js.RegExp(r"""\b(?:HTTP)?(?:Basic|Digest|Proxy)Auth(?:entication|Handler)?\( ?[\x22'][^\x22'\x0a]{0,128}[\x22'], ?[\x22']([^\x22'\x0a]{2,256})[\x22']""", "g"),
    js.RegExp(r"""\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\x0a]{0,120}? \-p([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,128})""", "g"),
    js.RegExp(r"""\b(?:sshpass|unzip|7z|openssl|docker login|htpasswd|ldapsearch|rabbitmqctl|zip|az login|login|smbclient|svn|keytool|jarsigner)\b[^\x0a]{0,120}? (?:\-p|\-P|\-k|\-w|\-b|\-passin|\-passout|\-pass)[ =][\x22']?(?:pass:)?(?![\d]{2,5}(?![\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]))([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'\-][^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22']{2,128})""", "g"),
]
def findSentences(text, add):
    for found in matches(told, text):
        _d1 = found
        whole = js.item(_d1, 0)
        _v2 = js.item(_d1, 1)
        name = (_v2 if _v2 is not None else "")
        _v3 = js.item(_d1, 2)
        quote = (_v3 if _v3 is not None else "")
        _v4 = js.item(_d1, 3)
        raw = (_v4 if _v4 is not None else "")
        value = js.replace(raw, _R1, "", 0)
        isSaid = (_R2.test(quote) or ((_R3.test(whole) and _R4.test(value))))
        if (not isTold(name, value, isSaid)):
            continue
        _d5 = placeOf(found, 3)
        start = js.item(_d5, 0)
        add(start, (start + len(value)), js.get(labels, "token"))
    for found_2 in matches(bearer, text):
        value_2 = (_n6 if (_n6 := js.item(found_2, 1)) is not None else "")
        if (isReason(value_2) or ((_R5.test(value_2) and (surpriseOf(value_2) < 4.7)))):
            continue
        if _R6.test(value_2):
            continue
        add(*placeOf(found_2, 1), js.get(labels, "token"))
    for pattern in ([*codes, *foreignCodes, *logins] if _R7.test(text) else [*codes, *logins]):
        for found_3 in matches(pattern, text):
            add(*placeOf(found_3, 1), js.get(labels, "token"))
    for pattern_2 in (dispatched if (("\"" in text) or ("\u201c" in text)) else []):
        for found_4 in matches(pattern_2, text):
            add(*placeOf(found_4, 1), js.get(labels, "private"))
    for found_5 in matches(born, text):
        add(*placeOf(found_5, 1), js.get(labels, "private"))

def isTold(name, value, isQuoted):
    if ((isReason(value) or _R8.test(value)) or isPrivateName(value)):
        return False
    if _R9.test(name):
        return _R10.test(value)
    isChosen = _R11.test(name)
    if (_R12.test(name) and ((_R13.test(value) or isQuoted))):
        return False
    if isQuoted:
        return (isChosen or _R14.test(value))
    if (isChosen and ((((_R15.test(value) and _R16.test(value))) or _R17.test(value)))):
        return (not _R18.test(value))
    if _R19.test(value):
        return True
    if ((_R20.test(name) and _R21.test(value)) and _R22.test(value)):
        return (_R23.test(value) and (not _R24.test(value)))
    return (((((len(value) >= 8) and _R25.test(value)) and _R26.test(value)) and (surpriseOf(js.replace(value, _R27, "", 0)) >= 4.2)))

