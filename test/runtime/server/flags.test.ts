import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { execa } from "execa";
import { describe, expect, expectTypeOf, onTestFinished, test } from "vitest";
import { flagFilters } from "../../../src/catalog/flag.ts";
import { valueFor } from "../../../src/catalog/flag-value.ts";
import { type FlagKey, flags } from "../../../src/catalog/flags.ts";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { flag } from "../../../src/runtime/server/index.ts";
import {
  createServer as createHelpers,
  type Server,
  type ServerEnvironment,
} from "../../../src/runtime/server/server.ts";
import { opaqueId } from "../../../src/runtime/shared/privacy/pseudonym.ts";

const secretKey = "phs_local_0123456789abcdef";
const user = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const staff = { distinctId: user, properties: { internal: true } } as const;

/** The helpers of one process. */
function helpers(env: ServerEnvironment): { server: Server; warnings: string[] } {
  const warnings: string[] = [];
  const server = createHelpers(env, { development: false, warn: (line) => warnings.push(line) });
  onTestFinished(() => server.flags.close(1_000));
  return { server, warnings };
}

async function twinWith(keys: readonly FlagKey[]): Promise<PosthogTwin> {
  const twin = await startPosthogTwin({ secretKey });
  onTestFinished(() => twin.stop());
  for (const key of keys) await make(twin, key, flagFilters(flags[key]));
  return twin;
}

