import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestStack } from "../../support/stack.ts";
import { sentryStack } from "./stack.ts";

const organization = "/api/0/organizations/brandvx";
const browserProject = "/api/0/projects/brandvx/operator-ui";

test("Sentry is made, left alone, seen when it was changed by hand, healed, changed and deleted", async () => {
  await using at = await sentryStack();
  const { stack, api, sentry, writesSince, token } = at;
  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);
  expect(first.text).toMatch(/serverDsn *: \[secret\]/);
  expect(first.text).toContain(`${sentry.url}/organizations/brandvx/issues/?project=`);
  expect((await api.get(`${browserProject}/`)).body.platform).toBe("javascript-react");
  expect((await api.get(`${browserProject}/keys/`)).body).toMatchObject([{ name: "operator-ui (1)" }]);
  const alerts: { id: string; name: string; environment: string }[] = (await api.get(`${organization}/workflows/`))
    .body;
  expect(alerts.map(({ environment }) => environment)).toEqual(Array(9).fill("production"));

  // Sentry knew no environment, and refuses alerts for an unknown one, so the stack sent its first event.
  expect(sentry.events().map(({ payload }) => payload)).toMatchObject([
    { environment: "production", level: "info", tags: { obs: "first event" } },
  ]);
  const rules = (await api.get(`${browserProject}/ownership/`)).body;
  expect(rules.raw).toContain("\npath:*/ask/* #platform\n");
  expect(JSON.parse((await api.get(`${browserProject}/`)).body.relayPiiConfig).applications).toMatchObject({
    "$user.email": ["@anything:remove"],
  });

  const monitors: { id: string; type: string; dataSources: [{ queryObj: Record<string, unknown> }] }[] = (
    await api.get(`${organization}/detectors/`)
  ).body;
  const uptime = monitors.find(({ type }) => type === "uptime_domain_failure");
  const cron = monitors.find(({ type }) => type === "monitor_check_in_failure");
  expect(uptime?.dataSources[0].queryObj).toMatchObject({ url: "https://api.brandvx.example/health" });
  expect(cron?.dataSources[0].queryObj).toMatchObject({ slug: "cadence-sender" });

  let mark = sentry.requests.mark();
  const second = await stack.up("--expect-no-changes");
  expect(second.exitCode, second.text).toBe(0);
  expect(writesSince(mark)).toEqual([]);
  const clean = await stack.refreshPreview();
  expect(clean.exitCode, clean.text).toBe(0);

  const regression = alerts.find(({ name }) => name.includes("again"));
  await api.put(`${organization}/workflows/${regression?.id}/`, { ...regression, actionFilters: [] });
  await api.put(`${browserProject}/filters/localhost/`, { active: false });
  const theirs = "url:*/help #platform";
  await api.put(`${browserProject}/`, { scrubIPAddresses: false, relayPiiConfig: "" });
  await api.put(`${browserProject}/ownership/`, {
    raw: `${rules.raw.replace("path:*/ask/* #platform\n", "")}\n${theirs}`,
    autoAssignment: "Turn off Auto-Assignment",
  });
  const changed = (query: object) => ({ owner: null, dataSources: [query] });
  const asked = uptime?.dataSources[0].queryObj;
  await api.put(`${organization}/detectors/${uptime?.id}/`, {
    ...uptime,
    ...changed({ ...asked, intervalSeconds: 300 }),
  });
  const daily = { schedule_type: "crontab", schedule: "0 6 * * *" };
  const waited = { slug: "cadence-sender", config: daily };
  await api.put(`${organization}/detectors/${cron?.id}/`, { ...cron, ...changed(waited) });
  const seen = await stack.refreshPreview();
  expect(seen.exitCode, seen.text).toBe(7);
  expect(seen.text).toMatch(/sentry:Alert::regression\]\s+~ actions *: \{\s+- Slack #alerts: /);
  expect(seen.text).toMatch(/~ emails *: \[\s+- \[0\]: "ada@brandvx.example"/);
  expect(seen.text).toMatch(
    /sentry:ProjectSettings::operator-ui\]\s+~ inboundFilters: \{\s+~ localhost: true => false/,
  );
  expect(seen.text).toMatch(/~ scrubIPAddresses *: true => false/);
  expect(seen.text).toMatch(/- \$user\.email *: \[/);
  expect(seen.text).toMatch(
    /sentry:Ownership::operator-ui\]\s+~ autoAssignment: "Auto Assign to Issue Owner" => "Turn off/,
  );
  expect(seen.text).toContain("path:*/ask/*");
  expect(seen.text).toMatch(/sentry:UptimeMonitor::backend-away-server\]\s+~ intervalSeconds *: 60 => 300/);
  expect(seen.text).toMatch(
    /sentry:CronMonitor::cadence-sender-server\]\s+~ crontab *: "\*\/5 \* \* \* \*" => "0 6 \* \* \*"/,
  );
  expect(seen.text, "nothing plans a replacement").not.toContain("replace");
  expect(seen.text).toContain("5 to update");

  mark = sentry.requests.mark();
  stack.edit("alerts/sentry.ts", (text) => text.replace("aboveMs: 3000", "aboveMs: 4000"));
  const healed = await stack.up("--refresh", "--run-program");
  expect(healed.exitCode, healed.text).toBe(0);
  const slow = (await api.get(`${organization}/detectors/?query=slow`)).body[0];
  expect(writesSince(mark).toSorted()).toEqual([
    ...[slow.id, uptime?.id, cron?.id].map((id) => `PUT ${organization}/detectors/${id}/`).toSorted(),
    `PUT ${organization}/workflows/${regression?.id}/`,
    `PUT ${browserProject}/`,
    `PUT ${browserProject}/filters/localhost/`,
    `PUT ${browserProject}/ownership/`,
  ]);
  const healedRules = (await api.get(`${browserProject}/ownership/`)).body;
  expect(healedRules).toMatchObject({ raw: `${rules.raw}\n\n${theirs}`, autoAssignment: "Auto Assign to Issue Owner" });
  const again = await stack.refreshPreview();
  expect(again.exitCode, again.text).toBe(0);

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  for (const list of ["workflows", "detectors", "projects", "teams"])
    expect((await api.get(`${organization}/${list}/`)).body).toEqual([]);
  for (const text of [first.text, seen.text, healed.text, await stack.state()]) expect(text).not.toContain(token);
});

