import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Every file of the project that is loaded with `entry`, and the packages that those files import; dynamic imports are left out. */
function loadedWith(entry: string): { files: string[]; packages: string[] } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: URL): void => {
    if (files.has(file.href)) return;
    files.add(file.href);
    // Data files import nothing.
    if (file.pathname.endsWith(".json")) return;
    const code = stripTypeScriptTypes(readFileSync(file, "utf8"));
    for (const [, name = ""] of code.matchAll(/^\s*(?:import\s+|(?:import|export)\b[^;"=]*?\bfrom\s+)"([^"]+)"/gm)) {
      if (name.startsWith(".")) visit(new URL(name, file));
      else packages.add(name);
    }
  };
  visit(new URL(entry, import.meta.url));
  return { files: [...files].map((file) => relative(checkout, fileURLToPath(file))), packages: [...packages] };
}

test("npm start -- --once loads no charts, no console, no traffic and no database of queries", () => {
  const { files, packages } = loadedWith("../../src/local/main.ts");
  expect(files.length, "the vendors are there").toBeGreaterThan(100);
  expect(files.filter((file) => /^src\/(insights\/(draw|evaluate)|local\/(console|traffic|serve))/.test(file))).toEqual(
    [],
  );
  expect(packages.filter((name) => /^(echarts|zrender|@duckdb|posthog-)/.test(name))).toEqual([]);
});

test("what npm start serves is loaded with its console", () => {
  const { files, packages } = loadedWith("../../src/local/serve.ts");
  expect(files).toContain("src/local/console/index.ts");
  expect(packages).toContain("echarts/core");
});
