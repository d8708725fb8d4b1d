import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { branch } from "../support/branch.ts";
import { readWorkflow, shellOf, stepsIn } from "../support/workflows.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const job = ["preview.yml", "definitions"] as const;

test("a fork's pull request is told what it changes, with pictures, where there is no key and no Pulumi", async () => {
  const at = await branch();
  using _folder = at.folder;
  at.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  await at.git("commit", "-qam", "after");
  // Of the environment it gets only the programs: no key, no login, no home.
  const path = [join(checkout, "node_modules", ".bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const step = stepsIn(at.folder.path, { PATH: path, HOME: at.folder.path, GITHUB_BASE_REF: "main" });

  const page = await step(...job, "The page of events is current");
  expect(page.exitCode, "docs/events.md is not part of the branch").toBe(7);

  const preview = await step(...job, "What this branch changes, drawn with simulated events");
  expect(preview.exitCode, preview.stderr).toBe(0);
  expect(preview.summary).toContain(
    "*Time to first step done*: window 14 d → 7 d. People who need 8 to 14 days will count",
  );
  expect(preview.summary).toContain("1 dashboard drawn, with simulated events");
  expect(readdirSync(join(at.folder.path, "pictures")).toSorted()).toEqual(
    ["after.dark", "after.light", "changes.dark", "changes.light"].map((name) => `activation-funnel.${name}.svg`),
  );
});

test("the tests that a fork's pull request is held against are there", () => {
  const folders = shellOf(...job, "Catalog, dashboards and alerts").run.match(/test\/[\w/]+/g) ?? [];
  expect(folders.length).toBeGreaterThan(2);
  for (const folder of folders) expect(existsSync(join(checkout, folder)), folder).toBe(true);
});

test("packages are installed as a fresh clone does it: `npm ci` refuses a lockfile without other platforms' packages", () => {
  for (const file of ["preview.yml", "deploy.yml", "drift.yml", "test.yml"])
    for (const { steps } of Object.values(readWorkflow(file).jobs)) {
      // A job that runs none of our code needs no package.
      if (!steps.some(({ run }) => /npm |npx |node /.test(run ?? ""))) continue;
      const shells = steps.map(({ run }) => run).join("\n");
      expect(shells).toContain("node tools/setup.mjs");
      expect(shells).not.toMatch(/npm (ci|install)/);
    }
});
