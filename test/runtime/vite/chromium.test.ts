import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultKey, organization, sentryWithProject } from "../../local/twins/sentry/support.ts";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { serveFolder } from "../../support/serve-folder.ts";
import { scratchApp } from "../apps/packed.ts";

const libraries = [
  ...["react", "react-dom", "scheduler", "vite", "@vitejs/plugin-react", "posthog-js"],
  ...["@sentry/browser", "@sentry/cli"],
];
const commit = "3f2a9c10b1c2d3e4f5a6978812345678deadbeef";

test.skipIf(!chromiumPath)(
  "an error of the deployed app is shown with the line of its own source, its release and the deploy; no map is served",
  { timeout: 240_000 },
  async ({ onTestFinished }) => {
    const { twin, api } = await sentryWithProject();
    const dsn = (await defaultKey(api)).dsn.public;
    const app = await scratchApp(new URL("../browser/scratch/readable", import.meta.url), libraries, onTestFinished);
    await app.run("vite", ["build"], {
      ...{ VITE_SENTRY_DSN: dsn, VITE_SENTRY_ENVIRONMENT: "production", CF_PAGES_COMMIT_SHA: commit },
      ...{
        SENTRY_AUTH_TOKEN: "of-the-build",
        SENTRY_ORG: twin.organization,
        SENTRY_PROJECT: "operator-ui",
        SENTRY_URL: twin.url,
      },
    });
    const release = `operator-ui@${commit}`;
    await api.post(`${organization}/releases/`, { version: release, projects: ["operator-ui"] });
    await api.post(`${organization}/releases/${release}/deploys/`, { environment: "production" });
    const dist = join(app.folder, "dist");
    const url = await serveFolder(dist, onTestFinished);
    const scripts = (await readdir(join(dist, "assets"))).filter((name) => name.endsWith(".js"));

    const browser = await launchChromium(onTestFinished);
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole("button").click();
    await expect.poll(() => twin.events().length, { timeout: 20_000 }).toBe(1);

    const [issue] = (await api.get(`${organization}/issues/`)).body;
    const event = (await api.get(`${organization}/issues/${issue.id}/events/latest/`)).body;
    const frame = event.entries[0].data.values[0].stacktrace.frames.at(-1);
    expect(frame).toMatchObject({ filename: "src/inbox/Inbox.tsx", lineNo: 6, colNo: 13, inApp: true });
    expect(frame.context).toContainEqual([
      6,
      expect.stringMatching(/^ {2}throw new RangeError\(`all .* seats are taken`\);$/),
    ]);
    expect(issue).toMatchObject({ metadata: { filename: "src/inbox/Inbox.tsx" } });
    expect(event).toMatchObject({
      errors: [],
      release: { version: release, lastDeploy: { environment: "production" } },
    });

    for (const script of scripts) {
      const map = await fetch(`${url}/assets/${script}.map`);
      // A path without a file gets the app's page, as on Pages.
      expect(await map.text()).toContain("<!doctype html>");
      expect(await (await fetch(`${url}/assets/${script}`)).text()).not.toContain("sourceMappingURL");
    }
  },
);
