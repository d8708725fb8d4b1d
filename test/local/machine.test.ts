import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { diskTrouble } from "../../src/local/machine.ts";
import { temporaryFolder } from "../support/temporary.ts";

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test("a disk that is full is said in words, wherever it is met", () => {
  // Linux has a file that is always full.
  if (process.platform === "linux") {
    const words = diskTrouble(thrownBy(() => writeFileSync("/dev/full", "x")));
    expect(words).toMatch(/^There is no space left on the disk/);
    expect(words).toContain("npm start again");
  }
  const database = new DatabaseSync(":memory:");
  database.exec("PRAGMA max_page_count = 2; CREATE TABLE events (text TEXT)");
  const full = thrownBy(() => database.prepare("INSERT INTO events VALUES (?)").run("x".repeat(100_000)));
  expect(diskTrouble(new Error("the store failed", { cause: full }))).toMatch(/^There is no space left/);
  database.close();
});

test("a folder that cannot be written is named, with what to do", () => {
  using folder = temporaryFolder("brandvx-machine-");
  const file = join(folder.path, "home");
  const error = Object.assign(new Error("EROFS: read-only file system, mkdir"), { code: "EROFS", path: file });
  expect(diskTrouble(new AggregateError([new Error("one"), error]))).toMatch(
    new RegExp(`^${file} cannot be written[^]*XDG_CACHE_HOME=`),
  );
  mkdirSync(file);
});

test("another error is none of the machine's", () => {
  expect(diskTrouble(new TypeError("x is not a function"))).toBeUndefined();
  expect(diskTrouble(undefined)).toBeUndefined();
});
