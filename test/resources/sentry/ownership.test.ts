import { describe, expect, test } from "vitest";
import type { OwnershipInputs } from "../../../src/resources/sentry/ownership/inputs.ts";
import { ownership } from "../../../src/resources/sentry/providers.ts";
import { givenSentry, resourceOf } from "./support.ts";

const resource = resourceOf<OwnershipInputs>(ownership);
const path = "/api/0/projects/brandvx/operator-ui/ownership/";
const write = `PUT ${path}`;

const rules: OwnershipInputs = {
  organization: "brandvx",
  project: "operator-ui",
  rules: [
    { match: "path:*", owners: ["#platform"] },
    { match: "tags.tool:cadence.*", owners: ["#platform", "Ada@brandvx.example"] },
  ],
  autoAssignment: "Auto Assign to Issue Owner",
};

const given = async () => {
  // As in a new process: it does not remember what other tests created.
  await ownership.configure?.({ config: { get: () => undefined } } as never);
  return givenSentry({ members: [{ id: "11", name: "Ada", email: "ada@brandvx.example", teams: ["platform"] }] });
};

describe("ownership rules", () => {
  test("are written once, before those of people, which stay", async () => {
    const { api, writes } = await given();
    await api.put(path, { raw: "# ours\npath:src/checkout/* #platform" });
    const { id, state } = await resource.up(rules);
    const raw: string = (await api.get(path)).body.raw;
    expect(raw.split("\n")).toEqual([
      expect.stringContaining("begin"),
      "path:* #platform",
      "tags.tool:cadence.* #platform Ada@brandvx.example",
      expect.stringContaining("end"),
      "",
      "# ours",
      "path:src/checkout/* #platform",
    ]);
    expect(await resource.seen(id, state)).toEqual(rules);
    await resource.change(id, state, rules);
    await resource.up(rules);
    expect(writes(), "the second creation takes over what is there").toEqual([write, write]);
  });

  test.each([
    ["a rule was taken out", (raw: string) => raw.replace("path:* #platform\n", ""), [rules.rules[1]]],
    [
      "a rule has another owner",
      (raw: string) => raw.replace("path:* #platform", "path:* ada@brandvx.example"),
      [{ match: "path:*", owners: ["ada@brandvx.example"] }, rules.rules[1]],
    ],
    ["everything was", () => "", []],
    [
      "the end of the block was, with a blank line after it",
      (raw: string) => raw.replace(/\n# Managed[^\n]*: end/, "\n"),
      undefined,
    ],
  ])("show what was changed by hand, and heal it: %s", async (_, change, seen) => {
    const { api } = await given();
    const { id, state } = await resource.up(rules);
    const { raw } = (await api.get(path)).body;
    await api.put(path, { raw: change(raw) });
    expect((await resource.seen(id, state))?.rules).toEqual(seen ?? rules.rules);
    await resource.change(id, state, rules);
    if (seen) expect((await api.get(path)).body.raw).toBe(raw);
  });

  test("a rule that somebody adds below the block is theirs; who gets issues is ours", async () => {
    const { api } = await given();
    const { id, state } = await resource.up(rules);
    const { raw } = (await api.get(path)).body;
    await api.put(path, { raw: `${raw}\nurl:*/help #platform`, autoAssignment: "Turn off Auto-Assignment" });
    expect(await resource.seen(id, state)).toEqual({ ...rules, autoAssignment: "Turn off Auto-Assignment" });
    await resource.change(id, state, rules);
    expect((await api.get(path)).body.autoAssignment).toBe("Auto Assign to Issue Owner");
    expect((await api.get(path)).body.raw).toContain("url:*/help #platform");
  });

  test("their deletion leaves what people wrote, and gives back who got issues", async () => {
    const { api } = await given();
    const before = (
      await api.put(path, { raw: "path:src/checkout/* #platform", autoAssignment: "Turn off Auto-Assignment" })
    ).body;
    const { id, state } = await resource.up(rules);
    await resource.remove(id, state);
    const after = (await api.get(path)).body;
    expect({ raw: after.raw, autoAssignment: after.autoAssignment }).toEqual({
      raw: before.raw,
      autoAssignment: before.autoAssignment,
    });
    await resource.remove(id, state);
  });

  test("go with their project", async () => {
    const { api, writes } = await given();
    const { id, state } = await resource.up(rules);
    await api.delete("/api/0/projects/brandvx/operator-ui/");
    expect(await resource.seen(id, state)).toBeUndefined();
    await resource.remove(id, state);
    expect(writes().filter((one) => one === write)).toHaveLength(1);
  });

  test("with an owner who does not see the project are refused whole, with what mends it", async () => {
    const { api } = await given();
    const wrong = { ...rules, rules: [{ match: "path:*", owners: ["#growth", "bob@brandvx.example"] }] };
    await expect(resource.up(wrong)).rejects.toThrow(
      /Team #growth does not have access to project 'operator-ui'\. User bob@brandvx\.example is not a member.*Project Teams/s,
    );
    expect((await api.get(path)).body.raw).toBeNull();
  });

  test("that cannot be rules are found before anything is sent", async () => {
    const found = await resource.check({
      ...rules,
      rules: [
        { match: "src/ask", owners: ["#ai"] },
        { match: "path:a b", owners: ["ai"] },
        { match: "tags.tool:x", owners: [] },
      ],
    });
    expect(found.map(({ property }: { property: string }) => property)).toEqual([
      "rules[0].match",
      "rules[1].match",
      "rules[1].owners[0]",
      "rules[2].owners",
    ]);
  });
});
