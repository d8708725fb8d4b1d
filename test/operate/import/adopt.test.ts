import { describe, expect, test } from "vitest";
import { inTheApp, oldDashboard } from "../support/by-hand.ts";
import { importing } from "./stand-in.ts";

const key = "kaufe-klicks-2023";
const file = `dashboards/${key}.ts`;
const writesOf = (requests: readonly { method: string; path: string }[]) =>
  requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

describe("a dashboard that nobody manages", () => {
  test("is adopted as it is: nothing is written to PostHog, and a refresh sees what the program states", async () => {
    await using at = await importing();
    const { id } = await oldDashboard(at.posthog);
    const mark = at.posthog.requests.mark();
    const report = await at.import(id);
    expect(writesOf(at.posthog.requests.since(mark))).toEqual([]);
    expect(report).toMatchObject({ action: "adopt", files: [file, "dashboards/index.ts"], leftAlone: ["flags"] });
    await expect(at.read(file)).toMatchFileSnapshot("__snapshots__/adopted-dashboard.txt");
    expect(await at.refresh(key)).toEqual(await at.program(key));
  });

  test("gets one PATCH for one changed tile; the line that says whose it is goes along with the next change of itself", async () => {
    await using at = await importing();
    const { id, insights } = await oldDashboard(at.posthog);
    await at.import(id);
    const mark = at.posthog.requests.mark();
    at.edit(file, (text) => text.replace("windowDays: 7", "windowDays: 14"));
    await at.up(key);
    expect(writesOf(at.posthog.requests.since(mark))).toEqual([`PATCH /api/projects/1/insights/${insights.funnel}/`]);
    expect(at.posthog.live().dashboards[0]?.description).toBe("Wer klickt, wer kauft?");
    at.edit(file, (text) => text.replace("Käufe & Klicks (2023)", "Käufe und Klicks"));
    await at.up(key);
    expect(at.posthog.live().dashboards[0]?.description).toContain(
      `Managed by code: brandvx-observability/test/${key}`,
    );
    expect(await at.refresh(key)).toEqual(await at.program(key));
  });

  test("is only shown by a dry run", async () => {
    await using at = await importing();
    const { id } = await oldDashboard(at.posthog);
    const before = at.read("dashboards/index.ts");
    const report = await at.import(id, { dryRun: true });
    expect(report.source).toContain("export const kaufeKlicks2023 = dashboard({");
    expect([at.exists(file), at.read("dashboards/index.ts") === before, at.state.length]).toEqual([false, true, 1]);
    expect(at.commands).not.toContain("import");
  });

  test.for(["preview", "import"])("leaves nothing half-done where pulumi %s fails", async (command) => {
    await using at = await importing();
    const { id } = await oldDashboard(at.posthog);
    const before = at.read("dashboards/index.ts");
    at.fail(command);
    await expect(at.import(id)).rejects.toThrow(/nothing was (adopted|changed)/);
    expect([at.exists(file), at.read("dashboards/index.ts") === before]).toEqual([false, true]);
  });

  test("is not adopted at all by a Ctrl-C before pulumi import, and wholly by one during it", async () => {
    for (const [command, isAdopted] of [
      ["preview", false],
      ["import", true],
    ] as const) {
      await using at = await importing();
      const { id } = await oldDashboard(at.posthog);
      at.interrupt(command);
      const outcome = await at.import(id).then(
        () => "done",
        ({ name }: Error) => name,
      );
      expect([outcome, at.exists(file), at.state.length]).toEqual(
        isAdopted ? ["done", true, 2] : ["AbortError", false, 1],
      );
    }
  });

  test("leaves an insight alone that another dashboard's definition makes", async () => {
    await using at = await importing();
    await at.up("activation-funnel");
    const shared = at.posthog.live().insights.find(({ name }) => name === "Opened to first step done");
    const { id } = await inTheApp(at.posthog, "POST", "dashboards/", { name: "Overview" });
    const home = at.idOf("activation-funnel");
    await inTheApp(at.posthog, "PATCH", `insights/${shared?.id}/`, { dashboards: [home, id] });
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, { tiles: [{ text: { body: "Hello" } }] });
    const report = await at.import(id);
    expect([report.leftAlone, report.tiles.map((tile) => tile.key)]).toEqual([
      ["opened-to-first-step-done"],
      ["hello"],
    ]);
    expect(await at.refresh("overview")).toEqual(await at.program("overview"));
    expect(await at.refresh("activation-funnel")).toEqual(await at.program("activation-funnel"));
  });

  test("has what the catalog lacks listed, each with an entry to paste", async () => {
    await using at = await importing();
    const { id } = await oldDashboard(at.posthog);
    const { gaps } = await at.import(id, { dryRun: true, owner: "growth" });
    expect(gaps.map(({ event, property }) => [event, property])).toEqual([
      ["$autocapture", undefined],
      ["billing.invoice_paid", undefined],
    ]);
    expect(gaps.map(({ entry }) => entry).join("\n")).toMatchSnapshot();
  });
});

