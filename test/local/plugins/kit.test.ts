import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changes, same } from "../../../src/local/plugins/kit/changes.ts";
import { jsonClient, type RetryPolicy, retryAfterMs } from "../../../src/local/plugins/kit/http.ts";
import { inputsOf } from "../../../src/local/plugins/kit/inputs.ts";
import { findings, parsePath, plan, type Shape, withoutUnknowns } from "../../../src/local/plugins/kit/shape.ts";
import {
  isUnknown,
  markSecret,
  type Properties,
  secret,
  unknown,
  type Value,
} from "../../../src/local/plugins/kit/values.ts";

const shape: Shape = {
  name: { from: "required", type: "string", replaces: true },
  size: { from: "optional", type: "integer", default: 20 },
  tags: { from: "optional", type: "set" },
  slug: { from: "kept", type: "string" },
  settings: { from: "kept", type: "object" },
  url: { from: "computed", type: "string" },
};

describe("what a program may say", () => {
  test("is found wanting by property: missing, computed, of a wrong type, unheard of", () => {
    expect(findings(shape, { size: "20", url: "x", colour: "red" }).map(({ property }) => property)).toEqual([
      "name",
      "size",
      "url",
      "colour",
    ]);
    expect(findings(shape, { name: "a", size: unknown, tags: unknown })).toEqual([]);
    expect(findings(shape, { name: "a", __defaults: [] })).toEqual([]);
  });
});

describe("a plan", () => {
  test("of a new object has defaults, and leaves to the server what the server decides", () => {
    const planned = plan(shape, { name: "a" }, null);
    expect(planned).toEqual({ name: "a", size: 20, slug: unknown, settings: unknown, url: unknown });
    expect(withoutUnknowns(planned)).toEqual({ name: "a", size: 20 });
  });

  test("of an object that is there keeps the server's part, and lets go what the program no longer says", () => {
    const present = { name: "a", size: 99, tags: ["x"], slug: "a-1", url: "https://a" };
    expect(plan(shape, { name: "a" }, present)).toEqual({ name: "a", size: 20, slug: "a-1", url: "https://a" });
  });

  test("leaves alone what is to be ignored, whole or inside", () => {
    const present = { name: "a", size: 99, settings: { a: 1, b: { c: 2 } } };
    const inputs = { name: "b", settings: { a: 3, b: { c: 4 } } };
    expect(plan(shape, inputs, present, ["name", "size"])).toMatchObject({ name: "a", size: 99 });
    expect(plan(shape, inputs, present, ["settings.b.c"]).settings).toEqual({ a: 3, b: { c: 2 } });
  });

  test("for what is there already changes nothing", () => {
    const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(fc.string()),
        fc.dictionary(fc.string(), tie("value")),
      ),
    })).value;
    const held = fc.record({
      name: fc.string({ minLength: 1 }),
      size: fc.integer(),
      tags: fc.array(fc.string()),
      slug: fc.string({ minLength: 1 }),
      settings: fc.dictionary(fc.string(), value),
      url: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(held, (present) => {
        const { url: _, ...inputs } = present;
        expect(changes(shape, present, plan(shape, inputs, present))).toEqual([]);
        expect(changes(shape, present, plan(shape, inputsOf(shape, null, present), present))).toEqual([]);
        const turned = { ...inputs, tags: [...present.tags].reverse() };
        expect(changes(shape, present, plan(shape, turned, present))).toEqual([]);
      }),
    );
  });
});

describe("changes", () => {
  test("are named by the path of their leaf, and say which of them replace", () => {
    const before = { name: "a", settings: { same: 1, gone: 2, other: { "x.y": 3 } } };
    const after = { name: "b", settings: { same: 1, other: { "x.y": 4 }, fresh: 5 }, tags: ["t"] };
    expect(changes(shape, before, after)).toEqual([
      { path: "name", kind: "update", replaces: true },
      { path: "tags", kind: "add", replaces: false },
      { path: "settings.gone", kind: "delete", replaces: false },
      { path: 'settings.other["x.y"]', kind: "update", replaces: false },
      { path: "settings.fresh", kind: "add", replaces: false },
    ]);
  });

  test("are none between nothing and something empty, and one to something unknown", () => {
    expect(changes(shape, { name: "a" }, { name: "a", tags: [], settings: {} })).toEqual([]);
    expect(changes(shape, { name: "a" }, { name: unknown })).toHaveLength(1);
    expect(same({ a: [] }, {})).toBe(true);
  });
});

