import { describe, expect, onTestFinished, test, vi } from "vitest";
import { testErrorTag } from "../../../src/alerts/sentry/index.ts";
import { browserAppUrl } from "../../../src/operate/access/apps.ts";
import { appsDoNotRun, runChecks } from "../../../src/operate/checks/check.ts";
import { checkPage, checkReport } from "../../../src/operate/checks/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { checks } from "../../../src/operate/verify/command.ts";
import type { VerifyContext } from "../../../src/operate/verify/context.ts";
import { type Deployed, deployed, marked } from "../support/deployed.ts";
import { verifyContext } from "../support/verify-context.ts";

/** Runs all checks after a test broke something. */
async function verify(at: Deployed, change: Partial<VerifyContext> = {}, skip: readonly string[] = ["tiles"]) {
  const context = await verifyContext(at, change);
  const report = checkReport(at.access.stack, await runChecks(checks, context, skip));
  const failing = report.checks.flatMap(({ name, results }) =>
    results
      .filter(({ outcome }) => outcome === "fails")
      .map(({ what, evidence, fix }) => ({ name, what, evidence, fix })),
  );
  return { report, failing, page: markdown(checkPage(report)) };
}

test("a deployment that works holds every check, and leaves no open issue behind", async () => {
  await using at = await deployed();
  const { report, failing, page } = await verify(at, {}, []);
  expect(failing).toEqual([]);
  expect(report.checks.map(({ name }) => name)).toEqual([
    "variables",
    "events",
    "errors",
    "health",
    "tiles",
    "bundle",
    "readable",
  ]);
  expect(at.posthog.events().map(({ event }) => event)).toEqual(["obs.smoke_test", "obs.smoke_test"]);
  expect(await at.sentryApi("GET", "organizations/brandvx/issues/")).toEqual([]);
  for (const secret of Object.values(marked)) expect(page).not.toContain(secret);
});

test("the deployed app is loaded once, by whichever check looks at it first", async () => {
  await using at = await deployed();
  const asked = vi.spyOn(globalThis, "fetch");
  onTestFinished(() => asked.mockRestore());
  await verify(at);
  const urls = asked.mock.calls.map(([url]) => String(url)).filter((url) => url.startsWith(at.appUrl));
  expect(urls.length).toBeGreaterThan(1);
  expect(urls).toEqual([...new Set(urls)]);
});

test("test errors carry the tag that alerts on issues leave out: a deployment wakes nobody", async () => {
  await using at = await deployed();
  await verify(at);
  const issues = (await at.sentryApi("GET", "organizations/brandvx/issues/?query=is:resolved")) as { id: string }[];
  expect(issues).toHaveLength(2);
  for (const { id } of issues) {
    const event = await at.sentryApi("GET", `organizations/brandvx/issues/${id}/events/latest/`);
    expect(event).toMatchObject({ tags: expect.arrayContaining([{ key: testErrorTag, value: "verify" }]) });
  }
});

