import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAnalytics } from "../../../src/runtime/server/analytics.ts";
import { createErrors } from "../../../src/runtime/server/errors.ts";
import { createQueue, type QueueLimits } from "../../../src/runtime/server/queue.ts";
import { createSink } from "../../../src/runtime/server/sink.ts";

type OnEnd = (end: () => Promise<void>) => void;
type Answer = (events: readonly { uuid: string }[], response: ServerResponse) => void;

const sent = { channel: "sms", template_id: "welcome", contact_id: "c1" } as const;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
}

/** A stand-in for PostHog or Sentry that answers as the test says. */
async function serverThat(onEnd: OnEnd, handle: (body: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => handle(body, response),
      () => {},
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

async function openPosthog(onEnd: OnEnd, answer: Answer, limits?: QueueLimits) {
  const host = await serverThat(onEnd, (body, response) =>
    answer((JSON.parse(body) as { batch: { uuid: string }[] }).batch, response),
  );
  const warnings: string[] = [];
  const analytics = createAnalytics({
    key: "phc_test",
    host,
    development: false,
    onDrop: () => {},
    sink: createSink("Events do not reach PostHog", "Events reach PostHog again", (line) => warnings.push(line)),
    ...(limits && { limits }),
  });
  onEnd(async () => void (await analytics.close(0)));
  const capture = (count: number) => {
    for (let index = 0; index < count; index += 1) analytics.capture("cadence.message_sent", "t1", sent);
  };
  return { analytics, capture, warnings };
}

const fine: Answer = (_, response) => void response.end('{"status":"Ok"}');

describe("events", () => {
  test("20,000 in one go arrive whole, each once", { timeout: 60_000 }, async ({ onTestFinished }) => {
    const arrived = new Set<string>();
    const { analytics, capture, warnings } = await openPosthog(onTestFinished, (events, response) => {
      for (const { uuid } of events) arrived.add(uuid);
      fine(events, response);
    });
    capture(20_000);
    expect(analytics.detail().waiting).toBe(20_000);
    expect(await analytics.close(50_000)).toEqual({ sent: 20_000, dropped: 0, refused: 0 });
    expect(arrived.size).toBe(20_000);
    expect(warnings).toEqual([]);
  });

  test("that there is no room for are counted to the one: the oldest go, and one line says so", async ({
    onTestFinished,
  }) => {
    const { analytics, capture, warnings } = await openPosthog(onTestFinished, (_, response) => response.destroy(), {
      maxEvents: 300,
      maxCharacters: 1_000_000,
    });
    capture(1_234);
    await vi.waitFor(() => expect(analytics.detail().status).toBe("error"));
    expect(analytics.detail()).toMatchObject({ waiting: 300, sent: 0, dropped: 934, refused: 0 });
    capture(66);
    expect(analytics.detail()).toMatchObject({ waiting: 300, dropped: 1_000 });
    expect(await analytics.close(500)).toEqual({ sent: 0, dropped: 1_300, refused: 0 });
    expect(warnings).toEqual([
      "More than 300 events or 1000000 characters wait for PostHog: the oldest are dropped, and health() counts them.",
      expect.stringMatching(/^Events do not reach PostHog: .+\.$/),
    ]);
  });

  test("that wait while PostHog is away arrive once it is back, each once", { timeout: 20_000 }, async ({
    onTestFinished,
  }) => {
    let away = true;
    const taken: string[] = [];
    const { analytics, capture, warnings } = await openPosthog(onTestFinished, (events, response) => {
      if (away) return void response.writeHead(503, { "retry-after": "1" }).end("busy");
      taken.push(...events.map(({ uuid }) => uuid));
      fine(events, response);
    });
    capture(700);
    await vi.waitFor(() => expect(analytics.detail()).toMatchObject({ status: "error", reason: "it answers 503" }));
    away = false;
    await vi.waitFor(() => expect(analytics.detail()).toMatchObject({ status: "ok", waiting: 0, sent: 700 }), {
      timeout: 10_000,
    });
    expect(new Set(taken).size).toBe(700);
    expect(taken).toHaveLength(700);
    await vi.waitFor(() => expect(warnings).toHaveLength(2), { timeout: 5_000 });
    expect(warnings[1]).toMatch(/^Events reach PostHog again, after \d+ s\.$/);
  });

  test.for<[string, Answer, string]>([
    ["a key that is not taken", (_, response) => response.writeHead(401).end("{}"), "it answers 401"],
    [
      "an address that redirects",
      (_, response) => response.writeHead(301, { location: "https://example.com" }).end(),
      "it answers 301",
    ],
    [
      "the app's own site",
      (_, response) => response.end("<!doctype html><title>BrandVX</title>"),
      "a web page answers",
    ],
    [
      "a quota that is used up",
      (_, response) => response.end('{"status":"Ok","quota_limited":["events"]}'),
      "the quota of events is used up",
    ],
  ])(
    "that are refused are counted, and never said to have been sent: %s",
    async ([, answer, why], { onTestFinished }) => {
      const { analytics, capture, warnings } = await openPosthog(onTestFinished, answer);
      capture(500);
      await vi.waitFor(() => expect(analytics.detail().refused).toBe(500));
      expect(analytics.detail().status).toBe("error");
      expect(analytics.detail().reason).toContain(why);
      expect(await analytics.close(1_000)).toEqual({ sent: 0, dropped: 0, refused: 500 });
      expect(warnings).toHaveLength(1);
    },
  );

  test.each(["", "ok", "{}", '{"status":0}', '{"type":"authentication_error"}', '{"detail":"Not Found"}', "[]"])(
    "are refused by what answers 200 and is not PostHog: %j",
    async (answer) => {
      const { analytics, capture } = await openPosthog(onTestFinished, (_, response) => void response.end(answer));
      capture(3);
      expect(await analytics.close(5_000)).toEqual({ sent: 0, dropped: 0, refused: 3 });
      expect(analytics.detail()).toMatchObject({ status: "error", reason: expect.stringContaining("is not PostHog") });
    },
  );

  test.each(['{"status":"Ok"}', '{"status":1}', '{ "status": "ok", "quota_limited": ["recordings"] }'])(
    "are taken by an answer of PostHog's: %s",
    async (answer) => {
      const { analytics, capture } = await openPosthog(onTestFinished, (_, response) => void response.end(answer));
      capture(3);
      expect(await analytics.close(5_000)).toEqual({ sent: 3, dropped: 0, refused: 0 });
    },
  );

  test("in a request that is too large are sent in smaller ones", async ({ onTestFinished }) => {
    const { analytics, capture } = await openPosthog(onTestFinished, (events, response) => {
      if (events.length > 40) return void response.writeHead(413).end();
      fine(events, response);
    });
    capture(1_000);
    expect(await analytics.close(10_000)).toEqual({ sent: 1_000, dropped: 0, refused: 0 });
  });

  test("where one alone is too large, it is refused, and the others are sent", async ({ onTestFinished }) => {
    const { analytics, capture } = await openPosthog(onTestFinished, (events, response) => {
      if (JSON.stringify(events).includes("large-one")) return void response.writeHead(413).end();
      fine(events, response);
    });
    capture(10);
    analytics.capture("cadence.message_sent", "t1", { ...sent, template_id: "large-one" });
    capture(10);
    expect(await analytics.close(10_000)).toEqual({ sent: 20, dropped: 0, refused: 1 });
  });

  const large = 10_000_001;
  test.for<[string, Record<string, unknown>]>([
    ["a text", { error: "no ".repeat(large / 3) }],
    ["an error's message", { error: new Error("no ".repeat(large / 3)) }],
    ["many texts", Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`p${index}`, "x".repeat(9_000)]))],
    ["a name", { ["n".repeat(large)]: 1 }],
  ])("of any size cost no other event its place: %s", async ([, properties], { onTestFinished }) => {
    const { analytics, capture, warnings } = await openPosthog(onTestFinished, fine);
    capture(1_000);
    analytics.capture("cadence.message_failed", "t1", { ...sent, ...properties });
    const { sent: arrived, dropped } = await analytics.close(20_000);
    expect(arrived).toBeGreaterThanOrEqual(1_000);
    expect(arrived + dropped).toBe(1_001);
    expect(warnings).toEqual([]);
  });

  test("come after an answer of any kind, once PostHog was away", { timeout: 20_000 }, async ({ onTestFinished }) => {
    const answers: Answer[] = [
      (_, response) => void response.writeHead(503, { "retry-after": "0.2" }).end(),
      (_, response) => void response.writeHead(413).end(),
    ];
    const { analytics, capture } = await openPosthog(onTestFinished, (events, response) =>
      (answers.shift() ?? fine)(events, response),
    );
    capture(1);
    await vi.waitFor(() => expect(analytics.detail()).toMatchObject({ refused: 1, waiting: 0 }), { timeout: 10_000 });
    capture(1);
    await vi.waitFor(() => expect(analytics.detail().sent).toBe(1), { timeout: 10_000 });
  });

  test("that cannot be read or redacted are dropped and counted, and the others arrive", async ({ onTestFinished }) => {
    const { analytics, capture } = await openPosthog(onTestFinished, fine);
    capture(2);
    analytics.capture("cadence.message_sent", "t1", {
      get channel() {
        throw new Error("hostile");
      },
    });
    expect(await analytics.close(5_000)).toEqual({ sent: 2, dropped: 1, refused: 0 });
  });

  test("are dropped and counted where posthog-node is missing or a variable is wrong", async () => {
    const analytics = createAnalytics({
      key: undefined,
      wrong: "POSTHOG_HOST must be an http(s) address without user and path",
      host: "",
      development: false,
      onDrop: () => {},
      sink: createSink("", "", () => {}),
    });
    analytics.capture("cadence.message_sent", "t1", sent);
    expect(analytics.detail()).toMatchObject({ status: "error", dropped: 1 });
    expect(await analytics.close(1_000)).toEqual({ sent: 0, dropped: 1, refused: 0 });
  });
});

