import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAccess } from "../../../src/operate/access/access.ts";
import type { Failure } from "../../../src/operate/command/failure.ts";
import { canBeSameStack, stackNameOf } from "../../../src/operate/stack/name.ts";
import { Stack } from "../../../src/operate/stack/stack.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("a stack's name", () => {
  test.each([
    ["production", { stage: "production" }],
    ["acme/staging", { organization: "acme", stage: "staging" }],
    [
      "acme/brandvx-observability/staging",
      { organization: "acme", project: "brandvx-observability", stage: "staging" },
    ],
    ["constructor", { stage: "constructor" }],
    ["a.b/c_d-e", { organization: "a.b", stage: "c_d-e" }],
  ])("%s is taken apart", (name, parts) => {
    expect(stackNameOf(name)).toEqual({ organization: undefined, project: undefined, ...parts });
  });

  test.each(["", "/", "acme/", "/staging", "acme//staging", "a/b/c/d", "two words", "a\nb", "../x/y/z"])(
    "%j is refused with the forms that there are",
    (name) => {
      expect(() => stackNameOf(name)).toThrow("is not the name of a stack");
      expect(() => stackNameOf(name)).toThrow(
        expect.objectContaining({
          fix: expect.stringContaining("<organization>/<project>/<stack>"),
        } satisfies Partial<Failure>),
      );
    },
  );

  test.each([
    ["staging", "acme/staging", true],
    ["acme/staging", "acme/shop/staging", true],
    ["acme/staging", "other/staging", false],
    ["acme/shop/staging", "acme/blog/staging", false],
    ["staging", "mystaging", false],
  ])("%s and %s can be one stack: %s", (one, other, can) => {
    expect(canBeSameStack(stackNameOf(one), stackNameOf(other))).toBe(can);
  });
});

test("the stage of a qualified stack is its last part, and commands that are printed keep the whole name", async () => {
  using folder = temporaryFolder("brandvx-stack-");
  const bin = join(folder.path, "bin");
  mkdirSync(bin);
  const set = (value: string) => ({ value, secret: false });
  const config = {
    "posthog:projectId": set("1"),
    "posthog:projectKey": set("phc_1"),
    "shop:sentryOrganization": set("brandvx"),
    "shop:pages": set(JSON.stringify({ accountId: "0".repeat(32), projectName: "operator-ui" })),
    "shop:render": set(JSON.stringify({ serviceId: "srv-1" })),
  };
  writeFileSync(join(bin, "pulumi"), `#!/usr/bin/env node\nconsole.log(${JSON.stringify(JSON.stringify(config))})\n`);
  chmodSync(join(bin, "pulumi"), 0o755);
  const stack = new Stack({
    name: "acme/shop/staging",
    project: { folder: folder.path, name: "shop", stacks: ["staging"] },
    pulumi: join(bin, "pulumi"),
    env: { PATH: [bin, process.env.PATH].join(delimiter) },
    configArguments: [],
    signal: new AbortController().signal,
  });
  expect(stack.stage).toBe("staging");
  const access = await readAccess(stack);
  expect(access).toMatchObject({ stack: "acme/shop/staging", stage: "staging" });
  expect(access.keyFindings[0]?.fix).toContain("--stack acme/shop/staging ");
});
