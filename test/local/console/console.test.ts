import { readFileSync } from "node:fs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { insightAlerts } from "../../../alerts/index.ts";
import { cadenceThroughput } from "../../../dashboards/cadence-throughput.ts";
import { dashboards } from "../../../dashboards/index.ts";
import { events } from "../../../src/catalog/events.ts";
import { localAccount } from "../../../src/local/account.ts";
import { type Cloud, startCloud } from "../../../src/local/cloud.ts";
import { type Console, type ConsoleOptions, startConsole } from "../../../src/local/console/index.ts";
import { troubles } from "../../../src/local/console/resources/faults.ts";
import { definitionsOf } from "../../../src/local/edits/definitions.ts";
import { unedited } from "../../../src/local/edits/loop.ts";
import type { Happening } from "../../../src/local/traffic/index.ts";
import { temporaryFolder } from "../../support/temporary.ts";

interface Opened {
  readonly cloud: Cloud;
  readonly console_: Console;
  readonly happened: Happening[];
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: string; headers: Headers }>;
  /** Presses a button of the page. */
  press(path: string, fields: Record<string, string>): Promise<{ status: number; location: string | null }>;
}

const definitions = definitionsOf({ dashboards, insightAlerts, events });

/** A console over a cloud in which no stack is up. */
async function open(options: Partial<ConsoleOptions> = {}): Promise<Opened> {
  const folder = temporaryFolder("brandvx-console-");
  const cloud = await startCloud({ folder: folder.path, portOf: () => 0 });
  const happened: Happening[] = [];
  const console_ = await startConsole({
    ...{ cloud, edits: () => unedited(definitions), resources: () => [], happen: (what) => happened.push(what) },
    deploy: async () => {},
    drift: { check: async () => 0, heal: async () => 0 },
    ...options,
  });
  onTestFinished(async () => {
    await console_.stop();
    await cloud.stop();
    folder[Symbol.dispose]();
  });
  return {
    ...{ cloud, console_, happened },
    async get(path, headers = {}) {
      const answer = await fetch(`${console_.url}${path}`, { headers });
      return { status: answer.status, body: await answer.text(), headers: answer.headers };
    },
    async press(path, fields) {
      const { status, headers } = await fetch(`${console_.url}${path}`, {
        ...{ method: "POST", redirect: "manual", body: new URLSearchParams(fields) },
        headers: { Origin: console_.url },
      });
      return { status, location: headers.get("location") };
    },
  };
}

