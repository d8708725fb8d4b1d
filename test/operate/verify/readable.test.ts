import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { errorsAreReadable } from "../../../src/operate/verify/readable.ts";
import { debugIdOf, stackOf } from "../../../src/operate/verify/stack-of.ts";
import { observability } from "../../../src/runtime/vite/index.ts";
import { sentryWithProject } from "../../local/twins/sentry/support.ts";
import { builtPage } from "../../support/built-page.ts";
import { serveFolder } from "../../support/serve-folder.ts";
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
async function built(sentryUrl: string | undefined, more: Parameters<typeof builtPage>[1] = {}) {
  if (sentryUrl !== undefined) {
    vi.stubEnv("SENTRY_AUTH_TOKEN", marked.sentry);
    vi.stubEnv("SENTRY_ORG", "brandvx");
    vi.stubEnv("SENTRY_PROJECT", "operator-ui");
    vi.stubEnv("SENTRY_URL", sentryUrl);
  }
  return builtPage([observability({ release })], more);
}

async function look(at: Deployed, appUrl: string) {
  const context = await verifyContext(at, { dashboards: [], appUrl });
  const results = await errorsAreReadable.run(context);
  return results.map(({ outcome, what, evidence }) => `${outcome}: ${what} ${evidence}`);
}

const mark = (at: Deployed, version = release) =>
  at.sentryApi("POST", "organizations/brandvx/releases/", { version, projects: ["operator-ui"] });

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

  test("an app that is built without the plugin is not looked at", async ({ onTestFinished }) => {
    await using at = await deployed();
    const { dist } = await builtPage([], {});
    expect(await look(at, await serveFolder(dist, onTestFinished))).toEqual([
      expect.stringMatching(/^skipped: .* does not name its release/),
    ]);
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
