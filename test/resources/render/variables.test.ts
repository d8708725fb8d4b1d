import { describe, expect, test } from "vitest";
import {
  desiredInputs,
  manyOfTheirs,
  open,
  redis1,
  redis2,
  renderService,
  secret,
  serviceId,
  values,
} from "./support.ts";

describe("what others wrote on the service", () => {
  test("survives create, update, refresh and delete, however many pages of it there are", async () => {
    const theirs = manyOfTheirs();
    const { resource, variables, writes } = await renderService({ theirs });
    await resource.up(desiredInputs());
    expect(variables()).toEqual({ ...theirs, ...values(desiredInputs()) });
    await resource.up(desiredInputs({ variables: { REDIS_URL: secret(redis2) } }));
    expect(variables()).toEqual({ ...theirs, REDIS_URL: redis2 });
    await resource.refresh();
    await resource.destroy();
    expect(variables()).toEqual(theirs);
    expect(writes().filter((write) => /THEIR|env-vars$/.test(write))).toEqual([]);
  });

  test("is never drift and never in state, however much of it changes", async () => {
    const { resource, setByHand, removeByHand } = await renderService({ theirs: manyOfTheirs(30) });
    await resource.up(desiredInputs());
    await setByHand("THEIR_1", "new");
    await setByHand("ANOTHER", "their-secret");
    await removeByHand("THEIR_2");
    expect(await resource.refresh()).toEqual(desiredInputs());
    expect(JSON.stringify(resource.state)).not.toContain("their");
  });

  test("stands in the way, also on the last page: an error names every such variable, and nothing is written", async () => {
    const theirs = { ...manyOfTheirs(), REDIS_URL: "redis://theirs", SENTRY_ENVIRONMENT: "theirs" };
    const { resource, writes, variables } = await renderService({ theirs });
    await expect(resource.up(desiredInputs())).rejects.toThrow(
      `not written by this stack, and not written over: SENTRY_ENVIRONMENT, REDIS_URL in Render service ${serviceId}. Nothing was changed. Remove them by hand, or let the stack take them over: adopt: ["SENTRY_ENVIRONMENT","REDIS_URL"]`,
    );
    expect(writes()).toEqual([]);
    expect(variables()).toEqual(theirs);
    expect(resource.state).toBeUndefined();
  });

  test("stands in the way of an update as well", async () => {
    const { resource, writes } = await renderService();
    await resource.up(desiredInputs());
    writes();
    const more = { ...desiredInputs().variables, DATABASE_URL: secret("mine") };
    await expect(resource.up(desiredInputs({ variables: more }))).rejects.toThrow(/DATABASE_URL in Render service/);
    expect(writes()).toEqual([]);
  });

  test("is taken over when it is adopted, and then goes with the resource", async () => {
    const { resource, variables } = await renderService({ theirs: { REDIS_URL: "redis://theirs", OTHER: "1" } });
    await resource.up(desiredInputs({ adopt: ["REDIS_URL"] }));
    expect(variables()).toEqual({ OTHER: "1", ...values(desiredInputs()) });
    await resource.destroy();
    expect(variables()).toEqual({ OTHER: "1" });
  });

  test("is neither written nor deployed when it is adopted and already says what is wanted", async () => {
    const { resource, writes, deploys } = await renderService({ theirs: values(desiredInputs()) });
    await resource.up(desiredInputs({ adopt: Object.keys(desiredInputs().variables) }));
    expect(writes()).toEqual([]);
    expect(deploys()).toEqual([]);
  });
});

