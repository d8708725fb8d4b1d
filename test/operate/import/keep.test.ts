import { describe, expect, test } from "vitest";
import type { PosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { inTheApp } from "../support/by-hand.ts";
import { importing } from "./stand-in.ts";

type At = Awaited<ReturnType<typeof importing>>;

const insightNamed = (posthog: PosthogTwin, wanted: string) => {
  const found = posthog.live().insights.find(({ name }) => name === wanted);
  if (!found) throw new Error(`there is no insight "${wanted}"`);
  return found;
};

async function change(at: At, title: string, edit: (source: Record<string, unknown>) => object): Promise<void> {
  const { id, query } = insightNamed(at.posthog, title);
  const { source, ...rest } = query as { source: Record<string, unknown> };
  await inTheApp(at.posthog, "PATCH", `insights/${id}/`, {
    query: { ...rest, source: { ...source, ...edit(source) } },
  });
}

const tileIdOf = (at: At, title: string): number =>
  at.posthog
    .live()
    .dashboards.flatMap(({ tiles }) => tiles)
    .find((tile) => tile.kind === "insight" && tile.insight.name === title)?.id ?? 0;

const writes = (at: At, mark: number): string[] =>
  at.posthog.requests
    .since(mark)
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`);

/** Lines that git reports as removed and added. */
const diff = async ({ git }: At): Promise<string[]> =>
  (await git("diff", "--unified=0")).stdout.split("\n").filter((line) => /^[-+](?![-+])/.test(line));

describe("what was changed by hand of a dashboard that this stack manages", () => {
  test("is written into its definition, and nothing else of the file is touched; a preview after a refresh is clean", async () => {
    await using at = await importing();
    await at.up("cadence-throughput");
    await change(at, "Failure ratio", () => ({ dateRange: { date_from: "-14d" } }));
    await change(at, "Sent against failed", () => ({
      properties: {
        type: "AND",
        values: [{ type: "AND", values: [{ type: "event", key: "channel", operator: "exact", value: ["sms"] }] }],
      },
    }));
    const id = at.idOf("cadence-throughput");
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, {
      ...{ name: "Cadences", filters: { date_from: "-1y" } },
      tiles: [{ id: tileIdOf(at, "Errors behind the failures"), color: "red" }],
    });
    const mark = at.posthog.requests.mark();
    const report = await at.import(`${at.posthog.url}/project/1/dashboard/${id}#top`);
    expect(report).toMatchObject({
      ...{ action: "keep", files: ["dashboards/cadence-throughput.ts"], gaps: [] },
      changes: {
        ...{ fields: ["title", "filters"], added: [], removed: [] },
        changed: ["sent-and-failed", "failure-ratio", "errors"],
      },
    });
    expect((await diff(at)).join("\n")).toMatchSnapshot();
    expect(writes(at, mark)).toEqual([]);
    expect(await at.refresh("cadence-throughput")).toEqual(await at.program("cadence-throughput"));
    expect(at.commands, "it is in the state already").not.toContain("import");
  });

  test("keeps lines and filters that were added with their own way to count and to compare", async () => {
    await using at = await importing();
    await at.up("ai-engagement");
    await change(at, "People who ask", ({ series }) => ({
      series: [
        ...(series as object[]),
        { kind: "EventsNode", event: "ask.prompt_submitted", math: "median", math_property: "length" },
      ],
      properties: [{ type: "event", key: "mode", operator: "is_not", value: ["x"] }],
    }));
    await at.import(at.idOf("ai-engagement"));
    const lines = (await diff(at)).join("\n");
    expect(lines).toContain('median("ask.prompt_submitted", "length")');
    expect(lines).toContain('not("x")');
    expect(await at.refresh("ai-engagement")).toEqual(await at.program("ai-engagement"));
  });

  test("keeps tiles that were added and lets go of those that were removed, and the next up leaves them alone", async () => {
    await using at = await importing();
    await at.up("ai-engagement");
    const id = at.idOf("ai-engagement");
    await inTheApp(at.posthog, "POST", "insights/", {
      name: "By person",
      query: {
        kind: "InsightVizNode",
        source: {
          kind: "TrendsQuery",
          series: [{ kind: "EventsNode", event: "ask.prompt_submitted" }],
          dateRange: { date_from: "-7d" },
          breakdownFilter: { breakdowns: [{ type: "person", property: "role" }] },
        },
      },
      dashboards: [id],
    });
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, {
      tiles: [
        { text: { body: "A note" }, layouts: { sm: { x: 0, y: 40, w: 12, h: 2 } } },
        { button_tile: { url: "/x", text: "Go" } },
        { id: tileIdOf(at, "Error share"), deleted: true },
        { id: tileIdOf(at, "Length of answers"), deleted: true },
      ],
    });
    const report = await at.import(id);
    expect(report.changes).toEqual({
      ...{ fields: ["leftAlone"], changed: [] },
      ...{ added: ["a-note", "by-person"], removed: ["error-share", "answer-length"] },
    });
    expect(report.lostAlerts, "an alert looks at it").toEqual(["ai-engagement/error-share"]);
    const text = at.read("dashboards/ai-engagement.ts");
    expect(text).toContain("// No other builder says this: a breakdown by person (role).");
    expect(text, "the note stays where it is live").toMatch(/\{\s*\.\.\.managedByCode\(/);
    expect(text).toMatch(/import \{[^}]*\bnotWritten\b[^}]*\brawInsight\b/);

    const kinds = () =>
      at.posthog
        .live()
        .dashboards[0]?.tiles.map(({ kind }) => kind)
        .toSorted();
    const live = kinds();
    await at.refresh("ai-engagement");
    await at.up("ai-engagement");
    expect(live).toEqual(expect.arrayContaining(["button", "insight", "text"]));
    expect(kinds(), "what was kept stands, and nothing came back").toEqual(live);
    expect(await at.refresh("ai-engagement")).toEqual(await at.program("ai-engagement"));
  });

  test("is nothing but tags, which come back by themselves: then no file is written", async () => {
    await using at = await importing();
    await at.up("activation-funnel");
    await inTheApp(at.posthog, "PATCH", `dashboards/${at.idOf("activation-funnel")}/`, { tags: ["mine"] });
    const { id } = insightNamed(at.posthog, "Time to first step done");
    await inTheApp(at.posthog, "PATCH", `insights/${id}/`, { tags: ["mine"] });
    expect(await at.import(at.idOf("activation-funnel"))).toMatchObject({ action: "keep", files: [] });
    expect(await diff(at)).toEqual([]);
  });

  test("does not overwrite what git does not keep, unless it is told to", async () => {
    await using at = await importing();
    await at.up("activation-funnel");
    await change(at, "Time to first step done", () => ({ dateRange: { date_from: "-90d" } }));
    at.edit("dashboards/activation-funnel.ts", (text) => text.replace("Activation funnel", "Activation"));
    const edited = at.read("dashboards/activation-funnel.ts");
    await expect(at.import(at.idOf("activation-funnel"))).rejects.toMatchObject({
      message: "dashboards/activation-funnel.ts would be overwritten, and has uncommitted changes",
      fix: expect.stringContaining("--force"),
    });
    expect(at.read("dashboards/activation-funnel.ts")).toBe(edited);
    await at.import(at.idOf("activation-funnel"), { force: true });
    expect(at.read("dashboards/activation-funnel.ts")).toMatch(/title: "Activation funnel",[\s\S]*lastDays: 90/);
  });

  test("is gone as a whole: that is said, with both ways on", async () => {
    await using at = await importing();
    await at.up("activation-funnel");
    const id = at.idOf("activation-funnel");
    await inTheApp(at.posthog, "PATCH", `dashboards/${id}/`, { deleted: true });
    await expect(at.import(id)).rejects.toMatchObject({
      message: expect.stringContaining("was deleted by hand"),
      fix: expect.stringContaining("pulumi up --refresh"),
    });
  });
});

