import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dashboardWith, posthog } from "./client.ts";

test("a twin that is started again from its file goes on where it was", async () => {
  const folder = mkdtempSync(join(tmpdir(), "posthog-twin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "posthog.db");

  const before = await posthog({ file });
  const { id } = await dashboardWith(before, "Steps");
  await before.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "ada" });
  const organization = (await before.get("/api/organizations/@current/")).body.id;
  const [live, events] = [before.twin.live(), before.twin.events()];
  await before.twin.stop();

  const after = await posthog({ file });
  expect(after.twin.live()).toEqual(live);
  expect(after.twin.events()).toEqual(events);
  expect((await after.get("/api/organizations/@current/")).body.id).toBe(organization);
  expect((await after.post("dashboards/", { name: "Next" })).body.id).toBe(id + 1);
});
