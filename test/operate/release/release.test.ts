import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { parseDsn } from "../../../src/model/sentry/dsn.ts";
import { SentryReleases } from "../../../src/operate/access/releases.ts";
import { commitsOf, nameOf } from "../../../src/operate/release/command.ts";
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
  const short = { lockExpiresMs: 4_000, requestMs: 100 };
  await Promise.all([at.run({}, short), at.run({}, short)]);
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
  await at.run({}, { lockExpiresMs: 4_000, requestMs: 100 });
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
  expect((await at.live()).releases.map((release) => release.version)).toEqual(["operator-ui@4a0b1d2", version]);
});

describe("the commits of a release", () => {
  const five = ["3f2a9c1", "b2", "b3", "b4", "b5"].map((id) => ({ id, message: `Change ${id}` }));
  const releasePath = `organizations/brandvx/releases/${version}/`;
  const commitsPath = `${releasePath}commits/`;
  const commitsSent = ({ at }: Awaited<ReturnType<typeof marking>>) =>
    at.sentry.requests.all().filter(({ method, body }) => method === "PUT" && JSON.stringify(body).includes("commits"));
  const evidenceOf = async (results: ReturnType<typeof markRelease>) =>
    (await results).find(({ what }) => what === "Commits")?.evidence;

  test("stay when a run that knows of fewer, or less of them, marks it again; one that knows more replaces them", async () => {
    await using at = await marking();
    expect(await evidenceOf(at.run({ commits: five }))).toBe("5 commits belong to it");
    expect(await evidenceOf(at.run())).toBe("5 commits belong to it, more than the 1 that this run knows of");
    expect(await at.at.sentryApi("GET", commitsPath)).toMatchObject(five);
    await at.run({ commits: five.map(({ id }) => ({ id })) });
    expect(await at.at.sentryApi("GET", commitsPath)).toMatchObject(five);
    const others = five.with(4, { id: "b6", message: "Change b6" });
    await at.run({ commits: others });
    expect(await at.at.sentryApi("GET", commitsPath)).toMatchObject(others);
    const repository = "brandvx/operator-ui";
    const named = others.map((one) => ({ ...one, repository }));
    await at.run({ commits: named });
    const shown = named.map(({ id, message }) => ({ id, message, repository: { name: repository } }));
    expect(await at.at.sentryApi("GET", commitsPath)).toMatchObject(shown);
    expect(await evidenceOf(at.run({ commits: [...named, { id: "b7" }] }))).toBe("6 commits belong to it");
  });

  test("that are as they should be are not sent again", async () => {
    await using at = await marking();
    await at.run({ commits: five });
    expect(commitsSent(at)).toHaveLength(1);
    await at.run({ commits: five });
    expect(commitsSent(at)).toHaveLength(1);
  });

  test("are all there when a run that knows fewer is under way at the same time, for any environment", async () => {
    await using at = await marking();
    at.at.sentry.processCommitsFor(150);
    await Promise.all([at.run({ commits: five }), at.run(), at.run({ environment: "staging" })]);
    expect(await at.at.sentryApi("GET", commitsPath)).toHaveLength(5);
    expect((await at.live()).deploys).toHaveLength(2);
  });

  test("wait while Sentry processes others of the release, which another program sent", async () => {
    await using at = await marking();
    await at.sentry.make(version, "operator-ui");
    at.at.sentry.processCommitsFor(1_000);
    const other = at.at.sentryApi("PUT", releasePath, { commits: [{ id: "b9" }] });
    await at.run({ commits: five }, { pollMs: 200 });
    await other;
    expect(at.at.sentry.requests.all().map(({ status }) => status)).toContain(409);
    expect(await at.live()).toMatchObject({ releases: [{ commitCount: 5, deployCount: 1, ref: "3f2a9c1" }] });
  });

  test.each([
    ["was lost", { kind: "status-after", status: 502 }, 1],
    ["was a failure", { kind: "status", status: 502 }, 2],
  ] as const)(
    "whose answer %s are looked at again, and sent again only if they are missing",
    async (_, effect, times) => {
      await using at = await marking();
      at.at.sentry.faults.add({ match: { method: "PUT" }, effect });
      await at.run({ commits: five });
      expect(commitsSent(at)).toHaveLength(times);
      expect(await at.live()).toMatchObject({ releases: [{ commitCount: 5, deployCount: 1 }] });
    },
  );

  test("that Sentry goes on refusing end the run with what to do; the next run needs not wait for it", async () => {
    await using at = await marking();
    const stop = at.at.sentry.faults.add({
      match: { method: "PUT" },
      times: "always",
      effect: { kind: "status", status: 409, detail: "Release commits are currently being processed" },
    });
    await expect(at.run({}, { pollMs: 1 })).rejects.toMatchObject({
      message: `Sentry is still processing other commits of ${version}`,
      fix: expect.stringContaining("run this again"),
    });
    stop();
    await at.run();
    expect(at.said).toEqual([]);
    expect(await at.live()).toMatchObject(once);
  });
});

