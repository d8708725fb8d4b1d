# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/phones.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches
from ..labels import labels
from ..names import wordsOf

_R1 = js.RegExp(r"[A-Za-z\d]")
_R2 = js.RegExp(r"\A(?!x[\d]|ext)[A-Za-z]", "i")
_R3 = js.RegExp(r"\+ ?\(?\Z")
_R4 = js.RegExp(r"[+(][+( ]*\Z")
_R5 = js.RegExp(r"\A[ ._/\-]?\Z")
_R6 = js.RegExp(r"\A\(")
_R7 = js.RegExp(r"\A ?[._/\-]?\Z")
_R8 = js.RegExp(r"\+[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\(?\Z|\A\(?\+")
_R9 = js.RegExp(r"\A(?:00|011)(?=[\d]|\Z)")
_R10 = js.RegExp(r"[+][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?\Z")
_R11 = js.RegExp(r"[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
_R12 = js.RegExp(r"[\x09]")
_R13 = js.RegExp(r"\A521[\d]{10}\Z")
_R14 = js.RegExp(r"\(\Z")
_R15 = js.RegExp(r"\(\Z")
_R16 = js.RegExp(r"\A\)")
_R17 = js.RegExp(r"[()]", "g")
_R18 = js.RegExp(r"[+\~]{2}")
_R19 = js.RegExp(r"\A1 3 3 4(?: |\Z)")
_R20 = js.RegExp(r"\A3 3 4(?: |\Z)")
_R21 = js.RegExp(r"\A[2-9]")
_R22 = js.RegExp(r"\A3 7(?: |\Z)")
_R23 = js.RegExp(r"\A[\- ]\Z")
_R24 = js.RegExp(r"\A[2-9]")
_R25 = js.RegExp(r"\A3 4(?: |\Z)")
_R26 = js.RegExp(r"\A[2-9][\d][\d][02-9]?")
_R27 = js.RegExp(r"\A0[1-9]")
_R28 = js.RegExp(r"\A[ /()+_\-]{1,3}\Z")
_R29 = js.RegExp(r"\A5 5(?: |\Z)")
_R30 = js.RegExp(r"\A[6-9]")
_R31 = js.RegExp(r"\A[ \-]\Z")
_R32 = js.RegExp(r"\A3 4 4(?: |\Z)")
_R33 = js.RegExp(r"\A1[3-9]")
_R34 = js.RegExp(r"\A3 2 2 2(?: |\Z)")
_R35 = js.RegExp(r"\A(?:19|20)[\d][\d](?:0[1-9]|1[0-2])(?:0[1-9]|[12][\d]|3[01])")
_R36 = js.RegExp(r"\A[2-9][0-8][\d]{8}\Z")
_R37 = js.RegExp(r"\A0[1-9][\d]{8}\Z")
_R38 = js.RegExp(r"\A0[1-9][\d]{9}\Z")
_R39 = js.RegExp(r"\A0")
_R40 = js.RegExp(r"[A-Za-z][_\-]\Z|\#\Z|[\d)]:\Z")
_R41 = js.RegExp(r"[^.;,\x0a\d]*\Z")
run = js.RegExp(r"(?:\+ ?|\(\+?)?[\d](?:[ \x09()/._+\~\-]{0,4}[\d]){6,80}", "g")
figures = js.RegExp(r"[\d]+", "g")
mostGroups = 9
mostFigures = 15
phoneWord = {
    "call",
    "callback",
    "called",
    "caller",
    "calling",
    "cell",
    "cellphone",
    "cellulare",
    "celular",
    "dial",
    "dialed",
    "dialing",
    "dialled",
    "fax",
    "fono",
    "gsm",
    "handy",
    "handynummer",
    "kom\xf3rka",
    "landline",
    "matkapuhelin",
    "messaging",
    "mob",
    "mobil",
    "mobile",
    "mobilnr",
    "mobiltelefon",
    "movil",
    "msisdn",
    "m\xf3vel",
    "m\xf3vil",
    "natel",
    "numero",
    "opted",
    "optout",
    "phone",
    "puhelin",
    "reach",
    "ring",
    "rufnummer",
    "sms",
    "tel",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telefono",
    "telefonsz\xe1m",
    "telefoon",
    "telem\xf3vel",
    "telephone",
    "telf",
    "tel\xe9fono",
    "texted",
    "texting",
    "tfno",
    "tlf",
    "tlfn",
    "t\xe9l\xe9phone",
    "viber",
    "voicemail",
    "whatsapp",
}
numberWord = {
    "account",
    "age",
    "amount",
    "batch",
    "build",
    "byte",
    "bytes",
    "cents",
    "checksum",
    "chunk",
    "code",
    "col",
    "column",
    "commit",
    "content-length",
    "cost",
    "count",
    "counter",
    "crc",
    "ctime",
    "cursor",
    "delay",
    "duration",
    "ean",
    "elapsed",
    "epoch",
    "errno",
    "error",
    "eur",
    "exit",
    "exp",
    "expire",
    "expires",
    "gtin",
    "hash",
    "heap",
    "height",
    "iat",
    "id",
    "index",
    "interval",
    "invoice",
    "ip",
    "isbn",
    "issue",
    "job",
    "lag",
    "latency",
    "length",
    "limit",
    "line",
    "lsn",
    "max",
    "max-age",
    "maxmemory",
    "memory",
    "mtime",
    "nbf",
    "offset",
    "oid",
    "order",
    "page",
    "partition",
    "pid",
    "population",
    "port",
    "pos",
    "position",
    "price",
    "process",
    "queue",
    "ref",
    "reference",
    "release",
    "request",
    "retry-after",
    "rev",
    "revision",
    "row",
    "rowid",
    "rss",
    "run",
    "score",
    "seed",
    "seq",
    "sequence",
    "shard",
    "sid",
    "since",
    "size",
    "sku",
    "status",
    "thread",
    "ticket",
    "time",
    "timeout",
    "timestamp",
    "took",
    "total",
    "trace",
    "tracking",
    "transaction",
    "ts",
    "ttl",
    "txid",
    "uid",
    "until",
    "upc",
    "uptime",
    "usd",
    "version",
    "width",
    "xid",
}
plan = {
    "1": {
        "lengths": {7, 10},
        "pattern": js.RegExp(r"\A(?:(?:268|[58][\d][\d]|900)[\d]{7}|(?:264|[58][\d][\d]|900)[\d]{7}|(?:[58][\d][\d]|684|900)[\d]{7}|(?:246|[58][\d][\d]|900)[\d]{7}|(?:441|[58][\d][\d]|900)[\d]{7}|(?:242|[58][\d][\d]|900)[\d]{7}|[2-9][\d]{9}|3[\d]{6}|(?:[58][\d][\d]|767|900)[\d]{7}|(?:[58][\d][\d]|900)[\d]{7}|(?:473|[58][\d][\d]|900)[\d]{7}|(?:[58][\d][\d]|671|900)[\d]{7}|(?:[58][\d][\d]|658|900)[\d]{7}|(?:345|[58][\d][\d]|900)[\d]{7}|(?:[58][\d][\d]|758|900)[\d]{7}|[58][\d]{9}|(?:67|90)0[\d]{7}|(?:[58][\d][\d]|664|900)[\d]{7}|(?:[589][\d][\d]|787)[\d]{7}|7215[\d]{6}|(?:[58][\d][\d]|900)[\d]{7}|(?:[58][\d][\d]|649|900)[\d]{7}|(?:[58][\d][\d]|784|900)[\d]{7}|(?:284|[58][\d][\d]|900)[\d]{7}|[58][\d]{9}|(?:34|90)0[\d]{7})\Z"),
    },
    "7": {
        "lengths": {10, 14},
        "pattern": js.RegExp(r"\A(?:8[\d]{13}|[78][\d]{9}|8[\d]{13}|[347-9][\d]{9})\Z"),
    },
    "20": {
        "lengths": {8, 9, 10},
        "pattern": js.RegExp(r"\A(?:[189][\d]{8,9}|[24-6][\d]{8}|[135][\d]{7})\Z"),
    },
    "27": {"lengths": {5, 6, 7, 8, 9, 10}, "pattern": js.RegExp(r"\A(?:[1-79][\d]{8}|8[\d]{4,9})\Z")},
    "30": {
        "lengths": {10, 11, 12},
        "pattern": js.RegExp(r"\A(?:5005000[\d]{3}|8[\d]{9,11}|(?:[269][\d]|70)[\d]{8})\Z"),
    },
    "31": {
        "lengths": {5, 6, 7, 8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:(?:[124-7][\d][\d]|3(?:[02-9][\d]|1[0-8]))[\d]{6}|8[\d]{6,9}|9[\d]{6,10}|1[\d]{4,5})\Z"),
    },
    "32": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:4[\d]{8}|[1-9][\d]{7})\Z")},
    "33": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[1-9][\d]{8})\Z")},
    "34": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:400[\d]{6}|(?:51|[6-9][\d])[\d]{7})\Z")},
    "36": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:[235-7][\d]{8}|[1-9][\d]{7})\Z")},
    "39": {
        "lengths": {6, 7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:0[\d]{5,11}|1[\d]{8,10}|3(?:[0-8][\d]{7,10}|9[\d]{7,8})|(?:43|55|70)[\d]{8}|8[\d]{5}(?:[\d]{2,4})?|0[\d]{5,10}|3[0-8][\d]{7,10}|55[\d]{8}|8[\d]{5}(?:[\d]{2,4})?|(?:1[\d]|39)[\d]{7,8})\Z"),
    },
    "40": {"lengths": {6, 9}, "pattern": js.RegExp(r"\A(?:(?:[2378][\d]|90)[\d]{7}|[23][\d]{5})\Z")},
    "41": {"lengths": {9, 12}, "pattern": js.RegExp(r"\A(?:8[\d]{11}|[2-9][\d]{8})\Z")},
    "43": {
        "lengths": {4, 5, 6, 7, 8, 9, 10, 11, 12, 13},
        "pattern": js.RegExp(r"\A(?:1[\d]{3,12}|2[\d]{6,12}|43(?:(?:0[\d]|5[02-9])[\d]{3,9}|2[\d]{4,5}|[3467][\d]{4}|8[\d]{4,6}|9[\d]{4,7})|5[\d]{4,12}|8[\d]{7,12}|9[\d]{8,12}|(?:[367][\d]|4[0-24-9])[\d]{4,11})\Z"),
    },
    "44": {
        "lengths": {7, 9, 10},
        "pattern": js.RegExp(r"\A(?:[1-357-9][\d]{9}|[18][\d]{8}|8[\d]{6}|(?:1481|[357-9][\d]{3})[\d]{6}|8[\d]{6}(?:[\d]{2})?|1624[\d]{6}|(?:[3578][\d]|90)[\d]{8}|1534[\d]{6}|(?:[3578][\d]|90)[\d]{8})\Z"),
    },
    "45": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[2-9][\d]{7})\Z")},
    "46": {
        "lengths": {6, 7, 8, 9, 10, 12},
        "pattern": js.RegExp(r"\A(?:(?:[26][\d][\d]|9)[\d]{9}|[1-9][\d]{8}|[1-689][\d]{7}|[1-4689][\d]{6}|2[\d]{5})\Z"),
    },
    "47": {
        "lengths": {5, 8},
        "pattern": js.RegExp(r"\A(?:(?:0|[2-9][\d]{3})[\d]{4}|0[\d]{4}|(?:[489][\d]|79)[\d]{6})\Z"),
    },
    "48": {
        "lengths": {6, 7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:(?:6|8[\d][\d])[\d]{7}|[1-9][\d]{6}(?:[\d]{2})?|[26][\d]{5})\Z"),
    },
    "49": {
        "lengths": {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        "pattern": js.RegExp(r"\A(?:[2579][\d]{5,14}|49(?:[34]0|69|8[\d])[\d][\d]?|49(?:37|49|60|7[089]|9[\d])[\d]{1,3}|49(?:2[024-9]|3[2-689]|7[1-7])[\d]{1,8}|(?:1|[368][\d]|4[0-8])[\d]{3,13}|49(?:[015][\d]|2[13]|31|[46][1-8])[\d]{1,9})\Z"),
    },
    "51": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:[14-8]|9[\d])[\d]{7})\Z")},
    "52": {"lengths": {10}, "pattern": js.RegExp(r"\A(?:[2-9][\d]{9})\Z")},
    "53": {
        "lengths": {6, 7, 8, 10},
        "pattern": js.RegExp(r"\A(?:(?:[2-7]|8[\d][\d])[\d]{7}|[2-47][\d]{6}|[34][\d]{5})\Z"),
    },
    "54": {"lengths": {10, 11}, "pattern": js.RegExp(r"\A(?:(?:11|[89][\d][\d])[\d]{8}|[2368][\d]{9})\Z")},
    "55": {
        "lengths": {8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:[1-467][\d]{9,10}|55[0-46-9][\d]{8}|[34][\d]{7}|55[\d]{7,8}|(?:5[0-46-9]|[89][\d])[\d]{7,9})\Z"),
    },
    "56": {"lengths": {9, 10, 11}, "pattern": js.RegExp(r"\A(?:12300[\d]{6}|6[\d]{9,10}|[2-9][\d]{8})\Z")},
    "57": {
        "lengths": {8, 10, 11},
        "pattern": js.RegExp(r"\A(?:(?:46|60[\d][\d])[\d]{6}|(?:1[\d]|[39])[\d]{9})\Z"),
    },
    "58": {"lengths": {10}, "pattern": js.RegExp(r"\A(?:[68]00[\d]{7}|(?:[24][\d]|[59]0)[\d]{8})\Z")},
    "60": {"lengths": {8, 9, 10}, "pattern": js.RegExp(r"\A(?:1[\d]{8,9}|(?:3[\d]|[4-9])[\d]{7})\Z")},
    "61": {
        "lengths": {5, 6, 7, 8, 9, 10, 12},
        "pattern": js.RegExp(r"\A(?:1(?:[0-79][\d]{7}(?:[\d](?:[\d]{2})?)?|8[0-24-9][\d]{7})|[2-478][\d]{8}|1[\d]{4,7}|1(?:[0-79][\d]{8}(?:[\d]{2})?|8[0-24-9][\d]{7})|[148][\d]{8}|1[\d]{5,7})\Z"),
    },
    "62": {
        "lengths": {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17},
        "pattern": js.RegExp(r"\A(?:00[1-9][\d]{9,14}|(?:[1-36]|8[\d]{5})[\d]{6}|00[\d]{9}|[1-9][\d]{8,10}|[2-9][\d]{7})\Z"),
    },
    "63": {
        "lengths": {6, 8, 9, 10, 11, 12, 13},
        "pattern": js.RegExp(r"\A(?:(?:[2-7]|9[\d])[\d]{8}|2[\d]{5}|(?:1800|8)[\d]{7,9})\Z"),
    },
    "64": {
        "lengths": {5, 6, 7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:[1289][\d]{9}|50[\d]{5}(?:[\d]{2,3})?|[27-9][\d]{7,8}|(?:[34][\d]|6[0-35-9])[\d]{6}|8[\d]{4,6})\Z"),
    },
    "65": {
        "lengths": {8, 10, 11},
        "pattern": js.RegExp(r"\A(?:(?:(?:1[\d]|8)[\d][\d]|7000)[\d]{7}|[3689][\d]{7})\Z"),
    },
    "66": {
        "lengths": {8, 9, 10, 13},
        "pattern": js.RegExp(r"\A(?:(?:001800|[2-57]|[689][\d])[\d]{7}|1[\d]{7,9})\Z"),
    },
    "81": {
        "lengths": {8, 9, 10, 11, 12, 13, 14, 15, 16, 17},
        "pattern": js.RegExp(r"\A(?:00[1-9][\d]{6,14}|[25-9][\d]{9}|(?:00|[1-9][\d][\d])[\d]{6})\Z"),
    },
    "82": {
        "lengths": {5, 6, 8, 9, 10, 11, 12, 13, 14},
        "pattern": js.RegExp(r"\A(?:00[1-9][\d]{8,11}|(?:[12]|5[\d]{3})[\d]{7}|[13-6][\d]{9}|(?:[1-6][\d]|80)[\d]{7}|[3-6][\d]{4,5}|(?:00|7)0[\d]{8})\Z"),
    },
    "84": {
        "lengths": {7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:[12][\d]{9}|[135-9][\d]{8}|[16][\d]{6,7}|7[\d]{6})\Z"),
    },
    "86": {
        "lengths": {7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:(?:(?:1[03-689]|2[\d])[\d][\d]|6)[\d]{8}|1[\d]{10}|[126][\d]{6}(?:[\d](?:[\d]{2})?)?|86[\d]{5,6}|(?:[3-579][\d]|8[0-57-9])[\d]{5,9})\Z"),
    },
    "90": {
        "lengths": {7, 10, 12, 13},
        "pattern": js.RegExp(r"\A(?:4[\d]{6}|8[\d]{11,12}|(?:[2-58][\d][\d]|900)[\d]{7})\Z"),
    },
    "91": {
        "lengths": {8, 9, 10, 11, 12, 13},
        "pattern": js.RegExp(r"\A(?:(?:000800|[2-9][\d][\d])[\d]{7}|1[\d]{7,12})\Z"),
    },
    "92": {
        "lengths": {8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:122[\d]{6}|[24-8][\d]{10,11}|9(?:[013-9][\d]{8,10}|2(?:[01][\d][\d]|2(?:[06-8][\d]|1[01]))[\d]{7})|(?:[2-8][\d]{3}|92(?:[0-7][\d]|8[1-9]))[\d]{6}|[24-9][\d]{8}|[89][\d]{7})\Z"),
    },
    "93": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[2-7][\d]{8})\Z")},
    "94": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[1-9][\d]{8})\Z")},
    "95": {
        "lengths": {6, 7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:1[\d]{5,7}|95[\d]{6}|(?:[4-7]|9[0-46-9])[\d]{6,8}|(?:2|8[\d])[\d]{5,8})\Z"),
    },
    "98": {
        "lengths": {4, 5, 6, 7, 10},
        "pattern": js.RegExp(r"\A(?:[1-9][\d]{9}|(?:[1-8][\d][\d]|9)[\d]{3,4})\Z"),
    },
    "211": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[19][\d]{8})\Z")},
    "212": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[5-8][\d]{8})\Z")},
    "213": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:[1-4]|[5-79][\d]|80)[\d]{7})\Z")},
    "216": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[2-57-9][\d]{7})\Z")},
    "218": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[2-9][\d]{8})\Z")},
    "220": {"lengths": {7, 9}, "pattern": js.RegExp(r"\A(?:[48][\d]{8}|[2-9][\d]{6})\Z")},
    "221": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:[378][\d]|93)[\d]{7})\Z")},
    "222": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[2-4][\d][\d]|800)[\d]{5})\Z")},
    "223": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[24-9][\d]{7})\Z")},
    "224": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:722[\d]{6}|(?:3|6[\d])[\d]{7})\Z")},
    "225": {"lengths": {10}, "pattern": js.RegExp(r"\A(?:[02][\d]{9})\Z")},
    "226": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[024-7][\d]{7})\Z")},
    "227": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[027-9][\d]{7})\Z")},
    "228": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[279][\d]{7})\Z")},
    "229": {"lengths": {10}, "pattern": js.RegExp(r"\A(?:01[\d]{8})\Z")},
    "230": {
        "lengths": {7, 8, 10},
        "pattern": js.RegExp(r"\A(?:(?:[57]|8[\d][\d])[\d]{7}|[2-468][\d]{6})\Z"),
    },
    "231": {
        "lengths": {7, 8, 9},
        "pattern": js.RegExp(r"\A(?:(?:[2457][\d]|33|88)[\d]{7}|(?:2[\d]|[4-6])[\d]{6})\Z"),
    },
    "232": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[237-9][\d]|66)[\d]{6})\Z")},
    "233": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:[235][\d]{8}|800[\d]{5,6})\Z")},
    "234": {
        "lengths": {10, 11, 12, 13, 14},
        "pattern": js.RegExp(r"\A(?:(?:20|9[\d])[\d]{8}|[78][\d]{9,13})\Z"),
    },
    "235": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:22|[3689][\d]|77)[\d]{6})\Z")},
    "236": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:8776[\d]{4}|(?:[27][\d]|61)[\d]{6})\Z")},
    "237": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:[26][\d]{8}|88[\d]{6,7})\Z")},
    "238": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[2-59][\d][\d]|800)[\d]{4})\Z")},
    "239": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:22|9[\d])[\d]{5})\Z")},
    "240": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:222[\d]{6}|(?:3[\d]|55|[89]0)[\d]{7})\Z")},
    "241": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:(?:[067][\d]|11)[\d]{6}|[2-7][\d]{6})\Z")},
    "242": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:222[\d]{6}|(?:0[\d]|80)[\d]{7})\Z")},
    "243": {
        "lengths": {7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:(?:(?:[189]|5[\d])[\d]|2)[\d]{7}|[1-68][\d]{6})\Z"),
    },
    "244": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[29][\d]{8})\Z")},
    "245": {"lengths": {7, 9}, "pattern": js.RegExp(r"\A(?:[49][\d]{8}|4[\d]{6})\Z")},
    "246": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:3[\d]{6})\Z")},
    "247": {"lengths": {5, 6}, "pattern": js.RegExp(r"\A(?:(?:[01589][\d]|[2-467])[\d]{4})\Z")},
    "248": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[2489][\d]|64)[\d]{5})\Z")},
    "249": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[19][\d]{8})\Z")},
    "250": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:06|[27][\d][\d]|[89]00)[\d]{6})\Z")},
    "251": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:11|[2-57-9][\d])[\d]{7})\Z")},
    "252": {
        "lengths": {6, 7, 8, 9},
        "pattern": js.RegExp(r"\A(?:[346-9][\d]{8}|[12679][\d]{7}|[1-5][\d]{6}|[1348][\d]{5})\Z"),
    },
    "253": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:2[\d]|77)[\d]{6})\Z")},
    "254": {
        "lengths": {7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:(?:[17][\d][\d]|900)[\d]{6}|(?:2|80)0[\d]{6,7}|[4-6][\d]{6,8})\Z"),
    },
    "255": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:[25-8][\d]|41|90)[\d]{7})\Z")},
    "256": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:800[\d]{6}|(?:[29]0|[347][\d])[\d]{7})\Z")},
    "257": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[267][\d]|31)[\d]{6})\Z")},
    "258": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:2|8[\d])[\d]{7})\Z")},
    "260": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:800[\d]{6}|(?:21|[579][\d]|63)[\d]{7})\Z")},
    "261": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[23][\d]{8})\Z")},
    "262": {
        "lengths": {9},
        "pattern": js.RegExp(r"\A(?:709[\d]{6}|(?:26|[689][\d])[\d]{7}|(?:639[\d]|7093)[\d]{5}|(?:26|80|9[\d])[\d]{7})\Z"),
    },
    "263": {"lengths": {7, 9, 10}, "pattern": js.RegExp(r"\A(?:8[\d]{6}(?:[\d]{3})?|[235-8][\d]{8})\Z")},
    "264": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:[68][\d]{7,8})\Z")},
    "265": {"lengths": {7, 9}, "pattern": js.RegExp(r"\A(?:(?:[1289][\d]|31|77)[\d]{7}|1[\d]{6})\Z")},
    "266": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[256][\d][\d]|800)[\d]{5})\Z")},
    "267": {
        "lengths": {7, 8, 10},
        "pattern": js.RegExp(r"\A(?:90[\d]{5}|(?:0800|[2-6]|(?:7|800)[\d])[\d]{6})\Z"),
    },
    "268": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:0800[\d]{4}|(?:[237][\d]|900)[\d]{6})\Z")},
    "269": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:[3478][\d]{6})\Z")},
    "290": {"lengths": {4, 5}, "pattern": js.RegExp(r"\A(?:(?:[2569][\d]|8)[\d]{3}|8[\d]{3})\Z")},
    "291": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:[178][\d]{6})\Z")},
    "297": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[25-79][\d][\d]|800)[\d]{4})\Z")},
    "298": {"lengths": {6}, "pattern": js.RegExp(r"\A(?:[2-9][\d]{5})\Z")},
    "299": {"lengths": {6}, "pattern": js.RegExp(r"\A(?:(?:19|[2-689][\d]|70)[\d]{4})\Z")},
    "350": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[25][\d]|60)[\d]{6})\Z")},
    "351": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:1693[\d]{5}|(?:[26-9][\d]|30)[\d]{7})\Z")},
    "352": {
        "lengths": {4, 5, 6, 7, 8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:35[013-9][\d]{4,8}|6[\d]{8}|35[\d]{2,4}|(?:[2457-9][\d]|3[0-46-9])[\d]{2,9})\Z"),
    },
    "353": {
        "lengths": {7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:(?:1[\d]|[2569])[\d]{6,8}|4[\d]{6,9}|7[\d]{8}|8[\d]{8,9})\Z"),
    },
    "354": {"lengths": {7, 9}, "pattern": js.RegExp(r"\A(?:(?:38[\d]|[4-9])[\d]{6})\Z")},
    "355": {
        "lengths": {6, 7, 8, 9},
        "pattern": js.RegExp(r"\A(?:(?:700[\d][\d]|900)[\d]{3}|8[\d]{5,7}|(?:[2-5]|6[\d])[\d]{7})\Z"),
    },
    "356": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:3550[\d]{4}|(?:[2579][\d][\d]|800)[\d]{5})\Z")},
    "357": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[279][\d]|[58]0)[\d]{6})\Z")},
    "358": {
        "lengths": {5, 6, 7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:2[\d]{4,9}|35[\d]{4,5}|(?:60[\d][\d]|800)[\d]{4,6}|7[\d]{5,11}|(?:[14][\d]|3[0-46-9]|50)[\d]{4,8}|[1-35689][\d]{4}|7[\d]{10,11}|(?:[124-7][\d]|3[0-46-9])[\d]{8}|[1-9][\d]{5,8})\Z"),
    },
    "359": {
        "lengths": {6, 7, 8, 9, 12},
        "pattern": js.RegExp(r"\A(?:00800[\d]{7}|[2-7][\d]{6,7}|[89][\d]{6,8}|2[\d]{5})\Z"),
    },
    "370": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[3469][\d]|52|[78]0)[\d]{6})\Z")},
    "371": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[268][\d]|78|90)[\d]{6})\Z")},
    "372": {
        "lengths": {7, 8, 10},
        "pattern": js.RegExp(r"\A(?:8[\d]{9}|[4578][\d]{7}|(?:[3-8][\d]|90)[\d]{5})\Z"),
    },
    "373": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[235-7][\d]|[89]0)[\d]{6})\Z")},
    "374": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:[1-489][\d]|55|60|77)[\d]{6})\Z")},
    "375": {
        "lengths": {6, 7, 8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:(?:[12][\d]|33|44|902)[\d]{7}|8(?:0[0-79][\d]{5,7}|[1-7][\d]{9})|8(?:1[0-489]|[5-79][\d])[\d]{7}|8[1-79][\d]{6,7}|8[0-79][\d]{5}|8[\d]{5})\Z"),
    },
    "376": {"lengths": {6, 8, 9}, "pattern": js.RegExp(r"\A(?:(?:1|6[\d])[\d]{7}|[135-9][\d]{5})\Z")},
    "377": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:[3489]|[67][\d])[\d]{7})\Z")},
    "378": {"lengths": {8, 10}, "pattern": js.RegExp(r"\A(?:(?:0549|[5-7][\d])[\d]{6})\Z")},
    "380": {"lengths": {9, 10}, "pattern": js.RegExp(r"\A(?:[89][\d]{9}|[3-9][\d]{8})\Z")},
    "381": {
        "lengths": {6, 7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:38[02-9][\d]{6,9}|6[\d]{7,9}|90[\d]{4,8}|38[\d]{5,6}|(?:7[\d][\d]|800)[\d]{3,9}|(?:[12][\d]|3[0-79])[\d]{5,10})\Z"),
    },
    "382": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:20|[3-79][\d])[\d]{6}|80[\d]{6,7})\Z")},
    "383": {
        "lengths": {8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:2[\d]{7,8}|3[\d]{7,11}|(?:4[\d][\d]|[89]00)[\d]{5})\Z"),
    },
    "385": {
        "lengths": {7, 8, 9},
        "pattern": js.RegExp(r"\A(?:[2-69][\d]{8}|80[\d]{5,7}|[1-79][\d]{7}|6[\d]{6})\Z"),
    },
    "386": {"lengths": {5, 6, 7, 8}, "pattern": js.RegExp(r"\A(?:[1-7][\d]{7}|8[\d]{4,7}|90[\d]{4,6})\Z")},
    "387": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:6[\d]{8}|(?:[35689][\d]|49|70)[\d]{6})\Z")},
    "389": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[2-578][\d]{7})\Z")},
    "420": {
        "lengths": {9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:(?:[2-578][\d]|60)[\d]{7}|9[\d]{8,11})\Z"),
    },
    "421": {
        "lengths": {6, 7, 9},
        "pattern": js.RegExp(r"\A(?:[2-689][\d]{8}|[2-59][\d]{6}|[2-5][\d]{5})\Z"),
    },
    "423": {"lengths": {7, 9}, "pattern": js.RegExp(r"\A(?:[68][\d]{8}|(?:[2378][\d]|90)[\d]{5})\Z")},
    "500": {"lengths": {5}, "pattern": js.RegExp(r"\A(?:[2-7][\d]{4})\Z")},
    "501": {"lengths": {7, 11}, "pattern": js.RegExp(r"\A(?:(?:0800[\d]|[2-8])[\d]{6})\Z")},
    "502": {"lengths": {8, 11}, "pattern": js.RegExp(r"\A(?:80[\d]{6}|(?:1[\d]{3}|[2-7])[\d]{7})\Z")},
    "503": {
        "lengths": {7, 8, 11},
        "pattern": js.RegExp(r"\A(?:[25-7][\d]{7}|(?:80[\d]|900)[\d]{4}(?:[\d]{4})?)\Z"),
    },
    "504": {"lengths": {8, 11}, "pattern": js.RegExp(r"\A(?:8[\d]{10}|[237-9][\d]{7})\Z")},
    "505": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:1800|[25-8][\d]{3})[\d]{4})\Z")},
    "506": {
        "lengths": {8, 10},
        "pattern": js.RegExp(r"\A(?:(?:8[\d]|90)[\d]{8}|(?:[24-8][\d]{3}|3005)[\d]{4})\Z"),
    },
    "507": {
        "lengths": {7, 8, 10, 11},
        "pattern": js.RegExp(r"\A(?:(?:00800|8[\d]{3})[\d]{6}|[68][\d]{7}|[1-57-9][\d]{6})\Z"),
    },
    "508": {"lengths": {6, 9}, "pattern": js.RegExp(r"\A(?:[78][\d]{8}|[2-9][\d]{5})\Z")},
    "509": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[2-589][\d]{7})\Z")},
    "590": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:7090[\d]{5}|(?:[56]9|[89][\d])[\d]{7})\Z")},
    "591": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:[2-7][\d][\d]|8001)[\d]{5})\Z")},
    "592": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[2-8][\d]{3}|9008)[\d]{3})\Z")},
    "593": {"lengths": {8, 9, 10, 11}, "pattern": js.RegExp(r"\A(?:1[\d]{9,10}|(?:[2-7]|9[\d])[\d]{7})\Z")},
    "594": {
        "lengths": {9},
        "pattern": js.RegExp(r"\A(?:(?:694[\d]|7093)[\d]{5}|(?:59|[89][\d])[\d]{7})\Z"),
    },
    "595": {
        "lengths": {6, 7, 8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:[36-8][\d]{5,8}|4[\d]{6,8}|59[\d]{6}|9[\d]{5,10}|(?:2[\d]|5[0-8])[\d]{6,7})\Z"),
    },
    "596": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:7091[\d]{5}|(?:[56]9|[89][\d])[\d]{7})\Z")},
    "597": {"lengths": {6, 7}, "pattern": js.RegExp(r"\A(?:(?:[2-5]|[6-9][\d])[\d]{5})\Z")},
    "598": {
        "lengths": {4, 5, 6, 7, 8, 9, 10, 11, 12, 13},
        "pattern": js.RegExp(r"\A(?:0004[\d]{2,9}|[1249][\d]{7}|2[\d]{3,4}|(?:[49][\d]|80)[\d]{5})\Z"),
    },
    "599": {
        "lengths": {7, 8},
        "pattern": js.RegExp(r"\A(?:(?:[34]1|7[\d])[\d]{5}|(?:[34]1|60|(?:7|9[\d])[\d])[\d]{5})\Z"),
    },
    "670": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:7[\d]{7}|(?:[2-47][\d]|[89]0)[\d]{5})\Z")},
    "672": {"lengths": {6}, "pattern": js.RegExp(r"\A(?:[13][\d]{5})\Z")},
    "673": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:[2-578][\d]{6})\Z")},
    "674": {
        "lengths": {7},
        "pattern": js.RegExp(r"\A(?:(?:222|444|(?:55|8[\d])[\d]|666|777|999)[\d]{4})\Z"),
    },
    "675": {
        "lengths": {7, 8},
        "pattern": js.RegExp(r"\A(?:(?:180|[78][\d]{3})[\d]{4}|(?:[2-589][\d]|64)[\d]{5})\Z"),
    },
    "676": {
        "lengths": {5, 7},
        "pattern": js.RegExp(r"\A(?:(?:0800|(?:[5-8][\d][\d]|999)[\d])[\d]{3}|[2-8][\d]{4})\Z"),
    },
    "677": {"lengths": {5, 7}, "pattern": js.RegExp(r"\A(?:[6-9][\d]{6}|[1-6][\d]{4})\Z")},
    "678": {"lengths": {5, 7}, "pattern": js.RegExp(r"\A(?:[57-9][\d]{6}|(?:[238][\d]|48)[\d]{3})\Z")},
    "679": {"lengths": {7, 11}, "pattern": js.RegExp(r"\A(?:45[\d]{5}|(?:0800[\d]|[235-9])[\d]{6})\Z")},
    "680": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[24-8][\d][\d]|345|900)[\d]{4})\Z")},
    "681": {"lengths": {6, 9}, "pattern": js.RegExp(r"\A(?:(?:40|72|8[\d]{4})[\d]{4}|[89][\d]{5})\Z")},
    "682": {"lengths": {5}, "pattern": js.RegExp(r"\A(?:[2-578][\d]{4})\Z")},
    "683": {"lengths": {4, 7}, "pattern": js.RegExp(r"\A(?:(?:[4-7]|888[\d])[\d]{3})\Z")},
    "685": {
        "lengths": {5, 6, 7, 10},
        "pattern": js.RegExp(r"\A(?:(?:[2-6]|8[\d]{5})[\d]{4}|[78][\d]{6}|[68][\d]{5})\Z"),
    },
    "686": {
        "lengths": {5, 8},
        "pattern": js.RegExp(r"\A(?:(?:[37][\d]|6[0-79])[\d]{6}|(?:[2-48][\d]|50)[\d]{3})\Z"),
    },
    "687": {"lengths": {6}, "pattern": js.RegExp(r"\A(?:(?:050|[2-57-9][\d][\d])[\d]{3})\Z")},
    "688": {"lengths": {5, 6, 7}, "pattern": js.RegExp(r"\A(?:(?:2|7[\d][\d]|90)[\d]{4})\Z")},
    "689": {"lengths": {6, 8, 9}, "pattern": js.RegExp(r"\A(?:4[\d]{5}(?:[\d]{2})?|8[\d]{7,8})\Z")},
    "690": {"lengths": {4, 5, 6, 7}, "pattern": js.RegExp(r"\A(?:[2-47][\d]{3,6})\Z")},
    "691": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:(?:[39][\d][\d]|820)[\d]{4})\Z")},
    "692": {"lengths": {7}, "pattern": js.RegExp(r"\A(?:329[\d]{4}|(?:[256][\d]|45)[\d]{5})\Z")},
    "800": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:(?:00|[1-9][\d])[\d]{6})\Z")},
    "808": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[1-9][\d]{7})\Z")},
    "850": {"lengths": {8, 10}, "pattern": js.RegExp(r"\A(?:85[\d]{6}|(?:19[\d]|[2-7])[\d]{7})\Z")},
    "852": {
        "lengths": {5, 6, 7, 8, 9, 11},
        "pattern": js.RegExp(r"\A(?:8[0-46-9][\d]{6,7}|9[\d]{4,7}|(?:[2-7]|9[\d]{3})[\d]{7})\Z"),
    },
    "853": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:0800[\d]{3}|(?:28|[68][\d])[\d]{6})\Z")},
    "855": {"lengths": {8, 9, 10}, "pattern": js.RegExp(r"\A(?:1[\d]{9}|[1-9][\d]{7,8})\Z")},
    "856": {
        "lengths": {8, 9, 10},
        "pattern": js.RegExp(r"\A(?:(?:2[\d]|3)[\d]{8}|(?:[235-8][\d]|41)[\d]{6})\Z"),
    },
    "870": {"lengths": {9, 12}, "pattern": js.RegExp(r"\A(?:7[\d]{11}|[235-7][\d]{8})\Z")},
    "878": {"lengths": {12}, "pattern": js.RegExp(r"\A(?:10[\d]{10})\Z")},
    "880": {
        "lengths": {6, 7, 8, 9, 10},
        "pattern": js.RegExp(r"\A(?:[1-469][\d]{9}|8[0-79][\d]{7,8}|[2-79][\d]{8}|[2-9][\d]{7}|[3-9][\d]{6}|[57-9][\d]{5})\Z"),
    },
    "881": {"lengths": {9, 10}, "pattern": js.RegExp(r"\A(?:6[\d]{9}|[0-36-9][\d]{8})\Z")},
    "882": {
        "lengths": {7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:[13][\d]{6}(?:[\d]{2,5})?|[19][\d]{7}|(?:[25][\d][\d]|4)[\d]{7}(?:[\d]{2})?)\Z"),
    },
    "883": {"lengths": {8, 9, 10, 11, 12}, "pattern": js.RegExp(r"\A(?:(?:[1-4][\d]|51)[\d]{6,10})\Z")},
    "886": {
        "lengths": {7, 8, 9, 10, 11},
        "pattern": js.RegExp(r"\A(?:[2-689][\d]{8}|7[\d]{9,10}|[2-8][\d]{7}|2[\d]{6})\Z"),
    },
    "888": {"lengths": {11}, "pattern": js.RegExp(r"\A(?:[\d]{11})\Z")},
    "960": {
        "lengths": {7, 10},
        "pattern": js.RegExp(r"\A(?:(?:800|9[0-57-9][\d])[\d]{7}|[34679][\d]{6})\Z"),
    },
    "961": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:[27-9][\d]{7}|[13-9][\d]{6})\Z")},
    "962": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:(?:(?:[2689]|7[\d])[\d]|32|427|53)[\d]{6})\Z")},
    "963": {"lengths": {8, 9}, "pattern": js.RegExp(r"\A(?:[1-359][\d]{8}|[1-5][\d]{7})\Z")},
    "964": {"lengths": {8, 9, 10}, "pattern": js.RegExp(r"\A(?:(?:1|7[\d][\d])[\d]{7}|[2-6][\d]{7,8})\Z")},
    "965": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:18[\d]{5}|(?:[2569][\d]|41)[\d]{6})\Z")},
    "966": {"lengths": {9, 10}, "pattern": js.RegExp(r"\A(?:(?:[15][\d]|800|92)[\d]{7})\Z")},
    "967": {"lengths": {7, 8, 9}, "pattern": js.RegExp(r"\A(?:(?:1|7[\d])[\d]{7}|[1-7][\d]{6})\Z")},
    "968": {
        "lengths": {7, 8, 9},
        "pattern": js.RegExp(r"\A(?:(?:1505|[279][\d]{3}|500)[\d]{4}|800[\d]{5,6})\Z"),
    },
    "970": {"lengths": {8, 9, 10}, "pattern": js.RegExp(r"\A(?:[2489]2[\d]{6}|(?:1[\d]|5)[\d]{8})\Z")},
    "971": {
        "lengths": {5, 6, 7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:(?:[4-7][\d]|9[0-689])[\d]{7}|800[\d]{2,9}|[2-4679][\d]{7})\Z"),
    },
    "972": {
        "lengths": {7, 8, 9, 10, 11, 12},
        "pattern": js.RegExp(r"\A(?:1[\d]{6}(?:[\d]{3,5})?|[57][\d]{8}|[1-489][\d]{7})\Z"),
    },
    "973": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[136-9][\d]{7})\Z")},
    "974": {
        "lengths": {7, 8, 9, 11},
        "pattern": js.RegExp(r"\A(?:800[\d]{4}|(?:2|800)[\d]{6}|(?:0080|[3-7])[\d]{7})\Z"),
    },
    "975": {"lengths": {7, 8}, "pattern": js.RegExp(r"\A(?:[178][\d]{7}|[2-8][\d]{6})\Z")},
    "976": {"lengths": {8, 9, 10}, "pattern": js.RegExp(r"\A(?:[12][\d]{7,9}|[5-9][\d]{7})\Z")},
    "977": {"lengths": {8, 10, 11}, "pattern": js.RegExp(r"\A(?:(?:1[\d]|9)[\d]{9}|[1-9][\d]{7})\Z")},
    "979": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:[1359][\d]{8})\Z")},
    "992": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:[0-57-9][\d]|66)[\d]{7})\Z")},
    "993": {"lengths": {8}, "pattern": js.RegExp(r"\A(?:[1-7][\d]{7})\Z")},
    "994": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:365[\d]{6}|(?:[124579][\d]|60|88)[\d]{7})\Z")},
    "995": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:[3-57][\d][\d]|800)[\d]{6})\Z")},
    "996": {"lengths": {9, 10}, "pattern": js.RegExp(r"\A(?:8[\d]{9}|[235-9][\d]{8})\Z")},
    "998": {"lengths": {9}, "pattern": js.RegExp(r"\A(?:(?:20|33|[5-9][\d])[\d]{7})\Z")},
}
def findPhones(text, add):
    for _e1 in matches(run, text):
        found = js.item(_e1, 0)
        index = _e1.index
        groups = groupsOf(found, index)
        after = js.slice(text, (index + len(found)), ((index + len(found)) + 4))
        isGlued = (_R1.test((_n2 if (_n2 := js.char(text, (index - 1))) is not None else "")) or _R2.test(after))
        from_ = 0
        while True:
            if not (from_ < len(groups)):
                break
            context = ("glued" if isGlued else (contextAround(text, index, (index + len(found))) if (from_ == 0) else "unknown"))
            from_ += js.largest(1, addNumber(text, groups, from_, phoneAt(groups, from_, context), add))

