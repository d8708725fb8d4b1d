import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { events as shipped } from "../../../src/catalog/events.ts";
import { compareCode } from "../../../src/operate/catalog/compare.ts";
import { appCalls } from "../../../src/operate/catalog/scan.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const code = (app: string): string => fileURLToPath(new URL(`fixtures/${app}`, import.meta.url));
/** Some of the catalog's events, so that a new event in the catalog changes nothing here. */
const names = [
  ...["onboarding.stepper_open", "onboarding.step_viewed", "onboarding.step_advanced", "onboarding.step_completed"],
  ...["ask.prompt_submitted", "cadence.message_queued", "cadence.message_sent", "cadence.message_failed"],
];
const events = Object.fromEntries(Object.entries(shipped).filter(([name]) => names.includes(name)));
const eventCalls = async (folder: string) => (await appCalls(folder)).events;
const seen = (calls: Awaited<ReturnType<typeof eventCalls>>): string[] =>
  calls.map(({ event, line }) => `${line} ${event ?? "?"}`);

test("calls in TypeScript are found, not what only looks like one", async () => {
  expect(seen(await eventCalls(code("operator-ui")))).toEqual([
    "8 onboarding.stepper_open",
    "9 onboarding.step_completed",
    "9 onboarding.step_viewed",
    "10 onboarding.step_complete",
    "11 ?",
    "12 cadence.message_sent",
    "13 onboarding.step_advanced",
  ]);
});

test("calls in Python are found, too", async () => {
  expect(seen(await eventCalls(code("backend")))).toEqual([
    "10 cadence.message_queued",
    "11 cadence.message_failed",
    "15 cadence.message_bounced",
    "16 ?",
  ]);
});

test("a folder without code is a mistake", async () => {
  await expect(eventCalls(code("nowhere"))).rejects.toThrow("there is no JavaScript, TypeScript or Python");
});

test("the Python package's functions are sends, by the events' own names", async () => {
  using folder = temporaryFolder("brandvx-scan-");
  writeFileSync(
    join(folder.path, "cadence.py"),
    `import brandvx_observability as observability
from brandvx_observability import events
from brandvx_observability.events import emit_event
# events.cadence.message_queued("t")
events.cadence.message_sent(tenant.id, channel="sms", template_id=t, contact_id=c)
observability.events.cadence.message_failed(
    tenant.id, channel="sms", template_id=t, contact_id=c, error=e)
events.cadence.message_bounced(tenant.id)
events.emit_event("x", {})
my_events.cadence.message_sent("t")
`,
  );
  writeFileSync(join(folder.path, "other.py"), 'events.something.else_("t")\n');
  expect(await eventCalls(folder.path)).toEqual([
    { event: "cadence.message_sent", file: "cadence.py", line: 5 },
    { event: "cadence.message_failed", file: "cadence.py", line: 6 },
    { event: "cadence.message_bounced", file: "cadence.py", line: 8 },
  ]);
});

test("sends in Python are found by what the file imports, however it calls them", async () => {
  using folder = temporaryFolder("brandvx-scan-");
  writeFileSync(
    join(folder.path, "app.py"),
    `import functools
import brandvx_observability
from brandvx_observability import (
    events as obs_events, ph_capture as send,
)
from brandvx_observability.events import cadence as c, emit_event

c.message_sent(tenant, channel="sms")
obs_events.cadence.message_failed(tenant)
brandvx_observability.events.cadence.message_queued(tenant)
background_tasks.add_task(send, "cadence.message_sent", tenant, {})
retry = functools.partial(ph_capture, 'cadence.message_failed')
background_tasks.add_task(c.message_queued, tenant)
x = 1  # see c.message_failed(tenant)
"""c.message_failed(tenant), send("cadence.message_failed")"""
send(f"cadence.{kind}", tenant)
send(event="cadence.message_sent" if ok else "cadence.message_failed", distinct_id=tenant)
await asyncio.to_thread(app.analytics.ph_capture, "cadence" ".message_queued", tenant)
emit_event("cadence.message_sent", {})
`,
  );
  writeFileSync(
    join(folder.path, "lists.py"),
    `from brandvx_observability import events

def seen(rows):
    events = []
    events.append(1)
    events.extend(rows)

def collect(events: list):
    events.clear()
`,
  );
  expect(seen(await eventCalls(folder.path))).toEqual([
    "8 cadence.message_sent",
    "9 cadence.message_failed",
    "10 cadence.message_queued",
    "11 cadence.message_sent",
    "12 cadence.message_failed",
    "13 cadence.message_queued",
    "16 ?",
    "17 cadence.message_sent",
    "17 cadence.message_failed",
    "18 cadence.message_queued",
  ]);
});

test("code and catalog are held against each other in both directions, app by app", async () => {
  const [browser, server] = await Promise.all([appCalls(code("operator-ui")), appCalls(code("backend"))]);
  const { unknown, wrongApp, unsent, unseen } = compareCode(events, { browser, server });
  expect(unknown).toEqual([
    { event: "onboarding.step_complete", where: "stepper.tsx:10", meant: "onboarding.step_completed" },
    { event: "cadence.message_bounced", where: "cadence.py:15", meant: "cadence.message_queued" },
  ]);
  expect(wrongApp).toEqual([{ event: "cadence.message_sent", where: "stepper.tsx:12", source: "server" }]);
  expect(unsent.map(({ event }) => event)).toContain("ask.prompt_submitted");
  expect(unsent.map(({ event }) => event)).not.toContain("onboarding.step_advanced");
  expect(unseen).toEqual(["stepper.tsx:11", "cadence.py:16"]);
});

test("of an app whose code was not looked at, nothing is missing", async () => {
  const { unsent } = compareCode(events, { server: await appCalls(code("backend")) });
  expect(unsent.map(({ event }) => event)).toEqual(["cadence.message_sent"]);
});

test("what the package sends by itself is sent by the app that starts it as the documentation says", async () => {
  using folder = temporaryFolder("brandvx-app-");
  const app = `import { initAnalytics, trackPageview } from "@brandvx/observability";
initAnalytics(import.meta.env);
router.subscribe(({ location }) => trackPageview(location.pathname));
`;
  writeFileSync(join(folder.path, "main.ts"), app);
  const browser = await appCalls(folder.path);
  expect(seen(browser.events)).toEqual(["2 client_error", "2 client_unhandled_rejection", "3 $pageview"]);
  const unsent = compareCode(shipped, { browser }).unsent.map(({ event }) => event);
  for (const { event } of browser.events) expect(unsent).not.toContain(event);
  writeFileSync(join(folder.path, "main.ts"), "export const idle = true;\n");
  expect(compareCode(shipped, { browser: await appCalls(folder.path) }).unsent.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["$pageview", "client_error", "client_unhandled_rejection"]),
  );
});