async function make(twin: PosthogTwin, key: string, filters: object): Promise<void> {
  const answer = await fetch(`${twin.url}/api/projects/${twin.projectId}/feature_flags/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${twin.personalApiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key, filters }),
  });
  expect(answer.status).toBe(201);
}

const environmentOf = (twin: PosthogTwin, more: ServerEnvironment = {}): ServerEnvironment => ({
  POSTHOG_API_KEY: twin.projectKey,
  POSTHOG_HOST: twin.url,
  ...more,
});

const questions = (twin: PosthogTwin) => twin.requests.all().filter(({ path }) => path.startsWith("/flags/?"));
const all = Object.keys(flags) as FlagKey[];
/** The test of the deadline alone is about time. */
const patient = { deadlineMs: 5_000 };

describe.for([
  ["PostHog is asked", {}],
  ["this process evaluates", { POSTHOG_FLAGS_KEY: secretKey }],
] as const)("where %s", ([, more]) => {
  test("everybody gets the value that the catalog's rules give", async () => {
    const twin = await twinWith(all);
    const { server, warnings } = helpers(environmentOf(twin, more));
    const values = new Set<unknown>();
    for (let number = 0; number < 40; number += 1) {
      const properties = {
        ...{
          internal: number % 5 === 0,
          plan: ["pro", "growth", "free"][number % 3] ?? "",
          onboarded: number % 4 === 0,
        },
      };
      for (const key of all) {
        const distinctId = `user_${number}`;
        const value = await server.flags.value(key, { distinctId, properties }, patient);
        const expected = valueFor(key, flags[key], { distinctId, properties }, Date.now());
        expect({ value }, `${key} for ${distinctId}`).toEqual(expected);
        values.add(value);
      }
    }
    expect([...values].map(String).toSorted()).toEqual(["false", "full", "short", "true"]);
    expect(server.flags.counts()).toEqual({ answered: 80, whenAway: 0 });
    expect(questions(twin)).toHaveLength("POSTHOG_FLAGS_KEY" in more ? 0 : 80);
    expect(warnings).toEqual([]);
  });

  test("a person's data leaves redacted, and the value is reported once, as an event like all others", async () => {
    const twin = await twinWith(all);
    const { server } = helpers(environmentOf(twin, more));
    const person = {
      distinctId: "ada@example.com",
      tenantId: "+15551234567",
      properties: { internal: true, plan: "pro", email: "ada@example.com" } as object,
    };
    for (let time = 0; time < 3; time += 1)
      expect(await server.flags.value("ask-streaming", person, patient)).toBe(true);
    await server.flags.close(1_000);
    expect(await server.analytics.close(5_000)).toEqual({ sent: 1, dropped: 0, refused: 0 });
    expect(server.droppedProperties()).toEqual({ "flag.email": 3 });
    const [event] = twin.events();
    expect([event?.event, event?.distinctId]).toEqual(["$feature_flag_called", opaqueId(person.distinctId)]);
    expect(event?.properties).toMatchObject({
      $feature_flag: "ask-streaming",
      $feature_flag_response: true,
      "$feature/ask-streaming": true,
    });
    expect(JSON.stringify(twin.requests.all())).not.toMatch(/ada@example|5551234567/);
  });

  test("a flag that PostHog does not have gets the catalog's value, which is said once, counted, and not reported", async () => {
    const twin = await twinWith(["ask-streaming"]);
    const { server, warnings } = helpers(environmentOf(twin, more));
    for (let time = 0; time < 3; time += 1)
      expect(await server.flags.value("onboarding-length", { distinctId: user }, patient)).toBe("full");
    expect(await server.flags.value("ask-streaming", staff, patient)).toBe(true);
    expect(server.flags.counts()).toEqual({ answered: 1, whenAway: 3 });
    expect(warnings).toEqual([
      "PostHog does not know the feature flag onboarding-length: it is full until `pulumi up` has made it",
    ]);
    await server.flags.close(1_000);
    await server.analytics.close(5_000);
    expect(twin.events().map(({ properties }) => properties.$feature_flag)).toEqual(["ask-streaming"]);
  });

  test("a value that somebody made in PostHog, and the catalog does not have, is not given to the app", async () => {
    const twin = await twinWith([]);
    const variants = [{ key: "tiny", rollout_percentage: 100 }];
    await make(twin, "onboarding-length", { groups: [{}], multivariate: { variants } });
    const { server, warnings } = helpers(environmentOf(twin, more));
    expect(await server.flags.value("onboarding-length", { distinctId: user }, patient)).toBe("full");
    expect(warnings).toEqual([
      "PostHog's value of the feature flag onboarding-length is none of the catalog's (full, short, false): it is full instead",
    ]);
  });

  test("the catalog's values are given when PostHog fails, at once for a while, and that is said once", async () => {
    const twin = await twinWith(all);
    twin.faults.add({ match: { path: "/flags" }, effect: { kind: "status", status: 503 }, times: 1_000 });
    const { server, warnings } = helpers(environmentOf(twin, more));
    for (let time = 0; time < 5; time += 1)
      expect(await server.flags.value("ask-streaming", staff, patient)).toBe(false);
    expect(server.flags.counts()).toEqual({ answered: 0, whenAway: 5 });
    expect(questions(twin)).toHaveLength(3);
    expect(warnings.filter((line) => line.startsWith("Feature flags have"))).toEqual([
      "Feature flags have their values for when PostHog is away: it answers 503.",
    ]);
    expect(await server.analytics.close(1_000)).toEqual({ sent: 0, dropped: 0, refused: 0 });
  });

  test("questions after the end, and of nobody, get the catalog's value and ask nobody", async () => {
    const twin = await twinWith(all);
    const { server, warnings } = helpers(environmentOf(twin, more));
    for (const nobody of [undefined, "", "undefined", {}])
      expect(await server.flags.value("ask-streaming", { ...staff, distinctId: nobody as string }, patient)).toBe(
        false,
      );
    expect(warnings).toEqual(['flag("ask-streaming") was asked for nobody: without an id it is false']);
    await server.flags.close(1_000);
    expect(await server.flags.value("ask-streaming", staff, patient)).toBe(false);
    expect(questions(twin)).toEqual([]);
  });
});

test("an answer that comes too late is not waited for, nor reported to PostHog", async () => {
  let arrived = 0;
  const silent = createServer(() => {
    arrived += 1;
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const { server, warnings } = helpers({ POSTHOG_API_KEY: "phc_a", POSTHOG_HOST: `http://127.0.0.1:${port}` });
  // The library itself is loaded by the first question.
  const begun = performance.now();
  for (let time = 0; time < 100; time += 1)
    expect(await server.flags.value("ask-streaming", staff, { deadlineMs: 200 })).toBe(false);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(arrived).toBeLessThanOrEqual(3);
  expect(warnings).toEqual(["Feature flags have their values for when PostHog is away: no answer within 200 ms."]);
});

test("one slow answer is no outage: the next one is asked for", async () => {
  const twin = await twinWith(all);
  twin.faults.add({ match: { path: "/flags" }, effect: { kind: "status", status: 503 }, times: 2 });
  const { server } = helpers(environmentOf(twin));
  const values: unknown[] = [];
  for (let time = 0; time < 3; time += 1) values.push(await server.flags.value("ask-streaming", staff, patient));
  expect(values).toEqual([false, false, true]);
});

