import { describe, expect, test } from "vitest";
import { type Client, posthog } from "./client.ts";

const path = "/api/environments/1/event_filter/";
const condition = (field: string, operator: string, value: unknown) => ({ type: "condition", field, operator, value });
const any = (...children: unknown[]) => ({ type: "or", children });
const tested = (event_name: string, expected_result: string) => ({ event_name, distinct_id: "1", expected_result });
const send = ({ twin }: Client, event: string, distinct_id = "1") =>
  fetch(`${twin.url}/e/`, { method: "POST", body: JSON.stringify({ api_key: "phc_local", event, distinct_id }) });

describe("a project's event filter", () => {
  test("is empty until it is first written; a POST makes it, and changes what it names", async () => {
    const client = await posthog();
    expect((await client.get(path)).status).toBe(204);
    const made = await client.post(path, { filter_tree: condition("event_name", "exact", "x") });
    expect(made).toMatchObject({
      status: 200,
      body: { mode: "disabled", filter_tree: any(condition("event_name", "exact", "x")), test_cases: [] },
    });
    const changed = await client.post(path, { mode: "dry_run" });
    expect(changed.body).toMatchObject({ id: made.body.id, mode: "dry_run", filter_tree: made.body.filter_tree });
    expect((await client.get(path)).body).toEqual(changed.body);
    expect((await client.delete(path)).status).toBe(405);
  });

  test("drops matching events when it is live, and none in a dry run", async () => {
    const client = await posthog();
    await client.post(path, { mode: "dry_run", filter_tree: condition("distinct_id", "contains", "@") });
    await send(client, "before", "ada@example.com");
    await client.post(path, { mode: "live" });
    expect((await send(client, "after", "ada@example.com")).status).toBe(200);
    await send(client, "after");
    expect(client.twin.events().map(({ event, distinctId }) => [event, distinctId])).toEqual([
      ["before", "ada@example.com"],
      ["after", "1"],
    ]);
  });

  test("loses empty groups and groups of one", async () => {
    const client = await posthog();
    const [x, y] = ["x", "y"].map((value) => condition("event_name", "exact", value));
    const tree = any(any(), { type: "and", children: [x] }, { type: "not", child: any(y) });
    const { body } = await client.post(path, { filter_tree: tree });
    expect(body.filter_tree).toEqual(any(x, { type: "not", child: y }));
    expect((await client.post(path, { filter_tree: any(any()) })).body.filter_tree).toBeNull();
  });

  test.for<[string, object, string]>([
    ["a test case that fails", { test_cases: [tested("x", "ingest")] }, "expected 'ingest' but got 'drop'"],
    ["a test case without a result", { test_cases: [{ event_name: "x" }] }, "missing 'expected_result'"],
    ["a mode that is none", { mode: "on" }, '"on" is not a valid choice.'],
    ["another operator", { filter_tree: condition("event_name", "regex", "x") }, "operator must be one of"],
    ["another field", { filter_tree: condition("url", "exact", "x") }, "field must be one of"],
    ["an empty value", { filter_tree: condition("event_name", "exact", "") }, "must be a non-empty string"],
    ["21 conditions", { filter_tree: any(...Array(21).fill(condition("event_name", "exact", "z"))) }, "maximum of 20"],
    [
      "a tree of six levels",
      {
        filter_tree: [1, 2, 3, 4, 5, 6].reduce<object>(
          (child) => ({ type: "not", child }),
          condition("event_name", "exact", "z"),
        ),
      },
      "maximum depth of 5",
    ],
  ])("%s is refused, and nothing is changed", async ([, body, said]) => {
    const client = await posthog();
    const before = await client.post(path, {
      filter_tree: any(condition("event_name", "exact", "x"), condition("event_name", "exact", "y")),
      test_cases: [tested("x", "drop")],
    });
    const answer = await client.post(path, body as Record<string, unknown>);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(said);
    expect((await client.get(path)).body).toEqual(before.body);
  });

  test("wants its own scope, and is not there in older releases", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_other", scopes: ["project:write"] }] });
    expect((await client.as("phx_other").get(path)).status).toBe(403);
    expect((await (await posthog({ features: { eventFilters: false } })).get(path)).status).toBe(404);
  });
});
