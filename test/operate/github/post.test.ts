import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GitHub } from "../../../src/operate/github/api.ts";
import { placeOf, pullRequestOf } from "../../../src/operate/github/place.ts";
import { postComment, postIssue } from "../../../src/operate/github/post.ts";
import type { Document } from "../../../src/operate/text/document.ts";
import { line } from "../../../src/operate/text/document.ts";
import { plain } from "../../../src/operate/text/phrase.ts";
import { startGitHub, token } from "../support/github.ts";

const page = (headline: string, rows: readonly string[] = []): Document => ({
  headline: plain(headline),
  sections: [{ importance: 1, items: rows.map((row) => line(plain(row))), more: (left) => plain(`and ${left} more`) }],
});
const clean = (text: string): string => text;

async function withGitHub(work: (github: GitHub, double: Awaited<ReturnType<typeof startGitHub>>) => Promise<void>) {
  await using double = await startGitHub();
  const env = { GITHUB_REPOSITORY: "brandvx/observability", GITHUB_TOKEN: token, GITHUB_API_URL: double.url };
  await work(new GitHub(placeOf(env)), double);
}

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

  test("says which permission is missing", () =>
    withGitHub(async (_github, double) => {
      const place = placeOf({ GITHUB_REPOSITORY: "brandvx/another", GITHUB_TOKEN: token, GITHUB_API_URL: double.url });
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

  test("is not mixed up with a pull request", () =>
    withGitHub(async (github, double) => {
      double.chatter(1, ["x"]);
      Object.assign(double.issues[0] ?? {}, { body: "<!-- obs drift: production -->" });
      expect(await post(github, true)).toBe("posted");
    }));
});

test("the pull request is the one of the run", () => {
  const folder = mkdtempSync(join(tmpdir(), "brandvx-event-"));
  const file = join(folder, "event.json");
  writeFileSync(file, JSON.stringify({ pull_request: { number: 42 } }));
  expect(pullRequestOf({ GITHUB_EVENT_PATH: file })).toBe(42);
  writeFileSync(file, JSON.stringify({ schedule: "0 * * * *" }));
  expect(() => pullRequestOf({ GITHUB_EVENT_PATH: file })).toThrow("no pull request");
  rmSync(folder, { recursive: true });
});

test("what is missing to reach GitHub is named", () => {
  expect(() => placeOf({})).toThrow("GITHUB_REPOSITORY and GITHUB_TOKEN");
});