def findInternationalPhones(text, add):
    if (not ("+" in text)):
        return
    for _e3 in matches(run, text):
        found = js.item(_e3, 0)
        index = _e3.index
        if (not ("+" in found)):
            continue
        groups = groupsOf(found, index)
        from_ = 0
        while True:
            if not (from_ < len(groups)):
                break
            some = (js.slice(groups, from_, (from_ + mostGroups)) if _R3.test((_n4 if (_n4 := (None if (_c5 := js.item(groups, from_)) is None else js.get(_c5, "before"))) is not None else "")) else [])
            from_ += js.largest(1, addNumber(text, groups, from_, internationalOf(some), add))

def groupsOf(found, offset):
    end = 0
    def _f6(_p7):
        nonlocal end
        digits = js.item(_p7, 0)
        index = _p7.index
        before = js.slice(found, end, index)
        end = (index + len(digits))
        return {"digits": digits, "start": (offset + index), "end": (offset + end), "before": before}
    return js.map_([*matches(figures, found)], _f6, 1)

extension = js.RegExp(r"\A,? ?(?:(?:ext(?:ension|n)?|durchwahl|dw|poste|anexo|ramal|interno)[.:]? ?|[x\#])[\d]{1,6}(?![\w])", "i")
def addNumber(text, groups, from_, count, add):
    first = js.item(groups, from_)
    last = js.item(groups, ((from_ + count) - 1))
    if (((count == 0) or (not (first is not None))) or (not (last is not None))):
        return 0
    lead = (_n8 if (_n8 := (None if (_c9 := _R4.exec(js.get(first, "before"))) is None else len(js.item(_c9, 0)))) is not None else 0)
    more = (0 if (len(groups) > (from_ + count)) else ((_n10 if (_n10 := (None if (_c11 := extension.exec(js.slice(text, js.get(last, "end"), (js.get(last, "end") + 20)))) is None else len(js.item(_c11, 0)))) is not None else 0)))
    add((js.get(first, "start") - lead), (js.get(last, "end") + more), js.get(labels, "phone"))
    return count

