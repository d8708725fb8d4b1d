import { describe, expect, test } from "vitest";
import { eventFilterOf } from "../../../src/catalog/event-filter.ts";
import { events } from "../../../src/catalog/events.ts";
import { conditionsIn, depthOf, drops, saved } from "../../../src/model/posthog/event-filter.ts";
import type { EventFilterInputs } from "../../../src/resources/posthog/event-filter/inputs.ts";
import { failed } from "../lifetime.ts";
import { setting } from "./support.ts";

const inputsOf = (changes: Partial<EventFilterInputs> = {}): EventFilterInputs =>
  JSON.parse(JSON.stringify({ projectId: 1, ...eventFilterOf(events), ...changes }));

const path = "/api/environments/1/event_filter/";
const lets = (event_name: string, distinct_id = "01938a5e-7c41-7d2b-9f10-3a4b5c6d7e8f") =>
  !drops(eventFilterOf(events).tree, { event_name, distinct_id });

describe("the filter that follows from the catalog", () => {
  test("lets every event of the catalog pass, PostHog's own, and the marks of obs", () => {
    for (const name of [...Object.keys(events), "$identify", "$set", "$ai_generation", "obs.smoke_test"])
      expect(lets(name), name).toBe(true);
  });

  test("is for events that the catalog does not have, and for ids that show a person", () => {
    expect(lets("signup")).toBe(false);
    expect(lets("onboarding_completed")).toBe(false);
    expect(lets("landing_view", "ada@example.com")).toBe(false);
    expect(lets("$identify", "Ada Lovelace")).toBe(false);
    for (const id of ["h_cefpoljkphgehnalhdld", "tenant_42", "cus_Nf8sD2kLq0"])
      expect(lets("landing_view", id)).toBe(true);
  });

  test.each([
    [
      "more areas than PostHog takes conditions",
      (index: number) => `area${"abcdefghijklmnopqrstuvwxyz"[index]}.done`,
      false,
    ],
    ["more names without an area", (index: number) => `name_${index}`, true],
  ])("of a catalog with %s has wider conditions, and drops none of its events", (_, nameOf, takesUnknown) => {
    const grown = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [nameOf(index), {}]));
    const { tree, testCases } = eventFilterOf({ ...events, ...grown });
    expect(conditionsIn(tree).length).toBeLessThanOrEqual(20);
    for (const { expected_result, ...event } of testCases)
      expect(drops(tree, event) ? "drop" : "ingest", event.event_name).toBe(expected_result);
    const unknown = { event_name: "signup", distinct_id: "01938a5e-7c41-7d2b-9f10-3a4b5c6d7e8f" };
    expect(drops(tree, unknown)).toBe(!takesUnknown);
  });

  test("counts before it drops, and is within PostHog's bounds as it is saved", () => {
    const { mode, tree, testCases } = eventFilterOf(events);
    expect(mode).toBe("dry_run");
    expect(saved(tree)).toEqual(tree);
    expect(conditionsIn(tree).length).toBeLessThanOrEqual(20);
    expect(depthOf(tree)).toBeLessThanOrEqual(5);
    expect(
      testCases.filter(({ expected_result }) => expected_result === "ingest").map((one) => one.event_name),
    ).toEqual(expect.arrayContaining(Object.keys(events)));
    expect(testCases.some(({ expected_result }) => expected_result === "drop")).toBe(true);
  });
});

