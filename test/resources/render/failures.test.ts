import { describe, expect, test, vi } from "vitest";
import { startCloudflareTwin } from "../../../src/local/twins/cloudflare/index.ts";
import { failed } from "../lifetime.ts";
import { apiKey, desiredInputs, open, redis1, redis2, renderService, secret, serviceId, values } from "./support.ts";

// How long the client waits between two attempts is not tested here.
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<typeof import("node:timers/promises")>()),
  setTimeout: async () => {},
}));

describe("an up that fails half-way", () => {
  test("says what was written, and the next one does what is left with one deploy", async () => {
    const { resource, twin, writes, deploys } = await renderService();
    twin.faults.add({ match: { method: "PUT", path: /REDIS_URL/ }, effect: { kind: "status", status: 403 } });
    const text = await failed(resource.up(desiredInputs()));
    expect(text).toMatch(/the key may not do this .*Written before it: SENTRY_ENVIRONMENT\..* does what is left/);
    expect(resource.state).toMatchObject({ owned: ["SENTRY_ENVIRONMENT"], deployPending: true });
    expect(deploys()).toEqual([]);
    writes();
    await resource.up(desiredInputs());
    expect(writes()).toEqual(["PUT env-vars/REDIS_URL", "PUT env-vars/POSTHOG_HOST", "POST deploys"]);
    expect(resource.isUnfinished).toBe(false);
  });

  test("before anything was written leaves nothing behind", async () => {
    const { resource, twin, variables } = await renderService();
    twin.faults.add({ match: { method: "PUT" }, effect: { kind: "status", status: 400 } });
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    expect(resource.state).toBeUndefined();
    expect(variables()).toEqual({ DATABASE_URL: "postgres://theirs" });
  });

  test("can be destroyed, which removes what was written and nothing else", async () => {
    const { resource, twin, variables, setByHand } = await renderService();
    twin.faults.add({ match: { method: "PUT", path: /POSTHOG_HOST/ }, effect: { kind: "status", status: 403 } });
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    await setByHand("POSTHOG_HOST", "https://theirs");
    await resource.destroy();
    expect(variables()).toEqual({ DATABASE_URL: "postgres://theirs", POSTHOG_HOST: "https://theirs" });
  });

  test("in a write without an answer is finished without adopting anything", async () => {
    const { resource, twin, variables, deploys } = await renderService();
    twin.faults.add({ match: { method: "PUT", path: /REDIS_URL/ }, times: 5, effect: { kind: "reset-after" } });
    await expect(resource.up(desiredInputs())).rejects.toThrow(/gave no answer \(ECONNRESET\).* next `pulumi up`/);
    expect(variables().REDIS_URL).toBe(redis1);
    await resource.up(desiredInputs());
    expect(variables()).toMatchObject(values(desiredInputs()));
    expect(deploys()).toHaveLength(1);
  });

  test("in a removal without an answer removes it next time, or finds it gone", async () => {
    const { resource, twin, variables } = await renderService();
    await resource.up(desiredInputs());
    const less = desiredInputs({ variables: { REDIS_URL: secret(redis1) } });
    twin.faults.add({ match: { method: "DELETE" }, times: 5, effect: { kind: "reset-before" } });
    await expect(resource.up(less)).rejects.toThrow();
    expect(Object.keys((await resource.refresh())?.variables ?? {})).toContain("SENTRY_ENVIRONMENT");
    twin.faults.add({ match: { method: "DELETE" }, effect: { kind: "reset-after" } });
    await resource.up(less);
    expect(variables()).toEqual({ DATABASE_URL: "postgres://theirs", REDIS_URL: redis1 });
  });
});

