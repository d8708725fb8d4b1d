import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary.ts";
import { stepsIn } from "../support/workflows.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const job = ["deploy.yml", "package"] as const;

test("what was tested is packed under a version of its own, and attached once to a release of it", {
  timeout: 240_000,
}, async () => {
  using folder = temporaryFolder("brandvx-release-");
  const at = (name: string): string => join(folder.path, name);
  // A stand-in for GitHub's command: it remembers the releases that it created, and records its calls.
  writeFileSync(
    at("gh"),
    `#!/usr/bin/env bash
printf '%s\\n' "$@" > "${at("asked")}"
case $2 in
  view) [ -e "${at("released-")}$3" ] ;;
  create) [ -s "$4" ] && touch "${at("released-")}$3" ;;
esac
`,
  );
  chmodSync(at("gh"), 0o755);
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  const launch = join(checkout, "tools", "launch.mjs");
  writeFileSync(
    at("package.json"),
    JSON.stringify({ scripts: { package: scripts.package.replace("tools/launch.mjs", launch) } }),
  );
  symlinkSync(join(checkout, "node_modules"), at("node_modules"), "junction");
  const path = [folder.path, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const step = stepsIn(folder.path, { PATH: path, HOME: folder.path });

  const packed = await step(...job, "The apps' package");
  expect(packed.exitCode, packed.stderr).toBe(0);
  const { file = "", version = "" } = Object.fromEntries(packed.output.split("\n").map((line) => line.split("=")));
  expect(version).toMatch(/^1\.0\.0-\d+\.h[0-9a-f]{10}$/);
  expect(file).toBe(at(`packed/brandvx-observability-${version}.tgz`));
  expect(existsSync(file)).toBe(true);

  const given = { VERSION: version, FILE: file, COMMIT: "1a2b3c4", GH_TOKEN: "none", GH_REPO: "brandvx/observability" };
  const attach = () => step(...job, "Attach it to a release", given);
  const made = await attach();
  expect(made.exitCode, made.stderr).toBe(0);
  expect(made.summary).toContain(`${version}, in the release observability-v${version}`);
  expect(readFileSync(at("asked"), "utf8").split("\n").slice(0, 6)).toEqual([
    ...["release", "create", `observability-v${version}`, file, "--target", "1a2b3c4"],
  ]);
  const later = await attach();
  expect(later.exitCode, later.stderr).toBe(0);
  expect(later.summary).toContain("as in an earlier release");
  expect(readFileSync(at("asked"), "utf8")).toMatch(/^release\nview\n/);
});
