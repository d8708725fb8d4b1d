import { expect, test } from "vitest";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { alert, monitor } from "../../../src/resources/sentry/providers.ts";
import { openApi, readFixture } from "../../vendors/openapi.ts";
import { errorSpike, givenSentry, newIssue, resourceOf, toSlack } from "./support.ts";

const monitors = resourceOf<MonitorInputs>(monitor);
const alerts = resourceOf<AlertInputs>(alert);

interface Recorded {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
}
const recording: { steps: { requests: Recorded[] }[] } = readFixture("wire-sentry-terraform");
const isOurs = ({ method, path }: Recorded): boolean => method !== "GET" && /\/(detectors|workflows)\//.test(path);
const recordedWrites = recording.steps.flatMap(({ requests }) => requests.filter(isOurs));

test("monitors and alerts are written as another client of this API writes them", async () => {
  const { twin, team, project, api } = await givenSentry();
  const spike = { ...errorSpike, owner: `team:${team.id}` };
  const spikeLater = { ...spike, thresholds: { ...spike.thresholds, high: { gt: 200 } } };

  const made = await monitors.up(spike);
  const watching = { ...newIssue, monitorIds: [made.id] };
  const often = { type: "event_frequency_count", comparison: { value: 200, interval: "1h", filters: [] } };
  const told = await alerts.up(watching);
  await monitors.change(made.id, made.state, spikeLater);
  await alerts.change(told.id, told.state, { ...watching, conditions: { often } });
  await alerts.remove(told.id, told.state);
  await monitors.remove(made.id, made.state);

  const [error] = (await api.get(`/api/0/organizations/brandvx/detectors/?project=${project.id}&query=type:error`))
    .body;
  // Another server assigned other ids.
  const numbers: Record<string, string> = { "101": team.id, "103": error.id, "105": made.id, "115": told.id };
  const ofHere = (text: string): string =>
    text.replaceAll(/\b(101|103|105|115)\b/g, (number) => numbers[number] ?? number);
  const expected = recordedWrites.map(({ method, path, body }) => ({
    method,
    path: ofHere(path),
    body: body && JSON.parse(ofHere(JSON.stringify(body))),
  }));
  const sent = twin.requests.writes().map(({ method, path, body }) => ({ method, path, body }));
  expect(sent).toEqual(expected);
});

test("what is written is what the API's description allows", async () => {
  const { twin, team } = await givenSentry();
  await monitors.up({ ...errorSpike, owner: `team:${team.id}`, description: "Look at the newest issue." });
  await alerts.up({ ...newIssue, actions: { ...newIssue.actions, slack: toSlack } });
  const description = openApi("sentry-terraform");
  const wrong = twin.requests
    .writes()
    .flatMap(({ method, path, body }) => description.request(method, path.replace(/^\/api/, ""), body));
  expect(wrong).toEqual([]);
});
