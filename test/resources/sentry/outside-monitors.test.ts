import { describe, expect, test } from "vitest";
import type { CronInputs } from "../../../src/resources/sentry/cron-monitor/provider.ts";
import { cronMonitor, uptimeMonitor } from "../../../src/resources/sentry/providers.ts";
import type { UptimeInputs } from "../../../src/resources/sentry/uptime-monitor/provider.ts";
import { addProject, givenSentry, health, organizationPath, resourceOf, sender } from "./support.ts";

const uptime = resourceOf<UptimeInputs>(uptimeMonitor);
const cron = resourceOf<CronInputs>(cronMonitor);

const at = (id: string) => `${organizationPath}/detectors/${id}/`;
const create = `POST ${organizationPath}/projects/operator-ui/detectors/`;

describe("an uptime monitor", () => {
  test("is made once, read without a difference, changed and deleted", async () => {
    const { api, twin, writes } = await givenSentry();
    const { id, state } = await uptime.up(health);
    expect(state.url).toBe(`${twin.url}/organizations/brandvx/monitors/${id}/`);
    expect(await uptime.seen(id, state)).toEqual(health);
    expect((await api.get(at(id))).body).toMatchObject({
      type: "uptime_domain_failure",
      dataSources: [{ type: "uptime_subscription", queryObj: { url: health.address, method: "GET" } }],
      config: { mode: 1, environment: "production", downtimeThreshold: 3, recoveryThreshold: 1 },
    });
    await uptime.change(id, state, health);
    expect((await uptime.up(health)).id, "one that is the same is taken over").toBe(id);
    await uptime.change(id, state, { ...health, failures: 5 });
    expect(await uptime.seen(id, state)).toEqual({ ...health, failures: 5 });
    expect(writes()).toEqual([create, `PUT ${at(id)}`]);
    await api.delete(at(id));
    expect(await uptime.seen(id, state)).toBeUndefined();
  });

  test("that was changed by hand is seen by field, without what its headers hold, and put back", async () => {
    const { api } = await givenSentry();
    const { id, state } = await uptime.up(health);
    const { owner: _, dataSources, ...live } = (await api.get(at(id))).body;
    const source = {
      ...{ url: "https://example.com/", method: "HEAD", intervalSeconds: 300, timeoutMs: 5000 },
      headers: [["Authorization", "Bearer secret"]],
    };
    expect(dataSources).toHaveLength(1);
    await api.put(at(id), { ...live, dataSources: [source] });
    const seen = await uptime.seen(id, state);
    expect(seen).toEqual({
      ...health,
      ...{ address: "https://example.com/", intervalSeconds: 300 },
      byHand: { method: "HEAD", headers: 1 },
    });
    expect(JSON.stringify(seen)).not.toContain("secret");
    await uptime.change(id, state, health);
    expect(await uptime.seen(id, state)).toEqual(health);
  });

  test("that Sentry would refuse is found before anything is sent", async () => {
    const wrong = { ...health, address: "api.brandvx.example", intervalSeconds: 42, timeoutMs: 5, failures: 0 };
    const found = await uptime.check(wrong);
    expect(found.map(({ property }: { property: string }) => property).toSorted()).toEqual([
      ...["address", "failures", "intervalSeconds", "timeoutMs"],
    ]);
  });
});

describe("a cron monitor", () => {
  test("is made once, read without a difference, changed and deleted", async () => {
    const { api, writes } = await givenSentry();
    const { id, state } = await cron.up(sender);
    expect(await cron.seen(id, state)).toEqual(sender);
    expect((await api.get(at(id))).body).toMatchObject({
      type: "monitor_check_in_failure",
      dataSources: [
        { type: "cron_monitor", queryObj: { slug: "cadence-sender", config: { schedule: "*/5 * * * *" } } },
      ],
    });
    await cron.change(id, state, sender);
    await cron.change(id, state, { ...sender, crontab: "0 * * * *" });
    expect(await cron.seen(id, state)).toEqual({ ...sender, crontab: "0 * * * *" });
    expect(writes()).toEqual([create, `PUT ${at(id)}`]);
    await cron.remove(id, state);
    expect(await cron.seen(id, state)).toBeUndefined();
  });

  test("that the job's first check-in made is taken over", async () => {
    const { api } = await givenSentry();
    const path = `${organizationPath}/projects/operator-ui/detectors/`;
    const config = { schedule_type: "interval", schedule: [1, "day"] };
    const { body: made } = await api.post(path, {
      ...{ name: "cadence-sender", type: "monitor_check_in_failure" },
      dataSources: [{ slug: "cadence-sender", config }],
    });
    const { id, state } = await cron.up(sender);
    expect(id).toBe(made.id);
    expect(await cron.seen(id, state)).toEqual(sender);
  });

  test("whose slug another project has is refused, with what to do", async () => {
    const { api } = await givenSentry();
    await addProject(api, "backend");
    await cron.up(sender);
    await expect(cron.up({ ...sender, project: "backend" })).rejects.toThrow(/another project.*name the job otherwise/);
  });

  test("that was changed by hand is seen by field, and put back", async () => {
    const { api } = await givenSentry();
    const { id, state } = await cron.up(sender);
    const { owner: _, ...live } = (await api.get(at(id))).body;
    const config = { schedule_type: "interval", schedule: [1, "day"], checkin_margin: 60, max_runtime: 15 };
    await api.put(at(id), { ...live, name: "x", dataSources: [{ name: "x", slug: "cadence-sender", config }] });
    expect(await cron.seen(id, state)).toEqual({
      ...sender,
      ...{ name: "x", crontab: "every 1 day", lateMinutes: 60, failures: 1 },
    });
    await cron.change(id, state, sender);
    expect(await cron.seen(id, state)).toEqual(sender);
  });
});
