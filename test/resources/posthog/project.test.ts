import { describe, expect, test } from "vitest";
import type { Scope } from "../../../src/model/vendors/posthog.ts";
import { failed } from "../lifetime.ts";
import { alertOn, definition, setting } from "./support.ts";

const needs: Scope[] = [
  "dashboard:write",
  "insight:write",
  "alert:write",
  "organization_member:read",
  "event_definition:write",
];
const scopedKeys = [
  { key: "phx_reader", scopes: ["dashboard:read", "insight:write"] },
  { key: "phx_enough", scopes: [...needs.slice(0, 3), "organization_member:write", "event_definition:write"] },
  { key: "phx_confined", scopes: ["*"], projects: [1] },
  { key: "phx_elsewhere", scopes: ["*"], projects: [7] },
];
const with_ = (key: string) => setting({ scopedKeys }, { key });

describe("before anything is made, the key is looked at", () => {
  test("one that lacks scopes is one error with all of them", async () => {
    await using at = await with_("phx_reader");
    const said = await failed(at.process().project().up({ projectId: 1, host: at.twin.url, needs }));
    expect(said.split("\n")[0]).toBe(
      "the key may not do all that this stack does; nothing was made. Look at the key in PostHog (Settings > Personal API keys): it lacks dashboard:write (to make dashboards), alert:write (to make alerts), organization_member:read (to find the people whom alerts tell), event_definition:write (to describe events)",
    );
    expect(at.twin.requests.all().every(({ method }) => method === "GET")).toBe(true);
    expect(said).not.toContain("phx_reader");
  });

  test("one that has them is fine; write implies read", async () => {
    await using at = await with_("phx_enough");
    await at.process().project().up({ projectId: 1, host: at.twin.url, needs });
    expect(at.twin.requests.all()).toHaveLength(2);
  });

  test("one that is confined to projects is told from one that may read the list of members", async () => {
    await using at = await with_("phx_confined");
    const process = at.process();
    expect(await failed(process.project().up({ projectId: 1, host: at.twin.url, needs }))).toContain(
      "it is confined to projects, and the people whom alerts tell are found in the organization's list of members",
    );
    const withoutPeople = needs.filter((scope) => scope !== "organization_member:read");
    await process.project().up({ projectId: 1, host: at.twin.url, needs: withoutPeople });
  });

  test("one that is confined to other projects is told so", async () => {
    await using at = await with_("phx_elsewhere");
    expect(await failed(at.process().project().up({ projectId: 1, host: at.twin.url, needs }))).toContain(
      "it is confined to other projects (7) than 1",
    );
  });

  test.for([404, 403] as const)("where PostHog answers %i to that, the list of dashboards decides", async (status) => {
    await using at = await with_("phx_reader");
    at.twin.faults.add({ match: { path: /personal_api_keys/ }, effect: { kind: "status", status } });
    await at.process().project().up({ projectId: 1, host: at.twin.url, needs });
    expect(at.twin.faults.list()).toEqual([]);
  });
});

test("an alert that tells people says what to do about a key that is confined to projects", async () => {
  await using at = await with_("phx_confined");
  const process = at.process();
  const dashboard = process.dashboard();
  await dashboard.up(definition());
  expect(await failed(process.alert().up(alertOn(dashboard.id ?? "")))).toContain(
    "Give the key access to the organization instead of projects",
  );
  await process.alert().up(alertOn(dashboard.id ?? "", { subscribers: [] }));
});
