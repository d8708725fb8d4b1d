import { describe, expect, test, vi } from "vitest";
import type { PagesVariablesInputs } from "../../../src/resources/cloudflare/variables/inputs.ts";
import { faults, type Scenario, survive } from "../survival.ts";
import { desiredInputs, pagesProject, plain, secret } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });
// The provider waits as usual, but a thousand times faster.
vi.mock("../../../src/resources/kernel/clock.ts", async () => {
  const { fastClock } = await import("../fast-clock.ts");
  return { systemClock: fastClock(1000) };
});
vi.spyOn(console, "error").mockImplementation(() => {});

const start = async () => {
  const project = await pagesProject();
  return { ...project, [Symbol.asyncDispose]: () => project.twin.stop() };
};
type World = Awaited<ReturnType<typeof start>>;

const scenario = (one: Pick<Scenario<World, PagesVariablesInputs>, "before" | "command" | "after">) => ({
  start,
  resource: (at: World) => at.another(),
  standing: ({ twin }: World) => [twin.variables("operator-ui"), twin.variables("operator-ui", "preview")],
  ...one,
});

const changed = desiredInputs({
  production: {
    VITE_SENTRY_ENVIRONMENT: plain("staging"),
    BUILD_TOKEN: secret("marked-secret-2"),
    VITE_NEW: plain("1"),
  },
  preview: { VITE_SENTRY_ENVIRONMENT: plain("preview"), OTHER_TOKEN: secret("marked-secret-3") },
});

const scenarios = {
  "writing variables": scenario({ command: (resource) => resource.up(desiredInputs()) }),
  "writing variables of both environments": scenario({ command: (resource) => resource.up(changed) }),
  "changing and adding variables": scenario({
    before: (_, resource) => resource.up(desiredInputs()),
    command: (resource) => resource.up(changed),
  }),
  "removing variables": scenario({
    before: (_, resource) => resource.up(changed),
    command: (resource) => resource.up(desiredInputs({ production: { BUILD_TOKEN: secret("marked-secret-2") } })),
  }),
  "removing all variables with the resource": scenario({
    before: (_, resource) => resource.up(changed),
    command: (resource) => resource.destroy(),
    after: async ({ variables }) => expect(Object.keys(variables())).toEqual(["SUPABASE_URL", "STRIPE_KEY"]),
  }),
};

describe.for(Object.entries(scenarios))("%s", ([, one]) => {
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(one, fault)).toEqual([]);
  });
});