describe("a deploy that cannot be started", () => {
  test("is started by the next up, which writes nothing", async () => {
    const { resource, twin, writes, deploys } = await renderService();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 409 } });
    expect(await failed(resource.up(desiredInputs()))).toMatch(
      /does not deploy service .*conflicts.*Look at the service's events/,
    );
    writes();
    await resource.up(desiredInputs());
    expect(writes()).toEqual(["POST deploys"]);
    expect(deploys()).toHaveLength(1);
    expect(await resource.up(desiredInputs())).toBe("same");
  });

  test("is not forgotten by a refresh, which shows it as pending", async () => {
    const { resource, twin, deploys } = await renderService();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 409 } });
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    expect(await resource.refresh()).toEqual(desiredInputs({ deploy: "pending" }));
    await resource.up(desiredInputs());
    expect(deploys()).toHaveLength(1);
    expect(await resource.refresh()).toEqual(desiredInputs());
  });

  test("once more keeps the state that says so", async () => {
    const { resource, twin, deploys } = await renderService();
    twin.faults.add({ match: { method: "POST" }, times: 2, effect: { kind: "status", status: 409 } });
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    await resource.up(desiredInputs());
    expect(deploys()).toHaveLength(1);
  });

  test("as far as anybody can tell, is not started twice when it was", async () => {
    const { resource, twin, deploys } = await renderService();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "reset-after" } });
    await resource.up(desiredInputs());
    expect(deploys()).toHaveLength(1);
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "reset-before" } });
    await resource.up(desiredInputs({ variables: { REDIS_URL: secret(redis2) } }));
    expect(deploys().map(({ REDIS_URL }) => REDIS_URL)).toEqual([redis1, redis2]);
  });
});

test("a variable that was removed before an up failed is nobody's: one of that name that comes later stays", async () => {
  const { resource, twin, variables, setByHand } = await renderService();
  await resource.up(desiredInputs());
  twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 409 } });
  await expect(resource.up(desiredInputs({ variables: { REDIS_URL: secret(redis1) } }))).rejects.toThrow();
  await setByHand("SENTRY_ENVIRONMENT", "theirs");
  await resource.destroy();
  expect(variables()).toEqual({ DATABASE_URL: "postgres://theirs", SENTRY_ENVIRONMENT: "theirs" });
});

describe("a refused write", () => {
  test("does not repeat a secret, not even one that Render repeats", async () => {
    const { resource, twin } = await renderService();
    const detail = `invalid value ${redis1}`;
    twin.faults.add({ match: { method: "PUT", path: /REDIS_URL/ }, effect: { kind: "status", status: 400, detail } });
    const text = await failed(resource.up(desiredInputs()));
    expect(text).toContain("invalid value [secret]");
    expect(text).not.toContain("marked-secret");
    expect(text).not.toContain(apiKey);
  });
});

describe("a mistake in the configuration says what to look at", () => {
  test.each([
    ["key", { "render:apiKey": "rnd_wrong" }, {}, /does not accept the key \("Unauthorized"\).*RENDER_API_KEY/],
    ["no key", { "render:apiKey": "" }, {}, /no key for Render: set RENDER_API_KEY .* render:apiKey/],
    ["service", {}, { serviceId: "srv-nobody" }, /no service srv-nobody for this key.*service's id/],
    ["host", { "render:host": "http://127.0.0.1:1" }, {}, /127.0.0.1:1 gave no answer \(ECONNREFUSED\).*render:host/],
  ])("%s", async (_what, config, changes, message) => {
    const { resource } = await renderService({ config });
    const text = await failed(resource.up(desiredInputs(changes)));
    expect(text).toMatch(message);
    expect(text).not.toContain("marked-secret");
  });

  test("a host that is something else does not make the service look gone", async () => {
    const twin = await startCloudflareTwin();
    try {
      const { resource } = await renderService({ config: { "render:host": twin.url } });
      expect(await failed(resource.up(desiredInputs()))).toMatch(
        new RegExp(`does not answer as Render's API does \\(404 to GET /services/${serviceId}/.*Look at render:host`),
      );
    } finally {
      await twin.stop();
    }
  });

  test("the key in the environment comes before the one in the configuration", async () => {
    const { resource, variables } = await renderService({ config: { "render:apiKey": "rnd_old" } });
    vi.stubEnv("RENDER_API_KEY", apiKey);
    await resource.up(desiredInputs());
    expect(variables()).toMatchObject(values(desiredInputs()));
  });

  test("inputs: without repeating a secret", async () => {
    const { resource } = await renderService();
    const wrong = { visibility: "hidden", value: redis1 } as unknown as ReturnType<typeof secret>;
    const text = await failed(resource.up(desiredInputs({ variables: { REDIS_URL: wrong } })));
    expect(text).toMatch(/variables\.REDIS_URL\.visibility a variable is public or secret/);
    expect(text).not.toContain("marked-secret");
    expect(await failed(resource.up(desiredInputs({ deploy: "pending" })))).toMatch(
      /deploy is not a choice \(it is "pending"\)/,
    );
    expect(await failed(resource.up(desiredInputs({ variables: { A: open("") } })))).toMatch(
      /variables\.A\.value .*leave it out/,
    );
  });
});