describe("a run whose lock does not last", () => {
  const deploys = `organizations/brandvx/releases/${version}/deploys/`;
  /** Slows the last look for a deploy before one is added. */
  const slowBeforeDeploy = (at: Awaited<ReturnType<typeof marking>>, delayMs: number) =>
    at.at.sentry.faults.add({ match: { method: "GET", path: /deploys/ }, skip: 2, effect: { kind: "slow", delayMs } });

  test("adds no deploy when another run has taken it over", async () => {
    await using at = await marking();
    slowBeforeDeploy(at, 1_500);
    const run = expect(at.run({ commits: undefined })).rejects.toMatchObject({
      message: expect.stringContaining("another run has gone on with"),
      fix: expect.stringContaining("run this again"),
    });
    const lock = async () => ((await at.at.sentryApi("GET", files).catch(() => [])) as { id: string }[])[0];
    await expect.poll(lock).toBeDefined();
    await at.sentry.removeFile(version, (await lock())?.id ?? "");
    await at.sentry.addFile(version, "obs-release-production", { "obs-run": "another" });
    await run;
    expect(await at.at.sentryApi("GET", deploys)).toEqual([]);
    expect(await at.at.sentryApi("GET", files), "the other's lock stays").toHaveLength(1);
  });

  test("adds no deploy when the answer might come after it has expired, and gives it back", async () => {
    await using at = await marking();
    slowBeforeDeploy(at, 2_500);
    // Sentry's clock has whole seconds: between 2.5 and 3.5 seconds count as gone.
    const run = at.run({ commits: undefined }, { lockExpiresMs: 6_000, requestMs: 4_000 });
    await expect(run).rejects.toMatchObject({
      message: expect.stringContaining("took too long to go on safely"),
      fix: expect.stringContaining("run this again"),
    });
    expect(await at.at.sentryApi("GET", deploys)).toEqual([]);
    await at.run();
    expect(at.said).toEqual([]);
    expect(await at.live()).toMatchObject(once);
  });

  test("does not wait for Sentry's limits for longer than it lasts", async () => {
    await using at = await marking();
    at.at.sentry.faults.add({
      match: { method: "POST", path: /deploys/ },
      effect: { kind: "status", status: 429, retryAfterSeconds: 3_600 },
    });
    await expect(at.run()).rejects.toThrow(/takes no more .* requests for 6\d min: run the same command again after/);
    expect(await at.at.sentryApi("GET", deploys)).toEqual([]);
  });
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
    [{ release: "feature/seats" }, "is not 1 to 100 letters, digits and . _ @ + -"],
    [{ release: "operator-ui@", app: "browser" }, "or has no version after its @"],
    [{ release: "Latest", app: "server" }, "or is latest, . or .., which Sentry refuses"],
    [{ release: "..", app: "server" }, "or is latest, . or .., which Sentry refuses"],
  ] as const)("%o is refused: %s", (given, why) => {
    expect(() => nameOf(given)).toThrow(why);
  });
});

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

describe("commits of a checkout", () => {
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

  test("are those since the last marked release: an error or an upload of a preview makes one, too, which is none", async () => {
    using repository = await checkout();
    await using at = await marking();
    const mark = (commit: string) => at.run({ version: `operator-ui@${commit}`, commit });
    const first = await repository.commit("Begin");
    await mark(first);
    for (const name of ["Seats", "Mail", "Prices"]) await repository.commit(name);
    const last = await repository.commit("Tables");
    await sendError(at.at.dsns.browser, `operator-ui@${"4a0b1d2c".repeat(5)}`);
    const commits = () => commitsOf(at.sentry, "browser", `operator-ui@${last}`, last, { checkout: repository.path });
    expect((await commits())?.map(({ message }) => message)).toEqual(["Tables", "Prices", "Mail", "Seats"]);
    await mark(last);
    expect(await commits(), "marked already").toHaveLength(4);
    const previews = Array.from({ length: 120 }, (_, nr) => `operator-ui@preview-${nr}`);
    const releases = "organizations/brandvx/releases/";
    await Promise.all(
      previews.map((name) => at.at.sentryApi("POST", releases, { version: name, projects: ["operator-ui"] })),
    );
    expect(await commits(), "on a later page").toHaveLength(4);
  });
});

async function sendError(given: string, release: string): Promise<void> {
  const dsn = parseDsn(given);
  if (dsn === undefined) throw new Error(`${given} is no DSN`);
  const id = "0123456789abcdef0123456789abcdef";
  const event = { event_id: id, platform: "javascript", level: "error", release, message: "Out of reach" };
  const body = [{ event_id: id }, { type: "event" }, event].map((line) => JSON.stringify(line)).join("\n");
  const headers = { "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=test/1, sentry_key=${dsn.publicKey}` };
  const answer = await fetch(dsn.envelopeUrl, { method: "POST", headers, body: `${body}\n` });
  expect(answer.status).toBe(200);
}
