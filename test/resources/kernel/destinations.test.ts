import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { whyNoKeyTo } from "../../../src/resources/kernel/destinations.ts";
import { Http } from "../../../src/resources/kernel/http.ts";

const client = (vendor: string, baseUrl: string) =>
  new Http({ vendor, baseUrl, headers: { Authorization: "Bearer key" }, readError: () => ({}) });

describe("a key is sent", () => {
  test.for([
    ["PostHog", "https://us.posthog.com"],
    ["PostHog", "https://eu.posthog.com/"],
    ["Sentry", "https://sentry.io"],
    ["Sentry", "https://brandvx.sentry.io"],
    ["Sentry", "https://us.sentry.io/api/0"],
    ["Cloudflare", "https://api.cloudflare.com/client/v4"],
    ["Render", "https://api.render.com/v1"],
    ["Upstash", "https://api.upstash.com"],
    ["Sentry", "http://127.0.0.1:8772"],
    ["Sentry", "http://localhost:8772"],
    ["Sentry", "http://[::1]:8772"],
    ["Sentry", "https://127.0.0.2"],
  ] as const)("for %s to %s", ([vendor, address]) => {
    expect(whyNoKeyTo(vendor, address, {})).toBeUndefined();
    expect(() => client(vendor, address)).not.toThrow();
  });

  test.for([
    ["PostHog", "https://posthog.com.evil.example", "is not PostHog's own"],
    ["PostHog", "https://evilposthog.com", "is not PostHog's own"],
    ["PostHog", "https://us.posthog.com@evil.example", "is not PostHog's own"],
    ["PostHog", "https://evil.example/https://us.posthog.com", "is not PostHog's own"],
    ["PostHog", "https://sentry.io", "is not PostHog's own"],
    ["PostHog", "http://us.posthog.com", "is not encrypted"],
    ["Sentry", "https://sentry.io.evil.example", "is not Sentry's own"],
    ["Cloudflare", "https://anything.cloudflare.com", "is not Cloudflare's own"],
    ["Render", "https://backend.onrender.com", "is not Render's own"],
    ["Sentry", "http://127.0.0.1.evil.example", "is not encrypted"],
    ["Sentry", "http://0x7f.1.evil.example", "is not encrypted"],
    ["Sentry", "http://10.0.0.1", "is not encrypted"],
    ["Sentry", "http://localhost.evil.example", "is not encrypted"],
    ["Sentry", "file:///etc/passwd", "is not encrypted"],
    ["Sentry", "sentry.io", "is not an address"],
  ] as const)("for %s never to %s", ([vendor, address, why]) => {
    expect(whyNoKeyTo(vendor, address, {})).toContain(why);
    expect(() => client(vendor, address)).toThrow("nothing was sent");
  });

  test("to an installation of one's own that is allowed in the environment, by its whole name", () => {
    const env = { OBS_ALLOWED_HOSTS: "posthog.brandvx.io, .sentry.brandvx.io" };
    expect(whyNoKeyTo("PostHog", "https://posthog.brandvx.io", env)).toBeUndefined();
    expect(whyNoKeyTo("Sentry", "https://sentry.brandvx.io/api", env)).toBeUndefined();
    expect(whyNoKeyTo("PostHog", "https://a.posthog.brandvx.io", env)).toBeDefined();
    expect(whyNoKeyTo("PostHog", "http://posthog.brandvx.io", env)).toContain("is not encrypted");
  });
});

test("what is on this machine is reached by no proxy", async ({ onTestFinished }) => {
  const asked: string[] = [];
  const listen = async (name: string) => {
    const server = createServer((request, response) => {
      asked.push(`${name} ${request.url}`);
      response.end("{}");
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close().closeAllConnections());
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const [proxy, twin] = await Promise.all([listen("proxy"), listen("twin")]);
  for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) vi.stubEnv(name, proxy);
  onTestFinished(() => void vi.unstubAllEnvs());
  await client("It", twin).request("GET", "/a", z.unknown());
  expect(asked).toEqual(["twin /a"]);
});
