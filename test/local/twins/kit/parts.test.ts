import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BodyTooLarge, bodyForLog, unpack } from "../../../../src/local/twins/kit/body.ts";
import {
  pageAfter,
  pageByNumber,
  pageByOffset,
  readBasic,
  readBearer,
  wellFormed,
  wholeNumber,
} from "../../../../src/local/twins/kit/index.ts";
import { requestLog } from "../../../../src/local/twins/kit/request-log.ts";
import { gzipBomb } from "../bomb.ts";

const letters = ["a", "b", "c", "d", "e"];

test("a page by offset knows its neighbours", () => {
  expect(pageByOffset(letters, 2, 2)).toEqual({ items: ["c", "d"], total: 5, nextOffset: 4, previousOffset: 0 });
  expect(pageByOffset(letters, 4, 2)).toEqual({ items: ["e"], total: 5, nextOffset: null, previousOffset: 2 });
  expect(pageByOffset(letters, 0, 5)).toMatchObject({ nextOffset: null, previousOffset: null });
});

test("a page by number counts from 1", () => {
  expect(pageByNumber(letters, 3, 2)).toEqual({ items: ["e"], page: 3, perPage: 2, total: 5, pages: 3 });
});

test("a page after a cursor ends with nothing", () => {
  const after = (cursor?: string) => pageAfter(letters, (letter) => letter, cursor, 2);
  expect([after(), after("b"), after("e"), after("?")]).toEqual([["a", "b"], ["c", "d"], [], []]);
});

test("a query parameter that is no number falls back, others are held in bounds", () => {
  expect(["7", "900", "-1", "x", undefined].map((text) => wholeNumber(text, 100, 1, 500))).toEqual([
    7, 500, 100, 100, 100,
  ]);
});

test("credentials are read from their own scheme only", () => {
  expect(readBearer("bearer  phx_1")).toBe("phx_1");
  expect(readBearer("Basic abc")).toBeNull();
  expect(readBearer(undefined)).toBeNull();
  expect(readBasic(`Basic ${btoa("ada@example.com:k:1")}`)).toEqual({ user: "ada@example.com", password: "k:1" });
  expect(readBasic(`Basic ${btoa("no colon")}`)).toBeNull();
});

const bytes = (text: string) => new TextEncoder().encode(text);
const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync } as const;
const encodings = Object.keys(packers) as (keyof typeof packers)[];

test("a logged body is JSON where it can be, and never an error", async () => {
  const logged = async (body: Uint8Array, encoding?: string) => (await bodyForLog(body, encoding, 100)).body;
  expect(await logged(gzipSync('{"a":1}'))).toEqual({ a: 1 });
  for (const encoding of encodings) expect(await logged(packers[encoding]('{"a":1}'), encoding)).toEqual({ a: 1 });
  expect(await logged(bytes("data=x"))).toBe("data=x");
  expect(await logged(bytes(""))).toBeNull();
  expect(await logged(new Uint8Array([0x1f, 0x8b, 0x00]))).toBe("(3 bytes, unreadable)");
  expect(await logged(bytes("no brotli"), "br")).toBe("(9 bytes, unreadable)");
  expect(await logged(gzipSync("0".repeat(101)))).toMatch(/^\(\d+ bytes, too large once unpacked\)$/);
});

test.each(encodings)("what was packed as %s is unpacked up to the limit and no further", async (encoding) => {
  const packed = packers[encoding]("a".repeat(1000));
  expect(await unpack(packed, encoding, 1000)).toHaveLength(1000);
  await expect(unpack(packed, encoding, 999)).rejects.toThrow(BodyTooLarge);
  await expect(unpack(packed.subarray(0, packed.length - 5), encoding, 1000)).rejects.toThrow(Error);
  await expect(unpack(bytes("not packed"), encoding, 1000)).rejects.not.toThrow(BodyTooLarge);
});

test("a megabyte that unpacks to a gigabyte costs no more than the limit", async () => {
  const packed = gzipBomb();
  const before = process.memoryUsage.rss();
  await expect(unpack(packed, "gzip", 25 * 1024 ** 2)).rejects.toThrow(BodyTooLarge);
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 ** 2);
});

test("half a surrogate pair becomes U+FFFD wherever it stands, and nothing else is touched", () => {
  expect(wellFormed({ "k\ud83d": ["\udc00x", 1, null, { a: "\\ud83d" }] })).toEqual({
    "k\ufffd": ["\ufffdx", 1, null, { a: "\\ud83d" }],
  });
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      // The same value and not a copy: JSON would turn -0 into 0.
      expect(wellFormed(value)).toBe(value);
    }),
  );
  // Builds texts of arbitrary 16-bit units, which often contain half surrogate pairs.
  const halves = fc.array(fc.constantFrom("\ud83d", "\ude00", "\\", "u", "d83d", "x")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(halves, (text) => {
      expect(wellFormed({ text }).text).toBe(text.toWellFormed());
    }),
  );
});

test("the log forgets the oldest by number and by size, and marks stay true", () => {
  const log = requestLog({ entries: 3, bodyBytes: 100 });
  const record = (path: string, bytes: number) =>
    log.record({ vendor: "v", method: "POST", path, body: null, at: "2026-11-22T00:00:00Z" }, bytes);
  for (const path of ["/1", "/2", "/3", "/4"]) record(path, 10);
  const paths = () => log.all().map((request) => request.path);
  expect(paths()).toEqual(["/2", "/3", "/4"]);
  const mark = log.mark();
  record("/5", 90);
  expect(paths()).toEqual(["/4", "/5"]);
  expect(log.since(mark).map((request) => request.path)).toEqual(["/5"]);
});
