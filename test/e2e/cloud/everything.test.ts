import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { flags } from "../../../src/catalog/flags.ts";
import { localKeys } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";

/** Sets what an engineer of BrandVX may have exported. Returns the URLs that are requested through the proxy. */
async function onAnEngineersMachine(onEnd: (end: () => void) => void): Promise<string[]> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(String(request.url));
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    asked.push(String(request.url));
    socket.destroy();
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "grpc_proxy"])
    vi.stubEnv(name, address);
  const real = { SENTRY_AUTH_TOKEN: "sntryu_real", CLOUDFLARE_API_KEY: "real", CLOUDFLARE_EMAIL: "a@b.co" };
  const elsewhere = { SENTRY_BASE_URL: "http://127.0.0.1:9", CLOUDFLARE_BASE_URL: "http://127.0.0.1:9" };
  const node = { NODE_USE_ENV_PROXY: "1", PULUMI_STACK: "real", PULUMI_OPTION_DIFF: "true" };
  for (const [name, value] of Object.entries({ ...real, ...elsewhere, ...node })) vi.stubEnv(name, value);
  onEnd(() => {
    vi.unstubAllEnvs();
    proxy.close();
  });
  return asked;
}

test("one up provisions every vendor and wires them, the next one writes nothing, destroy leaves nothing", async ({
  onTestFinished,
}) => {
  const proxied = await onAnEngineersMachine(onTestFinished);
  await using at = await cloudStack();
  const { stack, cloud } = at;
  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);

  expect(proxied, "nothing of the local cloud is asked through a developer's proxy").toEqual([]);

  const pages = cloud.cloudflare.variables("operator-ui") ?? {};
  const service = cloud.render.serviceId("backend") ?? "";
  const server = cloud.render.variables(service) ?? {};
  expect(pages.VITE_SENTRY_DSN?.value).toMatch(/^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/\d+$/);
  expect(server.SENTRY_DSN).toMatch(/^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/\d+$/);
  expect(server.SENTRY_DSN, "each app has a DSN of its own").not.toBe(pages.VITE_SENTRY_DSN?.value);
  expect(server.REDIS_URL).toMatch(/^rediss:\/\/default:.+@.+:\d+$/);
  expect(server.POSTHOG_API_KEY).toBe(cloud.posthog.projectKey);
  expect(server.POSTHOG_HOST).toBe(cloud.posthog.url);
  expect(Object.keys(pages).toSorted()).toEqual([
    "VITE_POSTHOG_HOST",
    "VITE_POSTHOG_KEY",
    "VITE_SENTRY_DSN",
    "VITE_SENTRY_ENVIRONMENT",
  ]);
  expect(cloud.render.deploys(service), "one deploy an up").toHaveLength(1);

  for (const { requests } of cloud.twins) requests.clear();
  const second = await stack.up("--expect-no-changes");
  expect(second.exitCode, second.text).toBe(0);
  expect(cloud.twins.flatMap(({ requests }) => requests.writes())).toEqual([]);
  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
  expect(cloud.render.deploys(service)).toHaveLength(1);

  // Secrets: the credentials that the vendors issued, and those that the engineer holds.
  const state = await stack.state();
  const output = await stack.pulumi("stack", "output");
  const secrets = [
    ...Object.values(localKeys).filter((key) => !key.includes("@")),
    server.REDIS_URL ?? "",
    server.SENTRY_DSN ?? "",
    new URL(server.REDIS_URL ?? "").password,
  ];
  for (const secret of secrets) {
    for (const text of [state, first.text, second.text, refreshed.text, output.text])
      expect(text).not.toContain(secret);
  }

  const liveFlags = async () => (await byHand(cloud).posthog("GET", "feature_flags/")) as { count: number };
  expect(await liveFlags()).toMatchObject({ count: Object.keys(flags).length });
  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(await liveFlags()).toMatchObject({ count: 0 });
  expect(cloud.posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
  expect(cloud.render.variables(service)).toEqual({});
});
