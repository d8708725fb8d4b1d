import { describe, expect, test, vi } from "vitest";
import { startRenderTwin } from "../../../src/local/twins/render/index.ts";
import { failed } from "../lifetime.ts";
import { accountId, desiredInputs, pagesProject, plain, secret, token } from "./support.ts";

// How long the client waits between two attempts is not tested here.
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<typeof import("node:timers/promises")>()),
  setTimeout: async () => {},
}));

describe("a write without an answer", () => {
  test("that was carried out is finished by the next up, without adopting anything", async () => {
    const { resource, twin, variables } = await pagesProject();
    twin.faults.add({ match: { method: "PATCH" }, times: "always", effect: { kind: "reset-after" } });
    await expect(resource.up(desiredInputs())).rejects.toThrow(/gave no answer \(ECONNRESET\).* next `pulumi up`/);
    expect(resource.isUnfinished).toBe(true);
    twin.faults.clear();
    await resource.up(desiredInputs());
    expect(resource.isUnfinished).toBe(false);
    expect(variables()).toMatchObject(desiredInputs().production);
  });

  test("that was not carried out is done by the next up, although a secret that is there looks the same", async () => {
    const { resource, twin, variables } = await pagesProject();
    await resource.up(desiredInputs());
    const rotated = desiredInputs({ production: { BUILD_TOKEN: secret("marked-secret-2") } });
    twin.faults.add({ match: { method: "PATCH" }, times: 5, effect: { kind: "reset-before" } });
    await expect(resource.up(rotated)).rejects.toThrow();
    await resource.up(rotated);
    expect(variables().BUILD_TOKEN).toEqual(secret("marked-secret-2"));
    expect(variables()).not.toHaveProperty("VITE_SENTRY_ENVIRONMENT");
  });

  test("is not forgotten by a refresh: a secret that may be an old one is written again, a removal is done again", async () => {
    const { resource, twin, variables } = await pagesProject();
    await resource.up(desiredInputs({ production: { ...desiredInputs().production, OLD: plain("1") } }));
    const rotated = desiredInputs({
      production: { ...desiredInputs().production, BUILD_TOKEN: secret("marked-secret-2") },
    });
    twin.faults.add({ match: { method: "PATCH" }, times: "always", effect: { kind: "reset-before" } });
    await expect(resource.up(rotated)).rejects.toThrow();
    twin.faults.clear();
    expect((await resource.refresh())?.production).toEqual({
      VITE_SENTRY_ENVIRONMENT: plain("production"),
      BUILD_TOKEN: secret("(not known)"),
      OLD: plain("(not known)"),
    });
    await resource.up(rotated);
    expect(variables()).toMatchObject(rotated.production);
    expect(variables()).not.toHaveProperty("OLD");
  });

  test("that is given up can be destroyed", async () => {
    const { resource, twin, variables } = await pagesProject();
    twin.faults.add({ match: { method: "PATCH" }, times: 5, effect: { kind: "reset-after" } });
    await expect(resource.up(desiredInputs())).rejects.toThrow();
    await resource.destroy();
    expect(Object.keys(variables())).toEqual(["SUPABASE_URL", "STRIPE_KEY"]);
  });
});

describe("a refused write", () => {
  test("changes nothing, and the state before it is kept", async () => {
    const { resource, twin } = await pagesProject();
    await resource.up(desiredInputs());
    twin.faults.add({ match: { method: "PATCH" }, effect: { kind: "status", status: 400 } });
    await expect(resource.up(desiredInputs({ production: { BUILD_TOKEN: secret("2") } }))).rejects.toThrow();
    expect(resource.isUnfinished).toBe(false);
    expect(resource.state).toMatchObject(desiredInputs());
  });

  test("does not repeat a secret, not even one that Cloudflare repeats", async () => {
    const { resource, twin } = await pagesProject();
    const detail = `invalid value: marked-secret-1 ${"x".repeat(400)} marked-secret-1`;
    twin.faults.add({ match: { method: "PATCH" }, effect: { kind: "status", status: 400, detail } });
    const text = await failed(resource.up(desiredInputs()));
    expect(text).toContain("invalid value: [secret]");
    expect(text).not.toContain("marked-secret");
    expect(text).not.toContain(token);
  });
});

describe("a mistake in the configuration says what to look at", () => {
  test.each([
    [
      "token",
      { "cloudflare:apiToken": "wrong" },
      {},
      /does not accept the token \("Authentication error"\).*CLOUDFLARE_API_TOKEN/,
    ],
    [
      "no token",
      { "cloudflare:apiToken": "" },
      {},
      /no key for Cloudflare: set CLOUDFLARE_API_TOKEN .* cloudflare:apiToken/,
    ],
    [
      "account",
      {},
      { accountId: "f".repeat(32) },
      /may not do this in account f{32} .*account id.*Cloudflare Pages > Edit/,
    ],
    ["project", {}, { projectName: "operatorui" }, new RegExp(`no Pages project "operatorui" in account ${accountId}`)],
    [
      "base URL",
      { "cloudflare:baseUrl": "http://127.0.0.1:1" },
      {},
      /127.0.0.1:1 gave no answer \(ECONNREFUSED\).*cloudflare:baseUrl/,
    ],
  ])("%s", async (_what, config, changes, message) => {
    const { resource } = await pagesProject({ config });
    const text = await failed(resource.up(desiredInputs(changes)));
    expect(text).toMatch(message);
    expect(text).not.toContain("marked-secret");
  });

  test("a base URL of something else", async () => {
    await using other = await startRenderTwin().then((twin) => ({ twin, [Symbol.asyncDispose]: () => twin.stop() }));
    const { resource } = await pagesProject({ config: { "cloudflare:baseUrl": other.twin.url } });
    expect(await failed(resource.up(desiredInputs()))).toMatch(
      /does not answer as Cloudflare's API does \(404 to GET .*Look at cloudflare:baseUrl/,
    );
  });

  test("inputs: names, types and empty values, without repeating a secret", async () => {
    const { resource } = await pagesProject();
    const wrong = { type: "secret", value: "marked-secret-1" } as unknown as ReturnType<typeof secret>;
    const text = await failed(resource.up(desiredInputs({ production: { BUILD_TOKEN: wrong } })));
    expect(text).toMatch(/production\.BUILD_TOKEN\.type a variable is plain_text or secret_text/);
    expect(text).not.toContain("marked-secret");
    expect(await failed(resource.up(desiredInputs({ production: { A: plain("") } })))).toMatch(
      /production\.A\.value .*leave it out/,
    );
    expect(await failed(resource.up(desiredInputs({ production: { "A B": plain("x") } })))).toMatch(
      /letters, digits and _/,
    );
  });
});
