import { Hono } from "hono";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startTwin, type Twin, type TwinEnv } from "../../../src/local/twins/kit/index.ts";
import { sentryRoot } from "../../../src/resources/sentry/address.ts";
import { organization } from "../../../src/resources/sentry/providers.ts";
import { missingScopes } from "../../../src/resources/sentry/scopes.ts";
import { givenSentry, pointProvidersAt, resourceOf } from "./support.ts";

interface Inputs {
  organization: string;
  baseUrl: string;
  slackIntegrationId?: string;
}
const { up, seen, change } = resourceOf<Inputs>(organization);
const brandvx: Inputs = { organization: "brandvx", baseUrl: "https://sentry.io" };

describe("the organization", () => {
  test("is verified and makes nothing", async () => {
    const { twin, writes } = await givenSentry();
    const { id, state } = await up({ ...brandvx, slackIntegrationId: "1" });
    expect(id).toBe("brandvx");
    expect(state.url).toBe(`${twin.url}/organizations/brandvx/issues/`);
    expect(await seen(id, state)).toEqual({ ...brandvx, slackIntegrationId: "1" });
    await change(id, state, brandvx);
    expect(writes()).toEqual([]);
  });

  test.each(["", "/", "/api", "/api/", "/api/0", "/api/0/"])(
    "is found at an address that ends with %j",
    async (ending) => {
      const { twin } = await givenSentry();
      pointProvidersAt(`${twin.url}${ending}`);
      await expect(up(brandvx)).resolves.toMatchObject({ id: "brandvx" });
      expect(sentryRoot(`${twin.url}${ending}`)).toBe(twin.url);
    },
  );

  test("is asked with the token of the environment first, which may have been rotated", async () => {
    const { twin } = await givenSentry({ token: "sntryu_new" });
    pointProvidersAt(twin.url, "sntryu_old");
    await expect(up(brandvx)).rejects.toThrow(/does not accept the token/);
    vi.stubEnv("SENTRY_AUTH_TOKEN", "sntryu_new");
    await expect(up(brandvx)).resolves.toMatchObject({ id: "brandvx" });
    vi.stubEnv("SENTRY_TOKEN", "sntryu_wrong");
    await expect(up(brandvx)).rejects.toThrow(/does not accept the token|Sentry answered 401/);
  });
});

describe("what is wrong is said with what to look at", () => {
  test("without a token", async () => {
    const { twin } = await givenSentry();
    pointProvidersAt(twin.url, "");
    await expect(up(brandvx)).rejects.toThrow(
      "there is no key for Sentry: set SENTRY_TOKEN in the environment, or run `pulumi config set --secret sentry:token`",
    );
  });

  test("with a token that Sentry does not know, without repeating it", async () => {
    const { twin } = await givenSentry({ token: "sntryu_other" });
    const failure = await up(brandvx).catch(String);
    expect(failure).toMatch(/does not accept the token \("Invalid token"\)\. Look at the token: SENTRY_TOKEN must be/);
    expect(failure).toContain(twin.url);
    expect(failure).not.toContain("sntryu_");
  });

  test("with a token that may not read the organization", async () => {
    await givenSentry({ scopes: ["project:read"] });
    await expect(up(brandvx)).rejects.toThrow(/needs org:read\. Look at the token's scopes: this stack needs org:read/);
  });

  test("with a token that could read but not make everything, before anything is made", async () => {
    const scoped = await fakeSentry({
      "/api/0/organizations/brandvx/": { id: "1", slug: "brandvx" },
      "/api/0/": { auth: { scopes: ["org:read", "member:read", "project:write", "team:admin"] } },
    });
    pointProvidersAt(scoped.url);
    await expect(up(brandvx)).rejects.toThrow(
      "the token may not do all that this stack does; nothing was made. Look at the token's scopes: it lacks project:admin (to make projects and keys, and remove the automatic key), alerts:write (to make monitors and alerts)",
    );
  });

  test("for an organization that is not there", async () => {
    const { twin } = await givenSentry();
    await expect(up({ ...brandvx, organization: "brandvy" })).rejects.toThrow(
      `there is no organization "brandvy" (its slug is in the address of its pages: https://<slug>.sentry.io; it is another one after a renaming there) for this token at ${twin.url}`,
    );
  });

  test("for a Slack integration that is not there, or is one of something else", async () => {
    await givenSentry({ integrations: [{ id: "5", provider: "pagerduty", name: "On call" }] });
    await expect(up({ ...brandvx, slackIntegrationId: "9" })).rejects.toThrow(/there is no integration 9/);
    await expect(up({ ...brandvx, slackIntegrationId: "5" })).rejects.toThrow(
      /the integration 5 is one of pagerduty, alerts need one of Slack/,
    );
  });

  test("at an address that nobody answers at", async () => {
    pointProvidersAt("http://127.0.0.1:9");
    await expect(up(brandvx)).rejects.toThrow(/gave no answer \(ECONNREFUSED\)\. Look at the address: sentry:baseUrl/);
  });

  test("from an API that Sentry has removed", async () => {
    const { twin } = await givenSentry();
    twin.faults.add({ match: { path: "/api/0/organizations/brandvx/" }, effect: { kind: "status", status: 410 } });
    await expect(up(brandvx)).rejects.toThrow(/Sentry has removed this part of its API .* Nothing was changed/);
  });
});

test("a token's scopes are enough when a larger one stands for a smaller one", () => {
  expect(missingScopes(["org:admin", "member:admin", "project:admin"])).toEqual([]);
  expect(missingScopes(["org:read", "member:read", "team:write", "project:admin", "alerts:write"])).toEqual([]);
});

const running: Twin[] = [];
afterEach(() => Promise.all(running.splice(0).map((twin) => twin.stop())));

/** A server that answers these paths with 200, and every other one with an empty object. */
async function fakeSentry(answers: Record<string, object>): Promise<Twin> {
  const app = new Hono<TwinEnv>();
  app.all("*", (c) => c.json(answers[c.req.path] ?? {}));
  const twin = await startTwin({ name: "fake", app, errorResponse: ({ status }) => new Response(null, { status }) });
  running.push(twin);
  return twin;
}
