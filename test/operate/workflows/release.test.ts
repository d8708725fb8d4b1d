import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary.ts";
import { stepsIn } from "../support/workflows.ts";

test.each([
  ["3f2a9c1", ["--commit", "3f2a9c1"]],
  ["", []],
])("a deployment with a release marks it in Sentry, with its commit where there is one: %o", async (commit, more) => {
  using folder = temporaryFolder("brandvx-mark-");
  const asked = join(folder.path, "asked");
  writeFileSync(join(folder.path, "npx"), `#!/usr/bin/env bash\nprintf '%s\\n' "$@" > "${asked}"\necho "marked"\n`);
  chmodSync(join(folder.path, "npx"), 0o755);
  const step = stepsIn(folder.path, { PATH: [folder.path, "/usr/bin", "/bin"].join(delimiter), HOME: folder.path });
  const env = { STACK: "production", RELEASE: "operator-ui@3f2a9c1", RELEASE_COMMIT: commit };
  const ran = await step("deploy.yml", "apply", "Mark the release in Sentry", env);
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(ran.summary).toContain("marked");
  expect(readFileSync(asked, "utf8").trim().split("\n")).toEqual([
    ...["obs", "release", "--stack", "production", "--release", "operator-ui@3f2a9c1"],
    ...more,
    "--markdown",
  ]);
});
