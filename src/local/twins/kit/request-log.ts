/** One request that a twin received. Headers are not stored, so that no credential is. */
export interface LoggedRequest {
  vendor: string;
  method: string;
  /** Path with its query, as sent. */
  path: string;
  /** Parsed JSON, unpacked where needed; `null` when there was none; any other body as text. */
  body: unknown;
  /** Status of the answer; `null` while pending and when no answer was sent (a reset). */
  status: number | null;
  /** ISO time of arrival. */
  at: string;
}

export interface RequestLog {
  all(): readonly LoggedRequest[];
  /** Requests that can change something: all but GET, HEAD and OPTIONS. */
  writes(): readonly LoggedRequest[];
  /** The present position in the log, for `since`. */
  mark(): number;
  /** Requests after `mark` that are still in the log. */
  since(mark: number): readonly LoggedRequest[];
  clear(): void;
}

export interface RequestRecorder extends RequestLog {
  /** Adds the request; the returned object is the entry itself, whose `status` is set when the answer is known. */
  record(request: Omit<LoggedRequest, "status">, bytes: number): LoggedRequest;
}

export interface RequestLogBounds {
  entries: number;
  bodyBytes: number;
}

const defaultBounds: RequestLogBounds = { entries: 20_000, bodyBytes: 32 * 1024 * 1024 };
const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** A log that drops the oldest requests when there are too many or their bodies are too large in total. */
export function requestLog(bounds: RequestLogBounds = defaultBounds): RequestRecorder {
  let entries: { sequence: number; bytes: number; request: LoggedRequest }[] = [];
  let keptBytes = 0;
  let sequence = 0;
  const requests = () => entries.map((entry) => entry.request);

  return {
    record(fields, bytes) {
      const request: LoggedRequest = { ...fields, status: null };
      sequence += 1;
      entries.push({ sequence, bytes, request });
      keptBytes += bytes;
      while (entries.length > bounds.entries || (keptBytes > bounds.bodyBytes && entries.length > 1)) {
        keptBytes -= entries.shift()?.bytes ?? 0;
      }
      return request;
    },
    all: requests,
    writes: () => requests().filter((request) => !harmless.has(request.method)),
    mark: () => sequence,
    since: (mark) => entries.filter((entry) => entry.sequence > mark).map((entry) => entry.request),
    clear() {
      entries = [];
      keptBytes = 0;
    },
  };
}
