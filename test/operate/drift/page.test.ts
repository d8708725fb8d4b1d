import { describe, expect, test } from "vitest";
import { projectSettings } from "../../../src/catalog/project-settings.ts";
import { dashboardChanges } from "../../../src/operate/changes/dashboards.ts";
import { brokenPromises, settingsWords } from "../../../src/operate/changes/project-settings.ts";
import { driftPage } from "../../../src/operate/drift/page.ts";
import { driftReport, mayOnlyWait, nothingDeployed } from "../../../src/operate/drift/report.ts";
import type { Undeployed } from "../../../src/operate/drift/undeployed.ts";
import { readPlan } from "../../../src/operate/plan/plan.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { planOf, type Stated } from "../support/plans.ts";
import { dashboard, projectSettingsOf } from "../support/stated.ts";
import { byHand } from "../support/worlds.ts";

const reportOf = (world: Parameters<typeof planOf>[0]) => driftReport("production", { live: planOf(world) });

test("what was changed by hand is told by who answers for it, with two ways out", async () => {
  await expect(markdown(driftPage(reportOf(byHand)))).toMatchFileSnapshot("__snapshots__/changed-by-hand.md");
});

test("nothing changed by hand is one line", () => {
  expect(markdown(driftPage(reportOf({ before: byHand.before ?? [], after: byHand.before ?? [] })))).toBe(
    "### **production**: nothing was changed by hand, and all is as the code says\n",
  );
});

test("each thing can be healed alone, by its own resource", () => {
  const { owners } = reportOf(byHand);
  for (const { heal, urn } of owners.flatMap(({ drifted }) => drifted)) {
    const target = /--target '\*\*(.+)'/.exec(heal)?.[1] ?? "";
    expect(urn.endsWith(target), heal).toBe(true);
  }
});

test("a dashboard that was deleted in PostHog, where it can be restored, is told as deleted, and its return as one", () => {
  const stands = dashboard("activation-funnel");
  const deleted = { ...stands, inputs: { ...stands.inputs, deletedByHand: true } };
  const page = markdown(driftPage(reportOf({ before: [stands], after: [deleted] })));
  expect(page).toContain("Activation funnel** was deleted");
  expect(page).toContain("remove `dashboards/activation-funnel.ts`");
  const [returns] = dashboardChanges(planOf({ before: [deleted], after: [stands] }).changes);
  expect(returns?.change).toBe("changed");
  expect(returns?.words.map(String)).toEqual(["comes back, which somebody deleted in PostHog"]);
});