describe("an up", () => {
  test("writes one variable at a time and deploys once, after the last write", async () => {
    const { resource, writes, deploys } = await renderService();
    await resource.up(desiredInputs());
    expect(writes()).toEqual([
      "PUT env-vars/SENTRY_ENVIRONMENT",
      "PUT env-vars/REDIS_URL",
      "PUT env-vars/POSTHOG_HOST",
      "POST deploys",
    ]);
    expect(deploys()).toEqual([{ DATABASE_URL: "postgres://theirs", ...values(desiredInputs()) }]);
  });

  test("deploys the build that is live, so that it ships no commit", async () => {
    const { resource, twin } = await renderService();
    await resource.up(desiredInputs());
    expect(twin.requests.writes().at(-1)?.body).toEqual({ deployMode: "deploy_only" });
  });

  test("with a rotated secret writes that variable alone and deploys once", async () => {
    const { resource, writes, deploys } = await renderService();
    await resource.up(desiredInputs());
    writes();
    await resource.up(desiredInputs({ variables: { ...desiredInputs().variables, REDIS_URL: secret(redis2) } }));
    expect(writes()).toEqual(["PUT env-vars/REDIS_URL", "POST deploys"]);
    expect(deploys().map(({ REDIS_URL }) => REDIS_URL)).toEqual([redis1, redis2]);
  });

  test("removes a variable that is no longer wanted, then deploys", async () => {
    const { resource, writes, variables } = await renderService();
    await resource.up(desiredInputs());
    writes();
    const { POSTHOG_HOST: _, ...rest } = desiredInputs().variables;
    await resource.up(desiredInputs({ variables: rest }));
    expect(writes()).toEqual(["DELETE env-vars/POSTHOG_HOST", "POST deploys"]);
    expect(variables()).not.toHaveProperty("POSTHOG_HOST");
  });

  test("without a change neither writes nor deploys", async () => {
    const { resource, writes, twin } = await renderService();
    await resource.up(desiredInputs());
    writes();
    expect(await resource.up(desiredInputs({ adopt: ["X"] }))).toBe("updated");
    expect(writes()).toEqual([]);
    expect(await resource.up(desiredInputs({ adopt: ["X"] }))).toBe("same");
    expect(twin.requests.all()).toEqual([]);
  });

  test("is done when the deploy has to wait for another one (202 without a body)", async () => {
    const { resource, deploys } = await renderService({ twin: { whenBusy: "queue" } });
    await resource.up(desiredInputs());
    await resource.up(desiredInputs({ variables: { REDIS_URL: secret(redis2) } }));
    expect(deploys()).toHaveLength(2);
    expect(resource.state).toMatchObject({ deployPending: false });
  });

  test("waits as long as Render asks when it writes too fast, then is done", async () => {
    const { resource, twin, variables } = await renderService();
    twin.faults.add({
      match: { method: "PUT" },
      skip: 1,
      effect: { kind: "status", status: 429, retryAfterSeconds: 1 },
    });
    await resource.up(desiredInputs());
    expect(variables()).toMatchObject(values(desiredInputs()));
  });
});

describe("with deploy: never", () => {
  test("variables wait for the next deploy, and are deployed once when the setting changes", async () => {
    const { resource, writes, deploys } = await renderService();
    await resource.up(desiredInputs({ deploy: "never" }));
    expect(deploys()).toEqual([]);
    expect(await resource.refresh()).toEqual(desiredInputs({ deploy: "never" }));
    writes();
    await resource.up(desiredInputs());
    expect(writes()).toEqual(["POST deploys"]);
    expect(await resource.up(desiredInputs())).toBe("same");
  });
});

describe("a change by hand", () => {
  test("is named by the refresh, with its value where it is public, and healed by the next up", async () => {
    const { resource, setByHand, removeByHand, writes, variables } = await renderService();
    await resource.up(desiredInputs());
    await setByHand("SENTRY_ENVIRONMENT", "prod");
    await setByHand("REDIS_URL", "redis://somebody:elses-secret@x");
    await removeByHand("POSTHOG_HOST");
    writes();
    expect((await resource.refresh())?.variables).toEqual({
      SENTRY_ENVIRONMENT: open("prod"),
      REDIS_URL: secret("(set by hand)"),
    });
    expect(JSON.stringify(resource.state)).not.toContain("elses-secret");
    await resource.up(desiredInputs());
    expect(writes()).toEqual([
      "PUT env-vars/SENTRY_ENVIRONMENT",
      "PUT env-vars/REDIS_URL",
      "PUT env-vars/POSTHOG_HOST",
      "POST deploys",
    ]);
    expect(variables()).toMatchObject(values(desiredInputs()));
  });

  test("that put a removed variable back is healed without adopting it", async () => {
    const { resource, setByHand, removeByHand, variables } = await renderService();
    await resource.up(desiredInputs());
    await removeByHand("REDIS_URL");
    await resource.refresh();
    await setByHand("REDIS_URL", "redis://elses-secret");
    await resource.refresh();
    expect(JSON.stringify(resource.state)).not.toContain("elses-secret");
    await resource.up(desiredInputs());
    expect(variables().REDIS_URL).toBe(redis1);
  });

  test("that deleted the service ends the resource at a refresh; a destroy is done", async () => {
    const { resource, deleteService } = await renderService();
    await resource.up(desiredInputs());
    await deleteService();
    const [destroyed] = await Promise.allSettled([resource.destroy()]);
    expect(destroyed.status).toBe("fulfilled");
    await expect(resource.up(desiredInputs())).rejects.toThrow(`there is no service ${serviceId} for this key`);
    expect(await resource.refresh()).toBeUndefined();
  });
});