test("a tile that is PostHog's own query for want of a catalog entry is written with a builder once the catalog has it", async () => {
  await using at = await importing();
  const { id } = await inTheApp(at.posthog, "POST", "dashboards/", { name: "Money" });
  const series = [{ kind: "EventsNode", event: "billing.invoice_paid", math: "sum", math_property: "amount" }];
  const source = { kind: "TrendsQuery", series, dateRange: { date_from: "-7d" } };
  const query = { kind: "InsightVizNode", source };
  await inTheApp(at.posthog, "POST", "insights/", { name: "Paid", query, dashboards: [id] });
  const { gaps } = await at.import(id);
  expect(at.read("dashboards/money.ts")).toContain("rawInsight(");

  // In another process, since a process reads a catalog once.
  await using later = await importing();
  for (const file of ["dashboards/money.ts", "dashboards/index.ts"]) later.write(file, at.read(file));
  later.edit("src/catalog/events.ts", (text) =>
    text.replace("export const events = {", `export const events = {\n${gaps[0]?.entry}`),
  );
  await later.git("add", "dashboards", "src");
  await later.git("commit", "-qm", "adopted, and in the catalog");
  await later.up("money");
  expect((await later.import(later.idOf("money"))).gaps).toEqual([]);
  const text = later.read("dashboards/money.ts");
  expect(text).toContain('series: [sum("billing.invoice_paid", "amount")]');
  expect(text).not.toMatch(/rawInsight|accepted/);
});