describe("what it is called", () => {
  const named = (at: Awaited<ReturnType<typeof importing>>, name: string | null) =>
    inTheApp(at.posthog, "POST", "dashboards/", { name });

  test("its title, in letters that a file may have; its number where there are none", async () => {
    await using at = await importing();
    const keys = [];
    for (const name of ["Ünïcode: what's new?", "売上", null]) {
      const { id } = await named(at, name);
      await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, { tiles: [{ text: { body: "x" } }] });
      keys.push((await at.import(id, { dryRun: true })).dashboard.key.replace(String(id), "<id>"));
    }
    expect(keys).toEqual(["unicode-whats-new", "dashboard-<id>", "dashboard-<id>"]);
  });

  test("another key where its own is taken, or the file is written over on purpose", async () => {
    await using at = await importing();
    const { id } = await named(at, "AI engagement");
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, { tiles: [{ text: { body: "x" } }] });
    await expect(at.import(id)).rejects.toMatchObject({
      message: "dashboards/ai-engagement.ts is there already",
      fix: expect.stringContaining("--key ai-engagement-2"),
    });
    await expect(at.import(id, { key: "AI 2" })).rejects.toMatchObject({ fix: expect.stringContaining("--key ai-2") });
    expect((await at.import(id, { key: "ai-2" })).files).toContain("dashboards/ai-2.ts");
    expect(at.read("dashboards/index.ts")).toContain("[activationFunnel, ai2, aiEngagement, cadenceThroughput]");
  });

  test("never the index of all dashboards, nor a file that is something else", async () => {
    await using at = await importing();
    const { id } = await named(at, "Index");
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, { tiles: [{ text: { body: "x" } }] });
    expect((await at.import(id, { dryRun: true })).dashboard.key).toBe(`dashboard-${id}`);
    const refused = at.import(id, { key: "index", force: true });
    await expect(refused).rejects.toMatchObject({ fix: expect.stringContaining(`--key dashboard-${id}`) });
    at.write("dashboards/helpers.ts", "export {};");
    const taken = at.import(id, { key: "helpers" });
    await expect(taken).rejects.toMatchObject({ fix: expect.stringContaining("--key helpers-2") });
  });

  test("tiles of one title get keys of their own", async () => {
    await using at = await importing();
    const { id } = await named(at, "Twice");
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, {
      tiles: [{ text: { body: "# Notes" } }, { text: { body: "# Notes" } }, { text: { body: "…" } }],
    });
    expect((await at.import(id)).tiles.map((tile) => tile.key)).toEqual(["notes", "notes-2", "text"]);
    expect(await at.refresh("twice")).toEqual(await at.program("twice"));
  });
});

describe("is refused, and says what to do:", () => {
  test.for([
    ["what is no dashboard", "activation", "is not a dashboard of PostHog"],
    ["an address of something else", "<url>/project/1/insights/3", "is not the address of a dashboard"],
    ["a link for sharing", "<url>/shared/abc", "does not say which dashboard it shows"],
    ["another project", "<url>/project/2/dashboard/3", "the dashboard is in project 2, and test works with project 1"],
    ["another PostHog", "https://eu.posthog.com/project/1/dashboard/3", "the dashboard is at https://eu.posthog.com"],
    ["a number that is none", "99999", "there is no dashboard 99999 in project 1"],
  ] as const)("%s", async ([, target, words]) => {
    await using at = await importing();
    await expect(at.import(target.replace("<url>", at.posthog.url))).rejects.toThrow(words);
  });

  test("a key that PostHog does not know", async () => {
    await using at = await importing();
    at.useKey("phx_somebody_elses_key_000000000000000");
    await expect(at.import(1)).rejects.toThrow("does not accept the key");
  });

  test("another stack's dashboard, whose changes this one would undo", async () => {
    await using at = await importing();
    const { id } = await inTheApp(at.posthog, "POST", "dashboards/", {
      name: "Theirs",
      description:
        "Who pays?\nOwner: growth. Managed by code: brandvx-observability/production/theirs, dashboards/theirs.ts",
    });
    await expect(at.import(id)).rejects.toMatchObject({
      message: expect.stringContaining("is managed by the stack production of brandvx-observability"),
      fix: expect.stringContaining(`npx obs import dashboard ${id} --stack production`),
    });
  });

  test("an empty one", async () => {
    await using at = await importing();
    const { id } = await inTheApp(at.posthog, "POST", "dashboards/", { name: "Empty" });
    await expect(at.import(id)).rejects.toMatchObject({ fix: expect.stringContaining("it has no tiles") });
  });
});
