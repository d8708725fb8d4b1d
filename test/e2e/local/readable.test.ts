import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { type BuildVariables, buildOperatorUi } from "../../../src/local/hosting/build.ts";
import { type Hosting, startHosting } from "../../../src/local/hosting/index.ts";
import { uploadToPages } from "../../../src/local/hosting/upload.ts";
import { type SentryTwin, startSentryTwin } from "../../../src/local/twins/sentry/index.ts";
import { byHand } from "../../support/by-hand.ts";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { cloudStack } from "../../support/cloud.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { obs } from "../operate/obs.ts";

/** `obs verify` and a person in a browser, at the local operator UI as `npm start` deploys it, on the real engine. */
let at: Awaited<ReturnType<typeof cloudStack>>;
let hosting: Hosting;
/** A Sentry that gets the source maps of builds whose maps the stack's own Sentry must not have. */
let elsewhere: SentryTwin;
const said: string[] = [];

beforeAll(async () => {
  at = await cloudStack();
  hosting = await startHosting({ cloud: at.cloud, portOf: () => 0, notice: (line) => said.push(line) });
  elsewhere = await startSentryTwin();
  const send = (path: string, body: object) =>
    fetch(`${elsewhere.url}/api/0/${path}`, {
      ...{ method: "POST", headers: { Authorization: "Bearer elsewhere" }, body: JSON.stringify(body) },
    });
  await send("organizations/brandvx/teams/", { slug: "platform", name: "Platform" });
  await send("teams/brandvx/platform/projects/", { name: "operator-ui", slug: "operator-ui" });
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
});
afterAll(async () => {
  await hosting?.stop();
  await elsewhere?.stop();
  await at?.[Symbol.asyncDispose]();
});

const variables = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(at.cloud.cloudflare.variables("operator-ui") ?? {}).map(([name, { value }]) => [name, value]),
  );

/** What `obs verify` says of the deployed build, without where and with what it was looked for. */
async function verified(): Promise<{ exitCode: number; results: string[] }> {
  const skipped = ["variables", "events", "errors", "health", "tiles", "bundle"];
  const { exitCode, stdout, stderr } = await obs(
    at.stack,
    ...["verify", "--stack", "test", "--json", "--app", hosting.appUrl, "--patience", "20", "--skip", ...skipped],
  );
  const report = JSON.parse(stdout || stderr) as { checks: { results: Record<string, string>[] }[] };
  return {
    exitCode,
    results: report.checks.flatMap(({ results }) =>
      results.map(({ outcome, what, evidence }) => `${outcome}: ${what} ${evidence}`),
    ),
  };
}

