import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { parseJson } from "./json.ts";

const mebibyte = 1024 * 1024;

/** Maximum size of a body in bytes: as sent, and after decompression. */
export interface BodyLimits {
  readonly packed: number;
  readonly unpacked: number;
}

/** PostHog's capture service accepts 20 MB and decompresses up to 25 MiB (rust/capture); the other vendors accept less. */
export const defaultBodyLimits: BodyLimits = { packed: 20 * mebibyte, unpacked: 25 * mebibyte };

const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** Decompressors by `Content-Encoding`. */
export type Encoding = keyof typeof unpackers;

export function isEncoding(name: string): name is Encoding {
  return Object.hasOwn(unpackers, name);
}

/** The decompressed body exceeds the limit; a small body can decompress to gigabytes. */
export class BodyTooLarge extends Error {
  constructor(limitBytes: number) {
    super(`the body is larger than ${limitBytes} bytes once it is unpacked`);
    this.name = "BodyTooLarge";
  }
}

/**
 * Decompresses a body, at most up to the limit.
 * @throws BodyTooLarge beyond the limit; an Error of zlib for bytes that are not compressed in this format.
 */
export async function unpack(bytes: Uint8Array, encoding: Encoding, limitBytes: number): Promise<Uint8Array> {
  try {
    return await unpackers[encoding](bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge ? new BodyTooLarge(limitBytes) : error;
  }
}

/** Whether the bytes start with gzip's magic number: PostHog's SDKs send gzip without a header. */
export const isGzip = (bytes: Uint8Array): boolean => bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes as text; bytes that are not UTF-8 become U+FFFD. */
export const bodyText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export interface LoggedBody {
  /** Parsed JSON, else (also when nested too deep) the text, `null` when empty; a description when it could not be read. */
  readonly body: unknown;
  /** Its size in memory. */
  readonly bytes: number;
}

/** A body for the request log. Never throws, since broken bodies are logged, too. */
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
