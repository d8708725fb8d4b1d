import { expect, test } from "vitest";
import { readFixture } from "../../../vendors/openapi.ts";
import { type Answer, type Client, posthog } from "./client.ts";

interface Recording {
  steps: {
    step: string;
    requests: { method: "GET" | "POST" | "PATCH"; path: string; body: Record<string, unknown> | null }[];
  }[];
}

const recording: Recording = readFixture("wire-posthog-terraform");

/** Ids in the recording, in the order in which its emulator gave them; the twin gives others. */
interface Ids {
  dashboard: number;
  insights: number[];
  tiles: number[];
  text: number;
}
const recorded: Ids = { dashboard: 1001, insights: [1002, 1004], tiles: [1003, 1005], text: 1006 };

/** Sends the recorded requests of one step with the twin's ids in place of the recorded ones. */
async function replay(client: Client, step: string, ids: Map<number, number>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { method, path, body } of recording.steps.find((it) => it.step === step)?.requests ?? []) {
    const translate = (text: string) => text.replaceAll(/\b10\d\d\b/g, (id) => String(ids.get(Number(id)) ?? id));
    const answer =
      method === "GET"
        ? await client.get(translate(path))
        : await client[method === "POST" ? "post" : "patch"](
            translate(path),
            JSON.parse(translate(JSON.stringify(body))),
          );
    answers.push(answer);
    learn(ids, answer);
  }
  return answers;
}

/** Derives from the answer which id replaces which recorded one. */
function learn(ids: Map<number, number>, { body }: Answer): void {
  if ("tiles" in body) {
    ids.set(recorded.dashboard, body.id);
    const text = body.tiles.find((tile: { text: unknown }) => tile.text !== null);
    if (text !== undefined) ids.set(recorded.text, text.id);
  } else {
    const index = body.name === "Prompts" ? 0 : 1;
    ids.set(recorded.insights[index] ?? 0, body.id);
    const tile = body.dashboard_tiles[0];
    if (tile !== undefined) ids.set(recorded.tiles[index] ?? 0, tile.id);
  }
}

test("PostHog's own Terraform provider creates, reads, changes and destroys against the twin", async () => {
  const client = await posthog();
  const ids = new Map<number, number>();
  const statuses = (answers: Answer[]) => answers.map((answer) => answer.status);
  const tiles = () =>
    client.twin
      .live()
      .dashboards[0]?.tiles.map((tile) => [tile.kind === "insight" ? tile.insight.name : tile.kind, tile.layouts.sm]);

  const created = await replay(client, "create a dashboard, two insights on it, a layout with a text tile", ids);
  expect(statuses(created)).toEqual([201, 201, 201, 200, 200]);
  expect(client.twin.live().dashboards).toMatchObject([{ name: "AI engagement", pinned: true, tags: ["managed"] }]);
  const places = [
    ["text", { h: 1, w: 12, x: 0, y: 0 }],
    ["Prompts", { h: 5, w: 6, x: 0, y: 1 }],
    ["Error share", { h: 5, w: 6, x: 6, y: 1 }],
  ];
  expect(tiles()).toEqual(places);

  const before = client.twin.live();
  const [dashboard, prompts] = await replay(client, "read again, nothing changed", ids);
  expect(dashboard?.body.tiles).toHaveLength(3);
  expect(prompts?.body.query.source).toMatchObject({ interval: "hour", version: 5 });
  expect(client.twin.live()).toEqual({
    ...before,
    dashboards: before.dashboards.map((it) => ({ ...it, last_accessed_at: expect.any(String) })),
  });

  await replay(client, "date range of one insight changed", ids);
  expect(client.twin.live().insights.map((it) => it.query)).toMatchObject([
    { source: { dateRange: { date_from: "-7d" } } },
    { source: { trendsFilter: { formulaNodes: [{ formula: "A/(A+B)" }] } } },
  ]);
  expect(tiles()).toEqual(places);

  const destroyed = await replay(client, "destroy", ids);
  expect(new Set(statuses(destroyed))).toEqual(new Set([200]));
  expect(client.twin.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
});
