import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { errorsAreReadable } from "../../../src/operate/verify/readable.ts";
import { debugIdOf, stackOf } from "../../../src/operate/verify/stack-of.ts";
import { observability } from "../../../src/runtime/vite/index.ts";
import { sentryWithProject } from "../../local/twins/sentry/support.ts";
import { builtPage } from "../../support/built-page.ts";
import { serveFolder } from "../../support/serve-folder.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { type Deployed, deployed, marked } from "../support/deployed.ts";
import { verifyContext } from "../support/verify-context.ts";

const release = "operator-ui@1.4.0";

beforeEach(() => {
  for (const name of ["SENTRY_RELEASE", "SENTRY_AUTH_TOKEN", "SENTRY_ORG", "SENTRY_PROJECT", "SENTRY_URL"])
    vi.stubEnv(name, "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Builds a page and uploads its source maps to this Sentry. */
async function built(
  sentryUrl: string | undefined,
  more: Parameters<typeof builtPage>[1] = {},
  page: Parameters<typeof builtPage>[2] = {},
) {
  if (sentryUrl !== undefined) {
    vi.stubEnv("SENTRY_AUTH_TOKEN", marked.sentry);
    vi.stubEnv("SENTRY_ORG", "brandvx");
    vi.stubEnv("SENTRY_PROJECT", "operator-ui");
    vi.stubEnv("SENTRY_URL", sentryUrl);
  }
  return builtPage([observability({ release })], more, page);
}

async function look(at: Deployed, appUrl: string) {
  const context = await verifyContext(at, { dashboards: [], appUrl });
  const results = await errorsAreReadable.run(context);
  return results.map(({ outcome, what, evidence }) => `${outcome}: ${what} ${evidence}`);
}

const mark = (at: Deployed, version = release) =>
  at.sentryApi("POST", "organizations/brandvx/releases/", {
    ...{ version, projects: ["operator-ui"], dateReleased: new Date().toISOString() },
  });

test("what was built and deployed is shown by Sentry with file and line of the app's own code, and leaves no open issue", async ({
  onTestFinished,
}) => {
  await using at = await deployed();
  const { dist } = await built(at.sentry.url);
  await mark(at);
  expect(await look(at, await serveFolder(dist, onTestFinished))).toEqual([
    "holds: Source maps none is served",
    `holds: The deployed release \`${release}\` is the newest in Sentry`,
    expect.stringMatching(
      /^holds: An error of the deployed app is shown at src\/(?:seats|main)\.ts:\d+ with its source/,
    ),
  ]);
  expect(await at.sentryApi("GET", "organizations/brandvx/issues/")).toEqual([]);
});

test("an app below a base path is looked at with all its scripts", async ({ onTestFinished }) => {
  await using at = await deployed();
  const files = { "src/main.ts": 'import("./seats.ts").then(({ chooseSeat }) => chooseSeat(location.hash.length));\n' };
  const { dist } = await built(at.sentry.url, { outDir: "dist/app" }, { base: "/app/", files });
  await mark(at);
  const [maps, , error] = await look(at, `${await serveFolder(dist, onTestFinished)}/app/`);
  expect(maps).toBe("holds: Source maps none is served");
  expect(error).toMatch(/ is shown at src\/(?:seats|main)\.ts:\d+ with its source/);
  const [lazy = ""] = (await readdir(join(dist, "app", "assets"))).filter((name) => name.startsWith("seats-"));
  await writeFile(join(dist, "app", "assets", `${lazy}.map`), '{"version":3,"mappings":"AAAA"}');
  const [open] = await look(at, `${await serveFolder(dist, onTestFinished)}/app/`);
  expect(open).toContain(`fails: Source maps /app/assets/${lazy}.map can be read by everybody`);
});

describe("what is not right is told apart", () => {
  test("no source maps", async ({ onTestFinished }) => {
    await using at = await deployed();
    // The source maps of this build went to another Sentry.
    const { twin } = await sentryWithProject();
    const { dist } = await built(twin.url);
    const [, , error] = await look(at, await serveFolder(dist, onTestFinished));
    expect(error).toBe(
      `fails: An error of the deployed app names minified scripts: Sentry has no source maps of ${release}`,
    );
  });

  test("debug ids of another build", async ({ onTestFinished }) => {
    await using at = await deployed();
    await built(at.sentry.url);
    const { twin } = await sentryWithProject();
    const { dist } = await built(twin.url, { minify: false });
    const [, , error] = await look(at, await serveFolder(dist, onTestFinished));
    expect(error).toMatch(/^fails: .* the debug ids of what is deployed are of another build than the maps/);
  });

  test("debug ids of another build in one script, while the others are the same", async ({ onTestFinished }) => {
    await using at = await deployed();
    const lazy = (title: string) => ({
      files: {
        "src/main.ts": `document.title = String(${title});\nimport("./seats.ts").then(({ chooseSeat }) => chooseSeat(9));\n`,
      },
    });
    await built(at.sentry.url, {}, lazy("location.href"));
    const { twin } = await sentryWithProject();
    const { dist } = await built(twin.url, {}, lazy("location.hash + location.search"));
    const [, , error] = await look(at, await serveFolder(dist, onTestFinished));
    expect(error).toMatch(
      /^fails: .* names minified scripts in 1 of 2, such as \/assets\/index-[\w-]+\.js: the debug ids of what is deployed/,
    );
  });

  test("a build without a token", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await built(undefined);
    const [, , error] = await look(at, await serveFolder(dist, onTestFinished));
    expect(error).toMatch(/^fails: .* none of the 1 scripts of operator-ui@1\.4\.0 has a debug id/);
  });

  test("a source map that everybody can read", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist, script } = await built(at.sentry.url);
    const { url } = await script();
    await writeFile(join(dist, "assets", `${basename(url)}.map`), '{"version":3,"mappings":"AAAA"}');
    const [maps] = await look(at, await serveFolder(dist, onTestFinished));
    expect(maps).toMatch(/^fails: Source maps \/assets\/index-[\w-]+\.js\.map can be read by everybody/);
  });

  test("a release that is not the newest", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await built(at.sentry.url);
    await mark(at);
    await mark(at, "operator-ui@1.5.0");
    const [, newest] = await look(at, await serveFolder(dist, onTestFinished));
    expect(newest).toBe(
      `fails: The deployed release \`${release}\` is not the newest in Sentry, which is operator-ui@1.5.0`,
    );
  });

  test("a release that errors made, and nobody marked, is not the newest", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await built(at.sentry.url);
    const url = await serveFolder(dist, onTestFinished);
    for (const _ of ["the first look sends an error of it", "the second one finds its release"])
      expect((await look(at, url))[1]).toMatch(/^skipped: .* it is not marked in Sentry yet: `npx obs release/);
    await mark(at, "operator-ui@1.3.0");
    expect((await look(at, url))[1]).toContain("is not the newest in Sentry, which is operator-ui@1.3.0");
  });

  const deploy = (at: Deployed, version: string, environment: string) =>
    at.sentryApi("POST", `organizations/brandvx/releases/${version}/deploys/`, { environment });

  test("a release of another stage, which may be ahead", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await built(at.sentry.url);
    await mark(at);
    await deploy(at, release, "production");
    await mark(at, "operator-ui@1.5.0");
    await deploy(at, "operator-ui@1.5.0", "staging");
    const url = await serveFolder(dist, onTestFinished);
    expect((await look(at, url))[1]).toBe(
      `holds: The deployed release \`${release}\` is the newest in Sentry, deployed to production`,
    );
    // The last deploy of a release is not its only one.
    await deploy(at, "operator-ui@1.5.0", "production");
    await deploy(at, "operator-ui@1.5.0", "staging");
    expect((await look(at, url))[1]).toContain("is not the newest in Sentry, which is operator-ui@1.5.0");
  });

  test("a release to which one went back, and that was marked already", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await built(at.sentry.url);
    await mark(at);
    await mark(at, "operator-ui@1.5.0");
    const context = await verifyContext(at, { dashboards: [], appUrl: await serveFolder(dist, onTestFinished) });
    const { fix } = (await errorsAreReadable.run(context))[1] as { fix: string };
    expect(fix).toContain("leave this check out while you have gone back to it, with `--skip readable`");
    expect(fix).not.toContain("obs release");
  });

  test("a build without the plugin, which publishes its maps", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await builtPage([], { sourcemap: true });
    expect(await look(at, await serveFolder(dist, onTestFinished))).toEqual([
      expect.stringMatching(/^fails: Source maps \/assets\/index-[\w-]+\.js\.map can be read by everybody/),
      expect.stringMatching(/^skipped: .* does not name its release/),
    ]);
    const { dist: closed } = await builtPage([], {});
    expect((await look(at, await serveFolder(closed, onTestFinished)))[0]).toBe("holds: Source maps none is served");
  });

  test.each([
    ["/maps/a.map", '<script src="/a.js"></script>', "a();\n//# sourceMappingURL=maps/a.map\n", "maps/a.map"],
    ["/a.js.map", "<script src='/a.js?v=1&amp;w=2'></script>", "a();\n", "a.js.map"],
    ["/a.css.map", '<script src="/a.js"></script><link rel="stylesheet" href="/a.css">', "a();\n", "a.css.map"],
  ])("a map at %s of the page %s", async (place, html, script, file) => {
    await using at = await deployed();
    const folder = temporaryFolder("brandvx-served-");
    await mkdir(join(folder.path, "maps"));
    await writeFile(join(folder.path, "index.html"), html);
    await writeFile(join(folder.path, "a.js"), script);
    await writeFile(join(folder.path, "a.css"), "a{}\n");
    await writeFile(join(folder.path, file), '{"version":3,"mappings":"AAAA"}');
    const url = await serveFolder(folder.path, onTestFinished);
    expect((await look(at, url))[0]).toContain(`fails: Source maps ${place} can be read by everybody`);
    folder[Symbol.dispose]();
  });
});

test("places are calls all over a script, and its debug id is read as sentry-cli and Sentry's plugins write it", () => {
  const id = "13f2c25a-8a8c-580e-b288-ca76f40d0acd";
  const text = `!function(){e._sentryDebugIds[n]="${id}"}();\n${"f(1);g(2);\n".repeat(200)}`;
  const script = { url: "https://app.example.com/assets/a.js", text };
  expect(debugIdOf(script)).toBe(id);
  expect(
    debugIdOf({
      ...script,
      text: text.replaceAll('"', "`").toUpperCase().replace("_SENTRYDEBUGIDS", "_sentryDebugIds"),
    }),
  ).toBe(id);
  const lines = text.split("\n");
  const stack = stackOf([script]);
  expect(stack.length).toBeGreaterThan(5);
  for (const { lineno, colno } of stack) expect(lines[lineno - 1]?.slice(colno - 1)).toMatch(/^[\w$]+\(/);
  expect(new Set(stack.map(({ lineno }) => lineno)).size).toBeGreaterThan(5);
});
