import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the reference knows nothing of what it is held against: it imports its own files alone", () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"));
  const imports = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/g)].map(
      ([, from, lazily]) => from ?? lazily ?? "",
    ),
  );
  expect(imports.length).toBeGreaterThan(10);
  expect(imports.filter((from) => !/^\.\/[a-z-]+\.ts$/.test(from))).toEqual([]);
});
