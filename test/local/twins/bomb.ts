import { gzipSync } from "node:zlib";

/** About a megabyte of gzip that unpacks to a gigabyte: a gzip stream may consist of several members. */
export function gzipBomb(): Buffer<ArrayBuffer> {
  const part = gzipSync(new Uint8Array(16 * 1024 ** 2));
  return Buffer.concat(Array.from({ length: 64 }, () => part));
}
