import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withAddresses } from "../../src/local/addresses.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("only commands that read the configuration are told where the local vendors moved to: the others refuse it", () => {
  using folder = temporaryFolder("brandvx-addresses-");
  const moved = join(folder.path, "Pulumi.local.yaml");
  expect(withAddresses(["up", "--stack", "local"], folder.path)).toEqual(["up", "--stack", "local"]);
  writeFileSync(moved, "config: {}");
  expect(withAddresses(["up", "--stack", "local"], folder.path)).toEqual([
    "up",
    "--stack",
    "local",
    "--config-file",
    moved,
  ]);
  expect(withAddresses(["config", "get", "release"], folder.path)).toContain("--config-file");
  for (const words of [["stack", "export"], ["state", "delete", "urn:x", "--force"], ["cancel"]])
    expect(withAddresses(words, folder.path)).toEqual(words);
});
