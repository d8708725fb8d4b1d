import { describe, expect, test } from "vitest";
import { desiredInputs, pagesProject, plain, secret } from "./support.ts";

describe("what others wrote on the project", () => {
  test("survives create, update, refresh and delete: variables, secrets, bindings and build settings", async () => {
    const { resource, project, variables } = await pagesProject();
    const before = await project();
    const theirs = variables();

    await resource.up(desiredInputs());
    expect(variables()).toMatchObject(theirs);
    await resource.up(
      desiredInputs({ production: { VITE_SENTRY_ENVIRONMENT: plain("staging") }, preview: { MINE: plain("1") } }),
    );
    expect(variables()).toMatchObject(theirs);
    await resource.refresh();
    await resource.destroy();
    expect(await project()).toEqual(before);
    expect(variables()).toEqual(theirs);
  });

  test("is never drift, however much of it changes", async () => {
    const { resource, byHand } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ SUPABASE_URL: plain("https://new"), ANOTHER: secret("x"), STRIPE_KEY: null });
    expect(await resource.refresh()).toEqual(desiredInputs());
  });
});

describe("a variable that exists already", () => {
  const theirs = { VITE_SENTRY_ENVIRONMENT: plain("theirs"), BUILD_TOKEN: secret("their-token") };

  test("is not written over: an error names every such variable, and nothing is written", async () => {
    const { resource, writes, variables } = await pagesProject({ theirs });
    const before = variables();
    await expect(resource.up(desiredInputs({ preview: { MODE: plain("mine") } }))).rejects.toThrow(
      'not written by this stack, and not written over: VITE_SENTRY_ENVIRONMENT, BUILD_TOKEN in Pages project "operator-ui" (production); MODE in Pages project "operator-ui" (preview). Nothing was changed. Remove them by hand, or let the stack take them over: adopt: ["VITE_SENTRY_ENVIRONMENT","BUILD_TOKEN","MODE"]',
    );
    expect(writes()).toEqual([]);
    expect(variables()).toEqual(before);
    expect(resource.state).toBeUndefined();
  });

  test("stands in the way of an update as well, and the old state is kept", async () => {
    const { resource, writes } = await pagesProject();
    await resource.up(desiredInputs());
    writes();
    const more = { ...desiredInputs().production, SUPABASE_URL: plain("mine") };
    await expect(resource.up(desiredInputs({ production: more }))).rejects.toThrow(/SUPABASE_URL in Pages project/);
    expect(writes()).toEqual([]);
    expect(resource.state).toMatchObject(desiredInputs());
  });

  test("is taken over when it is adopted, and goes with the resource", async () => {
    const { resource, variables } = await pagesProject({ theirs });
    await resource.up(desiredInputs({ adopt: ["VITE_SENTRY_ENVIRONMENT", "BUILD_TOKEN"] }));
    expect(variables()).toMatchObject(desiredInputs().production);
    await resource.destroy();
    expect(Object.keys(variables())).toEqual(["SUPABASE_URL", "STRIPE_KEY"]);
  });

  test("is not written when it is adopted and already says what is wanted; a secret cannot be compared", async () => {
    const { resource, writes } = await pagesProject({
      theirs: { VITE_SENTRY_ENVIRONMENT: plain("production"), BUILD_TOKEN: secret("marked-secret-1") },
    });
    await resource.up(desiredInputs({ adopt: ["VITE_SENTRY_ENVIRONMENT", "BUILD_TOKEN"] }));
    expect(writes()).toEqual([
      {
        method: "PATCH",
        body: { deployment_configs: { production: { env_vars: { BUILD_TOKEN: secret("marked-secret-1") } } } },
      },
    ]);
  });
});

