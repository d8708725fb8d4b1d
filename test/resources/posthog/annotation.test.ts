import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failed } from "../lifetime.ts";
import { liveMarks, releaseOf, setting } from "./support.ts";

describe("a release", () => {
  test("is one mark on all charts, at the moment when it is made, in two requests", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf("1.4.2", { commit: "1a2b3c4d5e6f" }));
    expect(await liveMarks(at)).toMatchObject([
      {
        content: "Released 1.4.2 (1a2b3c4) [brandvx/test]",
        scope: "project",
        creation_type: "GIT",
        date_marker: mark.state?.at,
      },
    ]);
    expect(at.twin.requests.all().slice(0, 2)).toMatchObject([{ method: "GET" }, { method: "POST" }]);
    const before = at.twin.requests.mark();
    expect(await mark.up(releaseOf("1.4.2", { commit: "1a2b3c4d5e6f" }))).toBe("same");
    expect(at.twin.requests.since(before)).toEqual([]);
  });

  test("is found again by a run that does not know of it, and not by one of another stack", async () => {
    await using at = await setting();
    const first = at.process().annotation();
    await first.up(releaseOf("1.4.2"));
    const again = at.process().annotation();
    await again.up(releaseOf("1.4.2"));
    expect(again.id).toBe(first.id);
    await at
      .process()
      .annotation()
      .up(releaseOf("1.4", { managedBy: "brandvx/test/release" }));
    await at
      .process()
      .annotation()
      .up(releaseOf("1.4.2", { managedBy: "brandvx/stage/release" }));
    expect((await liveMarks(at)).map(({ content }) => content).toSorted()).toEqual([
      "Released 1.4 [brandvx/test]",
      "Released 1.4.2 [brandvx/stage]",
      "Released 1.4.2 [brandvx/test]",
    ]);
  });

  test("that comes back after another one is marked again", async () => {
    await using at = await setting();
    for (const release of ["1.0", "1.1", "1.0"]) await at.process().annotation().up(releaseOf(release));
    expect((await liveMarks(at)).map(({ content }) => content)).toEqual([
      "Released 1.0 [brandvx/test]",
      "Released 1.1 [brandvx/test]",
      "Released 1.0 [brandvx/test]",
    ]);
  });

  test("that nobody named makes nothing and sends nothing", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf());
    expect(await mark.refresh()).toEqual(releaseOf());
    await mark.destroy();
    expect(at.twin.requests.all()).toEqual([]);
  });

  test("replaces the one before it, for Pulumi to keep that one", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf("1.0"));
    expect(await mark.up(releaseOf("1.1"))).toBe("replaced");
    expect(await mark.up(releaseOf("1.1", { commit: "1a2b3c4d" }))).toBe("updated");
    expect(await liveMarks(at)).toMatchObject([{ content: "Released 1.1 (1a2b3c4) [brandvx/test]" }]);
  });

  test.for([
    ["a release of two lines", releaseOf("1\n2"), "release"],
    ["a commit that is none", releaseOf("1", { commit: "main" }), "commit"],
  ] as const)("%s is refused before anything is sent", async ([, inputs, property]) => {
    await using at = await setting();
    expect(await failed(at.process().annotation().up(inputs))).toContain(property);
    expect(at.twin.requests.all()).toEqual([]);
  });
});

describe("what was done by hand", () => {
  test("is nothing when words were added or it was moved; is drift when its words were replaced", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf("1.4.2"));
    const edit = (body: object) => at.byHand("patch", `annotations/${mark.id}/`, body);
    await edit({ content: "Released 1.4.2 [brandvx/test]: sign-ups broke", date_marker: "2026-01-01T00:00:00Z" });
    expect(await mark.refresh()).toEqual(releaseOf("1.4.2"));
    await edit({ content: "Something else" });
    expect(await mark.refresh()).toEqual({ ...releaseOf("1.4.2"), rewrittenByHand: "Something else" });
    await mark.up(releaseOf("1.4.2"));
    expect(await mark.refresh()).toEqual(releaseOf("1.4.2"));
    expect(await liveMarks(at)).toMatchObject([{ content: "Released 1.4.2 [brandvx/test]" }]);
  });

  test("a mark that was deleted is gone for a refresh, and an up makes it again", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf("1.4.2"));
    await at.byHand("patch", `annotations/${mark.id}/`, { deleted: true });
    expect(await mark.refresh()).toBeUndefined();
    await mark.up(releaseOf("1.4.2"));
    expect(await liveMarks(at)).toHaveLength(1);
  });

  test("a mark that was deleted comes back when its words change", async () => {
    await using at = await setting();
    const mark = at.process().annotation();
    await mark.up(releaseOf("1.4.2"));
    await at.byHand("patch", `annotations/${mark.id}/`, { deleted: true });
    await mark.up(releaseOf("1.4.2", { commit: "1a2b3c4d" }));
    expect(await liveMarks(at)).toMatchObject([{ content: "Released 1.4.2 (1a2b3c4) [brandvx/test]" }]);
  });
});

const anyRelease = fc
  .string({ minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== "" && !text.includes("\n"));

test("for any releases, what was made is what a refresh sees", async () => {
  await using at = await setting();
  await fc.assert(
    fc.asyncProperty(anyRelease, async (release) => {
      const mark = at.process().annotation();
      await mark.up(releaseOf(release));
      expect(await mark.refresh()).toEqual(releaseOf(release));
    }),
    { numRuns: 50 },
  );
});