test("a wrong token is one error that makes nothing; a key that is gone is made anew, and a new generation takes its place", async () => {
  await using at = await sentryStack();
  const { stack, api, sentry, writesSince } = at;
  const wrong = await stack.pulumiWith({ SENTRY_TOKEN: "sntryu_wrong" }, "up", "--yes", "--skip-preview");
  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.text).toContain("does not accept the token");
  expect(wrong.text).not.toMatch(/SentryTeam|SentryProject|Monitor/);
  expect(writesSince(0)).toEqual([]);

  const made = await stack.up();
  expect(made.exitCode, made.text).toBe(0);
  const dsn = async () => (await stack.pulumi("stack", "output", "browserDsn")).stdout.trim();
  const first = await dsn();
  const [key] = (await api.get(`${browserProject}/keys/`)).body;
  await api.delete(`${browserProject}/keys/${key.id}/`);
  const mended = await stack.up("--refresh", "--run-program");
  expect(mended.exitCode, mended.text).toBe(0);
  const second = await dsn();
  expect(second).not.toBe(first);

  // Resources that the state has lost still exist: the stack adopts them and writes nothing twice.
  expect(
    await forget(stack, /sentry:(Environment|Ownership|ProjectSettings|UptimeMonitor|CronMonitor)::/),
  ).toHaveLength(7);

  stack.configure({ sentryKeyGeneration: 2 });
  const mark = sentry.requests.mark();
  const rotated = await stack.up();
  expect(rotated.exitCode, rotated.text).toBe(0);
  expect([first, second]).not.toContain(await dsn());
  expect((await api.get(`${browserProject}/keys/`)).body).toMatchObject([{ name: "operator-ui (2)" }]);
  expect(writesSince(mark).map((write) => write.replace(/[0-9a-f]{32}/, "<key>"))).toEqual(
    expect.arrayContaining([`POST ${browserProject}/keys/`, `DELETE ${browserProject}/keys/<key>/`]),
  );
  expect(writesSince(mark)).toHaveLength(4);
});

/** Removes resources from the state, as when it was lost, and returns which. */
async function forget(stack: TestStack, which: RegExp): Promise<string[]> {
  const exported = JSON.parse(await stack.state());
  const resources: { urn: string; dependencies?: string[]; propertyDependencies?: Record<string, string[]> }[] =
    exported.deployment.resources;
  const gone = resources.map(({ urn }) => urn).filter((urn) => which.test(urn));
  const left = (urns: readonly string[]) => urns.filter((urn) => !gone.includes(urn));
  exported.deployment.resources = resources
    .filter(({ urn }) => !gone.includes(urn))
    .map(({ dependencies = [], propertyDependencies = {}, ...resource }) => ({
      ...resource,
      dependencies: left(dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, urns]) => [property, left(urns ?? [])]),
      ),
    }));
  const file = join(stack.folder, "without.json");
  writeFileSync(file, JSON.stringify(exported));
  const imported = await stack.pulumi("stack", "import", "--file", file);
  expect(imported.exitCode, imported.text).toBe(0);
  return gone;
}
