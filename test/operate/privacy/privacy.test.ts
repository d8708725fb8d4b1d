import { describe, expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import type { Access } from "../../../src/operate/access/access.ts";
import { planted } from "../../../src/operate/privacy/planted.ts";
import { posthogDoor, privacyEvent } from "../../../src/operate/privacy/posthog.ts";
import { privacyPage, privacyReport } from "../../../src/operate/privacy/report.ts";
import { sentryDoor } from "../../../src/operate/privacy/sentry.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";
import { piiConfig, sensitiveFields } from "../../../src/platform/sentry/scrubbing.ts";
import { systemClock } from "../../../src/resources/kernel/clock.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { type Deployed, deployed, marked } from "../support/deployed.ts";

/** The vendors' settings as the stack makes them. */
async function asDefined(at: Deployed): Promise<void> {
  const posthog = httpClient(at.posthog.url, { Authorization: `Bearer ${marked.posthog}` });
  expect((await posthog.patch("/api/projects/1/", { anonymize_ips: true })).status).toBe(200);
  const scrubbing = {
    ...{ dataScrubber: true, dataScrubberDefaults: true, scrubIPAddresses: true, sensitiveFields },
    relayPiiConfig: JSON.stringify(piiConfig),
  };
  for (const slug of ["operator-ui", "backend"]) await at.sentryApi("PUT", `projects/brandvx/${slug}/`, scrubbing);
}

async function look(at: Deployed, change: Partial<Access> = {}) {
  const access = { ...at.access, ...change };
  const patience = { patienceMs: 0, clock: systemClock, signal: new AbortController().signal };
  const report = privacyReport("production", [
    await posthogDoor(access, patience),
    await sentryDoor("browser", access, patience),
    await sentryDoor("server", access, patience),
  ]);
  const [posthog, browser, server] = report.doors.map(({ values }) =>
    Object.fromEntries(values.map(({ what, stored }) => [what, stored.kind === "changed" ? stored.to : stored.kind])),
  );
  return { report, posthog, browser, server, page: markdown(privacyPage(report)) };
}

const secrets = Object.values(planted);

test("the helpers let nothing pass; around them PostHog stores all but the IP address, and Sentry what its settings do not know", async () => {
  await using at = await deployed();
  await asDefined(at);
  const { report, posthog, browser, server, page } = await look(at);
  expect(report.outcome, page).toBe("as defined");
  const values = report.doors.flatMap((door) => door.values);
  expect(values.filter(({ helper }) => helper.kind === "as sent")).toEqual([]);
  expect(posthog).toEqual({
    "e-mail in `email`": "as sent",
    "phone in `phone`": "as sent",
    "card in `card_number`": "as sent",
    "token in `access_token`": "as sent",
    "name in `customer_name`": "as sent",
    "IP address in `$ip`": "gone",
    "e-mail in `$current_url`": "as sent",
    "e-mail, phone in `error`": "as sent",
    "e-mail as distinct id": "as sent",
  });
  expect(browser).toEqual({
    "e-mail of the user": "gone",
    "IP address of the user": "gone",
    "phone in `phone`": "[Filtered]",
    "card in `card_number`": "[Filtered]",
    "token in `access_token`": "[Filtered]",
    "name in `customer_name`": "as sent",
    "e-mail, card in an error": "550 [email], [creditcard] refused",
    "phone in a breadcrumb": "as sent",
  });
  expect(server).toEqual(browser);
  for (const secret of [...secrets, ...Object.values(marked)])
    expect(page + JSON.stringify(report)).not.toContain(secret);
});

test("what was sent is found by its mark alone, makes no person, and leaves no open issue", async () => {
  await using at = await deployed();
  await asDefined(at);
  const { page } = await look(at);
  const sent = at.posthog.events();
  expect(sent.map(({ event }) => event)).toEqual([privacyEvent, privacyEvent]);
  expect(Object.keys(events)).not.toContain(privacyEvent);
  for (const { properties } of sent) expect(properties).toMatchObject({ $process_person_profile: false });
  expect(await at.sentryApi("GET", "organizations/brandvx/issues/")).toEqual([]);
  expect(page).toContain("as long as its plan keeps events");
  expect(page).toContain("its issue is resolved");
});

describe("more than the code says is stored when", () => {
  test("PostHog keeps IP addresses again", async () => {
    await using at = await deployed();
    await asDefined(at);
    const client = httpClient(at.posthog.url, { Authorization: `Bearer ${marked.posthog}` });
    await client.patch("/api/projects/1/", { anonymize_ips: false });
    const { report, posthog, page } = await look(at);
    expect(report.outcome).toBe("not as defined");
    expect(posthog?.["IP address in `$ip`"]).toBe("as sent");
    expect(page).toContain("the IP address in `$ip` is stored as it was sent, though the door drops it");
    expect(page).toContain("`pulumi up --refresh --run-program --stack production`");
  });

  test.for<[string, object, string]>([
    ["Sentry's rules for texts are gone", { relayPiiConfig: "" }, "e-mail, card in an error"],
    ["its list of names is shorter", { sensitiveFields: ["email"] }, "phone in `phone`"],
    ["its scrubbing is off", { dataScrubber: false }, "card in `card_number`"],
  ])("%s", async ([, change, what]) => {
    await using at = await deployed();
    await asDefined(at);
    await at.sentryApi("PUT", "projects/brandvx/backend/", change);
    const { report, browser, server, page } = await look(at);
    expect(report.outcome).toBe("not as defined");
    expect(server?.[what]).toBe("as sent");
    expect(browser?.[what]).not.toBe("as sent");
    expect(page).toContain(`**Sentry, project backend**: the ${what} is stored as it was sent`);
  });
});

test("a project that existed keeps its own settings: of it nothing is promised, and what it stores is shown", async () => {
  await using at = await deployed();
  await asDefined(at);
  await at.sentryApi("PUT", "projects/brandvx/backend/", { relayPiiConfig: "", sensitiveFields: [] });
  const existing = { team: false, browserProject: false, serverProject: true };
  const { report, server, page } = await look(at, { sentry: { ...at.access.sentry, existing } });
  expect(report.outcome).toBe("as defined");
  expect(server?.["phone in `phone`"]).toBe("as sent");
  expect(page).toContain("which existed, and keeps its own settings");
});

describe("unknown is not the same as not stored, and is said with its cause:", () => {
  test.for<[string, (at: Deployed) => Partial<Access>, string]>([
    ["a key that PostHog refuses", ({ access }) => ({ keys: { ...access.keys, posthog: "phx_wrong" } }), "PostHog"],
    [
      "no key for PostHog",
      ({ access }) => ({ keys: { ...access.keys, posthog: undefined } }),
      "there is no key for PostHog",
    ],
    ["a token that Sentry refuses", ({ access }) => ({ keys: { ...access.keys, sentry: "sntrys_wrong" } }), "Sentry"],
    [
      "another project's key",
      ({ access }) => ({ posthog: { ...access.posthog, projectKey: "phc_of_another_project_0123456789" } }),
      "no query finds them in project",
    ],
    [
      "a host that does not answer",
      ({ access }) => ({ posthog: { ...access.posthog, ingestHost: "http://127.0.0.1:1" } }),
      "gave no answer",
    ],
  ])("%s", async ([, change, words]) => {
    await using at = await deployed();
    await asDefined(at);
    const { report, page } = await look(at, change(at));
    expect(report.outcome).toBe("not all seen");
    const unseen = report.doors.filter(({ unseen }) => unseen !== undefined);
    expect(unseen.length).toBeGreaterThan(0);
    for (const { values } of unseen)
      expect(values.map(({ stored }) => stored.kind)).toEqual(values.map(() => "unknown"));
    expect(page).toContain(words);
  });

  test("a key that may not read is found out before anything is sent", async () => {
    await using at = await deployed();
    await look(at, { keys: { ...at.access.keys, posthog: "phx_wrong", sentry: "sntrys_wrong" } });
    expect(at.posthog.events()).toEqual([]);
    expect(at.sentry.events()).toEqual([]);
  });

  test("an issue that may not be resolved is said, and what was seen stays seen", async () => {
    await using at = await deployed();
    await asDefined(at);
    at.sentry.faults.add({
      match: { method: "PUT", path: /issues/ },
      times: "always",
      effect: { kind: "status", status: 403 },
    });
    const { report, page } = await look(at);
    expect(report.outcome).toBe("as defined");
    expect(page).toMatch(/its issue \d+ stays open, since the token may not resolve it/);
  });
});

test("the table fits into 80 columns", async () => {
  await using at = await deployed();
  await asDefined(at);
  const { report } = await look(at);
  const lines = terminal(privacyPage(report), { colors: false, columns: 80 }).split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.join("\n")).toMatch(/Planted +Helper +Door +Stored/);
});