def phoneAt(groups, from_, context):
    some = js.slice(groups, from_, (from_ + mostGroups))
    first = js.item(some, 0)
    if (not (first is not None)):
        return 0
    international = internationalOf(some)
    if (international > 0):
        return international
    listed = (((from_ > 0) and _R5.test(js.get(first, "before"))) and (not _R6.test(js.trim(js.get(first, "before")))))
    if listed:
        return 0
    def follows(count):
        return ((js.item(groups, (from_ + count)) is not None) and _R7.test((_n12 if (_n12 := (None if (_c13 := js.item(groups, (from_ + count))) is None else js.get(_c13, "before"))) is not None else "")))
    national = nationalOf(some, context)
    if ((national > 0) and ((((context == "phone") or (not follows(national))) or (((_n14 if (_n14 := (None if (_c15 := js.item(groups, (from_ + national))) is None else len(js.get(_c15, "digits")))) is not None else 0)) >= 10)))):
        return national
    return 0

def internationalOf(groups):
    first = js.item(groups, 0)
    exit = ("" if _R8.test((_n16 if (_n16 := (None if (_c17 := first) is None else js.get(_c17, "before"))) is not None else "")) else (None if (_c18 := _R9.exec((_n19 if (_n19 := (None if (_c20 := first) is None else js.get(_c20, "digits"))) is not None else ""))) is None else js.item(_c18, 0)))
    if (exit is None):
        return 0
    digits = ""
    taken = 0
    for _e21 in list(enumerate(groups)):
        index = js.item(_e21, 0)
        group = js.item(_e21, 1)
        if ((index > 0) and ((((_R10.test(js.get(group, "before")) and _R11.test(js.get(group, "before")))) or _R12.test(js.get(group, "before"))))):
            break
        digits += js.get(group, "digits")
        number = js.slice(digits, len(exit))
        if (len(number) > mostFigures):
            break
        if isInPlan(number):
            taken = (index + 1)
        else:
            if _R13.test(number):
                taken = (index + 1)
        if ((js.get(group, "digits") == "0") and _R14.test(js.get(group, "before"))):
            digits = js.slice(digits, 0, (-1))
    return taken

