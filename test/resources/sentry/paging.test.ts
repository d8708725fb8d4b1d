import { expect, test } from "vitest";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import { alert } from "../../../src/resources/sentry/providers.ts";
import { givenSentry, newIssue, organizationPath, resourceOf } from "./support.ts";

const { up } = resourceOf<AlertInputs>(alert);

test("an alert behind more than a hundred others is found again, not made again", async () => {
  const { api, twin } = await givenSentry();
  const [error] = (await api.get(`${organizationPath}/detectors/?query=type:error`)).body;
  const other = {
    name: "Another",
    detectorIds: [error.id],
    triggers: { logicType: "any-short", conditions: [] },
    actionFilters: [],
  };
  for (let made = 0; made < 120; made += 1) await api.post(`${organizationPath}/workflows/`, other);
  const { id } = await up(newIssue);
  twin.requests.clear();
  expect((await up(newIssue)).id).toBe(id);
  expect(twin.requests.writes()).toEqual([]);
});

test("a request that comes too early is repeated when Sentry says so", async () => {
  const { twin } = await givenSentry();
  twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 429, retryAfterSeconds: 0 } });
  await expect(up(newIssue)).resolves.toMatchObject({ id: expect.any(String) });
});
