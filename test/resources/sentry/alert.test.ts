import { describe, expect, test } from "vitest";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { alert, monitor } from "../../../src/resources/sentry/providers.ts";
import { addProject, errorSpike, givenSentry, newIssue, organizationPath, resourceOf, toSlack } from "./support.ts";

const { up, seen, change, remove, check } = resourceOf<AlertInputs>(alert);
const monitors = resourceOf<MonitorInputs>(monitor);

const workflows = `${organizationPath}/workflows/`;
type Sentry = Awaited<ReturnType<typeof givenSentry>>;

const alertsNamed = async ({ api }: Sentry, name: string): Promise<{ id: string }[]> =>
  (await api.get(workflows)).body.filter((live: { name: string }) => live.name === name);

/** The alert as a person could leave it in Sentry. */
async function edit({ api }: Sentry, id: string, change_: (live: EditableAlert) => object): Promise<void> {
  const live = (await api.get(`${workflows}${id}/`)).body;
  await api.put(`${workflows}${id}/`, { ...live, ...change_(live) });
}
interface EditableAlert {
  triggers: { logicType: string; conditions: { type: string }[] };
  actionFilters: { logicType: string; conditions: object[]; actions: { config: object }[] }[];
  detectorIds: string[];
}

describe("an alert", () => {
  test("is made, read without a difference, changed and deleted", async () => {
    const sentry = await givenSentry();
    const { id, state } = await up(newIssue);
    expect(await seen(id, state)).toEqual(newIssue);

    const changed: AlertInputs = { ...newIssue, frequencyMinutes: 30, conditions: {}, actions: { slack: toSlack } };
    const after = await change(id, state, changed);
    expect(await seen(id, after)).toEqual(changed);

    await remove(id, after);
    expect(await seen(id, after)).toBeUndefined();
    await expect(remove(id, after)).resolves.toBeUndefined();
    expect(await alertsNamed(sentry, newIssue.name)).toEqual([]);
  });

  test("watches the automatic monitor of each project, and monitors by their numbers", async () => {
    const { api } = await givenSentry();
    await addProject(api, "backend");
    const spike = await monitors.up(errorSpike);
    const watching: AlertInputs = {
      ...newIssue,
      projectMonitors: { "operator-ui": "error", backend: "issue_stream" },
      monitorIds: [spike.id],
    };
    const { id, state } = await up(watching);
    const { detectorIds } = (await api.get(`${workflows}${id}/`)).body;
    const found = (await api.get(`${organizationPath}/detectors/`)).body as {
      id: string;
      type: string;
      projectId: string;
    }[];
    const types = detectorIds.map((watched: string) => found.find((one) => one.id === watched)?.type).sort();
    expect(types).toEqual(["error", "issue_stream", "metric_issue"]);
    expect(await seen(id, state)).toEqual(watching);
  });

  test("is not written when nothing differs", async () => {
    const { twin, writes } = await givenSentry();
    const { id, state } = await up({ ...newIssue, actions: { ...newIssue.actions, slack: toSlack } });
    twin.requests.clear();
    await change(id, state, { ...newIssue, actions: { ...newIssue.actions, slack: toSlack } });
    expect(writes()).toEqual([]);
  });

  test.each<[string, (live: EditableAlert) => object, Partial<AlertInputs>]>([
    [
      "without any condition or action",
      () => ({ actionFilters: [{ logicType: "all", conditions: [], actions: [] }] }),
      { conditions: {}, actions: {} },
    ],
    ["without its block of conditions and actions", () => ({ actionFilters: [] }), { conditions: {}, actions: {} }],
    [
      "without one of its triggers",
      ({ triggers }) => ({
        triggers: { ...triggers, conditions: triggers.conditions.filter(({ type }) => type !== "regression_event") },
      }),
      { triggers: { first_seen_event: true } },
    ],
    ["for all environments", () => ({ environment: null }), { environment: undefined }],
    ["disabled", () => ({ enabled: false }), { enabled: false }],
    ["told more rarely", () => ({ config: { frequency: 60 } }), { frequencyMinutes: 60 }],
    ["on nothing", () => ({ detectorIds: [] }), { projectMonitors: {} }],
    [
      "with a lower count",
      ({ actionFilters: [filter] }) => ({
        actionFilters: [
          {
            ...filter,
            conditions: [
              {
                type: "event_frequency_count",
                comparison: { value: 7, interval: "1h", filters: [] },
                conditionResult: true,
              },
            ],
          },
        ],
      }),
      {
        conditions: {
          often: { type: "event_frequency_count", comparison: { value: 7, interval: "1h", filters: [] } },
        },
      },
    ],
    [
      "to nobody when there are no owners",
      ({ actionFilters: [filter] }) => ({
        actionFilters: [{ ...filter, actions: [{ ...filter?.actions[0], data: { fallthroughType: "NoOne" } }] }],
      }),
      {
        actions: {
          "e-mail": { type: "email", config: { targetType: "issue_owners" }, data: { fallthroughType: "NoOne" } },
        },
      },
    ],
  ])("that was changed by hand, %s, is seen by name and put back", async (_, byHand, difference) => {
    const sentry = await givenSentry();
    const { id, state } = await up(newIssue);
    await edit(sentry, id, byHand);

    const { environment, ...rest } = { ...newIssue, ...difference };
    expect(await seen(id, state)).toEqual({ ...rest, ...(environment ? { environment } : {}) });
    await change(id, state, newIssue);
    expect(await seen(id, state)).toEqual(newIssue);
  });

  test("shows what was added by hand under the number that Sentry gave it", async () => {
    const sentry = await givenSentry();
    const { id, state } = await up(newIssue);
    await edit(sentry, id, ({ actionFilters: [filter] }) => ({
      actionFilters: [
        {
          ...filter,
          actions: [
            ...(filter?.actions ?? []),
            { type: "email", config: { targetType: "user", targetIdentifier: "1" }, data: {} },
          ],
        },
        { logicType: "any", conditions: [], actions: [] },
      ],
    }));
    const { actions, byHand } = (await seen(id, state)) ?? newIssue;
    expect(Object.keys(actions)).toEqual(["e-mail", expect.stringMatching(/^added by hand: email \(#\d+\)$/)]);
    expect(Object.keys(byHand ?? {})).toEqual([expect.stringMatching(/^filter \(#\d+\)$/)]);
    await change(id, state, newIssue);
    expect(await seen(id, state)).toEqual(newIssue);
  });

  test("is told by e-mail to members, whatever the case of their address", async () => {
    const { api } = await givenSentry();
    const told: AlertInputs = { ...newIssue, emails: ["Owner@Example.com"], actions: {} };
    const { id, state } = await up(told);
    const [filter] = (await api.get(`${workflows}${id}/`)).body.actionFilters;
    expect(filter.actions).toMatchObject([
      { type: "email", config: { targetType: "user", targetIdentifier: "1" }, data: {} },
    ]);
    expect(await seen(id, state)).toEqual(told);
  });

  test("names everybody who cannot be told", async () => {
    const { writes } = await givenSentry();
    await expect(up({ ...newIssue, emails: ["a@x.example", "owner@example.com", "b@x.example"] })).rejects.toThrow(
      /^a@x\.example, b@x\.example cannot be told by Sentry: .* invite them in Sentry/,
    );
    expect(writes()).toEqual([]);
  });

  test("shows who is not told any more, and who else is", async () => {
    const members = ["ada", "grace", "joan"].map((name, i) => ({
      id: String(i + 1),
      name,
      email: `${name}@x.example`,
    }));
    const sentry = await givenSentry({ members });
    const told: AlertInputs = { ...newIssue, emails: ["ada@x.example", "grace@x.example"], actions: {} };
    const { id, state } = await up(told);
    const toUser = (targetIdentifier: string) => ({
      type: "email",
      config: { targetType: "user", targetIdentifier },
      data: {},
    });
    await edit(sentry, id, ({ actionFilters: [filter] }) => ({
      actionFilters: [{ ...filter, actions: [toUser("1"), toUser("3")] }],
    }));
    const shown = await seen(id, state);
    expect(shown).toMatchObject({ emails: ["ada@x.example"], actions: { "e-mail to grace@x.example": toUser("3") } });
    await change(id, state, told);
    expect(await seen(id, state)).toEqual(told);
  });

  test("keeps the channel that Sentry looked up, and shows another one", async () => {
    const sentry = await givenSentry();
    const loud: AlertInputs = { ...newIssue, actions: { slack: toSlack } };
    const { id, state } = await up(loud);
    expect(await seen(id, state)).toEqual(loud);
    await edit(sentry, id, ({ actionFilters: [filter] }) => ({
      actionFilters: [{ ...filter, actions: [{ ...toSlack, config: { ...toSlack.config, targetDisplay: "random" } }] }],
    }));
    const shown = await seen(id, state);
    expect(shown?.actions.slack?.config.targetDisplay).toBe("random");
  });

  test.each([
    ["the answer is lost", { kind: "reset-after" as const }],
    ["the server fails", { kind: "status" as const, status: 503 as const }],
  ])("is made exactly once when %s", async (_, effect) => {
    const sentry = await givenSentry();
    sentry.twin.faults.add({ match: { method: "POST", path: workflows }, effect });
    const { id } = await up(newIssue);
    expect((await alertsNamed(sentry, newIssue.name)).map((live) => live.id)).toEqual([id]);
  });

  test("leaves another one of the same name alone", async () => {
    const sentry = await givenSentry();
    await sentry.api.post(workflows, {
      name: newIssue.name,
      triggers: { logicType: "any-short", conditions: [] },
      actionFilters: [],
    });
    const { id } = await up(newIssue);
    const named = await alertsNamed(sentry, newIssue.name);
    expect(named).toHaveLength(2);
    expect(named.at(-1)?.id).toBe(id);
  });

  test("on a project that is not there says which project to look at", async () => {
    await givenSentry();
    await expect(up({ ...newIssue, projectMonitors: { backend: "error" } })).rejects.toThrow(
      /there is no project "backend" in the organization "brandvx"/,
    );
  });

  test("with bad values is refused before anything is sent, all findings at once", async () => {
    const failures = await check({ ...newIssue, name: "x".repeat(257), frequencyMinutes: 7, match: "most" });
    expect(failures.map(({ property }) => property)).toEqual(["name", "frequencyMinutes", "match"]);
    expect(failures[1]?.reason).toBe("is one of 0, 5, 10, 30, 60, 180, 720, 1440 minutes (it is 7)");
  });

  test("whose numbers are known only after an up passes the check", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(await check({ ...newIssue, owner: unknown, monitorIds: unknown })).toEqual([]);
  });
});
