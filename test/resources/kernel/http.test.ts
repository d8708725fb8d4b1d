import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Http } from "../../../src/resources/kernel/http.ts";
import { Limiter } from "../../../src/resources/kernel/limits/limiter.ts";
import { unpublished } from "../../../src/resources/kernel/limits/published.ts";
import { mayPass } from "../../../src/resources/kernel/network.ts";
import { instantClock } from "./instant-clock.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that gives these answers in turn and then repeats the last one, and a client of it. */
async function vendor(...answers: [Answer, ...Answer[]]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)] as Answer;
    seen.push(`${request.method} ${request.url}`);
    request.resume().once("end", () => answer(request, response));
  }).listen(0, "127.0.0.1");
  ends.push(() => void server.close().closeAllConnections());
  await once(server, "listening");
  const clock = instantClock();
  const lines: string[] = [];
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = new Http({
    ...{ vendor: "It", baseUrl, headers: { Authorization: "Bearer key" }, clock, timeoutMs: 5000 },
    limiter: new Limiter(unpublished, { vendor: "It", clock, progress: (line) => lines.push(line) }),
    readError: () => ({}),
  });
  return { http, seen, clock, lines };
}

const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end("{}");
const fine = answers(200);
const breaks: Answer = (request) => void request.socket.destroy();
const anything = z.unknown();

describe("a request that may be sent twice", () => {
  test.for([
    ["500", answers(500)],
    ["502", answers(502)],
    ["503", answers(503)],
    ["504", answers(504)],
    ["408", answers(408)],
    ["nothing", breaks],
  ] as const)("is sent again after %s", async ([, answer]) => {
    const { http, seen } = await vendor(answer, fine);
    await http.request("PATCH", "/a", anything);
    expect(seen).toEqual(["PATCH /a", "PATCH /a"]);
  });

  test("is sent five times, with longer waits, before it fails", async () => {
    const { http, seen, clock } = await vendor(answers(500));
    await expect(http.request("GET", "/a", anything)).rejects.toThrow("It answered 500 to GET /a");
    expect(seen).toHaveLength(5);
    expect(clock.slept()).toBeGreaterThan(2500);
  });

  test("waits as long as a 503 says, with a line, and does not count it as a refusal", async () => {
    const { http, seen, clock, lines } = await vendor(answers(503, { "Retry-After": "61" }), fine);
    await http.request("GET", "/a", anything);
    expect(seen).toHaveLength(2);
    expect(clock.slept()).toBeGreaterThan(60_000);
    expect(lines).toEqual(["It takes no more API requests for now: going on in 61 s"]);
  });
});

test.for([
  ["ECONNREFUSED", true],
  ["ECONNRESET", true],
  ["ECONNABORTED", true],
  ["EAI_AGAIN", true],
  ["ENOTFOUND", false],
  ["ENETUNREACH", false],
  ["CERT_HAS_EXPIRED", false],
  ["SELF_SIGNED_CERT_IN_CHAIN", false],
  ["ERR_TLS_CERT_ALTNAME_INVALID", false],
  [undefined, false],
] as const)("after %s a second attempt may help: %s", ([code, may]) => {
  expect(mayPass(code)).toBe(may);
});

test("a proxy's page is told by its title, as trouble that passes, and no setting is blamed", async () => {
  const page: Answer = (_request, response) =>
    void response
      .writeHead(502, { "Content-Type": "text/html" })
      .end("<!DOCTYPE html>\n<html><head><title>502 Bad\n  Gateway</title></head><body>cloudflare</body></html>");
  const { http } = await vendor(page);
  await expect(http.request("GET", "/a", anything)).rejects.toThrow(
    "It answered 502 to GET /a: 502 Bad Gateway. It is in trouble itself: run the same command again later, what is made already stays",
  );
});

test.for([400, 401, 403, 404, 409, 410, 422])("no request is sent again after %s", async (status) => {
  const { http, seen } = await vendor(answers(status));
  await expect(http.request("GET", "/a", anything)).rejects.toThrow(`It answered ${status}`);
  expect(seen).toHaveLength(1);
});

test("what a vendor says is shown by a terminal, and does nothing to it", async () => {
  const { http } = await vendor((_request, response) => void response.writeHead(400).end("a \u001b[2J\u202eb\r\nc"));
  await expect(http.request("GET", "/a", anything)).rejects.toThrow("It answered 400 to GET /a: a  [2J b c");
});

describe("a POST", () => {
  test.for([
    ["500", answers(500)],
    ["503", answers(503)],
    ["nothing", breaks],
  ] as const)("is not sent again by itself after %s", async ([, answer]) => {
    const { http, seen } = await vendor(answer, fine);
    await expect(http.request("POST", "/a", anything)).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  test("is sent again after a 429, which says that nothing was done", async () => {
    const { http, seen, clock } = await vendor(answers(429, { "Retry-After": "61" }), fine);
    await http.request("POST", "/a", anything);
    expect(seen).toHaveLength(2);
    expect(clock.slept()).toBeGreaterThanOrEqual(61_000);
  });

  test("is sent again after a 429 with a date", async () => {
    const inAMinute = new Date(Date.now() + 90_000).toUTCString();
    const { http, seen, clock } = await vendor(answers(429, { "Retry-After": inAMinute }), fine);
    await http.request("POST", "/a", anything);
    expect(seen).toHaveLength(2);
    expect(clock.slept()).toBeGreaterThan(85_000);
  });
});

describe("a key that is refused", () => {
  test("is not tried again by any of a hundred resources", async () => {
    const { http, seen } = await vendor(answers(401));
    const all = Array.from({ length: 100 }, (_, i) => http.request("GET", `/${i}`, anything));
    const ends = await Promise.allSettled(all);
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    await expect(http.request("GET", "/later", anything)).rejects.toThrow("It answered 401 to GET /later");
    // Only the requests that had been sent when the first answer came.
    expect(seen.length).toBeLessThanOrEqual(8);
  });

  test("by one address only is still good for the others", async () => {
    const { http, seen } = await vendor(fine, answers(401), fine);
    await http.request("GET", "/a", anything);
    await expect(http.request("GET", "/b", anything)).rejects.toThrow("401");
    await http.request("GET", "/c", anything);
    expect(seen).toHaveLength(3);
  });
});
