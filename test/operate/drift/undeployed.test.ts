import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { undeployed } from "../../../src/operate/drift/undeployed.ts";
import type { Stack } from "../../../src/operate/stack/stack.ts";
import { definitionsCheckout } from "../support/checkout.ts";

async function deployed(updates: (head: string) => object[]) {
  const checkout = await definitionsCheckout("brandvx-undeployed-");
  const head = async () => (await checkout.git("rev-parse", "HEAD")).stdout;
  const history = updates(await head());
  const stack = {
    ...{ stage: "production", project: { folder: checkout.folder.path } },
    look: () => Promise.resolve({ exitCode: 0, stdout: JSON.stringify(history), stderr: "" }),
  } as unknown as Stack;
  return { ...checkout, stack, commit: await head(), [Symbol.dispose]: () => checkout.folder[Symbol.dispose]() };
}

const up = (head: string) => ({ kind: "update", environment: { "git.head": head } });

test("the files of the program that have changed since the last up, others not", async () => {
  using at = await deployed((head) => [{ kind: "refresh", environment: { "git.head": "0".repeat(40) } }, up(head)]);
  expect(await undeployed(at.stack)).toBeUndefined();
  at.write("README.md", "Not the program.");
  expect(await undeployed(at.stack)).toBeUndefined();
  at.edit("dashboards/activation-funnel.ts", (text) => `${text}\n// merged\n`);
  await at.git("commit", "-qam", "merged");
  const files = ["dashboards/activation-funnel.ts"];
  expect(await undeployed(at.stack)).toEqual({ commit: at.commit, files, recent: files });
});

const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour);

test("a merge explains what is not deployed for a day, and then no more", async () => {
  using at = await deployed((head) => [up(head)]);
  const files = ["dashboards/activation-funnel.ts"];
  at.edit(files[0] ?? "", (text) => `${text}\n// merged\n`);
  await at.git("commit", "-qam", "merged");
  expect((await undeployed(at.stack, inHours(23)))?.recent).toEqual(files);
  expect(await undeployed(at.stack, inHours(25))).toEqual({ commit: at.commit, files, recent: [] });
});

test("a file is as old as its first merge since the last up, and another one as its own", async () => {
  using at = await deployed((head) => [up(head)]);
  const commit = async (file: string, date: Date) => {
    at.edit(file, (text) => `${text}\n// ${date.toISOString()}\n`);
    await at.git("add", file);
    await execa("git", ["-c", "user.name=T", "-c", "user.email=t@brandvx.example", "commit", "-qm", "merged"], {
      cwd: at.folder.path,
      env: { GIT_COMMITTER_DATE: date.toISOString() },
    });
  };
  await commit("alerts/posthog.ts", inHours(-48));
  await commit("alerts/posthog.ts", inHours(-1));
  await commit("alerts/sentry.ts", inHours(-1));
  const found = await undeployed(at.stack);
  expect(found?.files).toEqual(["alerts/posthog.ts", "alerts/sentry.ts"]);
  expect(found?.recent).toEqual(["alerts/sentry.ts"]);
});

test("work on a branch is as old as its merge, and a renamed file is named by both names", async () => {
  using at = await deployed((head) => [up(head)]);
  await at.git("checkout", "-qb", "work");
  await at.git("mv", "alerts/posthog.ts", "alerts/product.ts");
  const old = { GIT_COMMITTER_DATE: inHours(-48).toISOString() };
  const person = ["-c", "user.name=T", "-c", "user.email=t@brandvx.example"];
  await execa("git", [...person, "commit", "-qm", "work"], { cwd: at.folder.path, env: old });
  await at.git("checkout", "-q", "main");
  await at.git("merge", "-q", "--no-ff", "-m", "merged", "work");
  expect((await undeployed(at.stack))?.recent).toEqual(["alerts/posthog.ts", "alerts/product.ts"]);
});

test("what nobody merged since, a change in the folder or a checkout of before the last up, waits for no deployment", async () => {
  using at = await deployed((head) => [up(head)]);
  const files = ["alerts/posthog.ts"];
  at.edit("alerts/posthog.ts", (text) => `${text}\n// not committed\n`);
  expect(await undeployed(at.stack)).toEqual({ commit: at.commit, files, recent: [] });
  await at.git("commit", "-qam", "deployed");
  const ahead = (await at.git("rev-parse", "HEAD")).stdout;
  await at.git("checkout", "-q", at.commit);
  const stack = { ...at.stack, look: () => Promise.resolve({ exitCode: 0, stdout: JSON.stringify([up(ahead)]) }) };
  expect(await undeployed(stack as unknown as Stack)).toEqual({ commit: ahead, files, recent: [] });
});

test("the files that no resource follows from are not looked at", async () => {
  using at = await deployed((head) => [up(head)]);
  for (const folder of ["local", "operate", "runtime", "generate", "insights/draw", "insights/evaluate"]) {
    mkdirSync(join(at.folder.path, "src", folder), { recursive: true });
    at.write(`src/${folder}/x.ts`, "export {};\n");
  }
  await at.git("add", "src");
  await at.git("commit", "-qm", "merged");
  expect(await undeployed(at.stack)).toBeUndefined();
});

test("a commit that the checkout does not have is not known to be as the code is", async () => {
  using at = await deployed(() => [up("0".repeat(40))]);
  expect(await undeployed(at.stack)).toEqual({ commit: "0".repeat(40), files: undefined, recent: [] });
});

test("an up that was made outside of git, or none at all, says nothing", async () => {
  using outside = await deployed(() => [{ kind: "update", environment: {} }]);
  expect(await undeployed(outside.stack)).toBeUndefined();
  using never = await deployed(() => []);
  expect(await undeployed(never.stack)).toBeUndefined();
});
