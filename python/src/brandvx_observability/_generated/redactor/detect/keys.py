# Made by `npm run generate` of src/catalog and src/runtime; do not edit.
"""The redactor's shared/privacy/detect/keys.ts, made of it."""

# pyright: basic
# mypy: ignore-errors
# ruff: noqa
from brandvx_observability._privacy import js
from ..detect.found import matches
from ..labels import labels

_R1 = js.RegExp(r"[.$\[\]/]", "g")
def escaped(text):
    return js.replace(text, _R1, "\\$&", 0)

telling = 4
issued = js.RegExp(r"sk_live_[A-Za-z0-9_]{8,}|sk_test_[A-Za-z0-9_]{8,}|pk_live_[A-Za-z0-9_]{8,}|pk_test_[A-Za-z0-9_]{8,}|rk_live_[A-Za-z0-9_]{8,}|rk_test_[A-Za-z0-9_]{8,}|whsec_[A-Za-z0-9+/=_\-]{8,}|(?<![0-9A-Za-z])sk\-[A-Za-z0-9_\-]{16,}|phc_[A-Za-z0-9]{8,}|phx_[A-Za-z0-9]{8,}|phs_[A-Za-z0-9]{8,}|pha_[A-Za-z0-9]{8,}|phr_[A-Za-z0-9]{8,}|ghp_[A-Za-z0-9_]{8,}|gho_[A-Za-z0-9_]{8,}|ghu_[A-Za-z0-9_]{8,}|ghs_[A-Za-z0-9_]{8,}|ghr_[A-Za-z0-9_]{8,}|github_pat_[A-Za-z0-9_]{8,}|glpat\-[A-Za-z0-9_\-]{8,}|gldt\-[A-Za-z0-9_\-]{8,}|glrt\-[A-Za-z0-9_\-]{8,}|glptt\-[A-Za-z0-9_\-]{8,}|glsoat\-[A-Za-z0-9_\-]{8,}|glcbt\-[A-Za-z0-9_\-]{8,}|glft\-[A-Za-z0-9_\-]{8,}|glimt\-[A-Za-z0-9_\-]{8,}|glagent\-[A-Za-z0-9_\-]{8,}|glffct\-[A-Za-z0-9_\-]{8,}|npm_[A-Za-z0-9]{30,}|pypi\-[A-Za-z0-9_\-]{16,}|rnd_[A-Za-z0-9]{8,}|(?<![0-9A-Za-z])hf_[A-Za-z0-9]{16,}|api_org_[A-Za-z0-9]{16,}|dop_v1_[A-Za-z0-9]{8,}|doo_v1_[A-Za-z0-9]{8,}|dor_v1_[A-Za-z0-9]{8,}|shpat_[A-Za-z0-9]{8,}|shpss_[A-Za-z0-9]{8,}|shpca_[A-Za-z0-9]{8,}|shppa_[A-Za-z0-9]{8,}|sntryu_[A-Za-z0-9+/=_\-]{8,}|sntrys_[A-Za-z0-9+/=_\-]{8,}|sntrya_[A-Za-z0-9+/=_\-]{8,}|sntryi_[A-Za-z0-9+/=_\-]{8,}|xoxa\-[A-Za-z0-9_\-]{8,}|xoxb\-[A-Za-z0-9_\-]{8,}|xoxc\-[A-Za-z0-9_\-]{8,}|xoxd\-[A-Za-z0-9_\-]{8,}|xoxe\-[A-Za-z0-9_\-]{8,}|xoxo\-[A-Za-z0-9_\-]{8,}|xoxp\-[A-Za-z0-9_\-]{8,}|xoxr\-[A-Za-z0-9_\-]{8,}|xoxs\-[A-Za-z0-9_\-]{8,}|xapp\-[A-Za-z0-9_\-]{8,}|xoxe\.xoxp\-[A-Za-z0-9_\-]{8,}|xoxe\.xoxb\-[A-Za-z0-9_\-]{8,}|AKIA[A-Z0-9]{12,}|ASIA[A-Z0-9]{12,}|ABIA[A-Z0-9]{12,}|ACCA[A-Z0-9]{12,}|AIza[A-Za-z0-9_\-]{20,}|ya29\.[A-Za-z0-9_\-]{20,}|GOCSPX\-[A-Za-z0-9_\-]{20,}|1//0[A-Za-z0-9_\-]{20,}|(?<![0-9A-Za-z])SG\.[A-Za-z0-9_.\-]{10,}|(?<![0-9A-Za-z])re_[A-Za-z0-9_]{20,}|key\-[a-f0-9]{24,}|(?<![0-9A-Za-z])md\-[A-Za-z0-9_\-]{20,}|xkeysib\-[A-Za-z0-9_\-]{20,}|xsmtpsib\-[A-Za-z0-9_\-]{20,}|sbp_[A-Za-z0-9_\-]{12,}|sb_secret_[A-Za-z0-9_\-]{12,}|sb_publishable_[A-Za-z0-9_\-]{12,}|sba_[A-Za-z0-9_\-]{12,}|sbr_[A-Za-z0-9_\-]{12,}|vercel_[A-Za-z0-9+/=_\-]{16,}|vcp_[A-Za-z0-9+/=_\-]{16,}|vca_[A-Za-z0-9+/=_\-]{16,}|nfp_[A-Za-z0-9+/=_\-]{16,}|fo1_[A-Za-z0-9+/=_\-]{16,}|FlyV1 fm2_[A-Za-z0-9+/=_\-]{16,}|fm2_[A-Za-z0-9+/=_\-]{16,}|fm1r_[A-Za-z0-9+/=_\-]{16,}|v1\.0\-[A-Za-z0-9_\-]{20,}|cfat_[A-Za-z0-9_\-]{20,}|cfut_[A-Za-z0-9_\-]{20,}|cfk_[A-Za-z0-9_\-]{20,}|(?<![0-9A-Za-z])SK[a-f0-9]{32,}|pul\-[A-Za-z0-9_\-]{16,}|hvs\.[A-Za-z0-9_\-]{16,}|hvb\.[A-Za-z0-9_\-]{16,}|hvr\.[A-Za-z0-9_\-]{16,}|dapi[A-Za-z0-9_\-]{30,}|dp\.pt\.[A-Za-z0-9_\-]{30,}|dp\.st\.[A-Za-z0-9_\-]{30,}|figd_[A-Za-z0-9_\-]{30,}|lin_api_[A-Za-z0-9_\-]{30,}|lin_oauth_[A-Za-z0-9_\-]{30,}|ntn_[A-Za-z0-9_\-]{30,}|secret_[A-Za-z0-9_\-]{30,}|dp\.sa\.[A-Za-z0-9_\-]{30,}|dp\.ct\.[A-Za-z0-9_\-]{30,}|dp\.scim\.[A-Za-z0-9_\-]{30,}|gsk_[A-Za-z0-9_\-]{16,}|xai\-[A-Za-z0-9_\-]{16,}|pplx\-[A-Za-z0-9_\-]{16,}|(?<![0-9A-Za-z])r8_[A-Za-z0-9_\-]{16,}|(?<![0-9A-Za-z])fw_[A-Za-z0-9_\-]{16,}|tvly\-[A-Za-z0-9_\-]{16,}|sq0atp\-[A-Za-z0-9_\-]{20,}|sq0csp\-[A-Za-z0-9_\-]{20,}|EAAA[A-Za-z0-9_\-]{20,}|access_token\$[A-Za-z0-9_\-]{20,}|access\-sandbox\-[A-Za-z0-9_\-]{20,}|access\-production\-[A-Za-z0-9_\-]{20,}|access\-development\-[A-Za-z0-9_\-]{20,}|EAAC[A-Za-z0-9]{30,}|EAAG[A-Za-z0-9]{30,}|EAAB[A-Za-z0-9]{30,}|EAAJ[A-Za-z0-9]{30,}|IGQV[A-Za-z0-9]{30,}|NRAK\-[A-Za-z0-9+/=_\-]{16,}|NRJS\-[A-Za-z0-9+/=_\-]{16,}|NRRA\-[A-Za-z0-9+/=_\-]{16,}|glc_[A-Za-z0-9+/=_\-]{16,}|glsa_[A-Za-z0-9+/=_\-]{16,}|ddp_[A-Za-z0-9+/=_\-]{16,}|PMAK\-[A-Za-z0-9+/=_\-]{14,}|patAT[A-Za-z0-9+/=_\-]{14,}|ATATT3[A-Za-z0-9+/=_\-]{14,}|ATCTT3[A-Za-z0-9+/=_\-]{14,}|pat\-na1\-[A-Za-z0-9+/=_\-]{14,}|pat\-eu1\-[A-Za-z0-9+/=_\-]{14,}|ops_eyJ[A-Za-z0-9+/=_\-]{20,}|AGE\-SECRET\-KEY\-1[A-Za-z0-9+/=_\-]{20,}|(?<![0-9A-Za-z])A3\-[A-Za-z0-9+/=_\-]{20,}|AXXXA[A-Za-z0-9+/=_\-]{20,}|napi_[A-Za-z0-9+/=_\-]{20,}|pscale_tkn_[A-Za-z0-9+/=_\-]{20,}|pscale_pw_[A-Za-z0-9+/=_\-]{20,}|pscale_oauth_[A-Za-z0-9+/=_\-]{20,}|ExponentPushToken\[[A-Za-z0-9_\]\-]{16,}|ExpoPushToken\[[A-Za-z0-9_\]\-]{16,}|1:AAAA[A-Za-z0-9_\]\-]{16,}|tfp_[A-Za-z0-9+/=_\-]{20,}|dG9rO[A-Za-z0-9+/=_\-]{20,}|(?<![0-9A-Za-z])eyJ[A-Za-z0-9_.\-]{8,}|_live_[A-Za-z0-9]{20,}|_test_[A-Za-z0-9]{20,}|_prod_[A-Za-z0-9]{20,}|_sandbox_[A-Za-z0-9]{20,}|_pat_[A-Za-z0-9]{16,}|_secret_[A-Za-z0-9]{16,}|_token_[A-Za-z0-9]{16,}|_apikey_[A-Za-z0-9]{16,}|_oauth_[A-Za-z0-9]{16,}|_sk_[A-Za-z0-9]{16,}|dckr_pat_[A-Za-z0-9_\-]{16,}|dckr_oat_[A-Za-z0-9_\-]{16,}|tskey\-[A-Za-z0-9_\-]{16,}|sl\.B[A-Za-z0-9_\-]{16,}|ATBB[A-Za-z0-9_\-]{16,}|ATCTT3[A-Za-z0-9_\-]{16,}|CCIPAT_[A-Za-z0-9_]{20,}|CCIPRJ_[A-Za-z0-9_]{20,}|bkua_[A-Za-z0-9_]{20,}|rubygems_[A-Za-z0-9_]{20,}|(?<![0-9A-Za-z])oy2[A-Za-z0-9_]{20,}|mlsn\.[A-Za-z0-9\-]{20,}|xkeysib\-[A-Za-z0-9\-]{20,}|nvapi\-[A-Za-z0-9_\-]{24,}|jina_[A-Za-z0-9_\-]{24,}|csk\-[A-Za-z0-9_\-]{24,}|lsv2_pt_[A-Za-z0-9_\-]{24,}|lsv2_sk_[A-Za-z0-9_\-]{24,}|pcsk_[A-Za-z0-9_\-]{24,}|(?<![0-9A-Za-z])sk_[A-Za-z0-9_\-]{24,}|(?<![0-9A-Za-z])fc\-[A-Za-z0-9_\-]{24,}|esecret_[A-Za-z0-9_\-]{24,}|tgp_v1_[A-Za-z0-9_\-]{24,}|(?<![0-9A-Za-z])pa\-[A-Za-z0-9_\-]{24,}|e2b_[A-Za-z0-9_\-]{24,}|apify_api_[A-Za-z0-9_\-]{24,}|(?<![0-9A-Za-z])xi\-[A-Za-z0-9_\-]{24,}|LTAI[A-Za-z0-9]{16,}|AKID[A-Za-z0-9]{16,}|t1\.9eu[A-Za-z0-9]{16,}|YCAJ[A-Za-z0-9]{16,}|cal_live_[A-Za-z0-9_\-]{28,}|duffel_live_[A-Za-z0-9_\-]{28,}|duffel_test_[A-Za-z0-9_\-]{28,}|FLWSECK[A-Za-z0-9_\-]{28,}|live_[A-Za-z0-9_\-]{28,}|test_[A-Za-z0-9_\-]{28,}|sk_sbox_[A-Za-z0-9_\-]{28,}|CFPAT\-[A-Za-z0-9_.:\-]{28,}|fio\-u\-[A-Za-z0-9_.:\-]{28,}|1/12[A-Za-z0-9_.:\-]{28,}|(?<![0-9A-Za-z])pk_[A-Za-z0-9_.:\-]{28,}|patL[A-Za-z0-9_.:\-]{28,}|testsk_[A-Za-z0-9_\|:\-]{24,}|sk_test_[A-Za-z0-9_\|:\-]{24,}|signkey\-[A-Za-z0-9_\|:\-]{24,}|tr_dev_[A-Za-z0-9_\|:\-]{24,}|tr_prod_[A-Za-z0-9_\|:\-]{24,}|napi_[A-Za-z0-9_\|:\-]{24,}|prod:[A-Za-z0-9_\|:\-]{24,}|rzp_live_[A-Za-z0-9]{12,}|rzp_test_[A-Za-z0-9]{12,}|HRKU\-[A-Za-z0-9\-]{36,}|sdk\-[A-Za-z0-9\-]{36,}|mob\-[A-Za-z0-9\-]{36,}|sqp_[A-Za-z0-9]{32,}|squ_[A-Za-z0-9]{32,}|sqa_[A-Za-z0-9]{32,}|hcaik_[A-Za-z0-9]{32,}|FwoGZXIvYXdz[A-Za-z0-9+/=%]{16,}|IQoJb3JpZ2lu[A-Za-z0-9+/=%]{16,}|FQoGZXIvYXdz[A-Za-z0-9+/=%]{16,}", "g")
formed = [
    js.RegExp(r"(?<![0-:])[\d]{8,10}:AA[\w\-]{30,}", "g"),
    js.RegExp(r"hooks\.slack\.com/(?:services|workflows|triggers)/[\w/\-]{8,}", "g"),
    js.RegExp(r"discord(?:app)?\.com/api/webhooks/[\d]{5,25}/[\w\-]{20,}", "g"),
    js.RegExp(r"""(?<![0-9A-Za-z])(?:AC|SK)[\da-f]{32}[\x22']?[\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[,:][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]?[\x22']?[\dA-Za-z]{32}(?![\dA-Za-z])""", "g"),
    js.RegExp(r"""(?:(?<=[s][i][d][,:][\x22'`])|(?<=[s][i][d][,:][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\x22'`])|(?<=[s][i][d][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][,:][\x22'`])|(?<=[s][i][d][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][,:][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\x22'`])|(?<=[s][i][d][\x22'][,:][\x22'`])|(?<=[s][i][d][\x22'][,:][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\x22'`])|(?<=[s][i][d][\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][,:][\x22'`])|(?<=[s][i][d][\x22'][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][,:][\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff][\x22'`]))[\da-f]{32}(?=[\x22'`])""", "ig"),
    js.RegExp(r"(?<![0-9A-Za-z])[\da-f]{32}\-[\da-f]{8}\-[\da-f]{8}(?![\w\-])", "g"),
    js.RegExp(r"(?<![0-9A-Za-z])[\da-f]{36}NRAL(?![\w])", "g"),
    js.RegExp(r"(?<![0-9A-Za-z])st\.[\da-f]{24}(?:\.[\da-f]{32}){1,2}(?![\w])", "g"),
    js.RegExp(r"(?<![0-9A-Za-z])[\da-f]{32}\-us[\d]{1,2}(?![\d])", "g"),
    js.RegExp(r"""\$(?:apr1|[156y]|2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w\-]{0,12})\$[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\x22'`,;:]{8,512}""", "g"),
    js.RegExp(r"(?:(?<=\A)|(?<=[\x0a]))[\w.*\-]{1,64}:(?:[\d]{4,5}|\*):[A-Za-z_*][\w*\-]{0,40}:[A-Za-z_*][\w.@*\-]{0,40}:[^\x09-\x0d \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff:]{3,128}(?=[\x0d]?[\x0a]|\Z)", "g"),
    js.RegExp(r"(?:ssh\-(?:rsa|ed25519|dss)|ecdsa\-sha2\-nistp[\d]{3}) [A-Za-z\d+/=]{40,}", "g"),
]
def findKeys(text, add):
    for _e1 in matches(issued, text):
        found = js.item(_e1, 0)
        index = _e1.index
        add(index, (index + len(found)), js.get(labels, "token"))
    findKeyBlocks(text, add)
    for pattern in formed:
        for _e2 in matches(pattern, text):
            found_2 = js.item(_e2, 0)
            index_2 = _e2.index
            add(index_2, (index_2 + len(found_2)), js.get(labels, "token"))

blockBegins = js.RegExp(r"\-\-\-\-\-BEGIN[^\-]{0,40}(?:PRIVATE KEY|MESSAGE)[^\-]{0,20}\-\-\-\-\-", "g")
blockEnds = js.RegExp(r"\-\-\-\-\-END[^\-]{0,60}\-\-\-\-\-", "g")
def findKeyBlocks(text, add):
    done = 0
    for _e3 in matches(blockBegins, text):
        found = js.item(_e3, 0)
        index = _e3.index
        if (index < done):
            continue
        blockEnds.lastIndex = (index + len(found))
        done = (blockEnds.lastIndex if (blockEnds.exec(text) is not None) else len(text))
        add(index, done, js.get(labels, "token"))