async function capture({ cloud }: Opened, event: string, properties: object, distinct_id = "ada"): Promise<void> {
  const answer = await fetch(`${cloud.posthog.url}/i/v0/e/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ api_key: cloud.posthog.projectKey, event, distinct_id, properties }),
  });
  expect(answer.status).toBe(200);
}

const tiles = dashboards.flatMap((dashboard) =>
  Object.entries(dashboard.tiles).flatMap(([key, tile]) =>
    tile.kind === "insight" ? [{ key, tile, page: `/dashboards/${dashboard.key}` }] : [],
  ),
);

test("each tile is on its page with its question in words, its query, its alert and the events that it needs", async () => {
  const opened = await open();
  const pages = new Map<string, string>();
  for (const { page } of tiles) if (!pages.has(page)) pages.set(page, (await opened.get(page)).body);
  for (const { key, tile, page } of tiles) {
    const [, article = ""] = pages.get(page)?.split(`aria-labelledby="title-${key}"`) ?? [];
    const [own = ""] = article.split("</article>");
    const plain = own.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    expect(plain).toContain(tile.title);
    expect(plain).toContain(tile.reading);
    expect(plain).toContain(JSON.stringify(tile.query, null, 2));
    expect(plain).toMatch(/data-events="[$a-z_.]+/);
    expect(plain).toMatch(/\d so far/);
    const alert = insightAlerts.find(({ tileKey, dashboardKey }) => tileKey === key && page.endsWith(dashboardKey));
    if (alert) expect(plain).toContain(alert.because);
    else expect(plain).not.toContain("Alert:");
  }
});

test("before anything has happened every tile is drawn, and says that it is empty", async () => {
  const { get } = await open();
  for (const { key } of dashboards) {
    const { body } = await get(`/dashboards/${key}`);
    const states = [...body.matchAll(/data-state="(\w+)"/g)].map(([, state]) => state);
    expect(states.length).toBe(tiles.filter(({ page }) => page.endsWith(key)).length);
    expect(new Set(states), key).toEqual(new Set(["empty"]));
  }
});

test("an event changes the charts that need it, and no others are asked for again", async () => {
  const opened = await open();
  await capture(opened, "cadence.message_failed", {
    channel: "sms",
    template_id: "",
    contact_id: "c",
    error: "unreachable (503)",
  });
  const { body } = await opened.get("/dashboards/cadence-throughput/charts?tiles=failure-ratio,errors-behind-failures");
  const charts: Record<string, { figure: string }> = JSON.parse(body);
  expect(Object.keys(charts).filter((key) => !["failure-ratio", "errors-behind-failures"].includes(key))).toEqual([]);
  expect(charts["failure-ratio"]?.figure).toContain('data-state="drawn"');
});

test("open pages are told of an event as it arrives, with its row for the stream, and of nothing before they came", async () => {
  const opened = await open();
  await capture(opened, "landing_view", { scene: "Before" });
  const answer = await fetch(`${opened.console_.url}/live`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  const heard = async (what: string): Promise<void> => {
    while (!said.includes(what)) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error(`the stream ended before ${what}; it said ${said}`);
      said += value;
    }
  };
  await heard("event: hello");
  await capture(opened, "landing_view", { scene: "<b>After</b>" });
  await heard("After");
  const [, data = "{}"] = /event: events\ndata: (.*After.*)/.exec(said) ?? [];
  const news = JSON.parse(data);
  expect(news.names).toEqual(["landing_view"]);
  expect(news.rows).toContain("&lt;b&gt;After&lt;/b&gt;");
  await reader?.cancel();
});

test("buttons make things happen in the apps, and lead back to the page where they are, never to another site", async () => {
  const { press, get, happened } = await open();
  const there = "/dashboards/ai-engagement";
  expect(await press("/happen", { what: "burst of prompts", back: there })).toEqual({ status: 303, location: there });
  expect(await press("/happen", { what: "an earthquake", back: "//evil.example" })).toEqual({
    status: 303,
    location: "/",
  });
  expect(await press("/happen", { what: "sign-up", back: "https://evil.example" })).toEqual({
    status: 303,
    location: "/",
  });
  expect(happened).toEqual(["burst of prompts", "sign-up"]);
  expect((await get("/events")).body).toContain("Somebody signs up");
});

test("what was done is told once", async () => {
  const { press, get } = await open();
  await press("/happen", { what: "SMS outage", back: "/events" });
  expect((await get("/events")).body).toContain('<p class="notice"');
  expect((await get("/events")).body).not.toContain('<p class="notice"');
});

test.each(troubles)("a fault can be switched on and cleared: $label", async ({ key, fault }) => {
  const { press, get, cloud } = await open();
  const asked = () =>
    fetch(`${cloud.posthog.url}/api/projects/1/dashboards/`, {
      method: fault.match.method ?? "GET",
      headers: { Authorization: `Bearer ${localAccount.posthog.personalApiKey}`, "Content-Type": "application/json" },
      ...(fault.match.method && { body: JSON.stringify({ name: "made" }) }),
    }).then(
      ({ status }) => status,
      () => "connection lost",
    );
  await press("/faults", { vendor: "posthog", fault: key });
  expect((await get("/resources")).body).toMatch(
    /Inject a fault<span class="unseen"> into PostHog<\/span> <span class="badge warn">/,
  );
  expect(cloud.posthog.faults.list()).toHaveLength(1);
  if (fault.effect.kind === "status") expect(await asked()).toBe(fault.effect.status);
  if (fault.effect.kind === "reset-after") {
    expect(await asked()).toBe("connection lost");
    expect(
      cloud.posthog.live().dashboards.map(({ name }) => name),
      "it was made nevertheless",
    ).toContain("made");
  }
  await press("/faults", { vendor: "posthog", fault: "clear" });
  expect(cloud.posthog.faults.list()).toEqual([]);
  expect(await asked()).toBeOneOf([200, 201]);
});

test("events and errors still arrive while a vendor's API is in trouble, unless it is another region altogether", async () => {
  const opened = await open();
  for (const { key } of troubles.filter((one) => one.key !== "region"))
    await opened.press("/faults", { vendor: "posthog", fault: key });
  await capture(opened, "landing_view", {});
  expect(opened.cloud.posthog.events()).toHaveLength(1);
});

test("where PostHog is the other region, it takes no event either, and the page offers this of no other vendor", async () => {
  const { press, get, cloud } = await open();
  expect((await get("/resources")).body.match(/value="region"/g)).toHaveLength(1);
  expect((await press("/faults", { vendor: "sentry", fault: "region" })).status).toBe(303);
  expect(cloud.sentry.faults.list()).toEqual([]);
  await press("/faults", { vendor: "posthog", fault: "region" });
  const sent = await fetch(`${cloud.posthog.url}/i/v0/e/`, {
    ...{ method: "POST", headers: { "Content-Type": "application/json" } },
    body: JSON.stringify({ api_key: cloud.posthog.projectKey, event: "landing_view", distinct_id: "ada" }),
  });
  expect(sent.status).toBe(401);
  expect(cloud.posthog.events()).toEqual([]);
});

test("the operator UI is deployed again by a button, which says how it went", async () => {
  let deployed = 0;
  const { press, get } = await open({
    deploy: async () => {
      deployed += 1;
      if (deployed > 1) throw new Error("Vite does not build it");
    },
  });
  expect(await press("/deploy", {})).toEqual({ status: 303, location: "/resources#cloudflare" });
  expect((await get("/resources")).body).toContain("was built and deployed");
  await press("/deploy", {});
  expect((await get("/resources")).body).toContain("It could not be deployed: Vite does not build it");
});

test("a resource says what can be done to it; one that only verifies, or marks nothing yet, has no buttons", async () => {
  const resource = (kind: string, id: string) => ({
    ...{ urn: `urn:pulumi:local::p::pulumi-nodejs:dynamic/posthog:${kind}::its-${kind}`, custom: true, id },
    type: `pulumi-nodejs:dynamic/posthog:${kind}`,
  });
  const { get, press } = await open({
    resources: () => [resource("Annotation", "none"), resource("EventDefinitions", "1"), resource("Project", "1")],
  });
  const { body } = await get("/resources");
  const [, ...items] = body.split('<li class="object">');
  const [annotation = "", events = "", project = ""] = items.map((item) => item.split("</li>")[0] ?? "");
  expect(annotation).not.toMatch(/<button|Live state/);
  expect(events).toMatch(/Live state[\s\S]*Change what an event means[\s\S]*Hide an event/);
  expect(project).toMatch(/Live state[\s\S]*it is only verified/);
  expect(project).not.toContain("<button");
  const { urn } = resource("Project", "1");
  expect(JSON.parse((await get(`/resources/live?urn=${encodeURIComponent(urn)}`)).body)).toMatchObject({
    ...{ id: localAccount.posthog.projectId, api_token: "•••" },
  });
  expect(await press("/by-hand", { urn, change: "delete" })).toMatchObject({ status: 404 });
});

test("the drift check is pressed, shown while it runs, and its verdict after it", async () => {
  let finish: (exitCode: number) => void = () => {};
  const check = (print: (line: string) => void) => {
    print("Looking at what is live …\n");
    return new Promise<number>((resolve) => {
      finish = resolve;
    });
  };
  const resource = {
    ...{ urn: "urn:pulumi:local::p::pulumi-nodejs:dynamic/posthog:Project::product", custom: true, id: "1" },
    type: "pulumi-nodejs:dynamic/posthog:Project",
  };
  const { press, get } = await open({ resources: () => [resource], drift: { check, heal: async () => 0 } });
  expect(await press("/drift", { what: "check" })).toEqual({ status: 303, location: "/resources#drift" });
  expect((await get("/drift")).body).toMatch(/data-running="true"[\s\S]*Looking at what is live …/);
  finish(7);
  await vi.waitFor(async () => expect((await get("/drift")).body).toContain("There is drift (exit code 7)"));
  await press("/drift", { what: "heal" });
  await vi.waitFor(async () => expect((await get("/drift")).body).toContain("Healed."));
});

test("while the stack is not up there is nothing that could drift, and the page says so", async () => {
  const check = vi.fn(async () => 0);
  const { press, get } = await open({ drift: { check, heal: check } });
  await press("/drift", { what: "check" });
  expect((await get("/resources")).body).toContain("The stack is still coming up");
  expect(check).not.toHaveBeenCalled();
});

test("no page loads anything from elsewhere, or runs a script that is not the console's", async () => {
  const { get } = await open();
  for (const path of ["/dashboards/ai-engagement", "/events", "/resources"]) {
    const { body, headers } = await get(path);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
    const loaded = [...body.matchAll(/<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(loaded.length).toBeGreaterThan(2);
    for (const address of loaded) {
      expect(address).toMatch(/^\/assets\//);
      expect((await get(address ?? "")).status, address).toBe(200);
    }
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+="/);
  }
});

test("the theme that a reader chose is there before anything is drawn; anything else in its place is no theme", async () => {
  const { get } = await open();
  expect((await get("/events", { Cookie: "theme=dark" })).body).toContain('<html lang="en" data-theme="dark">');
  expect((await get("/events", { Cookie: 'theme="><script>' })).body).toContain('<html lang="en">');
});

test("another site can neither press a button nor read a page, by whatever name it comes", async () => {
  const { console_, happened } = await open();
  const pressed = await fetch(`${console_.url}/happen`, {
    ...{ method: "POST", body: new URLSearchParams({ what: "sign-up" }), redirect: "manual" },
    headers: { Origin: "https://evil.example" },
  });
  expect(pressed.status).toBe(403);
  expect(happened).toEqual([]);
  const named = request(`${console_.url}/events`, { headers: { Host: "evil.example" } });
  named.end();
  const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    named.on("error", reject);
    named.on("response", async (response) => resolve({ status: response.statusCode, body: await text(response) }));
  });
  expect(answer).toEqual({ status: 403, body: "The console answers as 127.0.0.1 alone." });
});

test("files besides the pages' own are not given out, and what is not there says so", async () => {
  const { get } = await open();
  for (const path of [
    "/assets/..%2fworld.ts",
    "/assets/tsconfig.json",
    "/assets/page.ts",
    "/dashboards/none",
    "/nothing",
  ]) {
    expect((await get(path)).status, path).toBe(404);
  }
});

test("the style sheet has no address in it", () => {
  const css = readFileSync(new URL("../../../src/local/console/browser/console.css", import.meta.url), "utf8");
  expect(css).not.toMatch(/url\(|@import|https?:/);
});

test("a port that is taken is an error that says which", async () => {
  const { console_, cloud } = await open();
  const port = Number(new URL(console_.url).port);
  await expect(
    startConsole({
      ...{
        cloud,
        edits: () => unedited(definitions),
        resources: () => [],
        happen: () => {},
        deploy: async () => {},
        port,
      },
      drift: { check: async () => 0, heal: async () => 0 },
    }),
  ).rejects.toThrow(`The console cannot listen on 127.0.0.1:${port}`);
});

test("an alert that fires by what happened is seen: its message in Slack and its e-mail are on the page of messages", async () => {
  const { cloud, get, press } = await open();
  expect((await get("/messages")).body).toContain("No alert has fired yet.");
  const at = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await fetch(`${cloud.posthog.url}/api/projects/1/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${cloud.posthog.personalApiKey}` },
      body: JSON.stringify(body),
    });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as { id: string };
  };
  const insight = await at("insights/", {
    name: "Failure ratio",
    query: cadenceThroughput.tiles["failure-ratio"].query,
  });
  const alert = await at("alerts/", {
    ...{ insight: insight.id, name: "Cadence messages fail", subscribed_users: [1], calculation_interval: "hourly" },
    threshold: { configuration: { type: "absolute", bounds: { upper: 0.05 } } },
    condition: { type: "absolute_value" },
    config: { type: "TrendsAlertConfig", series_index: 0 },
  });
  await at("hog_functions/", {
    ...{ type: "internal_destination", template_id: "template-slack", name: "To Slack", enabled: true },
    filters: {
      events: [{ id: "$insight_alert_firing", type: "events" }],
      properties: [{ key: "alert_id", value: alert.id, operator: "exact", type: "event" }],
    },
    inputs: {
      slack_workspace: { value: 77 },
      channel: { value: "#oncall" },
      text: { value: "{event.properties.breaches}" },
    },
  });
  const lastHour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 1_800_000).toISOString();
  const sends = async (event: string, number: number): Promise<void> => {
    const batch = Array.from({ length: number }, (_, index) => ({
      ...{ event, distinct_id: `${event} ${index}`, timestamp: lastHour },
      properties: { channel: "sms" },
    }));
    const answer = await fetch(`${cloud.posthog.url}/batch/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ api_key: cloud.posthog.projectKey, batch }),
    });
    expect(answer.status).toBe(200);
  };
  await sends("cadence.message_sent", 19);
  await sends("cadence.message_failed", 1);
  await press("/messages/check", {});
  expect((await get("/messages")).body).toContain("None of 1 alerts fires.");
  expect(cloud.slack.messages()).toEqual([]);

  await sends("cadence.message_failed", 4);
  expect(await press("/messages/check", {})).toEqual({ status: 303, location: "/messages" });
  const { body } = await get("/messages");
  expect(body).toContain("“Cadence messages fail” fires.");
  expect(cloud.slack.messages()).toMatchObject([
    { channel: "#oncall", text: expect.stringMatching(/is 0\.2.*more than/) },
  ]);
  expect(body).toMatch(/Slack<\/span> #oncall/);
  expect(body).toMatch(/e-mail<\/span> platform@brandvx\.example/);
  expect(body).not.toContain("did not arrive");
});
