import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { EventInputs } from "../../../src/resources/posthog/event-definitions/inputs.ts";
import { failed } from "../lifetime.ts";
import { catalogOf, type LiveDefinition, liveDefinitions, type Setting, setting } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });

const stepper: EventInputs = {
  description: "The stepper was opened",
  owners: ["nobody@brandvx.example", "platform@brandvx.example"],
  tags: ["owner:growth", "source:browser"],
  verified: true,
};
const prompt: EventInputs = { ...stepper, description: "A prompt was sent" };
const catalog = catalogOf({ "onboarding.stepper_open": stepper, "ask.prompt_submitted": prompt });

const named = async (at: Setting, name: string): Promise<LiveDefinition> => {
  const found = (await liveDefinitions(at)).find((one) => one.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};
const change = (at: Setting, id: string, body: object) => at.byHand("patch", `event_definitions/${id}/`, body);
const writes = (at: Setting, mark = 0) => at.twin.requests.since(mark).filter(({ method }) => method !== "GET");
const capture = (at: Setting, event: string) =>
  fetch(`${at.twin.url}/e/`, {
    method: "POST",
    body: JSON.stringify({ api_key: at.twin.projectKey, event, distinct_id: "somebody" }),
  });

describe("events of the catalog", () => {
  test("are described before they ever come in, with an owner, tags and the verified flag", async () => {
    await using at = await setting();
    await at.process().events().up(catalog);
    expect(await named(at, "onboarding.stepper_open")).toMatchObject({
      description: "The stepper was opened",
      owner: { email: "platform@brandvx.example" },
      verified: true,
      hidden: false,
    });
    expect((await named(at, "onboarding.stepper_open")).tags.toSorted()).toEqual([
      "code:brandvx/test",
      "managed-by-code",
      "owner:growth",
      "source:browser",
    ]);
  });

  test("that came in already are completed: tags and fields of others stay", async () => {
    await using at = await setting();
    await capture(at, "ask.prompt_submitted");
    const { id } = await named(at, "ask.prompt_submitted");
    await change(at, id, { tags: ["Quarterly"], default_columns: ["mode"], enforcement_mode: "reject" });
    await at.process().events().up(catalog);
    const after = await named(at, "ask.prompt_submitted");
    expect(after).toMatchObject({ id, description: "A prompt was sent", default_columns: ["mode"] });
    expect(after).toMatchObject({ enforcement_mode: "reject", verified: true });
    expect(after.tags).toEqual(expect.arrayContaining(["quarterly", "owner:growth"]));
  });

  test("of others are not touched", async () => {
    await using at = await setting();
    await at.byHand("post", "event_definitions/", { name: "theirs", description: "Theirs", tags: ["theirs"] });
    const before = await named(at, "theirs");
    const events = at.process().events();
    await events.up(catalog);
    await events.destroy();
    expect(await named(at, "theirs")).toEqual(before);
  });

  test("say nothing about fields that the catalog does not give", async () => {
    await using at = await setting();
    const events = at.process().events();
    const wanted = catalogOf({ a: { description: "A" } });
    await events.up(wanted);
    await change(at, (await named(at, "a")).id, { owner: 502, verified: true });
    expect(await events.refresh()).toEqual(wanted);
    await events.up(catalogOf({ a: { description: "Another" } }));
    expect(await named(at, "a")).toMatchObject({ description: "Another", owner: { id: 502 }, verified: true });
  });
});

describe("how many requests", () => {
  test("making a catalog takes a list, the members, and one write for each event; the same catalog none", async () => {
    await using at = await setting();
    const events = at.process().events();
    await events.up(catalog);
    expect(at.twin.requests.all()).toHaveLength(2 + 2);
    const mark = at.twin.requests.mark();
    expect(await events.up(catalog)).toBe("same");
    expect(at.twin.requests.since(mark)).toEqual([]);
  });

  test("a change of one event is a list and one write of the field that differs", async () => {
    await using at = await setting();
    const events = at.process().events();
    await events.up(catalog);
    const mark = at.twin.requests.mark();
    await events.up(catalogOf({ ...catalog.events, "ask.prompt_submitted": { ...prompt, description: "Sent" } }));
    expect(writes(at, mark)).toMatchObject([{ method: "PATCH", body: { description: "Sent" } }]);
    expect(Object.keys(writes(at, mark)[0]?.body as object)).toEqual(["description"]);
    expect(at.twin.requests.since(mark)).toHaveLength(2);
  });

  test("a refresh is the list; where the project has many events, the first page and the events that it lacks", async () => {
    await using at = await setting();
    const events = at.process().events();
    await events.up(catalog);
    const list = at.twin.requests.mark();
    expect(await events.refresh()).toEqual(catalog);
    expect(at.twin.requests.since(list)).toHaveLength(1);
    // Both names sort after these, which fill three pages and a bit.
    for (let i = 0; i < 310; i++) await at.byHand("post", "event_definitions/", { name: `a.event_${i}` });
    const mark = at.twin.requests.mark();
    expect(await events.refresh()).toEqual(catalog);
    expect(at.twin.requests.since(mark)).toHaveLength(1 + 2);
  });
});

describe("what was changed by hand", () => {
  test.for([
    ["the description", { description: "By hand" }, { description: "By hand" }],
    ["the owner", { owner: 502 }, { owners: ["on-call@brandvx.example"] }],
    ["that nobody owns it any more", { owner: null }, { owners: [] }],
    [
      "a tag that is gone",
      { tags: ["managed-by-code", "CODE:brandvx/test", "source:browser"] },
      { missingTags: ["owner:growth"] },
    ],
    ["that it is not verified", { verified: false }, { verified: false }],
    ["that it is hidden", { hidden: true }, { verified: false, hiddenByHand: true }],
  ] as [string, object, Partial<EventInputs>][])(
    "is named by event and field: %s; an up undoes it",
    async ([, byHand, shown]) => {
      await using at = await setting();
      const events = at.process().events();
      await events.up(catalog);
      await change(at, (await named(at, "ask.prompt_submitted")).id, byHand);
      expect(await events.refresh()).toEqual(
        catalogOf({ ...catalog.events, "ask.prompt_submitted": { ...prompt, ...shown } }),
      );
      await events.up(catalog);
      expect(await events.refresh()).toEqual(catalog);
      expect(await named(at, "ask.prompt_submitted")).toMatchObject({ verified: true, hidden: false });
    },
  );

  test("names an event whose definition was deleted, and an up makes it again", async () => {
    await using at = await setting();
    const events = at.process().events();
    await events.up(catalog);
    await at.byHand("delete", `event_definitions/${(await named(at, "ask.prompt_submitted")).id}/`);
    expect(Object.keys((await events.refresh())?.events ?? {})).toEqual(["onboarding.stepper_open"]);
    await events.up(catalog);
    expect(await events.refresh()).toEqual(catalog);
  });

  test("is nothing when it is a tag more, or another member of the team who owns it", async () => {
    await using at = await setting();
    const wanted = catalogOf({
      a: { ...stepper, owners: ["platform@brandvx.example", "On-Call@brandvx.example"] },
    });
    const events = at.process().events();
    await events.up(wanted);
    const { id, tags } = await named(at, "a");
    await change(at, id, { tags: [...tags.toReversed(), "theirs"], owner: 502 });
    expect(await events.refresh()).toEqual(wanted);
  });
});

describe("an event that leaves the catalog", () => {
  test("loses what was set, and keeps what others have set; one that never came in is deleted", async () => {
    await using at = await setting();
    await capture(at, "ask.prompt_submitted");
    const events = at.process().events();
    await events.up(catalog);
    const { id, tags } = await named(at, "ask.prompt_submitted");
    await change(at, id, { tags: [...tags, "theirs"] });
    await events.up(catalogOf({}));
    expect(await liveDefinitions(at)).toMatchObject([
      { id, description: "", owner: null, tags: ["theirs"], verified: false, hidden: false },
    ]);
  });

  test("keeps a description that somebody has rewritten since", async () => {
    await using at = await setting();
    await capture(at, "ask.prompt_submitted");
    const events = at.process().events();
    await events.up(catalog);
    await change(at, (await named(at, "ask.prompt_submitted")).id, { description: "Better words" });
    await events.destroy();
    expect(await liveDefinitions(at)).toMatchObject([{ description: "Better words", owner: null, tags: [] }]);
  });

  test("is kept when somebody else has defined it, although it never came in", async () => {
    await using at = await setting();
    await at.byHand("post", "event_definitions/", { name: "ask.prompt_submitted", description: "Planned" });
    const events = at.process().events();
    await events.up(catalog);
    await events.refresh();
    await events.destroy();
    expect(await liveDefinitions(at)).toMatchObject([{ name: "ask.prompt_submitted", description: "" }]);
  });

  test("goes on being described for another stack of the same project", async () => {
    await using at = await setting();
    const production = at.process().events();
    await production.up(catalog);
    const stage = at.process().events();
    await stage.up({ ...catalog, managedBy: "brandvx/stage/events" });
    await stage.destroy();
    expect(await production.refresh()).toEqual(catalog);
    expect((await named(at, "ask.prompt_submitted")).tags).not.toContain("code:brandvx/stage");
  });

  test("takes its old tags along when its team changes", async () => {
    await using at = await setting();
    const events = at.process().events();
    await events.up(catalogOf({ a: stepper }));
    await events.up(catalogOf({ a: { ...stepper, tags: ["owner:ai"] } }));
    expect((await named(at, "a")).tags.toSorted()).toEqual(["code:brandvx/test", "managed-by-code", "owner:ai"]);
  });
});

describe("where PostHog keeps less", () => {
  test("as no enterprise build, tags alone are written, a line says so, and nothing is ever drift", async () => {
    await using at = await setting({ features: { enterpriseDefinitions: false } });
    const events = at.process().events();
    await events.up(catalog);
    expect(at.lines).toEqual([expect.stringContaining("keeps no descriptions, owners and verified flags of events")]);
    expect(await events.refresh()).toEqual(catalog);
    const mark = at.twin.requests.mark();
    await events.up(catalogOf({ ...catalog.events, c: { description: "C" } }));
    expect(writes(at, mark)).toMatchObject([{ method: "POST", status: 201, body: { name: "c" } }]);
    expect(at.lines).toHaveLength(1);
    await events.destroy();
    expect(await liveDefinitions(at)).toEqual([]);
  });

  test("without tags, the rest is written, a line says so, and nothing is ever drift", async () => {
    await using at = await setting({ features: { tagging: false } });
    const events = at.process().events();
    await events.up(catalog);
    expect(at.lines).toEqual([expect.stringContaining("keeps no tags of events")]);
    expect(await events.refresh()).toEqual(catalog);
    const mark = at.twin.requests.mark();
    await events.up(catalogOf({ ...catalog.events, "ask.prompt_submitted": { ...prompt, verified: false } }));
    expect(writes(at, mark)).toMatchObject([{ body: { verified: false } }]);
  });

  test("a value that is refused is an error, and no reason to leave the fields out", async () => {
    await using at = await setting();
    const effect = { kind: "status", status: 400, detail: "Invalid pk" } as const;
    at.twin.faults.add({ match: { method: "POST" }, effect });
    at.twin.faults.add({ match: { method: "PATCH" }, effect });
    const events = at.process().events();
    expect(await failed(events.up(catalogOf({ a: stepper })))).toContain("Invalid pk");
    await events.up(catalogOf({ a: stepper }));
    expect(await named(at, "a")).toMatchObject({ description: stepper.description });
  });

  test("a key that may not list members makes no owner, and a line says so", async () => {
    await using at = await setting(
      { scopedKeys: [{ key: "phx_confined", scopes: ["*"], projects: [1] }] },
      { key: "phx_confined" },
    );
    const events = at.process().events();
    await events.up(catalog);
    expect(at.lines).toEqual([expect.stringContaining("may not list the members")]);
    expect(await named(at, "ask.prompt_submitted")).toMatchObject({ owner: null, verified: true });
    expect(await events.refresh()).toEqual(catalog);
  });
});

const anyEvent: fc.Arbitrary<EventInputs> = fc.record(
  {
    description: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ""),
    owners: fc.subarray(["platform@brandvx.example", "on-call@brandvx.example", "nobody@brandvx.example"]),
    tags: fc.uniqueArray(fc.constantFrom("owner:Growth", "source:browser", " Spaced ", "code:else/where"), {
      maxLength: 3,
    }),
    verified: fc.boolean(),
  },
  { requiredKeys: ["description"], noNullPrototype: true },
);
const anyCatalog = fc
  .dictionary(
    fc
      .string({ minLength: 1, maxLength: 12 })
      .filter((name) => name.trim() !== "" && name === name.trim() && name !== "__proto__"),
    anyEvent,
    { maxKeys: 5, noNullPrototype: true },
  )
  .map((events) => catalogOf(events));

test("for any catalogs: what was made, or changed into another one, is what a refresh sees, and destroying leaves nothing", async () => {
  await fc.assert(
    fc.asyncProperty(anyCatalog, anyCatalog, async (first, second) => {
      await using at = await setting();
      const events = at.process().events();
      await events.up(first);
      expect(await events.refresh()).toEqual(first);
      await events.up(second);
      expect(await events.refresh()).toEqual(second);
      const mark = at.twin.requests.mark();
      expect(await events.up(second)).toBe("same");
      expect(writes(at, mark)).toEqual([]);
      await events.destroy();
      expect(await liveDefinitions(at)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
