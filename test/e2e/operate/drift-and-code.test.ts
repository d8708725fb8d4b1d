import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GitHubDouble, startGitHub, token } from "../../operate/support/github.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { upKilled } from "../../support/killed.ts";
import { obs } from "./obs.ts";

let at: Awaited<ReturnType<typeof cloudStack>>;
let github: GitHubDouble;
beforeAll(async () => {
  github = await startGitHub();
  const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "brandvx/observability", GITHUB_API_URL: github.url };
  at = await cloudStack({ config: { markReleases: "true" }, env: { ...env, RELEASE: "operator-ui@1.0.0" } });
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
});
afterAll(async () => {
  await at?.[Symbol.asyncDispose]();
  await github?.[Symbol.asyncDispose]();
});

interface One {
  kind: string;
  name: string;
  change: string;
  words: string[];
  healFirst: string[];
  interrupted?: string;
}

async function drift() {
  const env = { ...at.stack.env, RELEASE: "" };
  const said = await obs(
    Object.assign(Object.create(at.stack), { env }),
    "drift",
    "--stack",
    "test",
    "--json",
    "--issue",
  );
  const { owners, waiting, errors } = JSON.parse(said.stdout) as {
    owners: { drifted: One[] }[];
    waiting: One[];
    errors: string[];
  };
  return { ...said, byHand: owners.flatMap(({ drifted }) => drifted), waiting, errors };
}

const called = (all: readonly One[]): string[] => all.map(({ kind, name, change }) => `${kind} ${name} ${change}`);
const issue = () => github.issues.find(({ isPull }) => !isPull);
const heal = () => at.stack.up("--refresh", "--run-program");

interface Named {
  id: string;
  name: string;
  slug: string;
  projectId: string;
}