def isInPlan(number):
    if (len(number) < 7):
        return False
    def _f22(length):
        country = plan.get(js.slice(number, 0, length))
        return (_n23 if (_n23 := (None if (_c24 := country) is None else ((len(number) - length) in js.get(_c24, "lengths")))) is not None else False)
    return js.some([1, 2, 3], _f22, 1)

def isGivenOut(number):
    def _f25(length):
        return (_n26 if (_n26 := (None if (_c27 := plan.get(js.slice(number, 0, length))) is None else js.get(_c27, "pattern").test(js.slice(number, length)))) is not None else False)
    return js.some([1, 2, 3], _f25, 1)

def nationalOf(groups, context):
    def _f28(_p29):
        digits = js.get(_p29, "digits")
        return len(digits)
    shape = (" ").join(js.strings(js.map_(groups, _f28, 1)))
    first = js.item(groups, 0)
    bracketed = (_R15.test((_n30 if (_n30 := (None if (_c31 := first) is None else js.get(_c31, "before"))) is not None else "")) and _R16.test((_n32 if (_n32 := (None if (_c33 := js.item(groups, 1)) is None else js.trim(js.get(_c33, "before")))) is not None else "")))
    def joined(count):
        def _f34(_p35):
            before = js.get(_p35, "before")
            return before
        return js.map_(js.slice(groups, 1, count), _f34, 1)
    def alike(count):
        def _f36(sign):
            return js.trim(sign)
        return (len(set(js.map_(joined(count), _f36, 1))) <= 1)
    def near(count):
        def _f37(sign):
            return ((len(js.replace(sign, _R17, "", 0)) <= 3) and (not _R18.test(sign)))
        return js.every(joined(count), _f37, 1)
    def digitsOf(count):
        def _f38(_p39):
            digits = js.get(_p39, "digits")
            return digits
        return ("").join(js.strings(js.map_(js.slice(groups, 0, count), _f38, 1)))
    for _e40 in [[_R19, 4], [_R20, 3]]:
        pattern = js.item(_e40, 0)
        count = js.item(_e40, 1)
        signs = joined(count)
        def _f41(sign):
            return (sign == " ")
        blank = js.every(signs, _f41, 1)
        area = (_n42 if (_n42 := (None if (_c43 := js.item(groups, (count - 3))) is None else js.get(_c43, "digits"))) is not None else "")
        if (((pattern.test(shape) and near(count)) and (((not blank) or _R21.test(area)))) and (((not ("/" in signs)) or (context == "phone")))):
            return count
    if (_R22.test(shape) and ((bracketed or ((_R23.test((_n44 if (_n44 := js.item(joined(2), 0)) is not None else "")) and _R24.test(digitsOf(1))))))):
        return 2
    if (((_R25.test(shape) and (js.item(joined(2), 0) == "-")) and _R26.test(digitsOf(1))) and (context != "number")):
        return 2
    if ((context != "number") and _R27.test((_n45 if (_n45 := (None if (_c46 := first) is None else js.get(_c46, "digits"))) is not None else ""))):
        count_2 = js.smallest(len(groups), 6)
        while True:
            if not (count_2 >= 2):
                break
            length = len(digitsOf(count_2))
            def _f47(sign):
                return _R28.test(sign)
            usual = (js.every(joined(count_2), _f47, 1) or (((count_2 >= 4) and alike(count_2))))
            if ((((length >= 9) and (length <= 12)) and near(count_2)) and usual):
                return count_2
            count_2 -= 1
    if (bracketed and (context != "number")):
        count_3 = js.smallest(len(groups), 4)
        while True:
            if not (count_3 >= 2):
                break
            length_2 = len(digitsOf(count_3))
            if (((length_2 >= 8) and (length_2 <= 12)) and near(count_3)):
                return count_3
            count_3 -= 1
    if ((((context != "number") and _R29.test(shape)) and _R30.test(digitsOf(1))) and _R31.test((_n48 if (_n48 := js.item(joined(2), 0)) is not None else ""))):
        return 2
    if (((((context != "number") and _R32.test(shape)) and _R33.test(digitsOf(1))) and alike(3)) and near(3)):
        return 3
    if ((((context != "number") and _R34.test(shape)) and alike(4)) and near(4)):
        return 4
    if (context == "phone"):
        count_4 = js.smallest(len(groups), 6)
        while True:
            if not (count_4 >= 1):
                break
            length_3 = len(digitsOf(count_4))
            if (((length_3 >= 7) and (length_3 <= 13)) and near(count_4)):
                return count_4
            count_4 -= 1
        return 0
    return (1 if (((context == "unknown") and isBareNumber((_n49 if (_n49 := (None if (_c50 := first) is None else js.get(_c50, "digits"))) is not None else ""))) and alike(2)) else 0)

