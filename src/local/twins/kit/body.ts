import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { parseJson } from "./nesting.ts";

const mebibyte = 1024 * 1024;

/** How large a body may be, in bytes: as it comes over the wire, and once it is unpacked. */
export interface BodyLimits {
  readonly packed: number;
  readonly unpacked: number;
}

/** PostHog's capture service takes 20 MB and unpacks up to 25 MiB (rust/capture); no API of the others takes as much. */
export const defaultBodyLimits: BodyLimits = { packed: 20 * mebibyte, unpacked: 25 * mebibyte };

const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** How a body is packed, by its name in `Content-Encoding`. */
export type Encoding = keyof typeof unpackers;

export function isEncoding(name: string): name is Encoding {
  return Object.hasOwn(unpackers, name);
}

/** A body of few bytes may unpack to gigabytes; this one is larger than it may be. */
export class BodyTooLarge extends Error {
  constructor(limitBytes: number) {
    super(`the body is larger than ${limitBytes} bytes once it is unpacked`);
    this.name = "BodyTooLarge";
  }
}

/**
 * The bytes that were packed. Unpacking ends at the limit, so that it costs no more than that.
 * @throws BodyTooLarge beyond the limit; an Error of zlib for bytes that are not packed like this.
 */
export async function unpack(bytes: Uint8Array, encoding: Encoding, limitBytes: number): Promise<Uint8Array> {
  try {
    return await unpackers[encoding](bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge ? new BodyTooLarge(limitBytes) : error;
  }
}

/** Whether the bytes start with gzip's magic: PostHog's SDKs send it without any header that says so. */
export const isGzip = (bytes: Uint8Array): boolean => bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes as text; bytes that are not UTF-8 become U+FFFD. */
export const bodyText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export interface LoggedBody {
  /** Parsed JSON, else (also when it is nested too deep) the text, `null` when empty; in words what could not be read. */
  readonly body: unknown;
  /** What keeping it costs. */
  readonly bytes: number;
}

/** What a log shows of a body. Never throws: a broken body is logged, too. */
export async function bodyForLog(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limitBytes: number,
): Promise<LoggedBody> {
  if (bytes.length === 0) return { body: null, bytes: 0 };
  try {
    const named = contentEncoding?.trim().toLowerCase() ?? "";
    const encoding = isGzip(bytes) ? "gzip" : isEncoding(named) ? named : null;
    const plain = encoding === null ? bytes : await unpack(bytes, encoding, limitBytes);
    return { body: parsed(bodyText(plain)), bytes: plain.length };
  } catch (error) {
    const why = error instanceof BodyTooLarge ? "too large once unpacked" : "unreadable";
    return { body: `(${bytes.length} bytes, ${why})`, bytes: 0 };
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