test("what somebody wrote over an event's meaning or a release's mark is told in its words, with where it would be kept", () => {
  const events = (description: string) => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:EventDefinitions", name: "events" },
    inputs: { events: { landing_view: { description, verified: true } } },
  });
  const mark = (inputs: object) => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:Annotation", name: "release" },
    inputs: { release: "1.0.0", ...inputs },
  });
  const world = {
    before: [events("Somebody asked."), mark({})],
    after: [events(`Somebody asked. ${"And more. ".repeat(20)}`), mark({ rewrittenByHand: "Broken" })],
  };
  const page = markdown(driftPage(reportOf(world)));
  expect(page).toMatch(/description` “Somebody asked\.” → “Somebody asked\. And more\..{20,60}…”/);
  expect(page).toContain("write the change into `src/catalog/events.ts`");
  expect(page).toContain("`rewrittenByHand` none → “Broken”");
  expect(page).toContain("the annotation's text follows from the release");
});

test("a look that failed is no drift", () => {
  const report = reportOf({ diagnostics: [{ severity: "error", message: "error: PostHog answered 401" }] });
  expect(report.outcome).toBe("failed");
  expect(markdown(driftPage(report))).toContain("PostHog answered 401");
});

test("a Redis database that was deleted by hand keeps the look from its end, and the way out names it", () => {
  const urn = "urn:pulumi:production::brandvx-observability::upstash:index/redisDatabase:RedisDatabase::state";
  const message = "error: Preview failed: GET https://api.upstash.com/v2/redis/database/1: 404 database not found";
  const report = reportOf({ diagnostics: [{ severity: "error", message, urn }] });
  expect(report.errors.join()).toContain(`pulumi state delete '${urn}' --force --target-dependents, then pulumi up`);
});

describe("what the state does not know any more", () => {
  const alert = (name: string) => ({
    type: "pulumi-nodejs:dynamic/posthog:InsightAlert",
    name,
    inputs: { name, owner: "ai", when: { kind: "above", value: 1 }, subscribers: [] },
  });
  const stands = dashboard("activation-funnel");
  const forgotten = { live: planOf({ before: [stands], after: [stands] }) };

  test("is missing all the same: nothing is said to be as the code says", () => {
    const program = planOf({ before: [stands], after: [stands, alert("AskVX answers fail")] });
    const report = driftReport("production", { ...forgotten, program });
    expect(report.outcome).toBe("drift");
    const page = markdown(driftPage(report));
    expect(page).toContain("1 thing is not as the code says");
    expect(page).toMatch(/Alert at PostHog \*\*AskVX answers fail\*\* \(ai\) is missing/);
    expect(page).not.toMatch(/nothing was changed/);
  });

  test("is told once where it was changed by hand, too", () => {
    const renamed = { ...stands, inputs: { ...stands.inputs, title: "Renamed" } };
    const live = planOf({ before: [stands], after: [renamed] });
    const program = planOf({ before: [stands], after: [{ ...stands, inputs: { ...stands.inputs, title: "New" } }] });
    const { owners, waiting } = driftReport("production", { live, program });
    expect(owners.flatMap(({ drifted }) => drifted)).toHaveLength(1);
    expect(waiting).toEqual([]);
  });

  test("is told when an up was killed at it, also where state and code agree", () => {
    const made = alert("AskVX answers fail");
    const urn = `urn:pulumi:test::brandvx-observability::${made.type}::${made.name}`;
    const program = planOf({ before: [stands], after: [stands, made] });
    const creating = driftReport("production", { ...forgotten, program, interrupted: new Map([[urn, "creating"]]) });
    expect(markdown(driftPage(creating))).toMatch(/is missing[\s\S]*killed while it was creating it/);
    const doneSince = { live: planOf({ before: [stands, made], after: [stands, made] }) };
    expect(driftReport("production", { ...doneSince, interrupted: new Map([[urn, "creating"]]) }).outcome).toBe("none");
    const givenUp = driftReport("production", { ...forgotten, interrupted: new Map([[urn, "creating"]]) });
    expect(markdown(driftPage(givenUp))).toMatch(/left behind[\s\S]*`pulumi refresh --clear-pending-creates/);
    const updating = driftReport("production", { ...forgotten, interrupted: new Map([[urn, "updating"]]) });
    expect(updating.outcome).toBe("drift");
    expect(markdown(driftPage(updating))).toContain("may not be finished");
  });

  test("is told as unfinished where an up would go on with what no words are found for", () => {
    const type = "pulumi-nodejs:dynamic/render:ServiceVariables";
    const urn = `urn:pulumi:test::brandvx-observability::${type}::backend`;
    const inputs = { serviceId: "srv-1", variables: { A: { visibility: "secret", value: "[secret]" } } };
    const stood = { urn, type, inputs, outputs: {} };
    const steps = [{ op: "update", urn, oldState: stood, newState: stood, detailedDiff: null }];
    const report = driftReport("production", { ...forgotten, program: readPlan(JSON.stringify({ steps })) });
    expect(report.outcome).toBe("drift");
    expect(markdown(driftPage(report))).toContain(
      "Variables on Render **backend** (platform) is not finished, or differs",
    );
  });

  test("a program that cannot be planned is no sign that all is well", () => {
    const program = planOf({ diagnostics: [{ severity: "error", message: "error: posthog:projectId is not set" }] });
    expect(driftReport("production", { ...forgotten, program }).outcome).toBe("failed");
  });
});

