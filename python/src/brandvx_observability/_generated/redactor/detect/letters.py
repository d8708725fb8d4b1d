# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/letters.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js

surpriseOfPairs = [
    "84448759596353959343667869",
    "36663689368278379446389968",
    "38673893594479279463599979",
    "45752668288577479548478979",
    "47436669789453757234867579",
    "46663399298488399465499959",
    "48782754399464469346489978",
    "28982999398667389464599969",
    "56455559998452359543959795",
    "37772997498899369718495999",
    "47751669398675568636596969",
    "37752789297388379855579949",
    "25772989398558339858599979",
    "48444638486786579733669979",
    "66558669686442549355455889",
    "39773985497379349354599979",
    "78977896799399867868098978",
    "37552769396656379544568959",
    "59473794396667448732477869",
    "39682884299678479345598959",
    "54464659499443749333899899",
    "38791969299997499867799899",
    "27873974398693389446997899",
    "59473696389767629762999569",
    "45564678487443429635795986",
    "39861996397569469658877765",
]
bits = {"next": 1, "change": 5.5, "figure": 3.4, "capital": 4.5, "afterCapitals": 3}
drawnByLot = 4.7
def surpriseOf(run):
    sum_ = 0
    at = 1
    while True:
        if not (at < len(run)):
            break
        sum_ += surpriseOfPair(run, at)
        at += 1
    return (0 if (len(run) < 2) else (sum_ / ((len(run) - 1))))

def mostSurpriseWithin(run, length):
    sum_ = 0
    most = 0
    at = 1
    while True:
        if not (at < len(run)):
            break
        sum_ += surpriseOfPair(run, at)
        if (at >= length):
            sum_ -= surpriseOfPair(run, ((at - length) + 1))
        if (at >= (length - 1)):
            most = js.largest(most, (sum_ / ((length - 1))))
        at += 1
    return most

def surpriseOfPair(run, at):
    one = kindOf(js.char_code_at(run, (at - 1)))
    other = kindOf(js.char_code_at(run, at))
    if (js.char_code_at(run, at) == (js.char_code_at(run, (at - 1)) + 1)):
        return js.get(bits, "next")
    if ((one == "figure") and (other == "figure")):
        return js.get(bits, "figure")
    if ((one == "figure") or (other == "figure")):
        return js.get(bits, "change")
    letters = pairOf(run, at)
    if ((one == "small") and (other == "capital")):
        return js.get(bits, "capital")
    if ((((one == "capital") and (other == "small")) and (at >= 2)) and (kindOf(js.char_code_at(run, (at - 2))) == "capital")):
        return js.largest(letters, js.get(bits, "afterCapitals"))
    return letters

def pairOf(run, at):
    row = js.item(surpriseOfPairs, (((js.char_code_at(run, (at - 1)) | 32)) - 97))
    return js.number((_n1 if (_n1 := (None if (_c2 := row) is None else js.char(_c2, (((js.char_code_at(run, at) | 32)) - 97)))) is not None else 9))

def kindOf(code):
    if (code <= 57):
        return "figure"
    return ("small" if (code >= 97) else "capital")

def isWordlike(run):
    return (surpriseOf(run) < drawnByLot)