describe("verification fails, and says which, when", () => {
  test("events are dropped although they are taken", async () => {
    await using at = await deployed();
    await at.setRender("POSTHOG_API_KEY", "phc_of_another_project_0123456789");
    const { failing } = await verify(at);
    expect(failing.map(({ name, what }) => `${name}: ${what}`)).toEqual([
      "variables: `POSTHOG_API_KEY`",
      "events: An event with the server app's key",
    ]);
    expect(failing[1]?.evidence).toMatch(/took it \(200\), and after 0 s no query finds it/);
  });

  test("a personal key is used to send events", async () => {
    await using at = await deployed();
    await at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: marked.posthog });
    const { failing, page } = await verify(at);
    expect(failing.map(({ name }) => name)).toContain("events");
    expect(page).toContain("answered 401");
    expect(page).not.toContain(marked.posthog);
  });

  test("errors arrive in another environment than alerts watch", async () => {
    await using at = await deployed();
    await at.setRender("SENTRY_ENVIRONMENT", "staging");
    const { failing } = await verify(at);
    expect(failing.find(({ name }) => name === "errors")).toMatchObject({
      what: "A test error of the server app",
      evidence:
        "arrived in the environment staging, not in production: alerts watch production alone, so none reports them",
    });
  });

  test("Sentry refuses the key", async () => {
    await using at = await deployed();
    const keys = (await at.sentryApi("GET", "projects/brandvx/backend/keys/")) as { id: string; name: string }[];
    const own = keys.find(({ name }) => name === "backend");
    await at.sentryApi("PUT", `projects/brandvx/backend/keys/${own?.id}/`, { isActive: false });
    const { failing } = await verify(at);
    expect(failing.map(({ name, what }) => `${name}: ${what}`)).toEqual(["errors: A test error of the server app"]);
  });

  test.for([
    ["Redis is down", { redis: "error" }, "redis: error"],
    [
      "Redis refuses part of what is needed",
      {
        redis: "error",
        redis_detail: { status: "degraded", reasons: [{ word: "OOM", said: "OOM no room", operations: ["write"] }] },
      },
      "redis: error: it refuses write (OOM no room)",
    ],
    [
      "PostHog refuses what the backend sends",
      {
        redis: "ok",
        posthog: "error",
        posthog_detail: { status: "error", reason: "it answers 401", waiting: 0, sent: 0, dropped: 2, refused: 9 },
      },
      "posthog: error (it answers 401), 2 dropped and 9 refused",
    ],
    ["Redis is not configured", { redis: "disabled" }, "redis: disabled"],
    ["the backend runs with an older DSN", { redis: "ok", posthog: "ok", sentry: "error" }, "sentry: error"],
    ["something else answers", { hello: "world" }, "does not mention Redis"],
  ] as const)("%s", async ([, health, evidence]) => {
    await using at = await deployed();
    at.app.health = health;
    const { failing } = await verify(at);
    expect(failing.map(({ name }) => name)).toEqual(["health"]);
    expect(failing[0]?.evidence).toContain(evidence);
  });

  test("the backend does not answer", async () => {
    await using at = await deployed();
    const { failing } = await verify(at, { healthUrl: "http://127.0.0.1:1/health" });
    expect(failing.map(({ name }) => name)).toEqual(["health"]);
  });

  test("a variable is missing, empty, or of another kind", async () => {
    await using at = await deployed();
    await at.setPages("VITE_SENTRY_ENVIRONMENT", null);
    await at.setRender("SENTRY_TRACES_SAMPLE_RATE", "often");
    const { failing } = await verify(at);
    expect(
      failing.filter(({ name }) => name === "variables").map(({ what, evidence }) => `${what} ${evidence}`),
    ).toEqual([
      "`VITE_SENTRY_ENVIRONMENT` is missing on Pages project operator-ui",
      "`SENTRY_TRACES_SAMPLE_RATE` on Render service srv-backend must be a share between 0 and 1, such as 0.1",
    ]);
  });

  test("the variables cannot be read", async () => {
    await using at = await deployed();
    at.cloudflare.faults.add({ match: {}, times: "always", effect: { kind: "status", status: 403 } });
    const { report, failing, page } = await verify(at);
    expect(failing).toEqual([]);
    expect(report.outcome).toBe("something fails");
    expect(page).toContain("1 check fails");
    expect(page).toContain("**Variables of the browser app**");
    expect(page).toContain("An event with the browser app's key and A test error of the browser app");
  });

  test("a tile's query does not run", async () => {
    await using at = await deployed();
    const [first] = at.dashboards;
    const broken = structuredClone(first?.tiles) as unknown as Record<string, { query?: unknown }>;
    const conversion = broken.conversion;
    if (conversion) conversion.query = { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [] } };
    const dashboards = [{ ...first, tiles: broken }] as unknown as VerifyContext["dashboards"];
    const { failing } = await verify(at, { dashboards }, []);
    expect(failing).toMatchObject([{ name: "tiles", what: "Tile “Opened to first step done” of Activation funnel" }]);
    expect(failing[0]?.fix).toContain("dashboards/activation-funnel.ts");
  });

  test("the deployed bundle was built with another key", async () => {
    await using at = await deployed();
    at.app.bundle = 'const k="phc_an_older_key"';
    const { failing } = await verify(at);
    expect(failing).toMatchObject([{ name: "bundle" }]);
    expect(failing[0]?.evidence).toBe(
      `${at.appUrl} does not carry PostHog's project key (it carries another one) and Sentry's DSN: it was built before the variables were set`,
    );
  });
});

test("the browser app is where the stack says, else at the domain of its owner, else at the project's own", async () => {
  await using at = await deployed();
  expect(await browserAppUrl(at.access)).toBe("https://operator-ui.pages.dev");
  await at.addDomain("app.brandvx.example");
  expect(await browserAppUrl(at.access)).toBe("https://app.brandvx.example");
  expect(await browserAppUrl({ ...at.access, appUrl: "https://brandvx.example" })).toBe("https://brandvx.example");
  expect(await browserAppUrl({ ...at.access, keys: { ...at.access.keys, cloudflare: undefined } })).toBeUndefined();
});

test("what cannot be looked at is said to be skipped, and why", async () => {
  await using at = await deployed();
  const skipped = ({ report }: Awaited<ReturnType<typeof verify>>) =>
    report.checks.flatMap(({ name, results }) =>
      results.filter(({ outcome }) => outcome === "skipped").map(({ evidence }) => `${name}: ${evidence}`),
    );
  const nowhere = await verify(at, { appUrl: undefined });
  expect(nowhere.failing).toEqual([]);
  expect(skipped(nowhere)).toEqual([
    "bundle: neither the stack nor Cloudflare has its address: give it with `--app <address>`",
    "readable: the app's address is not known: give it with `--app <address>`",
  ]);
  const alone = await verify(at, { appsRun: false });
  expect(skipped(alone)).toEqual(["health", "bundle", "readable"].map((name) => `${name}: ${appsDoNotRun}`));
  expect(alone.page).toContain("**Not looked at**");
});

test("the report reads well", async () => {
  await using at = await deployed();
  at.app.health = { redis: "error" };
  await at.setPages("VITE_SENTRY_ENVIRONMENT", { type: "plain_text", value: "staging" });
  const { page } = await verify(at, {}, []);
  // In Markdown, a word joiner keeps a bare address from becoming a link.
  const inMarkdown = (address: string): string => address.replace("://", ":\u2060//");
  const usual = page
    .replaceAll(/\b\d+ s\b/g, "1 s")
    .replaceAll(inMarkdown(at.appUrl), "https://app.brandvx.example")
    // The number of variables and tiles does not matter here.
    .replaceAll(/\ball \d+ (?=are in place|queries)/g, "all 7 ");
  await expect(usual).toMatchFileSnapshot("__snapshots__/redis-down.md");
});