test("what stands on something else that is gone, too, is healed after it", () => {
  const needed = "urn:pulumi:test::brandvx-observability::pulumi-nodejs:dynamic/posthog:Dashboard::board";
  const board = {
    type: "pulumi-nodejs:dynamic/posthog:Dashboard",
    name: "board",
    inputs: { title: "Board", tiles: {} },
  };
  const alert = {
    ...{ type: "pulumi-nodejs:dynamic/posthog:InsightAlert", name: "alert", dependencies: [needed] },
    inputs: { name: "Fails", owner: "ai" },
  };
  const { owners } = driftReport("production", { live: planOf({ before: [board, alert], after: [] }) });
  const healing = Object.fromEntries(owners.flatMap(({ drifted }) => drifted).map((one) => [one.name, one.healFirst]));
  expect(healing).toEqual({ Board: [], Fails: ["dashboard Board"] });
  const page = markdown(driftPage(driftReport("production", { live: planOf({ before: [board, alert], after: [] }) })));
  expect(page).toMatch(/heal, after dashboard Board: `pulumi up/);
});

describe("what is merged and not deployed yet", () => {
  const stands = dashboard("activation-funnel");
  const merged = { ...stands, inputs: { ...stands.inputs, title: "Another title" } };
  const merging = (...files: string[]): Undeployed => ({ commit: "0123456789abcdef", files, recent: files });
  const compared = (undeployed?: Undeployed, live = planOf({ before: [stands], after: [stands] })) =>
    driftReport("production", { live, program: planOf({ before: [stands], after: [merged] }), undeployed });

  test("is said to wait for its deployment, with the files, and touches no issue", () => {
    const report = compared(merging("dashboards/activation-funnel.ts"));
    expect(report.outcome).toBe("drift");
    expect(mayOnlyWait(report)).toBe(true);
    const page = markdown(driftPage(report));
    expect(page).toContain("1 thing is not as the code says, which has changed since it was deployed");
    expect(page).toContain("of commit `0123456`: `dashboards/activation-funnel.ts`. What follows from that waits");
  });

  test("is not taken for the reason where nothing has changed, where that is not known, or where somebody did something by hand", () => {
    expect(mayOnlyWait(compared())).toBe(false);
    const shallow = compared({ commit: "0123456789abcdef", files: undefined, recent: [] });
    expect(mayOnlyWait(shallow)).toBe(false);
    expect(markdown(driftPage(shallow))).toContain("is not known: this checkout does not have that commit");
    const files = ["src/catalog/events.ts"];
    expect(mayOnlyWait(compared(merging(...files)))).toBe(true);
    const live = planOf(byHand);
    expect(mayOnlyWait(compared(merging(...files), live))).toBe(false);
    const interrupted = new Map([[compared().waiting[0]?.urn ?? "", "updating"]]);
    const killed = driftReport("production", {
      ...{ live: planOf({ before: [stands], after: [stands] }), interrupted },
      ...{ program: planOf({ before: [stands], after: [merged] }), undeployed: merging(...files) },
    });
    expect(mayOnlyWait(killed)).toBe(false);
  });
});

describe("drift that a refresh took into the state, after a merge", () => {
  const of = (type: string, name: string, dependencies: string[] = []) => ({
    ...{ type, name, dependencies },
    inputs: { name, title: name, owner: "ai", tiles: {}, when: { kind: "above", value: 1 }, subscribers: [] },
  });
  const urnOf = ({ type, name }: { type: string; name: string }) =>
    `urn:pulumi:test::brandvx-observability::${type}::${name}`;
  const board = of("pulumi-nodejs:dynamic/posthog:Dashboard", "ai-engagement");
  const alert = of("pulumi-nodejs:dynamic/posthog:InsightAlert", "ai-engagement/failures", [urnOf(board)]);
  const monitor = of("pulumi-nodejs:dynamic/sentry:Monitor", "errors");
  const variables = {
    ...{ type: "pulumi-nodejs:dynamic/render:ServiceVariables", name: "backend" },
    inputs: { serviceId: "srv-1", variables: { A: { visibility: "public", value: "1" } } },
  };
  type Stated = typeof alert | typeof variables;
  const missing = (forgotten: Stated[], files: string[], recent = files) =>
    driftReport("production", {
      live: planOf({ before: [], after: [] }),
      program: planOf({ before: [], after: forgotten }),
      undeployed: { commit: "0123456789abcdef", files, recent },
    });

  test.for<[string, Stated[], string[]]>([
    ["the lockfile", [alert], ["package-lock.json", "package.json"]],
    ["another dashboard", [board], ["dashboards/activation-funnel.ts"]],
    ["another vendor's alerts", [alert], ["alerts/sentry.ts"]],
    ["another vendor's resources", [monitor], ["src/resources/posthog/api.ts", "src/platform/redis.ts"]],
    ["what events mean", [variables], ["src/catalog/events.ts"]],
    ["a dashboard that the code and the state agree on", [alert], ["dashboards/activation-funnel.ts"]],
    ["what defines only one of two", [alert, monitor], ["alerts/posthog.ts"]],
  ])("of %s, is reported", ([, forgotten, files]) => {
    expect(mayOnlyWait(missing(forgotten, files))).toBe(false);
  });

  test.for<[Stated[], string[]]>([
    [[alert], ["alerts/posthog.ts"]],
    [[board, alert], ["dashboards/ai-engagement.ts"]],
    [[board], ["dashboards/managed-by-code.ts"]],
    [
      [alert, monitor],
      ["alerts/posthog.ts", "alerts/sentry.ts"],
    ],
    [[alert, variables], ["index.ts"]],
    [[variables], ["Pulumi.production.yaml"]],
    [[variables], ["src/platform/render.ts"]],
  ])("keeps the issue as it is where a file of its own was merged lately, and not later: %#", ([waiting, files]) => {
    expect(mayOnlyWait(missing(waiting, files))).toBe(true);
    expect(mayOnlyWait(missing(waiting, files, [])), "merged long ago, and nothing came of it").toBe(false);
  });

  test("says of each thing whether it may follow from the merge", () => {
    const page = markdown(driftPage(missing([alert, monitor], ["alerts/posthog.ts", "package-lock.json"])));
    expect(page).toContain("may follow from `alerts/posthog.ts`, or be drift");
    expect(page).toContain("none of the changed files defines it");
    expect(page).toContain("older than 24 hours keeps no issue from being opened");
  });
});

test("of a stack with nothing deployed it is never said that nothing was changed", () => {
  const report = nothingDeployed("staging");
  expect(report.outcome).toBe("nothing deployed");
  const page = markdown(driftPage(report));
  expect(page).toContain("nothing is deployed, so that nothing could be compared");
  expect(page).toContain("`pulumi up --stack staging`");
  expect(page).not.toContain("nothing was changed by hand");
});

test("an event filter that somebody let drop events is named with both modes, and with the file that says which", () => {
  const filter = (mode: string): Stated => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:EventFilter", name: "door" },
    inputs: { projectId: 1, mode, testCases: [] },
  });
  const { owners } = reportOf({ before: [filter("dry_run")], after: [filter("live")] });
  const [drifted] = owners[0]?.drifted ?? [];
  expect(drifted).toMatchObject({ kind: "event filter", name: "door", change: "changed" });
  expect(drifted?.words.map(String)).toEqual(["mode “dry_run” → “live”"]);
  expect(drifted?.keep).toEqual({ advice: expect.stringContaining("`src/catalog/event-filter.ts`") });
});

test("a schema that somebody changed is named by event and property, with the file that says what it is", () => {
  const schemas = (type: string, enforcement: string): Stated => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:EventSchemas", name: "schemas" },
    inputs: { projectId: 1, events: { asked: { properties: { length: { type, required: true } }, enforcement } } },
  });
  const { owners } = reportOf({ before: [schemas("Numeric", "allow")], after: [schemas("String", "reject")] });
  const [drifted] = owners[0]?.drifted ?? [];
  expect(drifted).toMatchObject({ kind: "schemas of events", name: "schemas", change: "changed" });
  expect(drifted?.words.map(String)).toEqual([
    "refuses asked when it is not as its schema says",
    "length of asked is String (before: Numeric)",
  ]);
  expect(drifted?.keep).toEqual({ advice: expect.stringContaining("`src/catalog/events.ts`") });
});

describe("a promise about PostHog's project that no longer holds", () => {
  const kept = projectSettingsOf();
  const broken = projectSettingsOf({ anonymizeIps: false, sessionRecordings: true, timeZone: "Europe/Vienna" });
  const world = { before: [...(byHand.before ?? []), kept], after: [...(byHand.after ?? []), broken] };

  test("comes first, by name, in the headline and in the list, before what else was changed", () => {
    const report = reportOf(world);
    expect(report.owners[0]).toMatchObject({
      owner: "platform",
      drifted: [
        {
          kind: "settings of the PostHog project",
          isPromise: true,
          heal: "pulumi up --refresh --run-program --stack production --target '**posthog:ProjectSettings::settings'",
        },
        ...(report.owners[0]?.drifted.slice(1).map(() => expect.anything()) ?? []),
      ],
    });
    expect(report.owners[0]?.drifted[0]?.words.map(String)).toEqual([
      "PostHog keeps IP addresses again",
      "PostHog records sessions again",
      "PostHog counts days in Europe/Vienna now",
    ]);
    const page = markdown(driftPage(report));
    expect(page.split("\n")[0]).toMatch(
      /^### \*\*production\*\*: PostHog keeps IP addresses again; PostHog records sessions again; PostHog counts days in Europe\/Vienna now; \d+ things were changed by hand/,
    );
    expect(page.indexOf("keep: write the change into `src/catalog/project-settings.ts`")).toBeGreaterThan(0);
    expect(page).toContain("(rule `promises-of-privacy`)");
  });

  test("is told from the other side where a refresh has taken it into the state", () => {
    const none = { before: [broken], after: [broken] };
    const program = planOf({ before: [broken], after: [kept] });
    const { waiting } = driftReport("production", { live: planOf(none), program });
    expect(waiting[0]?.isPromise).toBe(true);
    expect(waiting[0]?.words.map(String)).toContain("PostHog drops IP addresses (before, it keeps IP addresses)");
  });

  test.for(Object.keys(projectSettings))("%s has words of its own", (name) => {
    const [change] = planOf({ before: [kept], after: [projectSettingsOf({ [name]: undefined })] }).changes;
    const unread = projectSettingsOf({ [name]: otherThan(projectSettings[name as keyof typeof projectSettings]) });
    const [other] = planOf({ before: [kept], after: [unread] }).changes;
    if (!change || !other) throw new Error("nothing changes");
    expect(brokenPromises(change).map(String)).toEqual([`PostHog does not say what \`${name}\` is`]);
    expect(brokenPromises(other)).toHaveLength(1);
    expect(String(brokenPromises(other)[0])).toMatch(/^PostHog .{10,80} (again|now)$/);
    expect(settingsWords(other)).toHaveLength(1);
  });
});