describe("drift is told until what is live, what was written and what the code says are one", () => {
  test("what was deleted by hand is missing after a refresh has forgotten it, and what else was done by hand has an order", async () => {
    const hand = byHand(at.cloud);
    const { alerts, dashboards } = at.cloud.posthog.live();
    await hand.posthog("DELETE", `alerts/${alerts.find(({ name }) => name === "AskVX answers fail")?.id}/`);
    const refreshed = await at.stack.pulumi("refresh", "--yes", "--skip-preview", "--run-program");
    expect(refreshed.exitCode, refreshed.text).toBe(0);

    const board = dashboards.find(({ name }) => name === "Cadence throughput");
    const failing = alerts.find(({ name }) => name === "Cadence messages fail");
    await hand.posthog("DELETE", `alerts/${failing?.id}/`);
    await hand.posthog("PATCH", `dashboards/${board?.id}/`, { deleted: true });
    const keys = (await hand.sentry("GET", "projects/brandvx/backend/keys/")) as Named[];
    const key = keys.find(({ name }) => name.startsWith("backend"));
    await hand.sentry("PUT", `projects/brandvx/backend/keys/${key?.id}/`, { isActive: false });
    await hand.sentry("PUT", "projects/brandvx/operator-ui/", { slug: "operator-web" });
    const { value } = at.cloud.cloudflare.variables("operator-ui")?.VITE_POSTHOG_HOST ?? { value: "" };
    const env_vars = { VITE_POSTHOG_HOST: { type: "secret_text", value } };
    await hand.pages("PATCH", "/operator-ui", { deployment_configs: { production: { env_vars } } });

    const { exitCode, byHand: done, waiting, stderr } = await drift();
    expect(exitCode, stderr).toBe(7);
    expect(called(waiting)).toEqual(["alert at PostHog AskVX answers fail new"]);
    expect(called(done).toSorted()).toEqual([
      "Sentry project operator-ui changed",
      "Sentry project's settings backend changed",
      "alert at PostHog Cadence messages fail removed",
      "dashboard Cadence throughput removed",
      "variables on Cloudflare Pages operator-ui changed",
    ]);
    const words = (name: string, kind: string) =>
      done.find((one) => one.name === name && one.kind === kind)?.words.join("; ");
    expect(words("operator-ui", "Sentry project")).toMatch(
      /operator-ui.*operator-web.*same project under another slug/,
    );
    expect(words("backend", "Sentry project's settings")).toMatch(/keysOn.*true → false/);
    expect(words("operator-ui", "variables on Cloudflare Pages")).toContain("takes two heals");
    expect(done.find(({ name }) => name === "Cadence messages fail")?.healFirst).toContain(
      "dashboard Cadence throughput",
    );
    expect(issue()).toMatchObject({ title: "Changed by hand: test", state: "open" });
  });

  test("a heal that fails half-way leaves the issue open, and one that comes to its end closes it", async () => {
    const hand = byHand(at.cloud);
    const forget = at.cloud.posthog.faults.add({
      ...{ match: { method: "POST", path: /alerts/ }, times: "always", effect: { kind: "status", status: 403 } },
    });
    const failed = await heal();
    forget();
    expect(failed.exitCode, failed.text).not.toBe(0);
    const halfway = await drift();
    expect(halfway.exitCode, halfway.stderr).toBe(7);
    expect(called([...halfway.waiting, ...halfway.byHand]).join()).toContain("AskVX answers fail");
    expect(issue()).toMatchObject({ state: "open", comments: [] });

    for (const _ of ["the first", "the variable's value"]) {
      const healed = await heal();
      expect(healed.exitCode, healed.text).toBe(0);
    }
    const clean = await drift();
    expect(clean, clean.stdout).toMatchObject({ exitCode: 0, byHand: [], waiting: [] });
    expect(issue()).toMatchObject({ state: "closed", comments: [{ body: "All is again as the code says." }] });
    const projects = (await hand.sentry("GET", "organizations/brandvx/projects/")) as Named[];
    expect(projects.map(({ slug }) => slug).toSorted()).toEqual(["backend", "operator-ui"]);
    const monitors = (await hand.sentry("GET", "organizations/brandvx/detectors/?query=type:metric_issue")) as Named[];
    expect(monitors.map(({ projectId }) => projectId).filter((id) => !projects.some((one) => one.id === id))).toEqual(
      [],
    );
  });

  test("what one resource keeps from being looked at does not hide the others", async () => {
    const hand = byHand(at.cloud);
    const [monitor] = (await hand.sentry("GET", "organizations/brandvx/detectors/?query=type:metric_issue")) as Named[];
    const [dashboard] = at.cloud.posthog.live().dashboards;
    await hand.posthog("PATCH", `dashboards/${dashboard?.id}/`, { name: "Renamed by hand" });
    const forget = at.cloud.sentry.faults.add({
      ...{ match: { method: "GET", path: `/api/0/organizations/brandvx/detectors/${monitor?.id}/` } },
      ...{ times: "always", effect: { kind: "status", status: 403 } },
    });
    const seen = await drift();
    forget();
    expect(seen.exitCode).toBe(1);
    expect(seen.errors.join()).toContain("the token may not do this");
    expect(called(seen.byHand)).toEqual([`dashboard ${dashboard?.name} changed`]);
    expect(issue(), "it is reopened as another one").toMatchObject({ state: "closed" });
    expect(github.issues.filter(({ state, isPull }) => !isPull && state === "open")).toHaveLength(1);
    const healed = await heal();
    expect(healed.exitCode, healed.text).toBe(0);
  });

  test("what a failed up has left half-made is told until it is whole", async () => {
    const hand = byHand(at.cloud);
    for (const name of ["POSTHOG_HOST", "SENTRY_ENVIRONMENT"]) await hand.render("DELETE", `env-vars/${name}`);
    const forget = at.cloud.render.faults.add({
      ...{
        match: { method: "PUT", path: /SENTRY_ENVIRONMENT/ },
        times: "always",
        effect: { kind: "status", status: 403 },
      },
    });
    const failed = await heal();
    forget();
    expect(failed.exitCode, failed.text).not.toBe(0);
    const refreshed = await at.stack.pulumi("refresh", "--yes", "--skip-preview", "--run-program");
    expect(refreshed.exitCode, refreshed.text).toBe(0);
    const seen = await drift();
    expect(seen.exitCode, seen.stderr).toBe(7);
    const told = [...seen.byHand, ...seen.waiting];
    expect(new Set(called(told))).toEqual(new Set(["variables on Render backend changed"]));
    expect(told.flatMap(({ words }) => words).join()).toContain("SENTRY_ENVIRONMENT");
    const healed = await heal();
    expect(healed.exitCode, healed.text).toBe(0);
  });

  test("what an up was killed at is told, whether the vendor has done it or not", async () => {
    const forget = at.cloud.posthog.faults.add({
      ...{ match: { method: "POST", path: /annotations/ }, effect: { kind: "slow", delayMs: 60_000 } },
    });
    const mark = at.cloud.posthog.requests.mark();
    at.stack.configure({ release: "operator-ui@2.0.0" });
    const killed = Object.assign(Object.create(at.stack), { env: { ...at.stack.env, RELEASE: "" } });
    await upKilled(killed, "engine", () =>
      at.cloud.posthog.requests.since(mark).some(({ method, path }) => method === "POST" && /annotations/.test(path)),
    );
    forget();
    await at.stack.pulumi("cancel", "--yes");
    const seen = await drift();
    expect(seen.exitCode, seen.stderr).toBe(7);
    expect(seen.waiting.map(({ name, interrupted }) => [name, interrupted])).toEqual([["release", "creating"]]);
  });
});
