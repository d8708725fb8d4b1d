import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GitHub } from "../../../src/operate/github/api.ts";
import { postComment, postIssue } from "../../../src/operate/github/post.ts";
import { pullRequestOf, repositoryOf } from "../../../src/operate/github/repository.ts";
import type { Document } from "../../../src/operate/text/document.ts";
import { line } from "../../../src/operate/text/document.ts";
import { plain } from "../../../src/operate/text/phrase.ts";
import { safe } from "../../../src/operate/text/safe.ts";
import { Limiter } from "../../../src/resources/kernel/limits/limiter.ts";
import { publishedLimits, unpublished } from "../../../src/resources/kernel/limits/published.ts";
import { instantClock } from "../../resources/kernel/instant-clock.ts";
import { type GithubRefusal, startGitHub, token } from "../support/github.ts";

const page = (headline: string, rows: readonly string[] = []): Document => ({
  headline: plain(headline),
  sections: [{ importance: 1, items: rows.map((row) => line(plain(row))), more: (left) => plain(`and ${left} more`) }],
});
const clean = (text: string): string => text;

async function withGitHub(work: (github: GitHub, double: Awaited<ReturnType<typeof startGitHub>>) => Promise<void>) {
  await using double = await startGitHub();
  const env = { GITHUB_REPOSITORY: "brandvx/observability", GITHUB_TOKEN: token, GITHUB_API_URL: double.url };
  await work(new GitHub(repositoryOf(env)), double);
}

/** The same with a clock that advances only when somebody waits. */
const withClock = (
  work: (
    github: GitHub,
    double: Awaited<ReturnType<typeof startGitHub>>,
    clock: ReturnType<typeof instantClock>,
  ) => Promise<void>,
) =>
  withGitHub(async (_github, double) => {
    const clock = instantClock();
    const limiter = new Limiter(unpublished, { vendor: "GitHub", clock, progress: () => {} });
    const place = { repository: "brandvx/observability", token, apiUrl: double.url };
    await work(new GitHub(place, { clock, limiter }), double, clock);
  });

