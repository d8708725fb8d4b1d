import { expect, test } from "vitest";
import { posthogStack } from "./stack.ts";

/** A resource of an exported state. */
interface Stored {
  type: string;
  urn: string;
  inputs: Record<string, unknown>;
  stackTrace?: unknown;
  sourcePosition?: unknown;
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test("the first up makes three dashboards, the second sends nothing, destroy leaves nothing", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;

  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);
  expect(
    posthog
      .live()
      .dashboards.map(({ name }) => name)
      .toSorted(),
  ).toEqual(["AI engagement", "Activation funnel", "Cadence throughput"]);
  expect(posthog.live().alerts).toHaveLength(3);

  const mark = posthog.requests.mark();
  const second = await stack.up("--expect-no-changes");
  expect(second.exitCode, second.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);

  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);

  const state = await stack.state();
  for (const text of [state, first.text, second.text, refreshed.text])
    expect(text).not.toContain(posthog.personalApiKey);
  const resources = (JSON.parse(state) as { deployment: { resources: Stored[] } }).deployment.resources;
  const dashboards = resources.filter(({ type }) => type === "pulumi-nodejs:dynamic/posthog:Dashboard");
  expect(dashboards).toHaveLength(3);
  for (const dashboard of dashboards) {
    const { key, title, owner, question, tiles } = dashboard.inputs;
    const definition = bytes({ key, title, owner, question, tiles });
    // Pulumi stores the definition twice, as inputs and as outputs, and records the source position of the resource.
    const { stackTrace: _frames, sourcePosition: _frame, ...carried } = dashboard;
    expect(bytes(carried) - 2 * definition, dashboard.urn).toBeLessThan(2048);
  }

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
});

test("a change of one tile's window is previewed by the tile's path and sent in one request", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  await stack.up();
  stack.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );

  const preview = await stack.pulumi("preview", "--json", "--run-program");
  const { steps } = JSON.parse(preview.stdout) as {
    steps: { op: string; detailedDiff?: Record<string, unknown> | null }[];
  };
  const changes = steps.filter(({ op }) => op !== "same");
  expect(changes.map(({ op }) => op)).toEqual(["update"]);
  expect(Object.keys(changes[0]?.detailedDiff ?? {})).toEqual([
    'tiles["time-to-finish"].query.source.funnelsFilter.funnelWindowInterval',
  ]);

  const mark = posthog.requests.mark();
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  const writes = posthog.requests.since(mark).filter(({ method }) => method !== "GET");
  expect(writes).toMatchObject([
    { method: "PATCH", body: { query: { source: { funnelsFilter: { funnelWindowInterval: 7 } } } } },
  ]);
});

test("tiles are added, moved, retitled, given another key and removed, each without touching the others", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  await stack.up();
  const before = posthog.live().dashboards.find(({ name }) => name === "Activation funnel");
  const titled = (title: string) =>
    before?.tiles.find((tile) => tile.kind === "insight" && tile.insight.name === title);
  const idOf = (title: string) => {
    const tile = titled(title);
    return tile?.kind === "insight" ? tile.insight.id : undefined;
  };
  stack.edit("dashboards/activation-funnel.ts", (text) =>
    text
      .replace('title: "Time to first step done"', 'title: "Time until finished"')
      .replace('"people-by-step": trend', '"people-at-each-step": trend')
      .replace(/(conversion: funnel[\s\S]*?)height: 5/, "$1height: 4")
      .replace(
        /"viewed-backwards": trend\(\{[\s\S]*?\n {4}\}\),\n/,
        `"openings": trend({
           title: "Openings", reading: "A day without openings means that nobody gets to the stepper.",
           series: [count("onboarding.stepper_open")],
           place: { column: 0, row: 25, width: 6, height: 5 },
         }),\n`,
      ),
  );
  const mark = posthog.requests.mark();
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);

  const writes = posthog.requests.since(mark).filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    [
      `PATCH /api/projects/1/dashboards/${before?.id}/`,
      `PATCH /api/projects/1/insights/${idOf("Time to first step done")}/`,
      `PATCH /api/projects/1/insights/${idOf("Steps viewed backwards")}/`,
      "POST /api/projects/1/insights/",
    ].toSorted(),
  );
  const after = posthog.live().dashboards.find(({ name }) => name === "Activation funnel");
  const names = after?.tiles.map((tile) => (tile.kind === "insight" ? tile.insight.name : tile.kind));
  expect(names).toContain("Time until finished");
  expect(names).toContain("Openings");
  expect(names).not.toContain("Steps viewed backwards");
  // Changing only the key keeps the insight, its address and its alerts.
  expect(posthog.live().insights.find(({ name }) => name === "People by step")?.id).toBe(idOf("People by step"));
  expect((await stack.up("--expect-no-changes")).exitCode).toBe(0);
  expect((await stack.refreshPreview()).exitCode).toBe(0);
});