/** Builds with other variables of Sentry than `npm start`, changes what was built, and uploads it. */
async function deployed(sentry: BuildVariables, change: (folder: string) => void = () => {}): Promise<void> {
  using folder = temporaryFolder("operator-ui-");
  await buildOperatorUi(folder.path, { ...variables(), ...sentry });
  change(folder.path);
  await uploadToPages(folder.path, {
    ...{ apiUrl: at.cloud.addresses["cloudflare:baseUrl"], token: localAccount.cloudflare.apiToken },
    ...{ accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" },
  });
}

const toSentry = (url: string, version = "operator-ui@local") => ({
  ...{ SENTRY_AUTH_TOKEN: localAccount.sentry.token, SENTRY_ORG: "brandvx", SENTRY_PROJECT: "operator-ui" },
  ...{ SENTRY_URL: url, SENTRY_RELEASE: version },
});

test("the operator UI that npm start deploys is readable, for obs verify and where somebody makes it throw", async ({
  onTestFinished,
}) => {
  await hosting.deploySite(variables());
  expect(said).toEqual([]);
  expect(await verified()).toEqual({
    exitCode: 0,
    results: [
      "holds: Source maps none is served",
      "holds: The deployed release `operator-ui@local` is the newest in Sentry, deployed to test",
      expect.stringMatching(/^holds: An error of the deployed app is shown at src\/main\.js:\d+ with its source/),
    ],
  });
  if (!chromiumPath) return;
  const page = await (await launchChromium(onTestFinished)).newPage();
  await page.goto(hosting.appUrl);
  await page.getByRole("button", { name: "Throw an error" }).click();
  const thrown = () =>
    at.cloud.sentry.events().filter(({ payload }) => JSON.stringify(payload).includes("Thrown by hand"));
  await expect.poll(() => thrown().length, { timeout: 20_000 }).toBe(1);
  const source = fileURLToPath(new URL("../../../src/local/hosting/operator-ui/src/main.js", import.meta.url));
  const line =
    readFileSync(source, "utf8")
      .split("\n")
      .findIndex((text) => text.includes("Thrown by hand")) + 1;
  const { sentry } = byHand(at.cloud);
  const [issue] = (await sentry("GET", "organizations/brandvx/issues/?query=Thrown")) as { id: string }[];
  expect(await sentry("GET", `organizations/brandvx/issues/${issue?.id}/events/latest/`)).toMatchObject({
    errors: [],
    release: { version: "operator-ui@local", lastDeploy: { environment: "test", url: hosting.appUrl } },
    entries: expect.arrayContaining([
      expect.objectContaining({
        data: expect.objectContaining({
          values: [
            expect.objectContaining({
              stacktrace: expect.objectContaining({
                frames: expect.arrayContaining([
                  expect.objectContaining({ filename: "src/main.js", lineNo: line, colNo: expect.any(Number) }),
                ]),
              }),
            }),
          ],
        }),
      }),
    ]),
  });
});

test("deployed again, it is one release with one deploy", async () => {
  await Promise.all([hosting.deploySite(variables()), hosting.deploySite(variables())]);
  expect(said).toEqual([]);
  expect(await byHand(at.cloud).sentry("GET", "organizations/brandvx/releases/")).toMatchObject([
    { version: "operator-ui@local", deployCount: 1 },
  ]);
});

const onlyOf = async (part: string) => {
  const { exitCode, results } = await verified();
  return { exitCode, result: results.find((one) => one.includes(part)) };
};

test("a source map that everybody can read", async () => {
  await deployed(toSentry(at.cloud.sentry.url), (folder) => {
    const [, script = ""] = /src="\/(assets\/[^"]+\.js)"/.exec(readFileSync(join(folder, "index.html"), "utf8")) ?? [];
    writeFileSync(join(folder, `${script}.map`), '{"version":3,"sources":["src/main.js"],"mappings":"AAAA"}');
  });
  expect(await onlyOf("Source maps")).toEqual({
    exitCode: 1,
    result: expect.stringMatching(/^fails: Source maps \/assets\/index-[\w-]+\.js\.map can be read by everybody/),
  });
});

test("debug ids of another build than the one whose maps Sentry has", async () => {
  await deployed({ ...toSentry(elsewhere.url), VITE_POSTHOG_HOST: "https://of.another.build.example" });
  expect(await onlyOf("An error")).toEqual({
    exitCode: 1,
    result: expect.stringContaining("the debug ids of what is deployed are of another build than the maps"),
  });
});

test("maps that Sentry does not have, and a release that it has nothing of", async () => {
  await deployed(toSentry(elsewhere.url, "operator-ui@elsewhere"));
  const { exitCode, results } = await verified();
  expect(exitCode).toBe(1);
  expect(results).toEqual([
    "holds: Source maps none is served",
    "fails: The deployed release `operator-ui@elsewhere` is not the newest in Sentry, which is operator-ui@local",
    expect.stringMatching(/ names minified scripts.*: Sentry has no source maps of operator-ui@elsewhere$/),
  ]);
});

test("a build without a token", async () => {
  await deployed({ SENTRY_RELEASE: "operator-ui@local" });
  expect(await onlyOf("An error")).toEqual({
    exitCode: 1,
    result: expect.stringMatching(/none of the \d+ scripts of operator-ui@local has a debug id/),
  });
});
