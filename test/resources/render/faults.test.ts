import { describe, expect, test, vi } from "vitest";
import type { ServiceVariablesInputs } from "../../../src/resources/render/variables/inputs.ts";
import { faults, type Scenario, survive } from "../survival.ts";
import { desiredInputs, open, redis1, redis2, renderService, secret, values } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });
// The provider waits as usual, but a thousand times faster.
vi.mock("../../../src/resources/kernel/clock.ts", async () => {
  const { fastClock } = await import("../fast-clock.ts");
  return { systemClock: fastClock(1000) };
});
vi.spyOn(console, "error").mockImplementation(() => {});

const start = async () => {
  const service = await renderService();
  return { ...service, [Symbol.asyncDispose]: () => service.twin.stop() };
};
type World = Awaited<ReturnType<typeof start>>;

const scenario = (one: Pick<Scenario<World, ServiceVariablesInputs>, "before" | "command" | "after">) => ({
  start,
  resource: (at: World) => at.another(),
  // One deploy too many is harmless; a last deploy with other variables than the service has is an error.
  standing: ({ variables, deploys }: World) => ({ variables: variables(), deployed: deploys().at(-1) }),
  ...one,
});

const changed = desiredInputs({
  variables: { REDIS_URL: secret(redis2), POSTHOG_HOST: open("https://ph"), REGION: open("eu"), ZONE: secret("a") },
});
const theirs = { DATABASE_URL: "postgres://theirs" };

const scenarios = {
  "writing variables": scenario({
    command: (resource) => resource.up(desiredInputs()),
    after: async ({ deploys }) => expect(deploys().at(-1)).toEqual({ ...theirs, ...values(desiredInputs()) }),
  }),
  "changing, adding and removing variables": scenario({
    before: (_, resource) => resource.up(desiredInputs()),
    command: (resource) => resource.up(changed),
    after: async ({ deploys }) => expect(deploys().at(-1)).toEqual({ ...theirs, ...values(changed) }),
  }),
  "removing one variable": scenario({
    before: (_, resource) => resource.up(desiredInputs()),
    command: (resource) => resource.up(desiredInputs({ variables: { REDIS_URL: secret(redis1) } })),
    after: async ({ deploys }) => expect(deploys().at(-1)).toEqual({ ...theirs, REDIS_URL: redis1 }),
  }),
  "removing all variables with the resource": scenario({
    before: (_, resource) => resource.up(desiredInputs()),
    command: (resource) => resource.destroy(),
    after: async ({ variables }) => expect(variables()).toEqual(theirs),
  }),
};

describe.for(Object.entries(scenarios))("%s", ([, one]) => {
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(one, fault)).toEqual([]);
  });
});

test("a deploy is started once when nobody is killed, whatever befalls its request", async () => {
  for (const effect of [
    { kind: "reset-after" },
    { kind: "status-after", status: 500 },
    { kind: "status-after", status: 504 },
    { kind: "late", status: 504, delayMs: 20 },
  ] as const) {
    await using at = await start();
    at.twin.faults.add({ match: { method: "POST" }, effect });
    await at.resource.up(desiredInputs());
    expect(at.deploys()).toHaveLength(1);
  }
});