test("a path is read as Pulumi writes it", () => {
  expect(parsePath('a.b["c.d"][0].e')).toEqual(["a", "b", "c.d", "0", "e"]);
});

describe("secrets", () => {
  test("are marked where they are, below every name for a star, and nowhere else", () => {
    const properties: Properties = { a: { x: { value: "1", type: "t" }, y: { value: "2" } }, b: "3" };
    expect(markSecret(properties, ["a", "*", "value"])).toEqual({
      a: { x: { value: secret("1"), type: "t" }, y: { value: secret("2") } },
      b: "3",
    });
    expect(markSecret(properties, ["none", "*", "value"])).toEqual(properties);
  });
  test("and unknowns are told from each other", () => {
    expect(isUnknown(unknown)).toBe(true);
    expect(isUnknown("some text")).toBe(false);
  });
});

describe("inputs read back", () => {
  test("follow the object in what the program says, and in maps of its own names whole", () => {
    const variable = (value: string) => ({ type: "plain_text", value });
    const old = { name: "a", settings: { mode: "x", vars: { A: variable("1") } } };
    const state = {
      name: "by hand",
      size: 7,
      settings: { mode: "y", added: 1, vars: { A: variable("2"), B: variable("3") } },
    };
    expect(inputsOf(shape, old, state)).toEqual({
      name: "by hand",
      settings: { mode: "y", vars: { A: variable("2"), B: variable("3") } },
    });
  });
  test("of an import are all that differs from the defaults", () => {
    expect(inputsOf(shape, null, { name: "a", size: 20, tags: [], slug: "s", url: "u" })).toEqual({
      name: "a",
      slug: "s",
    });
  });
});

describe("requests", () => {
  /** A server that gives these answers in turn, and a client with this policy that records waits instead of waiting. */
  async function asking(
    retry: RetryPolicy,
    ...answers: { status: number; headers?: Record<string, string>; body?: unknown }[]
  ) {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        bodies.push(body);
        const { status, headers = {}, body: answer } = answers[bodies.length - 1] ?? { status: 599 };
        response.writeHead(status, headers).end(answer === undefined ? "" : JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const waits: number[] = [];
    const client = jsonClient({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      headers: { Authorization: "Bearer marked-token" },
      retry,
      explain: (body) => JSON.stringify(body),
      wait: async (ms) => waits.push(ms),
    });
    return { client, waits, bodies, [Symbol.asyncDispose]: async () => void server.close() };
  }
  const thrice: RetryPolicy = (attempt, answer) =>
    attempt >= 3 || (answer !== null && answer.status < 500)
      ? null
      : (retryAfterMs(answer?.headers ?? new Headers()) ?? 1000 * 2 ** attempt);

  test("are repeated with the same body as often as the policy says, and as late as the server asks", async () => {
    await using asked = await asking(
      thrice,
      { status: 503 },
      { status: 500, headers: { "Retry-After": "7" } },
      { status: 200, body: { ok: true } },
    );
    expect((await asked.client.send("POST", "/x", { a: 1 })).body).toEqual({ ok: true });
    expect(asked.waits).toEqual([1000, 7000]);
    expect(asked.bodies).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  });

  test("that fail say what was asked and what was answered, and no credential", async () => {
    await using asked = await asking(thrice, { status: 400, body: { wrong: "name" } });
    const failure = asked.client.send("PUT", "/x", { secret: "marked-body" });
    await expect(failure).rejects.toThrow(/^PUT http:\/\/127.0.0.1:\d+\/x: 400 \{"wrong":"name"\}$/);
    await expect(failure).rejects.not.toThrow(/marked/);
  });

  test("to nobody say so, after the same attempts", async () => {
    const waits: number[] = [];
    const client = jsonClient({
      baseUrl: "http://127.0.0.1:1",
      headers: {},
      retry: thrice,
      explain: String,
      wait: async (ms) => waits.push(ms),
    });
    await expect(client.send("GET", "/x")).rejects.toThrow(/GET http:\/\/127.0.0.1:1\/x: .*(ECONNREFUSED|bad port)/);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test("with a body of null send the word", async () => {
    await using asked = await asking(thrice, { status: 200 }, { status: 200 });
    await asked.client.send("POST", "/x", null);
    await asked.client.send("POST", "/x");
    expect(asked.bodies).toEqual(["null", ""]);
  });
});