describe("an update", () => {
  test("writes only the variable whose value changed, with type and value", async () => {
    const { resource, writes } = await pagesProject();
    await resource.up(desiredInputs());
    writes();
    await resource.up(desiredInputs({ production: { ...desiredInputs().production, BUILD_TOKEN: secret("rotated") } }));
    expect(writes()).toEqual([
      {
        method: "PATCH",
        body: { deployment_configs: { production: { env_vars: { BUILD_TOKEN: secret("rotated") } } } },
      },
    ]);
  });

  test("removes a variable that is no longer wanted with null, and no other", async () => {
    const { resource, writes, variables } = await pagesProject();
    await resource.up(desiredInputs({ preview: { MINE: plain("1") } }));
    writes();
    await resource.up(desiredInputs({ production: { BUILD_TOKEN: secret("marked-secret-1") } }));
    expect(writes()).toEqual([
      {
        method: "PATCH",
        body: {
          deployment_configs: {
            production: { env_vars: { VITE_SENTRY_ENVIRONMENT: null } },
            preview: { env_vars: { MINE: null } },
          },
        },
      },
    ]);
    expect(Object.keys(variables())).toEqual(["SUPABASE_URL", "STRIPE_KEY", "BUILD_TOKEN"]);
  });

  test("writes nothing when only `adopt` changed, and nothing at all is done when nothing did", async () => {
    const { resource, twin, writes } = await pagesProject();
    await resource.up(desiredInputs());
    writes();
    expect(await resource.up(desiredInputs({ adopt: ["X"] }))).toBe("updated");
    expect(writes()).toEqual([]);
    expect(await resource.up(desiredInputs({ adopt: ["X"] }))).toBe("same");
    expect(twin.requests.all()).toEqual([]);
  });

  test("of a type turns a plain text into a secret", async () => {
    const { resource, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await resource.up(desiredInputs({ production: { VITE_SENTRY_ENVIRONMENT: secret("production") } }));
    expect(variables()).toMatchObject({ VITE_SENTRY_ENVIRONMENT: secret("production") });
  });

  test("of the project's name moves the variables: the new project gets them, the old one loses them", async () => {
    const { resource, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await expect(resource.up(desiredInputs({ projectName: "elsewhere" }))).rejects.toThrow(
      /no Pages project "elsewhere"/,
    );
    expect(variables()).toMatchObject(desiredInputs().production);
  });
});

test("a write that comes too early waits as long as Cloudflare asks, then is done", async () => {
  const { resource, twin, variables } = await pagesProject();
  twin.faults.add({ match: { method: "PATCH" }, effect: { kind: "status", status: 429, retryAfterSeconds: 1 } });
  await resource.up(desiredInputs());
  expect(variables()).toMatchObject(desiredInputs().production);
});

describe("a change by hand", () => {
  test("is named by the refresh and healed by the next up, which writes nothing else", async () => {
    const { resource, byHand, writes, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ VITE_SENTRY_ENVIRONMENT: plain("prod") });
    writes();
    expect((await resource.refresh())?.production).toEqual({
      VITE_SENTRY_ENVIRONMENT: plain("prod"),
      BUILD_TOKEN: secret("marked-secret-1"),
    });
    await resource.up(desiredInputs());
    expect(writes()).toEqual([
      {
        method: "PATCH",
        body: { deployment_configs: { production: { env_vars: { VITE_SENTRY_ENVIRONMENT: plain("production") } } } },
      },
    ]);
    expect(variables()).toMatchObject(desiredInputs().production);
  });

  test("that removed variables is named and healed, secrets included", async () => {
    const { resource, byHand, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ VITE_SENTRY_ENVIRONMENT: null, BUILD_TOKEN: null });
    expect((await resource.refresh())?.production).toEqual({});
    await resource.up(desiredInputs());
    expect(variables()).toMatchObject(desiredInputs().production);
  });

  test("that turned a secret into plain text is named, and what was put there stays out of state", async () => {
    const { resource, byHand, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ BUILD_TOKEN: plain("somebody's own token") });
    expect((await resource.refresh())?.production.BUILD_TOKEN).toEqual(plain("(not known)"));
    expect(JSON.stringify(resource.state)).not.toContain("somebody's own token");
    await resource.up(desiredInputs());
    expect(variables().BUILD_TOKEN).toEqual(secret("marked-secret-1"));
  });

  test("that put a removed secret back with another value is healed", async () => {
    const { resource, byHand, variables } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ BUILD_TOKEN: null });
    await resource.refresh();
    await byHand({ BUILD_TOKEN: secret("another") });
    await resource.up(desiredInputs());
    expect(variables().BUILD_TOKEN).toEqual(secret("marked-secret-1"));
  });

  test("of a secret's value is not seen, because Cloudflare never gives it back", async () => {
    const { resource, byHand } = await pagesProject();
    await resource.up(desiredInputs());
    await byHand({ BUILD_TOKEN: secret("another") });
    expect(await resource.refresh()).toEqual(desiredInputs());
  });

  test("that deleted the project is seen as such; the next up says that there is none", async () => {
    const { resource, deleteProject } = await pagesProject();
    await resource.up(desiredInputs());
    await deleteProject();
    await resource.destroy();
    await expect(resource.up(desiredInputs())).rejects.toThrow(/there is no Pages project "operator-ui" in account/);
  });

  test("that deleted the project ends the resource at a refresh", async () => {
    const { resource, deleteProject } = await pagesProject();
    await resource.up(desiredInputs());
    await deleteProject();
    expect(await resource.refresh()).toBeUndefined();
  });
});
