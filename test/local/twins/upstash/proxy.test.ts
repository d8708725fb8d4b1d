import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import type { Socket } from "node:net";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { startUpstashProxy } from "../../../../src/local/twins/upstash/index.ts";
import { basic, brandvx, stopsByItself, upstash } from "./support.ts";

/** Opens a tunnel as an HTTPS client does behind a proxy. */
function tunnel(proxy: string, host: string): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    request({ ...new URL(proxy), port: new URL(proxy).port, host: "127.0.0.1", method: "CONNECT", path: `${host}:443` })
      .on("connect", (response, socket: Socket) => resolve({ status: response.statusCode ?? 0, socket }))
      .on("error", reject)
      .end();
  });
}

test("a client that trusts its authority talks to the twin as to api.upstash.com", async () => {
  const { twin } = await upstash();
  const proxy = stopsByItself(await startUpstashProxy(twin));
  const { status, socket } = await tunnel(proxy.env.HTTPS_PROXY, "api.upstash.com");
  expect(status).toBe(200);
  const made = await new Promise<{ database_name: string }>((resolve, reject) => {
    const ca = readFileSync(proxy.env.SSL_CERT_FILE);
    request(
      {
        host: "api.upstash.com",
        path: "/v2/redis/database",
        method: "POST",
        createConnection: () => connect({ socket, ca, servername: "api.upstash.com" }),
        headers: { ...basic("owner@example.com", "key"), "Content-Type": "application/json" },
      },
      async (response) => {
        let text = "";
        for await (const part of response) text += part;
        resolve(JSON.parse(text));
      },
    )
      .on("error", reject)
      .end(JSON.stringify(brandvx));
  });
  expect(made.database_name).toBe("brandvx");
  expect(twin.requests.writes()).toMatchObject([{ path: "/v2/redis/database", status: 200 }]);
});

test("no other host is reached through it", async () => {
  const { twin } = await upstash();
  const proxy = stopsByItself(await startUpstashProxy(twin));
  const { status, socket } = await tunnel(proxy.url, "example.com");
  socket.destroy();
  expect(status).toBe(502);
});

test("its authority is gone when it stops", async () => {
  const { twin } = await upstash();
  const proxy = await startUpstashProxy(twin);
  expect(existsSync(proxy.caFile)).toBe(true);
  await proxy.stop();
  expect(existsSync(proxy.caFile)).toBe(false);
  await proxy.stop();
});
