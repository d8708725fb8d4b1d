import { expect, test } from "vitest";
import { environment } from "../../src/catalog/environment.ts";
import { liveVariables, whyNotKnown } from "../../src/operate/access/apps.ts";
import { PostHogQueries } from "../../src/operate/access/posthog.ts";
import { SentryReleases } from "../../src/operate/access/releases.ts";
import { SentryIssues } from "../../src/operate/access/sentry.ts";
import { runChecks } from "../../src/operate/checks/check.ts";
import { checkPage, checkReport } from "../../src/operate/checks/report.ts";
import { symptoms } from "../../src/operate/doctor/command.ts";
import type { DoctorContext } from "../../src/operate/doctor/context.ts";
import { compareParity } from "../../src/operate/parity/compare.ts";
import { livePlace, stackPlace } from "../../src/operate/parity/places.ts";
import { parityPage, parityReport } from "../../src/operate/parity/report.ts";
import { terminal } from "../../src/operate/text/terminal.ts";
import { checks } from "../../src/operate/verify/command.ts";
import type { VerifyContext } from "../../src/operate/verify/context.ts";
import { systemClock } from "../../src/resources/kernel/clock.ts";
import { type Deployed, deployed, marked } from "./support/deployed.ts";
import { writtenAt } from "./support/written.ts";

/** Each state that a place, or a variable in it, can be in, and how a test brings it about. */
const states: Readonly<Record<string, (at: Deployed) => Promise<unknown>>> = {
  "as it was written": async () => {},
  "a public variable absent": (at) => at.setPages("VITE_POSTHOG_KEY", null),
  "a public variable another one": (at) =>
    at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: "phc_of_nobody_0123456789" }),
  "a public variable hidden": (at) => at.setPages("VITE_SENTRY_DSN", { type: "secret_text", value: at.dsns.browser }),
  "a secret absent": (at) => at.setRender("SENTRY_DSN", null),
  "a secret another one": (at) => at.setRender("REDIS_URL", "rediss://default:marked-other@other-1.upstash.io:6379"),
  "a variable absent that the stack may do without, and has": (at) => at.setRender("POSTHOG_FLAGS_KEY", null),
  "another DSN": (at) => at.setRender("SENTRY_DSN", at.dsns.browser),
  "a public variable empty": (at) => at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: "" }),
  "a secret empty": (at) => at.setRender("REDIS_URL", ""),
  "no such service": async (at) => ({ render: { ...at.access.render, serviceId: "srv-another" } }),
  "no such project": async (at) => ({ pages: { ...at.access.pages, projectName: "another-ui" } }),
  "the browser app's place unreadable": async (at) => ({ keys: { ...at.access.keys, cloudflare: "wrong" } }),
  "the server app's place unreadable": async (at) => ({ keys: { ...at.access.keys, render: "rnd_wrong" } }),
  "both places unreadable": async (at) => ({ keys: { ...at.access.keys, cloudflare: "wrong", render: "rnd_wrong" } }),
  "a place not looked at, for want of a key": async (at) => ({ keys: { ...at.access.keys, render: undefined } }),
};

async function reports(at: Deployed, change: Partial<Deployed["access"]>): Promise<Record<string, string>> {
  const access = { ...at.access, ...change };
  const apps = await liveVariables(access);
  const deployedDigests = writtenAt(at);
  const shared = { access, apps, healthUrl: access.healthUrl, signal: new AbortController().signal, appsRun: true };
  const vendors = {
    posthog: new PostHogQueries(access),
    sentry: new SentryIssues(access),
    releases: new SentryReleases(access),
  };
  const doctor: DoctorContext = { ...shared, ...vendors, regions: {}, redisAuthority: undefined, now: Date.now };
  const verify: VerifyContext = {
    ...{ ...shared, ...vendors, deployedDigests, dsns: at.dsns, dashboards: [], appUrl: at.appUrl },
    ...{ patienceMs: 0, clock: systemClock },
  };
  const live = [apps.browser, apps.server];
  const problems = live.flatMap((found) => {
    const cause = whyNotKnown(found);
    return cause ? [{ place: found.place, ...cause }] : [];
  });
  const places = [
    stackPlace(access, at.dsns, deployedDigests),
    ...live.filter((found) => !whyNotKnown(found)).map(livePlace),
  ];
  const parity = parityReport("production", compareParity(environment, places, deployedDigests.digest), problems);
  const text = (page: Parameters<typeof terminal>[0]) => terminal(page, { colors: false });
  const page = async <C extends { signal: AbortSignal }>(of: Parameters<typeof runChecks<C>>[0], context: C) =>
    text(checkPage(checkReport("production", await runChecks(of, context))));
  return {
    doctor: await page(
      symptoms.filter(({ name }) => name !== "redis"),
      doctor,
    ),
    verify: await page(checks, verify),
    parity: text(parityPage(parity)).split(/\n+Every variable, with/)[0] ?? "",
  };
}

test("what each command says of each state of a place", { timeout: 120_000 }, async () => {
  const said: string[] = [];
  for (const [state, breakIt] of Object.entries(states)) {
    await using at = await deployed();
    const all = await reports(at, ((await breakIt(at)) ?? {}) as Partial<Deployed["access"]>);
    for (const [command, page] of Object.entries(all)) {
      const usual = [at.posthog, at.sentry, at.render, at.cloudflare].reduce(
        (text, { url }, i) => text.replaceAll(url, ["<PostHog>", "<Sentry>", "<Render>", "<Cloudflare>"][i] ?? ""),
        page
          .replaceAll(at.appUrl, "<app>")
          .replaceAll(/\b\d+ s\b/g, "1 s")
          // The number of variables does not matter here.
          .replaceAll(/\b(all|and) \d+ (?=are (?:in place|what the stack says))/g, "$1 "),
      );
      said.push(`== ${state}: ${command}\n\n${usual.trim()}\n`);
      for (const secret of [...Object.values(marked), at.dsns.server, "marked-other"])
        expect(page).not.toContain(secret);
      if (state.includes("unreadable") || state.includes("not looked at"))
        expect(page).not.toMatch(/has no value|is missing|are missing/);
      if (state.includes("another")) expect(page).not.toContain("and the same everywhere");
    }
  }
  await expect(said.join("\n")).toMatchFileSnapshot("__snapshots__/states-of-places.txt");
});
