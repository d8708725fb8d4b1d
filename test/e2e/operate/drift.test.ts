import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localReadingKeys } from "../../../src/local/account.ts";
import { startGitHub, token } from "../../operate/support/github.ts";
import { stepsIn } from "../../operate/support/workflows.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { obs } from "./obs.ts";

const launcher = fileURLToPath(new URL("../../../src/operate/obs.mjs", import.meta.url));

/** A drift check needs no key with write access. */
const readingKeys = {
  POSTHOG_PERSONAL_API_KEY: localReadingKeys.posthog.key,
  SENTRY_TOKEN: localReadingKeys.sentry.token,
};

/** One stack for the whole file, since bringing it up takes longest. */
let at: Awaited<ReturnType<typeof cloudStack>>;
beforeAll(async () => {
  at = await cloudStack();
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
});
afterAll(() => at?.[Symbol.asyncDispose]());

interface Drift {
  outcome: string;
  owners: { owner: string; drifted: { kind: string; name: string; change: string; words: string[]; heal: string }[] }[];
}

/** "growth | dashboard Activation funnel changed: …", from the output of `obs drift --json`. */
async function drift(): Promise<{ exitCode: number; lines: string[] }> {
  const { exitCode, stdout, stderr } = await obs(at.stack, "drift", "--stack", "test", "--json");
  expect(stderr).not.toContain("error:");
  const { owners } = JSON.parse(stdout) as Drift;
  const lines = owners.flatMap(({ owner, drifted }) =>
    drifted.map(({ kind, name, change, words }) =>
      [`${owner} | ${kind} ${name} ${change}`, ...(words.length > 0 ? [words.join("; ")] : [])].join(": "),
    ),
  );
  return { exitCode, lines };
}

