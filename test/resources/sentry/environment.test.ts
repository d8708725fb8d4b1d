import { describe, expect, test, vi } from "vitest";
import type { EnvironmentInputs } from "../../../src/resources/sentry/environment/provider.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { monitor } from "../../../src/resources/sentry/monitor/provider.ts";
import { environment } from "../../../src/resources/sentry/providers.ts";
import { errorSpike, givenSentry, organizationPath, resourceOf } from "./support.ts";

// The provider waits as usual, but a thousand times faster.
vi.mock("../../../src/resources/kernel/clock.ts", async () => {
  const { fastClock } = await import("../fast-clock.ts");
  return { systemClock: fastClock(1000) };
});
vi.spyOn(console, "error").mockImplementation(() => {});

const resource = resourceOf<EnvironmentInputs>(environment);
const production: EnvironmentInputs = { organization: "brandvx", project: "operator-ui", name: "production" };
const listed = async ({ api }: Awaited<ReturnType<typeof givenSentry>>) =>
  (await api.get(`${organizationPath}/environments/`)).body.map(({ name }: { name: string }) => name);

describe("an environment", () => {
  test("that Sentry does not know gets its first event, after which monitors of it are taken", async () => {
    const sentry = await givenSentry({ environments: [] });
    const spike = resourceOf<MonitorInputs>(monitor);
    await expect(spike.up(errorSpike)).rejects.toThrow("Sentry does not know the environment yet");
    const { id, state } = await resource.up(production);
    expect(id).toBe("brandvx/production");
    expect(await listed(sentry)).toEqual(["production"]);
    expect(sentry.twin.events().map(({ payload }) => payload)).toMatchObject([
      { environment: "production", level: "info", tags: { obs: "first event" } },
    ]);
    await spike.up(errorSpike);
    expect(await resource.seen(id, state)).toEqual(production);
    await resource.remove(id, state);
    expect(await listed(sentry)).toEqual(["production"]);
  });

  test("that Sentry knows is left alone", async () => {
    const sentry = await givenSentry();
    await resource.up(production);
    await resource.up({ ...production, project: "not-there" });
    expect(sentry.writes()).toEqual([]);
  });

  test("that somebody hid in its project is there all the same: it gets no second event, and no drift is seen", async () => {
    const sentry = await givenSentry({ environments: [] });
    const { id, state } = await resource.up(production);
    await sentry.api.put("/api/0/projects/brandvx/operator-ui/environments/production/", { isHidden: true });
    expect(await listed(sentry), "as people see it").toEqual([]);
    expect(await resource.seen(id, state)).toEqual(production);
    await resource.up(production);
    expect(sentry.twin.events()).toHaveLength(1);
  });

  test("gets one event, however often it is sent", async () => {
    const sentry = await givenSentry({ environments: [] });
    sentry.twin.faults.add({
      match: { method: "POST", path: /envelope/ },
      effect: { kind: "reset-after" },
    });
    await resource.up(production);
    expect(sentry.twin.events()).toHaveLength(1);
  });

  test("is asked of with a key that is switched on, and says what is missing where there is none", async () => {
    const { api, twin } = await givenSentry({ environments: [] });
    const keys = "/api/0/projects/brandvx/operator-ui/keys/";
    const [key] = (await api.get(keys)).body;
    await api.put(`${keys}${key.id}/`, { isActive: false });
    await expect(resource.up(production)).rejects.toThrow(/has no key that is switched on.*Client Keys/);
    await api.post(keys, { name: "another" });
    await resource.up(production);
    expect(twin.events()).toHaveLength(1);
  });
});
