import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAnswers } from "../../../src/operate/setup/answers.ts";
import { Draft } from "../../../src/operate/setup/draft.ts";
import { Decisions } from "../../../src/operate/setup/questions.ts";
import type { SettingsReader } from "../../../src/platform/settings/reader.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const sources = (config: Readonly<Record<string, string>>): SettingsReader => ({
  ...{ stack: "production", env: {}, hasSecret: () => false },
  config: (key) => config[key],
  keys: () => Object.keys(config),
});

describe("a draft of a configuration", () => {
  test("reads as it will be, with values of the kinds that Pulumi makes of them", () => {
    const draft = new Draft(
      sources({ redis: '{"budget":5,"eviction":false}', "posthog:host": "https://us.posthog.com" }),
    );
    draft.set({ path: "redis.budget", value: "20" });
    draft.set({ path: "teams.platform.emails[0]", value: "p@b.co" });
    draft.set({ path: "pages.adopt[0]", value: "VITE_SENTRY_DSN" });
    draft.set({ path: "posthog:projectId", value: "7" });
    expect(JSON.parse(draft.sources.config("redis") ?? "")).toEqual({ budget: 20, eviction: false });
    expect(JSON.parse(draft.sources.config("teams") ?? "")).toEqual({ platform: { emails: ["p@b.co"] } });
    expect(draft.list("pages.adopt")).toEqual(["VITE_SENTRY_DSN"]);
    expect(draft.sources.config("posthog:projectId")).toBe("7");
    expect(draft.sources.keys?.()).toEqual(["redis", "posthog:host", "teams", "pages", "posthog:projectId"]);
  });

  test("writes only what is another value than before", () => {
    const draft = new Draft(sources({ redis: '{"budget":20}', "posthog:projectId": "7" }));
    draft.set({ path: "redis.budget", value: "20" });
    draft.set({ path: "posthog:projectId", value: "7" });
    draft.set({ path: "redis.primaryRegion", value: "us-east-1" });
    expect(draft.settings()).toEqual([{ path: "redis.primaryRegion", value: "us-east-1" }]);
  });
});

describe("a question", () => {
  const question = {
    path: "render.serviceId",
    ask: "Which?",
    choices: [{ value: "srv-1", what: "backend" }],
    isOpen: false,
  };

  test("is not asked where the configuration answers it, and told as wrong where that is not at the vendor", async () => {
    const decisions = new Decisions(new Draft(sources({ render: '{"serviceId":"srv-2"}' })), async () => "never asked");
    expect(await decisions.decide(question)).toBe("srv-2");
    expect(decisions.wrong).toEqual([
      {
        problem: "render.serviceId is srv-2, which is not among those that the key can see",
        fix: expect.stringContaining("srv-1 (backend)"),
      },
    ]);
  });

  test("whose answer in the configuration nothing at the vendor can be is wrong, too, where the key sees none at all", async () => {
    const decisions = new Decisions(new Draft(sources({ render: '{"serviceId":"srv-2"}' })), async () => "never asked");
    await decisions.decide({ ...question, choices: [] });
    expect(decisions.wrong).toEqual([
      {
        problem: "render.serviceId is srv-2, which is not among those that the key can see",
        fix: expect.stringContaining("none at all"),
      },
    ]);
  });

  test("that nobody answers stays open, and sets nothing", async () => {
    const decisions = new Decisions(new Draft(sources({})), async () => undefined);
    expect(await decisions.decide({ ...question, suggested: "srv-1" })).toBeUndefined();
    expect(decisions.open.map(({ path }) => path)).toEqual(["render.serviceId"]);
    expect(decisions.draft.settings()).toEqual([]);
  });
});

describe("answers", () => {
  const failing = (file: string | undefined, options: readonly string[]): { message: string; fix: string } => {
    try {
      readAnswers(file, options);
    } catch (error) {
      return error as { message: string; fix: string };
    }
    throw new Error("nothing is wrong with them");
  };

  test("of a file are paths and values, and those of the call come last", () => {
    using folder = temporaryFolder("brandvx-answers-");
    const file = join(folder.path, "a.yaml");
    writeFileSync(
      file,
      "posthog:projectId: 7\nredis: { budget: 20 }\nteams:\n  ai: { emails: [a@b.co, c@d.co] }\nrender.serviceId: srv-1\n",
    );
    expect(readAnswers(file, ["redis.budget=30"])).toEqual([
      { path: "posthog:projectId", value: "7" },
      { path: "redis.budget", value: "20" },
      { path: "teams.ai.emails[0]", value: "a@b.co" },
      { path: "teams.ai.emails[1]", value: "c@d.co" },
      { path: "render.serviceId", value: "srv-1" },
      { path: "redis.budget", value: "30" },
    ]);
  });

  test.for<[string, string[], string]>([
    ["a mistyped setting", ["posthog:projectKye=phc_1"], "did you mean posthog:projectKey?"],
    ["a secret by its name", ["sentry:token=abc"], "sentry:token is a secret and must not be in a file in clear"],
    [
      "a credential in another place",
      ["sentryOrganization=sntrys_0123456789abcdef"],
      "sentryOrganization is a Sentry token",
    ],
    ["no value", ["redis.budget"], "--set <setting>=<value>"],
  ])("%s is refused, without repeating a secret", ([, options, words]) => {
    const { message, fix } = failing(undefined, options);
    expect(`${message}\n${fix}`).toContain(words);
    expect(`${message}\n${fix}`).not.toMatch(/sntrys_0123|=abc/);
  });

  test("a file that is not there, or is no YAML, is told by its name", () => {
    using folder = temporaryFolder("brandvx-answers-");
    expect(failing(join(folder.path, "no.yaml"), []).message).toContain("no.yaml is not there");
    writeFileSync(join(folder.path, "b.yaml"), "a: [1\n");
    expect(failing(join(folder.path, "b.yaml"), []).message).toContain("b.yaml is not valid YAML");
    writeFileSync(join(folder.path, "c.yaml"), "just text");
    expect(failing(join(folder.path, "c.yaml"), []).message).toContain("c.yaml holds no settings");
  });
});
