import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InlineConfig } from "vite";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { observability } from "../../../src/runtime/vite/index.ts";
import { gatherMaps, splitReference } from "../../../src/runtime/vite/maps.ts";
import { namedSources } from "../../../src/runtime/vite/sources.ts";
import { sentryWithProject } from "../../local/twins/sentry/support.ts";
import { builtPage } from "../../support/built-page.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const token = "sntrys_of-the-build";
const bundles = "/api/0/projects/brandvx/operator-ui/files/artifact-bundles/";
const aMap = JSON.stringify({ version: 3, sources: ["a.ts"], sourcesContent: ["a"], mappings: "AAAA" });

beforeEach(() => {
  for (const name of ["SENTRY_RELEASE", "SENTRY_AUTH_TOKEN", "SENTRY_ORG", "SENTRY_PROJECT", "SENTRY_URL"])
    vi.stubEnv(name, "");
  vi.stubEnv("CF_PAGES_COMMIT_SHA", "3f2a9c10b1c2d3e4f5a6978812345678deadbeef");
  return () => vi.unstubAllEnvs();
});

async function withSentry() {
  const started = await sentryWithProject({ scopedTokens: [{ token, scopes: ["org:ci"] }] });
  const values = { AUTH_TOKEN: token, ORG: "brandvx", PROJECT: "operator-ui", URL: started.twin.url };
  for (const [name, value] of Object.entries(values)) vi.stubEnv(`SENTRY_${name}`, value);
  return started;
}

/** Everything in a folder that tells of a source: maps as files, and as texts within others. */
async function traces(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const text = await readFile(join(parentPath, name), "utf8");
      return name.endsWith(".map") || /sourceMappingURL|sourcesContent|chooseSeat/.test(text) ? [name] : [];
    }),
  );
  return found.flat();
}

describe("wherever a build puts its maps, they are at Sentry and in no deployment", () => {
  const ways: Record<string, InlineConfig["build"]> = {
    "in the scripts": { sourcemap: "inline" },
    "in the scripts, by the bundler's own option": { rolldownOptions: { output: { sourcemap: "inline" } } },
    "beside the scripts, with a comment": { rolldownOptions: { output: { sourcemap: true } } },
    "under names of their own": { rolldownOptions: { output: { sourcemapFileNames: "hidden/[hash].map" } } },
    "at another host, by the comment": { rolldownOptions: { output: { sourcemapBaseUrl: "https://maps.example" } } },
  };
  test.each(Object.entries(ways))("%s", { timeout: 60_000 }, async (_, build) => {
    const { api } = await withSentry();
    const { said, failed, dist, script } = await builtPage([observability()], build);
    expect(failed).toBeUndefined();
    expect(said).toEqual([]);
    expect(await traces(dist)).toEqual([]);
    expect((await script()).debugId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await api.get(bundles)).body).toMatchObject([{ fileCount: 2 }]);
  });

  test("in two folders", { timeout: 60_000 }, async () => {
    const { api } = await withSentry();
    const folder = temporaryFolder("brandvx-two-");
    const output = ["one", "two"].map((name) => ({
      ...{ dir: join(folder.path, name), entryFileNames: `${name}-[hash].js` },
    }));
    const { said, failed } = await builtPage([observability()], { emptyOutDir: false, rolldownOptions: { output } });
    expect(failed).toBeUndefined();
    expect(said).toEqual([]);
    for (const { dir } of output) expect(await readdir(dir)).not.toEqual([]);
    expect(await traces(folder.path)).toEqual([]);
    expect((await api.get(bundles)).body).toMatchObject([{ fileCount: 4 }]);
    folder[Symbol.dispose]();
  });
});

test("what is no source map stays, and what cannot be read as one is deleted and named, and fails no build", async () => {
  await withSentry();
  const files = {
    "public/floor.map": JSON.stringify({ rooms: 3 }),
    "public/vendor/old.js": "old();\n//# sourceMappingURL=old.js.map\n",
    "public/vendor/old.js.map": "<html>not found</html>",
    "public/vendor/lib.css": `a{}\n/*# sourceMappingURL=data:application/json;base64,${Buffer.from(aMap).toString("base64")} */\n`,
  };
  const { said, failed, dist } = await builtPage([observability()], {}, { files });
  expect(failed).toBeUndefined();
  expect(said).toEqual([
    `[observability] ${join("dist", "vendor", "old.js.map")} could not be read as source maps: errors of their scripts name minified code.`,
  ]);
  expect(await traces(dist)).toEqual(["floor.map"]);
  expect(await readFile(join(dist, "vendor", "lib.css"), "utf8")).toMatch(/^a\{\}\n/);
});

test("without a token nothing of a source is deployed either", async () => {
  const { said, dist } = await builtPage([observability()], { sourcemap: "inline" });
  expect(said).toHaveLength(1);
  expect(await traces(dist)).toEqual([]);
});