describe("an event filter", () => {
  test("is made in one request with its test cases; the same again asks nothing", async () => {
    await using at = await setting();
    const filter = at.process().filter();
    await filter.up(inputsOf());
    const { mode, tree, testCases } = inputsOf();
    expect(at.twin.requests.writes()).toHaveLength(1);
    expect(at.twin.eventFilter()).toMatchObject({ mode, filter_tree: tree, test_cases: testCases });
    const mark = at.twin.requests.mark();
    expect(await filter.up(inputsOf())).toBe("same");
    expect(at.twin.requests.since(mark)).toEqual([]);
    expect(await filter.refresh()).toEqual(inputsOf());
  });

  test("that exists as defined is taken over without a write; another is written over, and said", async () => {
    await using at = await setting();
    await at.process().filter().up(inputsOf());
    const mark = at.twin.requests.mark();
    await at.process().filter().up(inputsOf());
    expect(at.twin.requests.since(mark).map(({ method }) => method)).toEqual(["GET"]);
    await at.byHand("post", path, { mode: "live" });
    await at.process().filter().up(inputsOf());
    expect(at.twin.eventFilter()?.mode).toBe("dry_run");
    expect(at.lines.at(-1)).toContain("PostHog's project 1 had another event filter: mode live");
  });

  const x = { type: "condition", field: "event_name", operator: "exact", value: "x" } as const;
  test.for<["mode" | "tree" | "testCases", object, unknown]>([
    ["mode", { mode: "live" }, "live"],
    [
      "tree",
      { filter_tree: { type: "or", children: [x, x] }, test_cases: inputsOf().testCases.slice(0, 0) },
      undefined,
    ],
    ["testCases", { test_cases: [] }, []],
  ])("whose %s somebody changed by hand is named, and an up puts it back", async ([name, edit, live]) => {
    await using at = await setting();
    const filter = at.process().filter();
    await filter.up(inputsOf());
    await at.byHand("post", path, edit);
    const seen = await filter.refresh();
    expect(seen?.[name]).not.toEqual(inputsOf()[name]);
    if (live !== undefined) expect(seen).toEqual({ ...inputsOf(), [name]: live });
    const mark = at.twin.requests.mark();
    expect(await filter.up(inputsOf())).toBe("updated");
    expect(at.twin.requests.since(mark).filter(({ method }) => method !== "GET")).toHaveLength(1);
    expect(await filter.refresh()).toEqual(inputsOf());
  });

  test("is switched off when it is deleted, since PostHog deletes none, and that is said", async () => {
    await using at = await setting();
    const filter = at.process().filter();
    await filter.up(inputsOf());
    await filter.destroy();
    expect(at.twin.eventFilter()).toMatchObject({ mode: "disabled", filter_tree: inputsOf().tree });
    expect(at.lines.at(-1)).toContain("PostHog cannot delete the event filter of project 1: it was switched off");
    const mark = at.twin.requests.mark();
    const again = at.process().filter();
    await again.up(inputsOf());
    expect(at.twin.requests.since(mark).at(-1)?.body).toEqual({ mode: "dry_run" });
  });

  test("is not made where PostHog has none: it is said, nothing fails, and it is made once PostHog has them", async () => {
    await using at = await setting({ features: { eventFilters: false } });
    const filter = at.process().filter();
    await filter.up(inputsOf());
    expect(at.lines.at(-1)).toContain("has no event filters");
    expect(filter.state?.isAvailable).toBe(false);
    expect(await filter.refresh()).toEqual(inputsOf());
    expect(await filter.up(inputsOf())).toBe("same");
    await filter.destroy();
    expect(at.twin.requests.writes()).toEqual([]);
  });

  test.for<[string, Partial<EventFilterInputs>, string]>([
    [
      "a test case that the filter fails",
      { testCases: [{ event_name: "signup", distinct_id: "1", expected_result: "ingest" }] },
      "the filter would drop signup of 1, and is to ingest it",
    ],
    ["a tree without a condition", { tree: { type: "or", children: [] }, testCases: [] }, "it would drop nothing"],
    [
      "more conditions than PostHog takes",
      { tree: { type: "or", children: Array(21).fill(x) }, testCases: [] },
      "has more than 20 conditions",
    ],
    ["a mode that is none", { mode: "on" as "live" }, "mode"],
  ])("with %s is refused before anything is sent", async ([, changes, said]) => {
    await using at = await setting();
    expect(await failed(at.process().filter().up(inputsOf(changes)))).toContain(said);
    expect(at.twin.requests.all()).toEqual([]);
  });
});

describe("the scope of event filters", () => {
  const scopedKeys = [{ key: "phx_reads", scopes: ["dashboard:read", "project:write"] }];
  const needs = ["event_filter:write" as const];

  test("is missed before anything is made", async () => {
    await using at = await setting({ scopedKeys }, { key: "phx_reads" });
    const said = await failed(at.process().project().up({ projectId: 1, host: at.twin.url, needs }));
    expect(said).toContain("it lacks event_filter:write (to filter events at PostHog's door)");
  });

  test("is missed by nobody where PostHog has no event filters", async () => {
    await using at = await setting({ scopedKeys, features: { eventFilters: false } }, { key: "phx_reads" });
    await at.process().project().up({ projectId: 1, host: at.twin.url, needs });
  });
});