describe("the queue", () => {
  const filled = (limits: QueueLimits, sizes: readonly number[]) => {
    let dropped = 0;
    const queue = createQueue<{ id: number; characters: number }>(limits, (count) => {
      dropped += count;
    });
    const refused: number[] = [];
    for (const [id, characters] of sizes.entries()) if (!queue.push({ id, characters })) refused.push(id);
    return { queue, refused, dropped: () => dropped };
  };

  test("keeps the newest within its bound of characters", () => {
    const { queue, dropped } = filled({ maxEvents: 100, maxCharacters: 100 }, Array(30).fill(10));
    expect([queue.length, dropped(), queue.take(1)[0]?.id]).toEqual([10, 20, 20]);
  });

  test("takes nothing that is larger than all its room", () => {
    const { queue, refused, dropped } = filled({ maxEvents: 100, maxCharacters: 100 }, [10, 101, 10]);
    expect([queue.length, dropped(), refused]).toEqual([2, 0, [1]]);
  });

  test("loses nothing over many rounds of coming and going", () => {
    const { queue, dropped } = filled({ maxEvents: 50_000, maxCharacters: 1e9 }, []);
    let next = 0;
    let expected = 0;
    for (let round = 0; round < 200; round += 1) {
      for (let index = 0; index < 180; index += 1) queue.push({ id: next++, characters: 1 });
      const taken = queue.take(170);
      if (round % 3 === 0) queue.putBack(taken);
      else for (const { id } of taken) expect(id).toBe(expected++);
    }
    expect(queue.length).toBe(next - expected);
    expect(dropped()).toBe(0);
  });
});

