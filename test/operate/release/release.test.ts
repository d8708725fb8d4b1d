import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { SentryReleases } from "../../../src/operate/access/releases.ts";
import { nameOf } from "../../../src/operate/release/command.ts";
import { commitsIn, wholeCommit } from "../../../src/operate/release/commits.ts";
import { type Marking, markRelease, type ReleaseToMark } from "../../../src/operate/release/mark.ts";
import { systemClock } from "../../../src/resources/kernel/clock.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { deployed } from "../support/deployed.ts";

const version = "operator-ui@3f2a9c1";
const toMark: ReleaseToMark = {
  ...{ version, project: "operator-ui", environment: "production", commit: "3f2a9c1" },
  commits: [{ id: "3f2a9c1", repository: "brandvx/operator-ui", message: "Seats" }],
  url: "https://app.example.com",
};

async function marking() {
  const at = await deployed();
  const sentry = new SentryReleases(at.access);
  const said: string[] = [];
  const run = (release: Partial<ReleaseToMark> = {}, more: Partial<Marking> = {}) =>
    markRelease(
      { ...toMark, ...release },
      {
        sentry,
        clock: systemClock,
        signal: new AbortController().signal,
        progress: (line) => said.push(line),
        pollMs: 20,
        ...more,
      },
    );
  const live = async () => ({
    releases: (await at.sentryApi("GET", "organizations/brandvx/releases/")) as Record<string, unknown>[],
    deploys: (await at.sentryApi("GET", `organizations/brandvx/releases/${version}/deploys/`)) as object[],
  });
  return { at, sentry, run, live, said, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

const once = {
  releases: [{ version, ref: "3f2a9c1", commitCount: 1, deployCount: 1, dateReleased: expect.any(String) }],
  deploys: [{ environment: "production", url: "https://app.example.com" }],
};

test("a release is made, with its commits, its deploy and its date", async () => {
  await using at = await marking();
  const results = await at.run();
  expect(results.map(({ what, evidence }) => `${what}: ${evidence}`)).toEqual([
    `\`${version}\`: is in Sentry, for the project operator-ui`,
    "Commits: 1 commit belongs to it",
    "Deploy: is marked for the environment production",
    "Finalized: now",
  ]);
  expect(await at.live()).toMatchObject(once);
});

test("repeated, it ends with the same one, and keeps the date of the first time", async () => {
  await using at = await marking();
  await at.run();
  const before = await at.live();
  const evidence = (await at.run()).map((result) => result.evidence);
  expect(evidence).toContain("was marked already for the environment production");
  expect(await at.live()).toEqual(before);
});

test("begun several times at once, it ends with one release and one deploy", { timeout: 60_000 }, async () => {
  await using at = await marking();
  await Promise.all([at.run(), at.run(), at.run(), at.run()]);
  expect(await at.live()).toMatchObject(once);
});

test("a deploy that is there twice, which Sentry does not take back, is said", async () => {
  await using at = await marking();
  await at.run();
  const deploys = `organizations/brandvx/releases/${version}/deploys/`;
  await at.at.sentryApi("POST", deploys, { environment: "production", projects: ["operator-ui"] });
  const evidence = (await at.run()).map((result) => result.evidence);
  expect(evidence).toContainEqual(
    expect.stringMatching(/^was marked already for the environment production, 2 times: /),
  );
});

const files = `organizations/brandvx/releases/${version}/files/`;

test("a run that is stopped while it has the lock gives it back, and the next one needs not wait", async () => {
  await using at = await marking();
  const interruption = new AbortController();
  at.at.sentry.faults.add({
    match: { method: "POST", path: /files/ },
    effect: { kind: "slow", delayMs: 200 },
  });
  const stopped = at.run({}, { signal: interruption.signal });
  await expect.poll(async () => at.at.sentry.requests.all().some(({ path }) => path.includes("files"))).toBe(true);
  interruption.abort();
  await expect(stopped).rejects.toThrow();
  expect(await at.live()).toMatchObject({ releases: [{ deployCount: 0 }] });
  expect(await at.at.sentryApi("GET", files)).toEqual([]);
  await at.run();
  expect(at.said).toEqual([]);
  expect(await at.live()).toMatchObject(once);
});

test("while another run adds the deploy, slowly, this one waits and says so; both end with one", async () => {
  await using at = await marking();
  at.at.sentry.faults.add({ match: { method: "POST", path: /deploys/ }, effect: { kind: "slow", delayMs: 600 } });
  const first = at.run();
  await expect.poll(async () => at.at.sentryApi("GET", files).catch(() => [])).toHaveLength(1);
  const second = at.run();
  const evidence = [...(await first), ...(await second)].map((result) => result.evidence);
  expect(evidence).toContain("was marked already for the environment production");
  expect(at.said).toEqual([expect.stringMatching(/^Another run is marking .*: waiting until it is done, \d+ seconds/)]);
  expect(await at.live()).toMatchObject(once);
  expect(await at.at.sentryApi("GET", files), "no lock is left").toEqual([]);
});

test("a lock that a killed run left is taken over when it is older than any request", async () => {
  await using at = await marking();
  await at.sentry.make(version, "operator-ui");
  await at.sentry.addFile(version, "obs-release-production", { "obs-run": "killed" });
  // Sentry's Date header has whole seconds.
  await Promise.all([at.run({}, { lockExpiresMs: 1_500 }), at.run({}, { lockExpiresMs: 1_500 })]);
  expect(await at.live()).toMatchObject(once);
  expect(await at.at.sentryApi("GET", files)).toEqual([]);
});

test("a deploy that Sentry adds after it gave up answering is awaited by the next run, not added again", async () => {
  await using at = await marking();
  at.at.sentry.faults.add({
    match: { method: "POST", path: /deploys/ },
    effect: { kind: "late", status: 504, delayMs: 700 },
  });
  await expect(at.run()).rejects.toThrow(/504/);
  expect(await at.at.sentryApi("GET", files), "the lock stays").toHaveLength(1);
  await at.run({}, { lockExpiresMs: 4_000 });
  expect(await at.live()).toMatchObject(once);
  expect(await at.at.sentryApi("GET", files)).toEqual([]);
});

test("a lock whose answer was lost is this run's own", async () => {
  await using at = await marking();
  at.at.sentry.faults.add({ match: { method: "POST", path: /files/ }, effect: { kind: "reset-after" } });
  await at.run();
  expect(at.said).toEqual([]);
  expect(await at.live()).toMatchObject(once);
});

test("a deploy whose answer is lost is not added a second time", async () => {
  await using at = await marking();
  at.at.sentry.faults.add({
    match: { method: "POST", path: /deploys/ },
    effect: { kind: "status-after", status: 502 },
  });
  await at.run();
  expect(await at.live()).toMatchObject(once);
});

test("a second environment has a deploy of its own", async () => {
  await using at = await marking();
  await at.run();
  await at.run({ environment: "staging" });
  expect((await at.live()).deploys).toMatchObject([{ environment: "staging" }, { environment: "production" }]);
});

test("going back to an older release does not make it the newest", async () => {
  await using at = await marking();
  await at.run();
  await at.run({ version: "operator-ui@4a0b1d2", commit: "4a0b1d2" });
  await at.run();
  expect((await at.sentry.newest("operator-ui@")).map((release) => release.version)).toEqual([
    "operator-ui@4a0b1d2",
    version,
  ]);
});

const whole = "3f2a9c10b1c2d3e4f5a6978812345678deadbeef";

describe("the name", () => {
  test.each([
    [
      { app: "browser", commit: whole.toUpperCase() },
      { version: `operator-ui@${whole}`, app: "browser", commit: whole },
    ],
    [{ release: "backend@1.4.0" }, { version: "backend@1.4.0", app: "server", commit: undefined }],
    [
      { release: "1.4.0", app: "server" },
      { version: "1.4.0", app: "server", commit: undefined },
    ],
  ] as const)("%o is %o", (given, named) => {
    expect(nameOf(given)).toEqual(named);
  });

  test.each([
    [{}, "no release is named"],
    [{ commit: "main" }, "is no commit of 7 to 40 hexadecimal digits"],
    [{ app: "browser", commit: "3f2a9c1" }, "is shortened, but a build names its release by the full hash"],
    [{ release: "1.4.0" }, "the name of the release 1.4.0 does not tell its app"],
    [{ release: "operator-ui@1.4.0", app: "server" }, "is of the browser app, and --app says server"],
    [{ release: "feature/seats" }, "has more than letters, digits"],
  ] as const)("%o is refused: %s", (given, why) => {
    expect(() => nameOf(given)).toThrow(why);
  });
});

describe("commits of a checkout", () => {
  async function checkout() {
    const folder = temporaryFolder("checkout-");
    const git = (...args: string[]) =>
      execa("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", ...args], {
        cwd: folder.path,
      });
    await git("init", "--quiet");
    const commit = async (message: string) => {
      await git("commit", "--quiet", "--allow-empty", "-m", message);
      return (await git("rev-parse", "HEAD")).stdout;
    };
    return { path: folder.path, commit, [Symbol.dispose]: () => folder[Symbol.dispose]() };
  }

  test("are those since the last release, newest first, without who wrote them and what their messages give away", async () => {
    using at = await checkout();
    const first = await at.commit("Begin");
    const second = await at.commit("Mail bob@example.com about seats");
    const third = await at.commit("Seats");
    const commits = await commitsIn(at.path, third, first, "brandvx/operator-ui");
    expect(commits.map(({ id }) => id)).toEqual([third, second]);
    expect(JSON.stringify(commits)).not.toMatch(/example\.com|Ada/);
    expect(commits[0]).toMatchObject({ message: "Seats", repository: "brandvx/operator-ui" });
  });

  test("are found by their first digits: a build names its release by all of them", async () => {
    using at = await checkout();
    const only = await at.commit("Begin");
    expect(await wholeCommit(at.path, only.slice(0, 7))).toBe(only);
    await expect(wholeCommit(at.path, "0000000")).rejects.toThrow("has no commit 0000000");
  });

  test("are the one alone where the last release's is not there, and a failure where the commit itself is not", async () => {
    using at = await checkout();
    const only = await at.commit("Begin");
    for (const since of ["0".repeat(40), "deploying 0123456789abcdef", "--all"])
      expect(await commitsIn(at.path, only, since, undefined)).toHaveLength(1);
    await expect(commitsIn(at.path, "0".repeat(40), undefined, undefined)).rejects.toThrow("has no commit");
  });
});
