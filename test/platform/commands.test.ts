import { runtime } from "@pulumi/pulumi";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { insightAlerts, sentryAlerts } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import { events } from "../../src/catalog/events.ts";
import { runningStack, setCommand } from "../../src/platform/settings/commands.ts";
import { findSettings } from "../../src/platform/settings/index.ts";

const mocks = { call: () => ({}), newResource: () => ({ id: "", state: {} }) };
const content = { events, dashboards, insightAlerts, sentryAlerts };

describe("a command that the program prints", () => {
  test.each([
    ["acme", "acme/brandvx-observability/production"],
    ["organization", "production"],
  ])("names the stack of the organization %s as --stack finds it", async (organization, name) => {
    await runtime.setMocks(mocks, "brandvx-observability", "production", false, organization);
    expect(runningStack()).toBe(name);
  });

  test("is of the whole name, also where settings are missing, and the stage is its last part", () => {
    const stack = "acme/brandvx-observability/staging";
    const given = { stack, config: () => undefined, hasSecret: () => false, env: {} };
    const fixes = findSettings(content, given).findings.map(({ fix }) => fix);
    const commands = fixes.join("\n").match(/pulumi config set --stack \S+/g) ?? [];
    expect(commands.length).toBeGreaterThan(10);
    expect(new Set(commands)).toEqual(new Set([`pulumi config set --stack ${stack}`]));
  });

  test("hands on a value of any characters, one that looks like a flag, too", async () => {
    for (const value of ["-x", "--stack", "it's", "a b", "$HOME", "`id`"]) {
      const command = setCommand("production", { path: "redis.databaseName", value });
      const { stdout } = await execa("bash", ["-c", `pulumi() { printf '%s\\n' "$@"; }; ${command}`]);
      expect(stdout.split("\n").at(-1)).toBe(value);
      if (value.startsWith("-")) expect(stdout.split("\n").at(-2)).toBe("--");
    }
  });
});

test("a value with what a terminal would obey is shown spelled out", () => {
  const config = (key: string) => (key === "healthUrl" ? "not\u009b31m\u202e an address" : undefined);
  const given = { stack: "production", config, hasSecret: () => false, env: {} };
  const [problem = ""] = findSettings(content, given)
    .findings.map((finding) => finding.problem)
    .filter((text) => text.startsWith("healthUrl"));
  expect(problem).toContain("not\\u009b31m\\u202e an address");
  expect(problem).not.toMatch(/[\u0080-\u009f\u202e]/);
});
