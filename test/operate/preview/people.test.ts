import { expect, onTestFinished, test } from "vitest";
import { type PosthogTwin, type PosthogTwinOptions, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import type { Access } from "../../../src/operate/access/access.ts";
import { flagChanges } from "../../../src/operate/changes/flags/flags.ts";
import { Failure } from "../../../src/operate/command/failure.ts";
import { countPeople } from "../../../src/operate/preview/people.ts";
import { planOf } from "../support/plans.ts";
import { featureFlag } from "../support/stated.ts";

const path = "/api/projects/1/feature_flags/user_blast_radius/";

/** A PostHog that knows ten people, four of them on the plan pro. */
async function posthog(options: PosthogTwinOptions = {}): Promise<PosthogTwin> {
  const twin = await startPosthogTwin(options);
  onTestFinished(() => twin.stop());
  for (let index = 0; index < 10; index++) {
    const properties = { $set: { plan: index < 4 ? "pro" : "free" } };
    const body = JSON.stringify({ token: twin.projectKey, event: "$set", distinct_id: `user_${index}`, properties });
    await fetch(`${twin.url}/i/v0/e/`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  }
  return twin;
}

const accessTo = ({ url, personalApiKey }: PosthogTwin, key = personalApiKey) =>
  ({ posthog: { host: url, projectId: 1 }, keys: { posthog: key } }) as unknown as Access;

const onPlan = (value: string) => ({ key: "plan", operator: "exact", value: [value] });
const opened = (rolloutPercent: number) =>
  featureFlag({
    rules: [
      { conditions: [onPlan("pro")], rolloutPercent },
      { conditions: [], rolloutPercent: rolloutPercent / 2 },
    ],
  });
const { changes } = planOf({ before: [opened(50)], after: [opened(100)] });

async function told(access: Access | Failure, withinMs = 5000): Promise<string[]> {
  const get = async () => {
    if (access instanceof Failure) throw access;
    return access;
  };
  const surroundings = { progress: () => {}, signal: new AbortController().signal };
  const countOf = await countPeople(changes, { get }, surroundings, withinMs);
  return flagChanges(changes, countOf).flatMap(({ words }) => words.map(String));
}

const unknown = (reason: string) => [
  "rule 1 (by plan): 50 % → 100 %",
  "rule 2 (everybody): 25 % → 50 %",
  `how many people that concerns is not known: ${reason}`,
];

test("PostHog is asked once for the conditions of each rule, and by nothing that writes", async () => {
  const twin = await posthog({ scopedKeys: [{ key: "phx_reader", scopes: ["feature_flag:read"] }] });
  const mark = twin.requests.mark();
  expect(await told(accessTo(twin, "phx_reader"))).toEqual([
    "rule 1 (by plan): 50 % → 100 %, from about 2 to about 4 of 10 people",
    "rule 2 (everybody): 25 % → 50 %, from about 3 to about 5 of 10 people",
    "who fulfils several rules is counted in each",
  ]);
  expect(twin.requests.since(mark).map((request) => `${request.method} ${request.path}`)).toEqual([
    `POST ${path}`,
    `POST ${path}`,
  ]);
});

test("an older release calls the numbers otherwise", async () => {
  const older = await import("node:http").then(({ createServer }) =>
    createServer((_, response) =>
      response
        .writeHead(200, { "Content-Type": "application/json" })
        .end(JSON.stringify({ users_affected: 2, total_users: 9 })),
    ).listen(0, "127.0.0.1"),
  );
  onTestFinished(() => void older.close());
  await new Promise((resolve) => older.once("listening", resolve));
  const { port } = older.address() as { port: number };
  const access = { posthog: { host: `http://127.0.0.1:${port}`, projectId: 1 }, keys: { posthog: "phx_local" } };
  expect((await told(access as unknown as Access))[0]).toContain("from about 1 to about 2 of 9 people");
});

test("an error of PostHog's own is unknown, and asked for once", async () => {
  const twin = await posthog();
  twin.faults.add({ match: { path }, times: "always", effect: { kind: "status", status: 500 } });
  const mark = twin.requests.mark();
  expect(await told(accessTo(twin))).toEqual(unknown("PostHog answers 500"));
  expect(twin.requests.since(mark)).toHaveLength(2);
});

test("one rule that PostHog cannot count does not hide the other", async () => {
  const twin = await posthog();
  twin.faults.add({ match: { path }, skip: 1, effect: { kind: "status", status: 500 } });
  const words = await told(accessTo(twin));
  expect(words.filter((line) => line.includes("of 10 people"))).toHaveLength(1);
  expect(words.at(-1)).toBe("how many people that concerns is not known: PostHog answers 500");
});

test("a key without the scope is told which one it lacks", async () => {
  const twin = await posthog({ scopedKeys: [{ key: "phx_without", scopes: ["dashboard:read"] }] });
  expect(await told(accessTo(twin, "phx_without"))).toEqual(
    unknown("PostHog answers 403, the key needs the scope feature_flag:read"),
  );
  expect(await told(accessTo(twin, "phx_unknown"))).toEqual(unknown("PostHog does not accept the key"));
});

test("an answer that takes too long is unknown, and not waited for", async () => {
  const twin = await posthog();
  twin.faults.add({ match: { path }, times: "always", effect: { kind: "slow", delayMs: 20_000 } });
  expect(await told(accessTo(twin), 300)).toEqual(unknown("PostHog has no answer within 0.3 s"));
});

test("settings that are wrong, or no key, are unknown with their reason", async () => {
  expect(await told(new Failure("the settings of production are not valid"))).toEqual(
    unknown("the settings of production are not valid"),
  );
  const twin = await posthog();
  const access = { ...accessTo(twin), keys: { posthog: undefined } } as unknown as Access;
  expect(await told(access)).toEqual(unknown("there is no key for PostHog"));
});

test("a plan in which no flag changes asks nobody", async () => {
  const twin = await posthog();
  const mark = twin.requests.mark();
  const surroundings = { progress: () => expect.fail("nothing is asked"), signal: new AbortController().signal };
  expect(await countPeople([], { get: async () => accessTo(twin) }, surroundings)).toBeUndefined();
  expect(twin.requests.since(mark)).toEqual([]);
});
