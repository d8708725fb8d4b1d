import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { refusal, startTwin, type Twin, type TwinEnv } from "../../../../src/local/twins/kit/index.ts";

const running: Twin[] = [];
afterEach(() => Promise.all(running.splice(0).map((twin) => twin.stop())));

/** A vendor with a counter: GET reads it, POST raises it. */
async function counterTwin(port = 0) {
  let count = 0;
  const app = new Hono<TwinEnv>();
  app.get("/count", (c) => c.json({ count }));
  app.post("/count", (c) => {
    count += 1;
    return c.json({ count }, 201);
  });
  app.get("/broken", () => {
    throw new Error("the twin's own mistake");
  });
  const twin = await startTwin({
    name: "counter",
    port,
    app,
    errorResponse: ({ status, retryAfterSeconds, detail }) =>
      Response.json(
        { problem: detail ?? status },
        { status, headers: retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) } },
      ),
  });
  running.push(twin);
  const read = async () => ((await (await fetch(`${twin.url}/count`)).json()) as { count: number }).count;
  const raise = (body?: string) => fetch(`${twin.url}/count?by=1`, { method: "POST", ...(body ? { body } : {}) });
  return { twin, read, raise };
}

describe("the request log", () => {
  test("holds method, path with query, parsed body and status, and no header", async () => {
    const { twin } = await counterTwin();
    await fetch(`${twin.url}/count?by=2`, {
      method: "POST",
      headers: { Authorization: "Bearer phx_secret" },
      body: JSON.stringify({ by: 2 }),
    });
    expect(twin.requests.all()).toEqual([
      { vendor: "counter", method: "POST", path: "/count?by=2", body: { by: 2 }, status: 201, at: expect.any(String) },
    ]);
    expect(JSON.stringify(twin.requests.all())).not.toContain("phx_secret");
  });

  test("tells writes from reads, and new from old", async () => {
    const { twin, read, raise } = await counterTwin();
    await raise("plain text");
    const mark = twin.requests.mark();
    await read();
    expect(twin.requests.since(mark).map((request) => request.method)).toEqual(["GET"]);
    expect(twin.requests.writes().map((request) => request.body)).toEqual(["plain text"]);
    twin.requests.clear();
    expect(twin.requests.all()).toEqual([]);
    await read();
    expect(twin.requests.since(mark)).toHaveLength(1);
  });
});

describe("faults", () => {
  test("a status hits once by default, in the vendor's own error shape", async () => {
    const { twin, read, raise } = await counterTwin();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 429, retryAfterSeconds: 61 } });
    const refused = await raise();
    expect([refused.status, refused.headers.get("Retry-After"), await refused.json()]).toEqual([
      429,
      "61",
      { problem: 429 },
    ]);
    expect(await read()).toBe(0);
    expect((await raise()).status).toBe(201);
    expect(twin.faults.list()).toEqual([]);
  });

  test("reset-before commits nothing", async () => {
    const { twin, read, raise } = await counterTwin();
    twin.faults.add({ match: { path: "/count?by" }, effect: { kind: "reset-before" } });
    await expect(raise()).rejects.toThrow("fetch failed");
    expect(await read()).toBe(0);
    expect(twin.requests.writes()[0]?.status).toBeNull();
  });

  test("reset-after commits, and the answer is lost", async () => {
    const { twin, read, raise } = await counterTwin();
    twin.faults.add({ match: { path: /by=\d/g }, times: 2, effect: { kind: "reset-after" } });
    await expect(raise()).rejects.toThrow("fetch failed");
    await expect(raise()).rejects.toThrow("fetch failed");
    expect(await read()).toBe(2);
    expect(twin.requests.writes().map((request) => request.status)).toEqual([null, null]);
  });

  test("status-after commits, and says that it failed in the vendor's own error shape", async () => {
    const { twin, read, raise } = await counterTwin();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "status-after", status: 502 } });
    const answer = await raise();
    expect([answer.status, await answer.json()]).toEqual([502, { problem: 502 }]);
    expect(await read()).toBe(1);
    expect(twin.requests.writes()[0]?.status).toBe(502);
  });

  test("late says that it failed, and commits afterwards", async () => {
    const { twin, read, raise } = await counterTwin();
    twin.faults.add({ match: { method: "POST" }, effect: { kind: "late", status: 504, delayMs: 500 } });
    const answer = await raise("{}");
    expect([answer.status, await answer.json()]).toEqual([504, { problem: 504 }]);
    expect(await read()).toBe(0);
    await expect.poll(read, { timeout: 10_000 }).toBe(1);
  });

  test("skip lets the first requests pass, and a disposer switches off", async () => {
    const { twin, raise } = await counterTwin();
    const off = twin.faults.add({ match: {}, skip: 1, times: "always", effect: { kind: "status", status: 503 } });
    expect([(await raise()).status, (await raise()).status, (await raise()).status]).toEqual([201, 503, 503]);
    off();
    expect((await raise()).status).toBe(201);
  });

  test("a slow request is handled all the same, and other effects may follow the delay", async () => {
    const { twin, raise } = await counterTwin();
    twin.faults.add({ match: {}, times: "always", effect: { kind: "slow", delayMs: 2 } });
    expect((await raise()).status).toBe(201);
    twin.faults.add({ match: {}, effect: { kind: "status", status: 500 } });
    expect((await raise()).status).toBe(500);
  });
});