describe("obs drift", () => {
  test("takes a vendor that refuses for breakage, and suggests the stack that was meant", async () => {
    const { faults } = at.cloud.posthog;
    const forget = faults.add({ match: {}, times: "always", effect: { kind: "status", status: 401 } });
    const refused = await obs(at.stack, "drift", "--stack", "test");
    forget();
    expect(refused.exitCode, "drift is 7, breakage is 1").toBe(1);
    expect(refused.stdout).toContain("Why it could not be compared");
    expect((await obs(at.stack, "preview", "--stack", "tset")).stderr).toContain("did you mean test?");
  });

  /** Ids of the processes that run in the stack's folder and whose command matches. */
  const processes = (command = /^/): number[] =>
    readdirSync("/proc")
      .filter((pid) => {
        try {
          const isHere = /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(at.stack.folder);
          return isHere && command.test(readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
        } catch {
          return false;
        }
      })
      .map(Number);

  test.skipIf(process.platform !== "linux").for([
    ["obs itself", /obs\.ts/],
    ["what launched it", /obs\.mjs/],
    ["the engine", /\/pulumi refresh/],
  ] as const)("leaves no process behind when %s is killed", async ([, command]) => {
    const { stack, cloud } = at;
    const forget = cloud.posthog.faults.add({
      ...{ match: {}, times: "always", effect: { kind: "slow", delayMs: 60_000 } },
    });
    const mark = cloud.posthog.requests.mark();
    const running = execa(launcher, ["drift", "--stack", "test"], {
      ...{ cwd: stack.folder, env: { ...stack.env }, extendEnv: false, reject: false, stdin: "ignore" },
    });
    await expect.poll(() => cloud.posthog.requests.since(mark).length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(processes().length, "there is something to leave behind").toBeGreaterThan(3);
    const doomed = processes(command);
    expect(doomed.length).toBeGreaterThan(0);
    for (const pid of doomed) process.kill(pid, "SIGKILL");
    await running;
    await expect.poll(() => processes(), { timeout: 45_000 }).toEqual([]);
    forget();
    // A lock that the killed engine held would block the next command.
    await stack.pulumi("cancel", "--yes");
  });

  test.skipIf(process.platform !== "linux")("ends with its processes and without a lock upon Ctrl-C", async () => {
    const { stack, cloud } = at;
    const interrupted = async (...args: string[]): Promise<void> => {
      const forget = cloud.posthog.faults.add({
        ...{ match: {}, times: "always", effect: { kind: "slow", delayMs: 60_000 } },
      });
      const mark = cloud.posthog.requests.mark();
      const running = execa(launcher, args, {
        ...{ cwd: stack.folder, env: { ...stack.env }, extendEnv: false, reject: false, stdin: "ignore" },
        forceKillAfterDelay: false,
      });
      await expect.poll(() => cloud.posthog.requests.since(mark).length, { timeout: 60_000 }).toBeGreaterThan(0);
      running.kill("SIGINT");
      expect(await running).toMatchObject({ exitCode: 130, stdout: "" });
      await expect.poll(() => processes(), { timeout: 30_000 }).toEqual([]);
      forget();
    };
    await interrupted("drift", "--stack", "test");
    await interrupted("verify", "--stack", "test");
    const locks = join(stack.env.PULUMI_BACKEND_URL?.replace("file://", "") ?? "", ".pulumi", "locks");
    expect(
      existsSync(locks) ? readdirSync(locks, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()) : [],
    ).toEqual([]);
    expect(JSON.parse(await stack.state()).deployment.pending_operations ?? []).toEqual([]);
  });

  test("names what was changed at each vendor, by who answers for it", async () => {
    const hand = byHand(at.cloud);
    const { dashboards, alerts } = at.cloud.posthog.live();
    const dashboard = (name: string) => dashboards.find((one) => one.name === name);
    const funnel = dashboard("Activation funnel");
    const tile = funnel?.tiles.find((one) => one.kind === "insight" && one.insight.name === "Time to first step done");
    const insight = tile?.kind === "insight" ? tile.insight : undefined;
    const query = structuredClone(insight?.query) as { source: { funnelsFilter: { funnelWindowInterval: number } } };
    query.source.funnelsFilter.funnelWindowInterval = 30;
    await hand.posthog("PATCH", `insights/${insight?.id}/`, { query });
    await hand.posthog("PATCH", `dashboards/${dashboard("AI engagement")?.id}/`, { name: "Renamed by hand" });
    const failing = alerts.find(({ name }) => name === "Cadence messages fail");
    await hand.posthog("PATCH", `alerts/${failing?.id}/`, { enabled: false });

    type Named = { id: string; name: string; actionFilters: unknown };
    const workflows = (await hand.sentry("GET", "organizations/brandvx/workflows/")) as Named[];
    const regression = workflows.find(({ name }) => name === "Something broke again that was mended");
    await hand.sentry("PUT", `organizations/brandvx/workflows/${regression?.id}/`, {
      ...regression,
      actionFilters: [],
    });
    const [monitor] = (await hand.sentry("GET", "organizations/brandvx/detectors/?query=slow")) as Named[];
    await hand.sentry("PUT", `organizations/brandvx/detectors/?id=${monitor?.id}`, { enabled: false });
    await hand.sentry("PUT", "projects/brandvx/operator-ui/filters/localhost/", { active: false });
    await hand.sentry("PUT", "projects/brandvx/backend/", { name: "Renamed by hand" });
    const keys = (await hand.sentry("GET", "projects/brandvx/backend/keys/")) as Named[];
    const key = keys.find(({ name }) => name.startsWith("backend"));
    await hand.sentry("PUT", `projects/brandvx/backend/keys/${key?.id}/`, { name: "Renamed by hand" });

    const [database] = (await hand.upstash("GET", "databases")) as { database_id: string }[];
    await hand.upstash("PATCH", `update-budget/${database?.database_id}`, { budget: 360 });
    const env_vars = { VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_by_hand_0123456789" } };
    await hand.pages("PATCH", "/operator-ui", { deployment_configs: { production: { env_vars } } });
    await hand.render("PUT", "env-vars/SENTRY_ENVIRONMENT", { value: "by-hand" });
    await hand.render("DELETE", "env-vars/POSTHOG_HOST");

    await using github = await startGitHub();
    const place = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "brandvx/observability", GITHUB_API_URL: github.url };
    const step = stepsIn(at.stack.folder, { ...at.stack.env, STACK: "test", ...place, ...readingKeys });
    const { exitCode, stderr, summary } = await step("drift.yml", "drift", "Look for drift, and keep its issue");
    expect(exitCode, stderr).toBe(0);
    const [issue] = github.issues.filter(({ isPull }) => !isPull);
    expect(issue).toMatchObject({ title: "Changed by hand: test", state: "open" });
    expect(issue?.body.replace(/^<!--.*-->\n/, "")).toBe(summary);
    const told = summary.split("\n").filter((line) => /^ *- (?!heal|keep)/.test(line) && !line.includes("(rule"));
    expect(told.map((line) => line.replace(/ \(\[in PostHog\].*\)$/, ""))).toMatchInlineSnapshot(`
      [
        "- Dashboard **Activation funnel** was changed",
        "  - *Time to first step done*: window 14 d → 30 d",
        "- Dashboard **AI engagement** was changed",
        "  - is titled *Renamed by hand*",
        "- Alert at PostHog **Cadence messages fail** was changed",
        "  - is switched off",
        "- Alert at Sentry **Something broke again that was mended** was changed",
        "  - watches other issues: its conditions change",
        "  - no longer notifies platform@⁠brandvx.example",
        "- Monitor at Sentry **Requests to the backend are slow** was changed",
        "  - is switched off",
        "- Variables on Cloudflare Pages **operator-ui** were changed",
        "  - \`VITE_POSTHOG_KEY\` was changed",
        "- Variables on Render **backend** were changed",
        "  - \`POSTHOG_HOST\` was removed; \`SENTRY_ENVIRONMENT\` was changed",
        "- Redis database **state** was changed",
        "  - \`budget\` 20 → 360",
        "- Sentry project's settings **operator-ui** was changed",
        "  - \`inboundFilters.localhost\` true → false",
        "- Sentry key **backend-1** was changed",
        "  - \`name\` “backend (1)” → “Renamed by hand”",
        "- Sentry project **backend** was changed",
        "  - \`name\` “backend” → “Renamed by hand”",
      ]
    `);
    for (const value of ["phc_by_hand_0123456789", "by-hand"]) expect(summary).not.toContain(value);
  });

  test("names what was deleted", async () => {
    const hand = byHand(at.cloud);
    const { dashboards, alerts } = at.cloud.posthog.live();
    const cadence = dashboards.find(({ name }) => name === "Cadence throughput");
    await hand.posthog("PATCH", `dashboards/${cadence?.id}/`, { deleted: true });
    const asking = alerts.find(({ name }) => name === "AskVX answers fail");
    await hand.posthog("DELETE", `alerts/${asking?.id}/`);
    const workflows = (await hand.sentry("GET", "organizations/brandvx/workflows/")) as { id: string; name: string }[];
    const spike = workflows.find(({ name }) => /short time/.test(name));
    await hand.sentry("DELETE", `organizations/brandvx/workflows/${spike?.id}/`);

    const { exitCode, lines } = await drift();
    expect(exitCode).toBe(7);
    expect(lines).toEqual(
      expect.arrayContaining([
        "messaging | dashboard Cadence throughput removed",
        "ai | alert at PostHog AskVX answers fail removed",
        `platform | alert at Sentry ${spike?.name} removed`,
      ]),
    );
  });
});
