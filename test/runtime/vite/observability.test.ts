import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ObservabilityOptions, observability } from "../../../src/runtime/vite/index.ts";
import { reasonIn } from "../../../src/runtime/vite/upload.ts";
import { sentryWithProject } from "../../local/twins/sentry/support.ts";
import { builtPage } from "../../support/built-page.ts";

const commit = "3f2a9c10b1c2d3e4f5a6978812345678deadbeef";
const release = `operator-ui@${commit}`;
const token = "sntrys_of-the-build";
const bundles = "/api/0/projects/brandvx/operator-ui/files/artifact-bundles/";

beforeEach(() => {
  for (const name of ["SENTRY_RELEASE", "SENTRY_AUTH_TOKEN", "SENTRY_ORG", "SENTRY_PROJECT", "SENTRY_URL"])
    vi.stubEnv(name, "");
  vi.stubEnv("CF_PAGES_COMMIT_SHA", commit);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A local Sentry, for which the build has a token. */
async function withSentry() {
  const started = await sentryWithProject({ scopedTokens: [{ token, scopes: ["org:ci"] }] });
  vi.stubEnv("SENTRY_AUTH_TOKEN", token);
  vi.stubEnv("SENTRY_ORG", "brandvx");
  vi.stubEnv("SENTRY_PROJECT", "operator-ui");
  vi.stubEnv("SENTRY_URL", started.twin.url);
  return started;
}

const built = (options: ObservabilityOptions = {}) => builtPage([observability(options)], {});
const maps = (files: readonly string[]) => files.filter((file) => file.endsWith(".map"));

test("the build's maps are at Sentry by their debug ids and release, and none is deployed", async () => {
  const { api } = await withSentry();
  const { said, failed, files, script, dist } = await built();
  expect(failed).toBeUndefined();
  expect(said).toEqual([]);
  expect(maps(await files())).toEqual([]);
  const { content, debugId } = await script();
  expect(content).not.toContain("sourceMappingURL");
  expect(debugId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await api.get(bundles)).body).toMatchObject([{ fileCount: 2, associations: [{ release, dist: null }] }]);
  const { readFile } = await import("node:fs/promises");
  expect(await readFile(`${dist}/index.html`, "utf8")).toContain(`<meta name="release" content="${release}">`);
});

describe("Sentry is never the reason that a build fails: it says in one line what follows, and the maps are gone", () => {
  const consequence = (name = release) =>
    `[observability] Sentry has no source maps of ${name}: its errors name minified scripts.`;

  const faults: [string, () => Promise<ObservabilityOptions | undefined>, RegExp][] = [
    [
      "no token",
      async () => undefined,
      /SENTRY_AUTH_TOKEN and SENTRY_ORG and SENTRY_PROJECT are not set where the app is built\.$/,
    ],
    [
      "a token that Sentry does not know",
      async () => {
        const { twin } = await withSentry();
        twin.faults.add({ match: { path: /chunk-upload/ }, times: "always", effect: { kind: "status", status: 401 } });
        return {};
      },
      /401/,
    ],
    [
      "a Sentry that answers with errors",
      async () => {
        const { twin } = await withSentry();
        twin.faults.add({ match: {}, times: "always", effect: { kind: "status", status: 500 } });
        return {};
      },
      /500/,
    ],
    [
      "a Sentry that is not there",
      async () => {
        const { twin } = await withSentry();
        await twin.stop();
        return { timeoutMs: 20_000 };
      },
      /./,
    ],
    [
      "a project that is not there",
      async () => {
        await withSentry();
        vi.stubEnv("SENTRY_PROJECT", "elsewhere");
        return {};
      },
      /project/i,
    ],
  ];

  test.each(faults)("%s", { timeout: 60_000 }, async (_, prepare, why) => {
    const options = (await prepare()) ?? {};
    const { said, failed, files } = await built(options);
    expect(failed).toBeUndefined();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(consequence());
    expect(said[0]).toMatch(why);
    expect(said[0]).not.toContain("\n");
    expect(said[0]).not.toContain(token);
    expect(maps(await files())).toEqual([]);
    expect((await files()).some((file) => file.endsWith(".js"))).toBe(true);
  });

  test("also where sentry-cli is told to report success of what failed", async () => {
    const { twin } = await withSentry();
    vi.stubEnv("SENTRY_ALLOW_FAILURE", "1");
    twin.faults.add({ match: { path: /chunk-upload/ }, times: "always", effect: { kind: "status", status: 401 } });
    expect((await built()).said).toEqual([expect.stringContaining(consequence())]);
  });

  test("maps that Sentry unpacks for too long", async () => {
    const { twin } = await withSentry();
    twin.assembleFor(600_000);
    const { said, failed, files } = await built({ timeoutMs: 3_000 });
    expect(failed).toBeUndefined();
    expect(said).toEqual([
      expect.stringContaining("has not unpacked them yet: until then errors name minified scripts."),
    ]);
    expect(maps(await files())).toEqual([]);
  });

  test("told to be strict, it fails with the same line, and the maps are gone all the same", async () => {
    const { failed, files } = await built({ strict: true });
    expect(failed?.message).toContain(consequence());
    expect(maps(await files())).toEqual([]);
  });

  test("a commit that nobody knows", async () => {
    await withSentry();
    vi.stubEnv("CF_PAGES_COMMIT_SHA", "");
    vi.stubEnv("GITHUB_SHA", "");
    vi.stubEnv("CI_COMMIT_SHA", "");
    const { said } = await built();
    expect(said).toEqual([expect.stringContaining("No commit is known: set SENTRY_RELEASE")]);
  });

  test("build.sourcemap false, which leaves nothing to send", async () => {
    await withSentry();
    const { said } = await builtPage([observability()], { sourcemap: false });
    expect(said).toEqual([expect.stringContaining("Build.sourcemap is false: leave it out.")]);
  });
});

test("a part of the upload that is lost is sent again", async () => {
  const { twin, api } = await withSentry();
  twin.faults.add({ match: { method: "POST", path: /chunk-upload/ }, effect: { kind: "status", status: 503 } });
  expect((await built()).said).toEqual([]);
  expect((await api.get(bundles)).body).toHaveLength(1);
});

test.each(["sntrys_eyJpYXQiOjE3", "sntryu_0123456789abcdef", token])(
  "a token as a variable that Vite copies into scripts stops the build: %s",
  async (value) => {
    vi.stubEnv("SENTRY_AUTH_TOKEN", token);
    vi.stubEnv("VITE_SENTRY_AUTH_TOKEN", value);
    const { failed } = await built();
    expect(failed?.message).toContain("VITE_SENTRY_AUTH_TOKEN holds a token of Sentry");
    expect(failed?.message).not.toContain(value);
  },
);

test.each([
  [{ release: "operator-ui@2.0.0" }, "operator-ui@2.0.0"],
  [{ version: "2.1.0" }, "operator-ui@2.1.0"],
  [{}, release],
])("%o names the release %s", async (options, name) => {
  expect((await built(options)).said[0]).toContain(`source maps of ${name}:`);
});

test("a name that Sentry would not take stops the build", async () => {
  expect((await built({ release: "feature/seats" })).failed?.message).toContain(
    'The release "feature/seats" is not 1 to 100',
  );
});

test("of what sentry-cli says, the line that tells why is repeated, without the token", () => {
  const said =
    "> Found 2 files\nerror: API request failed\n\nCaused by:\n    sentry reported an error: Invalid token sntrys_x (http status: 401)\n";
  expect(reasonIn(said, "sntrys_x")).toBe(
    "API request failed: sentry reported an error: Invalid token … (http status: 401)",
  );
  expect(reasonIn("nothing of the kind", "sntrys_x")).toBeUndefined();
});
