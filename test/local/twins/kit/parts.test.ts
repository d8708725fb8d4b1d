import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bodyForLog } from "../../../../src/local/twins/kit/body.ts";
import {
  pageAfter,
  pageByNumber,
  pageByOffset,
  readBasic,
  readBearer,
  wholeNumber,
} from "../../../../src/local/twins/kit/index.ts";
import { requestLog } from "../../../../src/local/twins/kit/request-log.ts";

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

test("a logged body is JSON where it can be, and never an error", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(bodyForLog(gzipSync('{"a":1}'))).toEqual({ a: 1 });
  expect(bodyForLog(bytes("data=x"))).toBe("data=x");
  expect(bodyForLog(bytes(""))).toBeNull();
  expect(bodyForLog(new Uint8Array([0x1f, 0x8b, 0x00]))).toBe("(3 unreadable bytes)");
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
