import { readFileSync } from "node:fs";
import { expect, expectTypeOf, test, vi } from "vitest";
import { createStateStore } from "../../src/runtime/redis/index.ts";
import { numberRules as redisRules } from "../../src/runtime/redis/options.ts";
import { initServer, shutdown, sinkStatus } from "../../src/runtime/server/index.ts";
import { numberRules as serverRules } from "../../src/runtime/server/options.ts";
import { type ServerOptions, targetsOf } from "../../src/runtime/server/server.ts";
import type { NumberRule } from "../../src/runtime/shared/options.ts";

const rules: Readonly<Record<string, NumberRule>> = { ...redisRules, ...serverRules } as never;

const unitOf = (name: string): string => (/Seconds$/.test(name) ? "s" : /(?:^|\.)ms$|Ms$/.test(name) ? "ms" : "");

/** The table of docs/backend.md, generated from the rules by which the helpers check options. */
function tableOfOptions(): string {
  const rows = Object.entries(rules).map(([name, { least, most, otherwise, whole, optional, moves, zero }]) => {
    const byDefault = name === "rateLimit.localLimit" ? "`limit`" : optional ? `${otherwise}` : "must be given";
    const fraction = moves ? "rounded" : whole ? `rounded ${whole}` : "as they are";
    const replaced = name === "rateLimit.localLimit" ? `${otherwise}` : `${otherwise}${moves ? ", moved" : ""}`;
    return `| \`${name}\` | ${unitOf(name)} | ${least} to ${most} | ${fraction} | ${byDefault} | ${replaced} | ${zero ?? ""} |`;
  });
  return [
    "| option | unit | from, to | fractions | default | otherwise | 0 |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

test("the documentation has every numeric option with its unit, bounds and default", () => {
  const page = readFileSync(new URL("../../src/runtime/docs/backend.md", import.meta.url), "utf8");
  expect(page).toContain(tableOfOptions());
});

test("no option of the server's start is a number: there is nothing to check", () => {
  type NumbersOf<Options> = {
    [Name in keyof Options]-?: NonNullable<Options[Name]> extends number ? Name : never;
  }[keyof Options];
  expectTypeOf<NumbersOf<ServerOptions>>().toBeNever();
});

test.for([Number.NaN, undefined, "3", -1, 0, 1.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e20])(
  "shutdown within %s ms ends, throws nothing, and tells what cannot be, in development too",
  async (ms) => {
    const warn = vi.fn();
    await initServer({}, { development: true, warn });
    expect(await shutdown(ms as number)).toEqual({
      posthog: { sent: 0, dropped: 0, refused: 0 },
      sentry: { sent: 0, dropped: 0, refused: 0 },
    });
    expect(warn.mock.calls.flat()).toEqual(
      ms === undefined || ms === 0
        ? []
        : [expect.stringMatching(/^shutdown\.deadlineMs is .+; it has to be a whole number from 0 to 60000/)],
    );
  },
);

test.for([5n, () => "anna@example.com", Symbol("anna@example.com"), { at: "anna@example.com" }, "anna@example.com"])(
  "a message names the kind of a value that cannot be a number, and never what is in it (%#)",
  (value) => {
    const store = createStateStore({ development: true });
    const limit = () =>
      store.rateLimit("sms", { limit: value as unknown as number, windowSeconds: 60, whenRedisIsDown: "open" });
    expect(limit).toThrow(/^rateLimit\("sms"\)\.limit is (?:a bigint|a function|a symbol|an object|a text); /);
  },
);

test("a policy that there is not is replaced, and told", async () => {
  const messages: string[] = [];
  const store = createStateStore({ notice: ({ message }) => messages.push(message) });
  const policy = "anna@example.com" as "open";
  const limit = store.rateLimit("sms", { limit: 1, windowSeconds: 60, whenRedisIsDown: policy });
  expect((await limit.take("t1")).allowed).toBe(true);
  expect((await limit.take("t1")).allowed, "the limit of this process holds").toBe(false);
  expect(messages).toEqual([
    'rateLimit("sms").whenRedisIsDown is a text; it has to be "open", "closed" or "local". Production uses "local".',
  ]);
});

test.each([
  { given: "https://api.brandvx.example", used: 1, wrong: 0 },
  { given: ["https://api.brandvx.example", "/api", /^https:/], used: 3, wrong: 0 },
  { given: ["", "h", 5, null, " "], used: 0, wrong: 5 },
  { given: undefined, used: 0, wrong: 0 },
  { given: null, used: 0, wrong: 0 },
])(
  "trace headers go to addresses alone, never to a letter that every address has: $given",
  ({ given, used, wrong }) => {
    const warnings: string[] = [];
    expect(targetsOf(given, (line) => warnings.push(line))).toHaveLength(used);
    expect(warnings).toEqual(
      wrong === 0 ? [] : [expect.stringMatching(new RegExp(`traceTargets: ${wrong} of ${wrong} is no address`))],
    );
  },
);

test("without types an app may give no environment and no options: nothing is thrown", async () => {
  await initServer(null as never, null as never);
  expect(sinkStatus()).toMatchObject({ posthog: { status: "disabled" }, sentry: { status: "disabled" } });
});