describe("the comment on a pull request", () => {
  const post = (github: GitHub, headline: string, { stack = "production", silent = false } = {}) =>
    postComment(github, 7, { stack, page: page(headline), silent, clean });

  test("is one for each stack, found among hundreds, and changed in place", () =>
    withGitHub(async (github, double) => {
      double.chatter(
        7,
        Array.from({ length: 150 }, (_, i) => `comment ${i}`),
      );
      expect(await post(github, "One tile changes")).toBe("posted");
      expect(await post(github, "Two tiles change")).toBe("updated");
      expect(await post(github, "Two tiles change")).toBe("left as it was");
      expect(await post(github, "Staging changes", { stack: "staging" })).toBe("posted");
      const said = double.issues[0]?.comments.slice(150).map(({ body }) => body.split("\n")[1]);
      expect(said).toEqual(["### Two tiles change", "### Staging changes"]);
    }));

  test("is not made when nothing changes, but an earlier one does not go on saying otherwise", () =>
    withGitHub(async (github, double) => {
      expect(await post(github, "Nothing changes", { silent: true })).toBe("nothing to say");
      expect(double.writes).toBe(0);
      await post(github, "One tile changes");
      expect(await post(github, "Nothing changes", { silent: true })).toBe("updated");
    }));

  test("is cut to what GitHub takes", () =>
    withGitHub(async (github, double) => {
      const rows = Array.from({ length: 5000 }, (_, i) => `thing ${i} ${"x".repeat(100)}`);
      await postComment(github, 7, {
        stack: "production",
        page: page("Much changes", rows),
        silent: false,
        clean,
      });
      expect(double.issues[0]?.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
      expect(double.issues[0]?.comments[0]?.body).toMatch(/And \d+ more/);
    }));

  test("is never somebody else's, who may begin a comment as this program does", () =>
    withGitHub(async (github, double) => {
      await post(github, "One tile changes");
      const ours = double.issues[0]?.comments[0]?.body ?? "";
      double.issues[0]?.comments.splice(0);
      double.chatter(7, [ours]);
      expect(await post(github, "Two tiles change")).toBe("posted");
      expect(double.issues[0]?.comments.map(({ body }) => body.split("\n")[1])).toEqual([
        "### One tile changes",
        "### Two tiles change",
      ]);
    }));

  test("carries no credential, not even one that notation would take apart", () =>
    withGitHub(async (github, double) => {
      const secret = "sntrys_ab_cd_ef_0123456789";
      const withSecret = { stack: "production", page: page(`refused ${secret}`), silent: false };
      await postComment(github, 7, { ...withSecret, clean: (text) => safe(text, {}) });
      expect(double.issues[0]?.comments[0]?.body.replaceAll("\\", "")).not.toContain("ab_cd_ef");
    }));

  test("says which permission is missing", () =>
    withGitHub(async (_github, double) => {
      const place = repositoryOf({
        GITHUB_REPOSITORY: "brandvx/another",
        GITHUB_TOKEN: token,
        GITHUB_API_URL: double.url,
      });
      await expect(post(new GitHub(place), "x")).rejects.toThrow("pull-requests: write");
    }));
});

describe("the issue about drift", () => {
  const post = (github: GitHub, drifted: boolean, rows: readonly string[] = []) =>
    postIssue(github, {
      stack: "production",
      title: "Changed by hand: production",
      page: page("Changed by hand", rows),
      drifted,
      clean,
    });

  test("is opened once, kept current, and closed when all is well", () =>
    withGitHub(async (github, double) => {
      expect(await post(github, false)).toBe("nothing to say");
      expect(await post(github, true, ["a tile"])).toBe("posted");
      expect(await post(github, true, ["a tile"])).toBe("left as it was");
      expect(await post(github, true, ["a tile", "an alert"])).toBe("updated");
      expect(double.issues).toHaveLength(1);
      expect(double.issues[0]).toMatchObject({ title: "Changed by hand: production", state: "open" });
      expect(await post(github, false)).toBe("closed");
      expect(double.issues[0]).toMatchObject({ state: "closed" });
      expect(await post(github, true, ["again"]), "a closed issue is history").toBe("posted");
    }));

  test("is never somebody else's", () =>
    withGitHub(async (github, double) => {
      double.raisedBySomebody("Mine", "<!-- obs drift: production -->");
      expect(await post(github, true)).toBe("posted");
      expect(await post(github, false)).toBe("closed");
      expect(double.issues.map(({ title, state }) => [title, state])).toEqual([
        ["Mine", "open"],
        ["Changed by hand: production", "closed"],
      ]);
    }));

  test("is not mixed up with a pull request", () =>
    withGitHub(async (github, double) => {
      double.chatter(1, ["x"]);
      Object.assign(double.issues[0] ?? {}, { body: "<!-- obs drift: production -->" });
      expect(await post(github, true)).toBe("posted");
    }));
});

describe("GitHub's limits", () => {
  const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  test.for<[string, GithubRefusal, number]>([
    [
      "the primary one, by its headers",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 1200) },
        message: "API rate limit exceeded for installation ID 1.",
      },
      1_100_000,
    ],
    ["a secondary one with Retry-After", { status: 403, headers: { "retry-after": "90" }, message: secondary }, 90_000],
    ["a secondary one by its words alone", { status: 403, message: secondary }, 60_000],
    ["one that is a 429", { status: 429, headers: { "retry-after": "30" }, message: secondary }, 30_000],
  ])("%s is waited for, and what was refused is sent once", ([, refused, waitMs]) =>
    withClock(async (github, double, clock) => {
      const start = clock.now();
      double.refuse(refused, refused);
      expect(await postComment(github, 7, { stack: "a", page: page("x"), silent: false, clean })).toBe("posted");
      expect(clock.now() - start).toBeGreaterThanOrEqual(waitMs);
      expect(double.writes).toBe(1);
    }),
  );

  const resetIn = (seconds: number) => ({
    ...{ "x-ratelimit-remaining": "0" },
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + seconds),
  });
  const primary = "API rate limit already exceeded for user ID 1.";
  const ofOurs = (github: GitHub) => github.ownOf([{ user: { login: "github-actions[bot]", type: "Bot" } }]);

  test.for<[string, GithubRefusal, number]>([
    [
      "the primary one of GraphQL",
      { status: 200, headers: resetIn(1200), type: "RATE_LIMITED", message: primary },
      1_100_000,
    ],
    ["the same as it is called since 2025", { status: 200, type: "RATE_LIMIT", message: primary }, 60_000],
    ["the same by its words alone", { status: 200, type: "FORBIDDEN", message: primary }, 60_000],
    [
      "a secondary one of GraphQL with 200",
      { status: 200, headers: { "retry-after": "90" }, type: "", message: secondary },
      90_000,
    ],
    ["a secondary one of GraphQL with 403", { status: 403, message: secondary }, 60_000],
  ])("%s is waited for, though the status says that all is well", ([, refused, waitMs]) =>
    withClock(async (github, double, clock) => {
      const start = clock.now();
      double.refuseGraphql(refused, refused);
      expect(await ofOurs(github)).toBeDefined();
      expect(clock.now() - start).toBeGreaterThanOrEqual(waitMs);
    }),
  );

  test("one of GraphQL that lasts longer than anybody waits is named as one", () =>
    withClock(async (github, double) => {
      double.refuseGraphql({ status: 200, headers: resetIn(20_000), type: "RATE_LIMITED", message: primary });
      await expect(ofOurs(github)).rejects.toThrow(/^GitHub takes no more API requests for \d+ min/);
    }));

  test("the last request of GraphQL's window is answered, and holds up nothing else", () =>
    withGitHub(async (_github, double) => {
      const clock = instantClock();
      const limiter = new Limiter(publishedLimits.github, {
        vendor: "GitHub",
        clock,
        progress: () => {},
      });
      const github = new GitHub({ repository: "brandvx/observability", token, apiUrl: double.url }, { clock, limiter });
      double.graphqlHeaders = resetIn(1200);
      const start = clock.now();
      expect(await ofOurs(github)).toBeDefined();
      expect(await postComment(github, 7, { stack: "a", page: page("x"), silent: false, clean })).toBe("posted");
      expect(clock.now() - start).toBeLessThan(60_000);
    }));

  test("words about limits in what people write are no refusal", () =>
    withClock(async (github, double, clock) => {
      const start = clock.now();
      double.chatter(7, [`{"errors": [{"type": "RATE_LIMITED", "message": "${secondary}"}]}`]);
      expect(await postComment(github, 7, { stack: "a", page: page("x"), silent: false, clean })).toBe("posted");
      expect(clock.now() - start).toBeLessThan(60_000);
    }));

  test("one that lasts longer than anybody waits is named as one", () =>
    withClock(async (github, double) => {
      double.refuse({ status: 403, headers: { "retry-after": "20000" }, message: secondary });
      const posting = postComment(github, 7, { stack: "a", page: page("x"), silent: false, clean });
      await expect(posting).rejects.toThrow(/^GitHub takes no more API requests for \d+ min/);
    }));

  test("a 403 that is none is a missing permission, at once", () =>
    withClock(async (github, double, clock) => {
      const start = clock.now();
      double.refuse({ status: 403, message: "Resource not accessible by integration" });
      const posting = postComment(github, 7, { stack: "a", page: page("x"), silent: false, clean });
      await expect(posting).rejects.toThrow("pull-requests: write");
      expect(clock.now() - start).toBeLessThan(60_000);
    }));
});

test("a token goes to GitHub encrypted, or to this machine", () => {
  const place = repositoryOf({
    GITHUB_REPOSITORY: "a/b",
    GITHUB_TOKEN: token,
    GITHUB_API_URL: "http://github.brandvx.io",
  });
  expect(() => new GitHub(place)).toThrow("is not encrypted");
  expect(() => new GitHub({ ...place, apiUrl: "https://github.brandvx.io/api/v3" })).not.toThrow();
});

test("the pull request is the one of the run", () => {
  const folder = mkdtempSync(join(tmpdir(), "brandvx-event-"));
  const file = join(folder, "event.json");
  writeFileSync(file, JSON.stringify({ pull_request: { number: 42 } }));
  expect(pullRequestOf({ GITHUB_EVENT_PATH: file })).toBe(42);
  writeFileSync(file, JSON.stringify({ schedule: "0 * * * *" }));
  expect(() => pullRequestOf({ GITHUB_EVENT_PATH: file })).toThrow("does not belong to a pull request");
  rmSync(folder, { recursive: true });
});

test("what is missing to reach GitHub is named", () => {
  expect(() => repositoryOf({})).toThrow("GITHUB_REPOSITORY and GITHUB_TOKEN");
});
