import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { execa } from "execa";
import { Redis } from "ioredis";
import { beforeAll, expect, test } from "vitest";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { packedPackage, scratchApp } from "./packed.ts";

/** The private part of each input of the packed helper's calls, in the form in which it may appear there. */
const marks = {
  distinctId: "mark.distinct@example.com",
  id: "+14155550171",
  forbidden: "Hi Markus Markmann",
  unknown: "mark.unknown@example.com",
  person: "mark.person@example.com",
  name: "Markus Personmann",
  errorText: "mark.error@example.com",
  eventName: "mark.event@example.com",
  cause: "markcause-73x",
  extra: "markextra-74x",
  header: "markheader-75x",
  escaped: "markescaped-76x",
  redisPassword: "markredis-77x",
  tool: "mark.tool@example.com",
  tenant: "mark.tenant@example.com",
  circumstance: "mark.note@example.com",
  thrownObject: "mark.thrown@example.com",
  crumb: "mark.crumb@example.com",
  spanName: "mark.span@example.com",
  spanAttribute: "mark.attribute@example.com",
  query: "markquery-78x",
  key: "mark.key@example.com",
  value: "mark.value@example.com",
  bucket: "mark.bucket@example.com",
  breaker: "mark.breaker@example.com",
} as const;

/** A vendor that accepts everything, and stores each request unchanged: address, headers and body. */
async function rawVendor(onEnd: (end: () => Promise<void>) => void) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
      received.push(`${request.url}\n${JSON.stringify(request.headers)}\n${text.toString("utf8")}`);
      response.writeHead(200, { "content-type": "application/json" }).end('{"status":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onEnd(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { port: (server.address() as AddressInfo).port, received };
}

beforeAll(packedPackage, 240_000);

test("no private mark leaves a Node service by HTTP, to other processes or into its log, whatever call it was planted in", {
  timeout: 120_000,
}, async (context) => {
  if (!redisServerPath) return context.skip();
  const { onTestFinished } = context;
  const [vendor, redis, app] = await Promise.all([
    rawVendor(onTestFinished),
    startRedisServer(onTestFinished),
    scratchApp(new URL("backend", import.meta.url), ["posthog-node", "@sentry/node", "ioredis"], onTestFinished),
  ]);
  const watcher = new Redis(redis.url);
  onTestFinished(async () => watcher.disconnect());
  let published = "";
  watcher.on("pmessage", (_pattern, channel, message) => {
    published += `${channel} ${message}\n`;
  });
  await watcher.psubscribe("*");
  const { stdout, stderr } = await execa(process.execPath, ["marks.mjs"], {
    cwd: app.folder,
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: "production", MARKS: JSON.stringify(marks) },
      ...{
        POSTHOG_API_KEY: "phc_marks0000000000000000000000000000000000",
        POSTHOG_HOST: `http://127.0.0.1:${vendor.port}`,
      },
      ...{
        SENTRY_DSN: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${vendor.port}/1`,
        SENTRY_TRACES_SAMPLE_RATE: "1",
      },
      REDIS_URL: redis.url,
    },
    extendEnv: false,
  });

  const sent = vendor.received.join("\n");
  expect(stdout).toContain("done");
  expect(published).toContain("cadence.message_sent");
  expect(sent).toContain("cadence.message_sent");
  expect(sent).toContain("no slot for [email]");
  expect(sent).toContain("search [email]");
  const left = { sent, published, stdout, stderr };
  const found = Object.entries(left).flatMap(([where, text]) =>
    Object.entries(marks).flatMap(([input, mark]) =>
      [mark, encodeURIComponent(mark)]
        .filter((spelled) => text.includes(spelled))
        .map(
          (spelled) => `${input} in ${where}: …${text.slice(Math.max(0, text.indexOf(spelled) - 160)).slice(0, 240)}`,
        ),
    ),
  );
  expect(found).toEqual([]);
});