const otherThan = (value: unknown): unknown =>
  typeof value === "boolean" ? !value : value === "sunday" ? "monday" : typeof value === "string" ? "Asia/Tokyo" : [];

describe("a place of variables that is gone is another thing than variables that were removed", () => {
  const plain = { type: "plain_text", value: "1" };
  const set = (type: string, inputs: object) => ({ type, name: "app", inputs: inputs as Record<string, unknown> });
  const gone = (resource: ReturnType<typeof set>) =>
    markdown(driftPage(driftReport("production", { live: planOf({ before: [resource], after: [] }) })));

  test("a Render service, which no up can make", () => {
    const variables = { REDIS_URL: { visibility: "secret", value: "1" } };
    const page = gone(set("pulumi-nodejs:dynamic/render:ServiceVariables", { serviceId: "srv-1", variables }));
    expect(page).toContain("Render service **app** is gone");
    expect(page).toContain(
      "Render answers that there is no `srv-1`: it was deleted, or `RENDER_API_KEY` no longer sees it",
    );
    expect(page).toContain("heal: `npx obs setup --stack production`");
    expect(page).not.toMatch(/was removed|was deleted`/);
  });

  test("a Pages project of others", () => {
    const inputs = { projectName: "operator-ui", production: { VITE_POSTHOG_KEY: plain }, preview: {} };
    const page = gone(set("pulumi-nodejs:dynamic/cloudflare:PagesVariables", inputs));
    expect(page).toContain("Existing Pages project **app** is gone");
    expect(page).toContain("`CLOUDFLARE_API_TOKEN` no longer sees it");
    expect(page).not.toContain("was removed");
  });

  test("a Pages project of the stack, once", () => {
    const deploymentConfigs = { production: { envVars: { VITE_POSTHOG_KEY: plain } } };
    const page = gone(set("cloudflare:index/pagesProject:PagesProject", { name: "operator-ui", deploymentConfigs }));
    expect(page).toContain("Pages project **app** was deleted");
    expect(page).toContain("its variables, deployments and domains are gone with it");
    expect(page).toContain("1 thing was changed by hand");
    expect(page).not.toContain("was removed");
  });

  test("of a set that the code has no longer, the variables are named", () => {
    const variables = { REDIS_URL: { visibility: "secret", value: "1" } };
    const resource = set("pulumi-nodejs:dynamic/render:ServiceVariables", { serviceId: "srv-1", variables });
    const live = planOf({ before: [resource], after: [resource] });
    const program = planOf({ before: [resource], after: [] });
    expect(markdown(driftPage(driftReport("production", { live, program })))).toContain("`REDIS_URL` was removed");
  });
});