describe("starting and stopping", () => {
  test("a taken port is an error that names it", async () => {
    const { twin } = await counterTwin();
    await expect(counterTwin(twin.port)).rejects.toThrow(`cannot listen on 127.0.0.1:${twin.port}`);
  });

  test("stop is not held up by a kept connection or a slow request, and may be repeated", async () => {
    const { twin, read } = await counterTwin();
    await read();
    twin.faults.add({ match: {}, effect: { kind: "slow", delayMs: 3_600_000 } });
    const pending = read().catch(() => "cut");
    await expect.poll(() => twin.requests.all().length).toBe(2);
    await twin.stop();
    await twin.stop();
    await pending;
    await expect(read()).rejects.toThrow("fetch failed");
  });

  test("an unknown path is the vendor's 404", async () => {
    const { twin } = await counterTwin();
    expect(await (await fetch(`${twin.url}/nothing`)).json()).toEqual({ problem: 404 });
  });
});

test("a refusal thrown in a route is the answer", async () => {
  const app = new Hono<TwinEnv>();
  app.get("/missing", () => {
    throw refusal(404, { detail: "nothing here" }, { "X-Reason": "test" });
  });
  const twin = await startTwin({ name: "refusing", app, errorResponse: () => Response.json({}, { status: 500 }) });
  running.push(twin);
  const answer = await fetch(`${twin.url}/missing`);
  expect([answer.status, answer.headers.get("X-Reason"), await answer.json()]).toEqual([
    404,
    "test",
    { detail: "nothing here" },
  ]);
  expect(twin.requests.all()[0]?.status).toBe(404);
});

describe("what it lets in", () => {
  test("is sent to this machine by its own name: another one may be made to point here", async () => {
    const { twin } = await counterTwin();
    const asked = async (host: string) => {
      const request = httpRequest(`${twin.url}/count`, { headers: { Host: host } });
      request.end();
      const [response] = (await once(request, "response")) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await asked("evil.example")).toBe(403);
    expect(await asked(`evil.example:${twin.port}`)).toBe(403);
    expect(await asked("127.0.0.1.evil.example")).toBe(403);
    for (const name of ["127.0.0.1", "localhost", "[::1]"]) expect(await asked(`${name}:${twin.port}`)).toBe(200);
    expect(twin.requests.all()).toHaveLength(3);
  });

  test.each([
    ["with its length", (body: Uint8Array) => body],
    ["in pieces, without one", (body: Uint8Array) => ReadableStream.from([body, body])],
  ])("is no larger than it may be, sent %s", async (_, sent) => {
    const app = new Hono<TwinEnv>();
    app.post("/", async (c) => c.json((await c.req.arrayBuffer()).byteLength));
    const twin = await startTwin({
      name: "small",
      app,
      bodyLimits: { packed: 200_000, unpacked: 200_000 },
      errorResponse: ({ status }) => new Response(null, { status }),
    });
    running.push(twin);
    const post = (bytes: number) =>
      // biome-ignore lint/suspicious/noExplicitAny: `duplex` is specific to Node, and in no type
      fetch(twin.url, { method: "POST", body: sent(new Uint8Array(bytes)), duplex: "half" } as any);
    expect((await post(100_000)).status).toBe(200);
    expect((await post(200_001)).status).toBe(413);
    expect((await post(100_000)).status).toBe(200);
    expect(twin.requests.all()).toHaveLength(2);
  });
});

describe("for people", () => {
  const open = (twin: Twin, path: string, accept = "text/html,*/*") =>
    fetch(`${twin.url}${path}`, { redirect: "manual", headers: { Accept: accept } });

  test("the first page says what answers, and clients of the API see no page", async () => {
    const { twin } = await counterTwin();
    expect(await (await open(twin, "/", "*/*")).text()).toMatch(/^The local counter answers here/);
    expect((await open(twin, "/count")).status).toBe(200);
  });

  test("a browser is sent to where the pages are, a client gets the API's own answer", async () => {
    const { twin } = await counterTwin();
    twin.showPagesAt((path) => `http://127.0.0.1:1/pages${path}`);
    for (const path of ["/", "/count", "/nothing/here"]) {
      const answer = await open(twin, path);
      expect([answer.status, answer.headers.get("Location")]).toEqual([302, `http://127.0.0.1:1/pages${path}`]);
    }
    expect(await (await open(twin, "/count", "application/json")).json()).toEqual({ count: 0 });
    expect((await open(twin, "/nothing/here", "*/*")).status).toBe(404);
    expect(
      twin.requests.all().map(({ path }) => path),
      "pages are no requests",
    ).toEqual(["/count", "/nothing/here"]);
  });
});

test("a full disk is said once, in words, however many requests meet it", async () => {
  const app = new Hono<TwinEnv>();
  app.post("/events", () => {
    throw new Error("database or disk is full");
  });
  const twin = await startTwin({ name: "full", app, errorResponse: ({ status }) => new Response(null, { status }) });
  running.push(twin);
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  for (let request = 0; request < 3; request += 1) {
    expect((await fetch(`${twin.url}/events`, { method: "POST" })).status).toBe(500);
  }
  expect(said.mock.calls.flat()).toEqual([
    "The local full cannot store requests (database or disk is full), and answers with 500.",
    "  Data sent until then is lost. Free some disk space, then run npm start again.",
  ]);
});
