/** A failed request: the vendor's answer, or the lack of one. Never contains a header or a key. */
export interface Failure {
  vendor: string;
  method: string;
  /** Path with query, without the host. */
  path: string;
  /** HTTP status; undefined when no answer came. */
  status: number | undefined;
  /** The vendor's own code ("not_found"), or the network's ("ECONNREFUSED"). */
  code: string | undefined;
  /** The vendor's own words, shortened. */
  detail: string;
  /**
   * Target of a redirect, without its query. It is never followed, because it may lead to another host, which must not
   * get a key.
   */
  location?: string | undefined;
}

/** A request that a vendor refused, or that got no answer. `message` is for people: what happened, what to check. */
export class VendorError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, message = describe(failure)) {
    super(message);
    this.name = "VendorError";
    this.failure = failure;
  }
}

export const isVendorError = (error: unknown): error is VendorError => error instanceof VendorError;

/** True for an answer with this HTTP status: `hasStatus(error, 404)` means that it does not exist. */
export const hasStatus = (error: unknown, status: number): boolean =>
  isVendorError(error) && error.failure.status === status;

/**
 * True when it is unknown whether the request was carried out: the connection broke, or the server failed while
 * answering.
 */
export const isUnanswered = (error: unknown): boolean => {
  if (!isVendorError(error)) return false;
  const { status } = error.failure;
  return status === undefined || status === 408 || status >= 500;
};

/** A server error without the vendor's own code, as from a proxy in front of it: the settings are not the cause. */
export function explainOutage(failure: Failure): string | undefined {
  const { status = 0, code } = failure;
  if (status < 500 || code !== undefined) return undefined;
  return `${describe(failure)}. It is in trouble itself: run the same command again later, what is made already stays`;
}

function describe({ vendor, method, path, status, code, detail }: Failure): string {
  const what = status === undefined ? `gave no answer (${code ?? "connection closed"})` : `answered ${status}`;
  return `${vendor} ${what} to ${method} ${path}${detail ? `: ${detail}` : ""}`;
}

/**
 * A resource that exists but is incomplete. Pulumi stores its id and present state, the next `up` completes it, and
 * `destroy` and `refresh` work in between.
 */
export class Incomplete<Outputs> extends Error {
  readonly id: string;
  readonly outputs: Outputs;
  constructor(id: string, outputs: Outputs, reason: unknown) {
    super(reason instanceof Error ? reason.message : String(reason));
    this.name = "Incomplete";
    this.id = id;
    this.outputs = outputs;
  }
}

/** A vendor's own words, behind ours: ` ("Invalid token")`; nothing where it said nothing. */
export const quoted = (detail: string): string => (detail ? ` ("${detail}")` : "");
