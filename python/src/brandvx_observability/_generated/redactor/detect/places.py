# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/places.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from .. import charsets
from ..detect.found import matches, placeOf
from ..labels import labels

_R1 = js.RegExp(r"VCARD|[\x0a]FN[:;]")
point = js.RegExp(r"\bPOINT ?\((\-?[\d]{1,3}\.[\d]{3,15} \-?[\d]{1,3}\.[\d]{3,15})\)", "ig")
geoUri = js.RegExp(r"\bgeo:(\-?[\d]{1,3}(?:\.[\d]{1,15})?,\-?[\d]{1,3}\.[\d]{1,15})", "ig")
located = js.RegExp(r"""\b(?:location|cent(?:er|re)|origin|destination|venue|geo[\w]{0,12}|place)[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[(\[{\x22']{0,2}(\-?[\d]{1,2}\.[\d]{3,15}, ?\-?[\d]{1,3}\.[\d]{3,15})""", "ig")
degreesSaid = js.RegExp(r"""\b(?:lat|latitude|lon|lng|long|longitude)\.? (?:is |of |=? ?)?[\x22'(]?(\-?[\d]{1,3}\.[\d]{3,15})(?![\w])""", "ig")
home = js.RegExp(r"""(?:/home/|/Users/|\\Users\\|\bUsers/)([^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff/\\:\x22'<>\|]{1,64})(?=[/\\])""", "g")
machines = js.RegExp(r"\A(?:admin|administrator|all|app|appuser|azureuser|build|builder|centos|ci|circleci|cloudflare|debian|default|deploy|docker|ec2\-user|gitpod|heroku|jenkins|nobody|node|nodejs|nonroot|opt|postgres|project|public|pwuser|python|redis|render|root|runner|runneradmin|sandbox|sbx_user[\d]*|service|shared|test|ubuntu|user|vagrant|vercel|vscode|web|worker|www\-data)\Z", "i")
street = js.RegExp(r"(?<![\-.0-:A-Z_a-z])[\d]{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.\-]{1,24} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Crescent|Mews)\b\.?(?:,? (?:Apt|Suite|Ste|Unit|\#)\.? ?[\w\-]{1,6})?(?:,? (?:[A-Z][A-Za-z.' \-]{1,30},? )?(?:[A-Z]{2} [\d]{5}(?:\-[\d]{4})?|[A-Z]{1,2}[\d][A-Z\d]? ?[\d][A-Z]{2})(?![\w]))?", "g")
rue = js.RegExp(r"(?<![\-.0-:A-Z_a-z])[\d]{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|quai|all\xe9e|chemin|impasse) (?:(?:de|du|des|la|le|les) |[dl]['\u2019]){0,3}(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"]){1,24}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"]){1,24}){0,2}(?:,? [\d]{5} (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_33 + r"]){1,24})?", "g")
calle = js.RegExp(r"(?<![" + charsets.SET_34 + r"])(?<!" + charsets.SET_6 + r")(?:(?:Calle|C/|Avenida|Avda\.?|Paseo|Plaza|Rua|Travessa|Viale|Piazza|Corso) (?:(?:de|del|da|do|dos|das|di|la|las|los|el) ){0,3}(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"]){1,24}(?: (?:de |del )?(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"]){1,24}){0,2},? (?:n[\xba\xb0.]? ?)?[\d]{1,4}(?:,? [\d]{4,5}(?:\-[\d]{3})? (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,24})?|Via (?:(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_24 + r"]){1,24} ){1,3}[\d]{1,4},? [\d]{5} (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){1,24})(?!(?:" + charsets.SET_6 + r"|[" + charsets.SET_34 + r"]))", "g")
degrees = js.RegExp(r"""[\d]{1,3}(?:\.[\d]{1,10})?\xb0 ?(?:[\d]{1,2}(?:\.[\d]{1,8})?['\u2032\u2019] ?(?:[\d]{1,2}(?:\.[\d]{1,6})?[\x22\u2033\u201d] ?)?)?[NSEWO](?:,? ?[\d]{1,3}(?:\.[\d]{1,10})?\xb0 ?(?:[\d]{1,2}(?:\.[\d]{1,8})?['\u2032\u2019] ?(?:[\d]{1,2}(?:\.[\d]{1,6})?[\x22\u2033\u201d] ?)?)?[NSEWO])?""", "g")
card = js.RegExp(r"(?:\A|[\x0a])(?:FN|ADR|NICKNAME|NOTE|N(?=[:;][^\x0a]{0,200};))(?:;[^:\x0a]{1,80})?:([^\x0d\x0a]{2,512})", "g")
commonName = js.RegExp(r'(?<![0-9A-Za-z])CN=(?:"((?:[\ud800-\udbff][\udc00-\udfff]|[^"\x0a]){2,80})"|((?:' + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){0,30}(?: (?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_23 + r"]){1,30}){1,3}))", "g")
strasse = js.RegExp(r"(?<![" + charsets.SET_34 + r"])(?<!" + charsets.SET_6 + r")(?:" + charsets.SET_11 + r"|[" + charsets.SET_10 + r"])(?:" + charsets.SET_6 + r"|[" + charsets.SET_18 + r"]){2,30}(?:stra\xdfe|strasse|str\.|gasse|weg|allee|platz) [\d]{1,4}[a-z]?(?!(?:" + charsets.SET_6 + r"|[" + charsets.SET_34 + r"]))", "g")
position = js.RegExp(r"(?<![.0-9])\-?[\d]{1,2}\.[\d]{5,15}(?:\xb0? ?[NS])?, ?\-?[\d]{1,3}\.[\d]{5,15}(?![\d.])", "g")
def findPlaces(text, add):
    for found in matches(home, text):
        user = (_n1 if (_n1 := js.item(found, 1)) is not None else "")
        if ((not machines.test(user)) and (not user.startswith("["))):
            add(*placeOf(found, 1), js.get(labels, "private"))
    for found_2 in matches(degreesSaid, text):
        add(*placeOf(found_2, 1), js.get(labels, "private"))
    for found_3 in matches(located, text):
        add(*placeOf(found_3, 1), js.get(labels, "private"))
    for found_4 in matches(geoUri, text):
        add(*placeOf(found_4, 1), js.get(labels, "private"))
    for found_5 in matches(point, text):
        add(*placeOf(found_5, 1), js.get(labels, "private"))
    for found_6 in (matches(card, text) if _R1.test(text) else []):
        add(*placeOf(found_6, 1), js.get(labels, "private"))
    for found_7 in matches(commonName, text):
        add(*placeOf(found_7, (2 if (js.item(found_7, 1) is None) else 1)), js.get(labels, "private"))
    for pattern in [street, strasse, rue, calle, degrees, position]:
        for _e2 in matches(pattern, text):
            whole = js.item(_e2, 0)
            index = _e2.index
            add(index, (index + len(whole)), js.get(labels, "private"))

