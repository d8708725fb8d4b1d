import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { notWritten } from "../../../src/insights/define/index.ts";
import { readPlan } from "../../../src/operate/plan/plan.ts";
import { checkPolicy } from "../../../src/operate/policy/check.ts";
import { rules } from "../../../src/operate/policy/rules.ts";
import { cloudStack } from "../../support/cloud.ts";
import type { TestStack } from "../../support/stack.ts";
import { obs } from "./obs.ts";
import { wiringMistakes } from "./wiring-mistakes.ts";

const withPack = ["--policy-pack", fileURLToPath(new URL("../../../policy", import.meta.url))];

/** Rules that the first `obs preview` cannot decide: texts may come from resources that do not exist yet, and Sentry's owners are ids of a team. */
const waiting = ["no-plain-secret", "owned"];

async function planOf(stack: TestStack) {
  const { stdout } = await stack.pulumi("preview", "--json", "--show-sames");
  return readPlan(stdout);
}

test("with default settings all rules hold for the plan of the shipped program, for obs and on the engine, and each has something to look at", async () => {
  await using at = await cloudStack();
  // As in production, where `protect` is not set.
  at.stack.configure({ protect: undefined });
  const previewed = await obs(at.stack, "preview", "--stack", "test", "--json");
  expect(previewed.exitCode, previewed.stdout + previewed.stderr).toBe(7);
  expect(JSON.parse(previewed.stdout)).toMatchObject({
    errors: [],
    policy: { rules: rules.length, holding: rules.length - waiting.length, findings: [] },
  });
  const { undecided } = JSON.parse(previewed.stdout).policy as { undecided: { rule: string }[] };
  expect(undecided.map(({ rule }) => rule)).toEqual(waiting);

  const first = await at.stack.pulumi("preview", ...withPack);
  expect(first.exitCode, first.text).toBe(0);
  const policies = first.text.slice(first.text.indexOf("Policies:"), first.text.indexOf("Outputs:"));
  expect(policies.match(/\[(advisory|mandatory)\]/g), policies).toEqual(["[advisory]"]);
  expect(policies).toMatch(/update, which checks these again: redis-over-tls \(2 resources\), owned \(\d+ resources\)/);

  const asShipped = new Map<string, string>();
  const edit = (file: string, change: (text: string) => string) =>
    at.stack.edit(`src/platform/${file}`, (text) => {
      if (!asShipped.has(file)) asShipped.set(file, text);
      return change(text);
    });
  for (const [file, from, to] of wiringMistakes) edit(file, (text) => text.replace(from, to));
  edit("product.ts", (text) => `${text}\n${hasty}`);

  const plan = await planOf(at.stack);
  expect(plan.errors).toEqual([]);
  const refused = await at.stack.up(...withPack);
  expect(refused.exitCode, refused.text).not.toBe(0);
  const mandatory = [...refused.text.matchAll(/\[mandatory\] +([a-z-]+) /g)].map(([, rule]) => rule);
  const found = checkPolicy(plan).findings;
  // The engine stops at the first thing that a rule refuses, whichever that is.
  expect(mandatory, refused.text).not.toEqual([]);
  expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(mandatory));
  expect(at.cloud.upstash.requests.writes(), "what a rule refuses is not made").toEqual([]);
  const names = (rule: string) => [...new Set(found.filter((one) => one.rule === rule).map(({ name }) => name))].sort();
  expect(Object.fromEntries(rules.map(({ name }) => [name, names(name)]))).toMatchInlineSnapshot(`
    {
      "alerts-for-production": [
        "browser-crash-browser",
        "crash-free-sessions-browser",
        "error-spike-browser",
        "error-spike-server",
        "failing-requests-server",
        "slow-requests-server",
      ],
      "alerts-switched-on": [
        "activation-funnel/completions-over-time",
        "ai-engagement/error-share",
        "cadence-throughput/failure-ratio",
      ],
      "alerts-tell-somebody": [
        "browser-crash",
        "crash-free-sessions",
        "error-spike",
        "failing-requests",
        "new-issue",
        "regression",
        "slow-requests",
      ],
      "alerts-with-advice": [
        "activation-funnel/completions-over-time",
        "ai-engagement/error-share",
        "cadence-throughput/failure-ratio",
      ],
      "events-of-the-catalog": [
        "activation-funnel",
        "ai-engagement",
        "cadence-throughput",
      ],
      "no-plain-secret": [
        "browser-crash-browser",
        "crash-free-sessions-browser",
        "error-spike-browser",
        "error-spike-server",
        "failing-requests-server",
        "slow-requests-server",
      ],
      "owned": [
        "activation-funnel/completions-over-time",
        "ai-engagement/error-share",
        "ask-streaming",
        "cadence-throughput/failure-ratio",
        "onboarding-length",
      ],
      "promises-of-privacy": [
        "settings",
      ],
      "protected-data": [
        "state",
      ],
      "redis-over-tls": [
        "state",
      ],
      "retained-keys": [
        "backend-1",
        "operator-ui-1",
      ],
      "secret-variables": [
        "backend",
      ],
      "tiles-with-a-reading": [
        "activation-funnel",
        "ai-engagement",
        "cadence-throughput",
      ],
    }
  `);

  for (const [file, text] of asShipped) edit(file, () => text);
  const up = await at.stack.up(...withPack);
  expect(up.exitCode, up.text).toBe(0);
  expect(up.text).toMatch(/brandvx-observability@v1\.0\.0/);
  expect(up.text).not.toMatch(/advisory|mandatory|known only after/);
});

/** The same dashboard without the text on how to read it, about an event that no app sends. */
const hasty = `
const hasty = (definition) => JSON.parse(
  JSON.stringify(definition, (key, value) => (key === "reading" ? ${JSON.stringify(notWritten)} : key === "event" ? "nobody.sends_it" : value)),
);
`;
