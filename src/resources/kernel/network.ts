/** Why a connection failed, and what to do about it. */
export interface NetworkTrouble {
  readonly what: string;
  readonly fix: string;
  /** Whether the cause is this machine: then neither the settings nor the vendor are the cause. */
  readonly isHere: boolean;
}

const here = (what: string, fix: string): NetworkTrouble => ({ what, fix, isHere: true });
const there = (what: string, fix: string): NetworkTrouble => ({ what, fix, isHere: false });

const noName = here(
  "this machine finds no address for that name",
  "look up another name here, such as `nslookup example.com`: where that fails, too, DNS or the network of this machine is down; else the name is wrong",
);
const noWay = here(
  "this machine has no way to that address",
  "look at this machine's network, its VPN and its firewall",
);
const untrusted = here(
  "this machine does not trust the certificate, as behind a proxy that opens TLS",
  "where there is such a proxy: `export NODE_EXTRA_CA_CERTS=<file>`, with its authority as PEM",
);
const tooLate = there("nothing answers in time", "look for a firewall or an allow-list between this machine and it");

/** By the codes of Node, c-ares and OpenSSL (nodejs.org/api/errors.html, nodejs.org/api/tls.html#x509-certificate-error-codes). */
const troubles: Readonly<Record<string, NetworkTrouble>> = {
  ENOTFOUND: noName,
  EAI_AGAIN: noName,
  EAI_FAIL: noName,
  ENODATA: noName,
  ENETUNREACH: noWay,
  EHOSTUNREACH: noWay,
  ENETDOWN: noWay,
  EADDRNOTAVAIL: noWay,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: here(
    "the certificate has expired, by the clock of this machine",
    "look at the date here, then at the certificate",
  ),
  CERT_NOT_YET_VALID: here("the certificate is not valid yet, by the clock of this machine", "look at the date here"),
  ERR_TLS_CERT_ALTNAME_INVALID: there(
    "the certificate is another host's",
    "look at the address; behind a proxy that opens TLS, at the proxy",
  ),
  ECONNREFUSED: there("nothing listens at that port, or a firewall refuses it", "look at the address and its port"),
  ECONNRESET: there("the connection was broken off", "look for a proxy or a firewall on the way; then try again"),
  ETIMEDOUT: tooLate,
  ECONNABORTED: tooLate,
  UND_ERR_CONNECT_TIMEOUT: tooLate,
  EPROTO: there("what answers there speaks no TLS", "look at the address, its port, and whether it begins with https"),
};

/** Undefined for a code that does not determine a cause. */
export const networkTrouble = (code: string | undefined): NetworkTrouble | undefined =>
  code === undefined || !Object.hasOwn(troubles, code) ? undefined : troubles[code];

/** Whether a retry may succeed: an unknown host name or an invalid certificate does not change. */
export const mayPass = (code: string | undefined): boolean =>
  code !== undefined &&
  !/^(ENOTFOUND$|ENETUNREACH$|ERR_CANCELED$|CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);

/** Addition to an error text when this machine is the cause: then the settings need no check. */
export function onlyHere(code: string | undefined): string | undefined {
  const trouble = networkTrouble(code);
  return trouble?.isHere ? `${trouble.what}. On this machine: ${trouble.fix}` : undefined;
}

/** Why there is no answer from an address: what is wrong with this machine, else which setting to look at. */
export const noAnswer = (address: string, code: string | undefined, lookAt: string): string =>
  `${address} gave no answer (${code ?? "the connection was closed"}). ${onlyHere(code) ?? lookAt}`;