test("with a key for flags that PostHog refuses, PostHog is asked for each value, and that is said once", async () => {
  const twin = await twinWith(all);
  const { server, warnings } = helpers(environmentOf(twin, { POSTHOG_FLAGS_KEY: "phs_marked_secret" }));
  for (let time = 0; time < 3; time += 1) expect(await server.flags.value("ask-streaming", staff, patient)).toBe(true);
  expect(warnings).toEqual([
    "Feature flags cannot be evaluated here, and PostHog is asked for each value: it answers 401 to POSTHOG_FLAGS_KEY.",
  ]);
  expect(questions(twin)).toHaveLength(3);
});

test("the start waits for the definitions, and not for a PostHog that does not have them", async () => {
  const twin = await twinWith(all);
  const { server } = helpers(environmentOf(twin, { POSTHOG_FLAGS_KEY: secretKey }));
  await server.flags.ready();
  expect(twin.requests.all().map(({ path, status }) => [path.split("?")[0], status])).toContainEqual([
    "/flags/definitions",
    200,
  ]);
  twin.faults.add({ match: { path: "/flags" }, effect: { kind: "status", status: 503 }, times: 1_000 });
  await helpers(environmentOf(twin, { POSTHOG_FLAGS_KEY: secretKey })).server.flags.ready();
});

test("what a rule needs and the app does not say is what PostHog knows of the person", async () => {
  const twin = await twinWith(all);
  const { server } = helpers(environmentOf(twin, { POSTHOG_FLAGS_KEY: secretKey }));
  server.analytics.capture("$set", user, { $set: { internal: true } });
  await server.analytics.close(5_000);
  expect(await server.flags.value("ask-streaming", { distinctId: user }, patient)).toBe(true);
  expect(questions(twin)).toHaveLength(1);
});

test("a process that evaluates flags ends when it has nothing else to do, and when it is told to", async () => {
  const twin = await twinWith(all);
  const helper = new URL("../../../src/runtime/server/index.ts", import.meta.url).href;
  for (const last of ["", "await shutdown(2_000);"]) {
    const program = `
      import { flag, initServer, shutdown } from ${JSON.stringify(helper)};
      await initServer();
      console.log(await flag("ask-streaming", { distinctId: "user_7", properties: { internal: true } }, { deadlineMs: 5_000 }));
      ${last}`;
    const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", program], {
      env: { ...environmentOf(twin, { POSTHOG_FLAGS_KEY: secretKey }) },
      timeout: 30_000,
    });
    expect(stdout).toBe("true");
  }
  expect(twin.requests.all().filter(({ path }) => path.startsWith("/flags/definitions"))).toHaveLength(2);
}, 90_000);

test("without a key for PostHog every flag has the catalog's value, and nothing is said", async () => {
  const { server, warnings } = helpers({});
  expect(await server.flags.value("onboarding-length", { distinctId: user })).toBe("full");
  expect(await server.flags.value("ask-streaming", { distinctId: user })).toBe(false);
  expect(server.flags.counts()).toEqual({ answered: 0, whenAway: 2 });
  expect(warnings).toEqual([]);
});

test("an app without types that asks for what there is not gets false, and a warning without its words", async () => {
  const { server, warnings } = helpers({});
  for (const key of ["mail ada@example.com", "constructor", 7, undefined])
    expect(await server.flags.value(key as FlagKey, staff)).toBe(false);
  expect(await server.flags.value("ask-streaming", undefined as never)).toBe(false);
  expect(await server.flags.value("ask-streaming", staff, { deadlineMs: "soon" as never })).toBe(false);
  expect(warnings.join("\n")).toContain("constructor is no feature flag of the catalog");
  expect(warnings.join("\n")).toContain("flag.deadlineMs is a text; it has to be a whole number from 1 to 5000.");
  expect(warnings.join("\n")).not.toMatch(/ada@example|soon/);
});

test("a flag that the catalog does not have, another value and another property do not compile", () => {
  const asked = async () => {
    // @ts-expect-error no such flag
    await flag("ask-steaming", { distinctId: user });
    // @ts-expect-error no such variant
    if ((await flag("onboarding-length", { distinctId: user })) === "long") return;
    // @ts-expect-error on or off
    if ((await flag("ask-streaming", { distinctId: user })) === "on") return;
    // @ts-expect-error nothing of a person's identity
    await flag("ask-streaming", { distinctId: user, properties: { email: "ada@example.com" } });
    // @ts-expect-error whose value?
    await flag("ask-streaming");
  };
  expectTypeOf(asked).toBeFunction();
  expectTypeOf(flag<"onboarding-length">).returns.resolves.toEqualTypeOf<"full" | "short" | false>();
  expectTypeOf(flag<"ask-streaming">).returns.resolves.toEqualTypeOf<boolean>();
});