def isBareNumber(digits):
    if _R35.test(digits):
        return False
    if (len(digits) == 10):
        return (_R36.test(digits) or _R37.test(digits))
    if ((len(digits) == 11) and _R38.test(digits)):
        return True
    return ((((len(digits) >= 11) and (len(digits) <= 13)) and (not _R39.test(digits))) and isGivenOut(digits))

actsAfter = js.RegExp(r"""\A[\x22')\]]{0,2}[,]?[ ](?:[Hh][Aa][Ss][ ]|[Ww][Aa][Ss][ ]|[Jj][Uu][Ss][Tt][ ])?(?:[Rr][Ee][Pp][Ll][Ii][Ee][Dd]|[Oo][Pp][Tt][Ee][Dd]|[Uu][Nn][Ss][Uu][Bb][Ss][Cc][Rr][Ii][Bb][Ee][Dd]|[Aa][Nn][Ss][Ww][Ee][Rr][Ee][Dd]|[Cc][Aa][Ll][Ll][Ee][Dd]|[Cc][Aa][Ll][Ll][Ss]|[Tt][Ee][Xx][Tt][Ee][Dd]|[Rr][Aa][Nn][Gg]|[Hh][Uu][Nn][Gg][ ][Uu][Pp]|[Dd][Ii][Dd][ ][Nn][Oo][Tt][ ](?:[Aa][Nn][Ss][Ww][Ee][Rr]|[Pp][Ii][Cc][Kk])|[Nn][Oo][ ][Aa][Nn][Ss][Ww][Ee][Rr]|[Ii][Ss][ ](?:[Nn][Oo][Tt][ ])?(?:[Aa][Nn]?[ ])?(?:(?:[Ii][Nn])?[Vv][Aa][Ll][Ii][Dd][ ]|(?:[Uu][Nn])?[Rr][Ee][Aa][Cc][Hh][Aa][Bb][Ll][Ee][ ])?(?:[Pp][Hh][Oo][Nn][Ee]|[Mm][Oo][Bb][Ii][Ll][Ee]|[Ll][Aa][Nn][Dd][Ll][Ii][Nn][Ee]|[Nn][Uu][Mm][Bb][Ee][Rr]|[Uu][Nn][Rr][Ee][Aa][Cc][Hh][Aa][Bb][Ll][Ee]|[Bb][Uu][Ss][Yy]|[Bb][Ll][Oo][Cc][Kk][Ee][Dd])|[Aa][ ][Rr][Ee\xc9\xe9][Pp][Oo][Nn][Dd][Uu]|[Ww][Aa][Nn][Tt][Ss]?[ ][Aa][ ][Cc][Aa][Ll][Ll])""")
askedBefore = js.RegExp(r"\b(?:text|message|reach|ring|contact|buzz) (?:me|us|her|him|them) (?:at|on|back|via)[: ]{1,3}\Z|\bopted[ \-]out:? \Z|\bvoicemail (?:from|for|to) \Z", "i")
def contextAround(text, from_, to):
    before = contextOf(text, from_)
    if ((before == "phone") or (before == "glued")):
        return before
    isAsked = askedBefore.test(js.slice(text, js.largest(0, (from_ - 40)), from_))
    return ("phone" if (isAsked or actsAfter.test(js.slice(text, to, (to + 40)))) else before)

wordBefore = js.RegExp(r"""([A-Za-z]+)(?:[ _\-]?(?:no|number|num|of|is|was|at|to|after))?[\x22'\])]{0,2}[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[:=\#.]?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22'(\[]{0,2}\Z""")
def contextOf(text, index):
    before = js.slice(text, js.largest(0, (index - 40)), index)
    if _R40.test(before):
        return "number"
    word = (None if (_c51 := wordBefore.exec(before)) is None else js.item(_c51, 1))
    if (word is None):
        return "unknown"
    if (js.lower(word) in phoneWord):
        return "phone"
    last = (_n52 if (_n52 := js.at(wordsOf(word), (-1))) is not None else "")
    if (last in numberWord):
        return "number"
    near = js.slice(wordsOf((_n53 if (_n53 := (None if (_c54 := _R41.exec(before)) is None else js.item(_c54, 0))) is not None else "")), (-4))
    def _f55(word):
        return (word in phoneWord)
    return ("phone" if js.some(near, _f55, 1) else "unknown")

