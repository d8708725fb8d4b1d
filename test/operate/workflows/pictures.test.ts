import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary.ts";
import { readWorkflow, stepsIn } from "../support/workflows.ts";

const repository = "brandvx/observability";

/** GitHub's side: a repository that accepts pushes. */
async function remote(folder: string) {
  await execa("git", ["init", "--quiet", "--bare", join(folder, repository)]);
  const git = async (...args: string[]) => (await execa("git", args, { cwd: join(folder, repository) })).stdout;
  return {
    files: async () => (await git("ls-tree", "-r", "--name-only", "obs-pictures")).split("\n"),
    commits: async () => (await git("log", "--format=%s", "obs-pictures")).split("\n"),
    content: (file: string) => git("show", `obs-pictures:${file}`),
  };
}

/** Runs the step as it is written, with the artifact of one pull request. */
async function published(server: string, pull: number, commit: string, pictures: Readonly<Record<string, string>>) {
  using work = temporaryFolder("brandvx-runner-");
  for (const [name, content] of Object.entries(pictures)) {
    mkdirSync(dirname(join(work.path, "pictures", name)), { recursive: true });
    writeFileSync(join(work.path, "pictures", name), content);
  }
  const step = stepsIn(work.path, {
    ...{ PATH: process.env.PATH, HOME: work.path },
    ...{ GITHUB_SERVER_URL: `file://${server}`, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: "ghs_marked" },
  });
  const ran = await step("preview.yml", "pictures", "Put them where the comment shows them", {
    ...{ PULL_REQUEST: String(pull), COMMIT: commit },
  });
  expect(ran.exitCode, ran.stderr).toBe(0);
}

test("drawings of a pull request stand at the address that its comment has, one commit without a history", async () => {
  using server = temporaryFolder("brandvx-github-");
  const at = await remote(server.path);
  await published(server.path, 7, "aaaa111", { "funnel.changes.light.svg": "<svg>first</svg>" });
  await published(server.path, 12, "bbbb222", { "cadence.after.light.svg": "<svg>other</svg>" });
  await published(server.path, 7, "cccc333", { "funnel.changes.light.svg": "<svg>second</svg>" });
  expect(await at.files()).toEqual([
    "README.md",
    "pr-12/bbbb222/cadence.after.light.svg",
    "pr-7/cccc333/funnel.changes.light.svg",
  ]);
  expect(await at.content("pr-7/cccc333/funnel.changes.light.svg")).toBe("<svg>second</svg>");
  expect(await at.commits()).toEqual(["Pictures of pull request 7"]);

  const previewed = readWorkflow("preview.yml").jobs.stack?.steps.find(({ env }) => env?.PICTURES !== undefined);
  const [, path = ""] = /raw\/(obs-pictures\/.*)$/.exec(previewed?.env?.PICTURES ?? "") ?? [];
  const filled = path
    .replace("$" + "{{ github.event.pull_request.number }}", "7")
    .replace("$" + "{{ github.event.pull_request.head.sha }}", "cccc333");
  expect(filled).toBe("obs-pictures/pr-7/cccc333");
});

test("what is no drawing or too large stays out, and a pull request that changes no picture any more has none", async () => {
  using server = temporaryFolder("brandvx-github-");
  const at = await remote(server.path);
  const large = `<svg>${"x".repeat(600_000)}</svg>`;
  await published(server.path, 7, "aaaa111", {
    "a.svg": "<svg/>",
    "large.svg": large,
    "page.html": "<script></script>",
    "below/b.svg": "<svg/>",
    "with space.svg": "<svg/>",
  });
  expect(await at.files()).toEqual(["README.md", "pr-7/aaaa111/a.svg", "pr-7/aaaa111/with space.svg"]);
  await published(server.path, 7, "bbbb222", {});
  expect(await at.files()).toEqual(["README.md"]);
});

test("pictures of the last thirty pull requests stay, by their numbers", async () => {
  using server = temporaryFolder("brandvx-github-");
  const at = await remote(server.path);
  // In one push, since the next run finds whatever an earlier run left.
  await published(server.path, 1, "aaaa111", { "a.svg": "<svg/>" });
  using clone = temporaryFolder("brandvx-clone-");
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", ...args], { cwd: clone.path });
  await git("clone", "--quiet", "--branch", "obs-pictures", join(server.path, repository), ".");
  for (let pull = 2; pull <= 31; pull++) {
    mkdirSync(join(clone.path, `pr-${pull}`, "cccc333"), { recursive: true });
    writeFileSync(join(clone.path, `pr-${pull}`, "cccc333", "a.svg"), "<svg/>");
  }
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "more");
  await git("push", "--quiet", "origin", "obs-pictures");
  await published(server.path, 104, "dddd444", { "a.svg": "<svg/>" });
  const pulls = (await at.files()).flatMap((file) => /^pr-(\d+)\//.exec(file)?.[1] ?? []).map(Number);
  expect(pulls.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 29 }, (_, i) => i + 3), 104]);
});

test("the token stands in no address, which a failure would show", () => {
  const shell = readWorkflow("preview.yml").jobs.pictures?.steps.at(-1)?.run ?? "";
  expect(shell).not.toMatch(/https?:\/\/[^\s"]*@/);
  expect(readFileSync(new URL("../../../.github/workflows/preview.yml", import.meta.url), "utf8")).not.toContain(
    "set -x",
  );
});