describe("errors", () => {
  const open = (dsn: string) => {
    const warnings: string[] = [];
    const errors = createErrors({
      dsn,
      environment: "production",
      release: undefined,
      tracesSampleRate: 0,
      sink: createSink("Errors do not reach Sentry", "Errors reach Sentry again", (line) => warnings.push(line)),
    });
    return { errors, warnings };
  };
  const dsnOf = (host: string) => `${host.replace("//", "//0123456789abcdef0123456789abcdef@")}/1`;

  test.for<[string, (body: string, response: ServerResponse) => void, "refused" | "dropped"]>([
    ["refused", (_, response) => response.writeHead(403).end("{}"), "refused"],
    ["unanswered", (_, response) => response.destroy(), "dropped"],
  ])("that are %s are counted, with one line", { timeout: 20_000 }, async ([, answer, what], { onTestFinished }) => {
    const { errors, warnings } = open(dsnOf(await serverThat(onTestFinished, answer)));
    await errors.ready();
    for (let index = 0; index < 5; index += 1) errors.capture(new Error(`number ${index}`), {});
    await vi.waitFor(() => expect(errors.detail()[what]).toBe(5), { timeout: 10_000 });
    expect(errors.detail()).toMatchObject({ status: "error", waiting: 0, sent: 0 });
    expect(await errors.close(1_000)).toEqual({ sent: 0, dropped: 0, refused: 0, [what]: 5 });
    expect(warnings).toHaveLength(1);
  });

  test("that come before Sentry is there, and too many at once, are counted to the one", { timeout: 20_000 }, async ({
    onTestFinished,
  }) => {
    let arrived = 0;
    const host = await serverThat(onTestFinished, (body, response) => {
      arrived += body.match(/"type":"event"/g)?.length ?? 0;
      response.end("{}");
    });
    const { errors, warnings } = open(dsnOf(host));
    for (let index = 0; index < 300; index += 1) errors.capture(new Error(`early ${index}`), {});
    await errors.ready();
    for (let index = 0; index < 300; index += 1) errors.capture(new Error(`late ${index}`), {});
    const counts = await errors.close(10_000);
    expect(counts.sent + counts.dropped).toBe(600);
    expect(counts.sent).toBe(arrived);
    expect(counts.dropped).toBeGreaterThanOrEqual(100);
    expect(warnings).toEqual([
      "More than 200 errors wait for Sentry: later ones are dropped, and health() counts them.",
    ]);
  });

  test("during and after closing count as dropped", { timeout: 20_000 }, async ({ onTestFinished }) => {
    const { errors } = open(dsnOf(await serverThat(onTestFinished, (_, response) => void response.end("{}"))));
    await errors.ready();
    errors.capture(new Error("before"), {});
    const closing = errors.close(5_000);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    errors.capture(new Error("during"), {});
    expect(await closing).toEqual({ sent: 1, dropped: 1, refused: 0 });
    errors.capture(new Error("after"), {});
    expect(errors.detail()).toMatchObject({ sent: 1, dropped: 2, waiting: 0 });
    expect(await errors.close(100)).toEqual({ sent: 1, dropped: 2, refused: 0 });
  });

  test("that cannot be read themselves are counted", { timeout: 20_000 }, async ({ onTestFinished }) => {
    const { errors } = open(dsnOf(await serverThat(onTestFinished, (_, response) => void response.end("{}"))));
    await errors.ready();
    const hostile = () => {
      throw new RangeError("hostile");
    };
    errors.capture(new Proxy({}, { get: hostile, ownKeys: hostile, has: hostile }), {});
    errors.capture(Object.defineProperty(new Error("x"), "message", { get: hostile }), {});
    errors.capture(Object.defineProperty(new Error("x"), "stack", { get: hostile }), {});
    const counts = await errors.close(5_000);
    expect(counts.sent + counts.dropped).toBe(3);
  });

  test("that a silent Sentry never answers are dropped when the time is up", { timeout: 20_000 }, async ({
    onTestFinished,
  }) => {
    const { errors } = open(dsnOf(await serverThat(onTestFinished, () => {})));
    await errors.ready();
    for (let index = 0; index < 7; index += 1) errors.capture(new Error(`silent ${index}`), {});
    const begun = performance.now();
    expect(await errors.close(300)).toEqual({ sent: 0, dropped: 7, refused: 0 });
    expect(performance.now() - begun).toBeLessThan(300 + 500);
  });
});