describe("the comment that refers to a map", () => {
  test.each([
    ["a();\n//# sourceMappingURL=a.js.map", "a();\n", "a.js.map"],
    ["a();\r\n//# sourceMappingURL=a.js.map\r\n", "a();\r\n", "a.js.map"],
    ["a();\n//@ sourceMappingURL=a.js.map\n\n", "a();\n", "a.js.map"],
    ["a();\n//# sourceMappingURL=a.js.map\n//# debugId=1-2\n", "a();\n//# debugId=1-2\n", "a.js.map"],
    ["a{}/*# sourceMappingURL=a.css.map */", "a{}", "a.css.map"],
    ["//# sourceMappingURL=a.js.map", "", "a.js.map"],
  ])("%j", (text, script, reference) => {
    expect(splitReference(text)).toEqual({ script, reference });
  });

  test.each([
    "",
    "\n\n",
    "a();",
    "const t = `\n//# sourceMappingURL=a.js.map\n`;\n",
    'x("//# sourceMappingURL=a.js.map");',
    "//# debugId=1",
  ])("is not in %j", (text) => {
    expect(splitReference(text)).toBeUndefined();
  });
});

test.each([
  ["a%20b.map", "a b.map"],
  ["a.js.map?v=1", "a.js.map"],
  ["../maps/a.map", "../maps/a.map"],
])("a map that a script calls %s is found at %s", async (reference, place) => {
  const folder = temporaryFolder("brandvx-maps-");
  const script = join(folder.path, "js", "a.js");
  const map = join(dirname(script), place);
  await mkdir(dirname(script), { recursive: true });
  await mkdir(dirname(map), { recursive: true });
  await writeFile(script, `a();\n//# sourceMappingURL=${reference}\n`);
  await writeFile(map, aMap);
  expect(await gatherMaps([folder.path], new Map(), folder.path)).toEqual({ files: [`${script}.map`], broken: [] });
  expect(await readFile(script, "utf8")).toBe("a();\n");
  folder[Symbol.dispose]();
});

test("a map outside of the build, which a script of others names, stays where it is", async () => {
  const files = {
    "public/lib.js": "lib();\n//# sourceMappingURL=../maps/lib.js.map\n",
    "maps/lib.js.map": aMap,
  };
  const { root, dist } = await builtPage([observability()], {}, { files });
  expect(await readFile(join(root, "maps", "lib.js.map"), "utf8")).toBe(aMap);
  expect(await traces(dist)).toEqual([]);
});

describe("sources are named by what a reader of the repository knows", () => {
  const root = "/build/repo/apps/ui";
  const name = (source: string, sourceRoot = ""): unknown =>
    namedSources({ sources: [source], sourceRoot, mappings: "" }, `${root}/dist/assets/a.js.map`, root).sources?.[0];

  test.each([
    ["../../src/App.tsx", "src/App.tsx"],
    ["/build/repo/apps/ui/src/App.tsx", "src/App.tsx"],
    ["file:///build/repo/apps/ui/src/App%20x.tsx", "src/App x.tsx"],
    ["../../../../node_modules/react/index.js", "node_modules/react/index.js"],
    ["C:\\Users\\joe\\lib\\node_modules\\lib\\src\\x.ts", "node_modules/lib/src/x.ts"],
    ["C:/Users/joe/lib/src/x.ts", "x.ts"],
    ["/home/joe/secret-customer/x.ts", "x.ts"],
    ["file:///C:/Users/joe/x.ts", "x.ts"],
    ["webpack://app/./src/x.ts", "webpack://app/./src/x.ts"],
    ["https://cdn.example/x.ts", "https://cdn.example/x.ts"],
    ["\0vite/modulepreload", "\0vite/modulepreload"],
  ])("%j is %j", (source, named) => {
    expect(name(source)).toBe(named);
  });

  test.each([
    ["../../src", "App.tsx", "src/App.tsx"],
    ["https://cdn.example/lib/", "src/x.ts", "https://cdn.example/lib/src/x.ts"],
    ["https://cdn.example/lib", "src/x.ts", "https://cdn.example/lib/src/x.ts"],
    ["/build/repo/apps/ui", "src/x.ts", "src/x.ts"],
    ["C:\\Users\\joe", "x.ts", "x.ts"],
  ])("below %j, %j is %j", (sourceRoot, source, named) => {
    expect(name(source, sourceRoot)).toBe(named);
  });

  test("of a map of several parts, each", () => {
    const part = { map: { sources: ["../../src/App.tsx", null], mappings: "" } };
    const { sections } = namedSources({ sections: [part, {}] }, `${root}/dist/assets/a.js.map`, root) as {
      sections: unknown;
    };
    expect(sections).toEqual([{ map: { sources: ["src/App.tsx", null], mappings: "" } }, {}]);
  });

  test("in another folder of the repository, by their path in it", async () => {
    const repository = temporaryFolder("brandvx-repository-");
    await mkdir(join(repository.path, ".git"));
    const app = join(repository.path, "apps", "ui");
    const map = { sources: ["../../../../packages/seats/Button.tsx", "../../../../../elsewhere.ts"], mappings: "" };
    expect(namedSources(map, join(app, "dist", "assets", "a.js.map"), app).sources).toEqual([
      "packages/seats/Button.tsx",
      "elsewhere.ts",
    ]);
    repository[Symbol.dispose]();
  });
});
