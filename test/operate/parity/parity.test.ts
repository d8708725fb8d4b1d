import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environment } from "../../../src/catalog/environment.ts";
import type { App } from "../../../src/catalog/variable.ts";
import { liveVariables, whyNotKnown } from "../../../src/operate/access/apps.ts";
import { compareParity, type StoredVariable, type VariableStore } from "../../../src/operate/parity/compare.ts";
import { filePlace, filePlaces, livePlace, stackPlace } from "../../../src/operate/parity/places.ts";
import { parityPage, parityReport } from "../../../src/operate/parity/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { deployed, marked } from "../support/deployed.ts";
import { writtenAt } from "../support/written.ts";

/** Some variables of the credential map, so that a new variable there changes nothing here. */
const { VITE_POSTHOG_KEY, VITE_POSTHOG_HOST, VITE_SENTRY_DSN, VITE_SENTRY_ENVIRONMENT } = environment;
const { POSTHOG_HOST, POSTHOG_FLAGS_KEY, SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_TRACES_SAMPLE_RATE, REDIS_URL } =
  environment;
const table = {
  ...{ VITE_POSTHOG_KEY, VITE_POSTHOG_HOST, VITE_SENTRY_DSN, VITE_SENTRY_ENVIRONMENT },
  ...{ POSTHOG_HOST, POSTHOG_FLAGS_KEY, SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_TRACES_SAMPLE_RATE, REDIS_URL },
};

const examples = (app: App): [string, StoredVariable][] =>
  Object.entries(table)
    .filter(([, variable]) => variable.app === app)
    .map(([name, { visibility, example }]) => [name, { visibility, value: example }]);

const pages = (change: Record<string, StoredVariable | undefined> = {}): VariableStore =>
  placeOf("Pages", "browser", true, change);
const render = (change: Record<string, StoredVariable | undefined> = {}): VariableStore =>
  placeOf("Render", "server", false, change);

function placeOf(
  name: string,
  app: App,
  tellsVisibility: boolean,
  change: Record<string, StoredVariable | undefined>,
): VariableStore {
  const all = { ...Object.fromEntries(examples(app)), ...change };
  const there = Object.entries(all).filter((entry): entry is [string, StoredVariable] => entry[1] !== undefined);
  return { name, apps: [app], variables: new Map(there), complete: true, tellsVisibility };
}

const found = (...places: VariableStore[]): string[] =>
  compareParity(table, places).findings.map(({ variable, place, kind }) => `${variable} ${kind} (${place})`);
const open = (value: string): StoredVariable => ({ visibility: "public", value });

test("variables that are all in their place are fine", () => {
  expect(found(pages(), render())).toEqual([]);
});

describe("what is not as the credential map says is found:", () => {
  test.for<[string, VariableStore[], string[]]>([
    ["missing", [pages({ VITE_SENTRY_DSN: undefined })], ["VITE_SENTRY_DSN missing (Pages)"]],
    ["empty", [pages({ VITE_SENTRY_DSN: open("") })], ["VITE_SENTRY_DSN empty (Pages)"]],
    [
      "of another form",
      [render({ SENTRY_TRACES_SAMPLE_RATE: open("10 %") })],
      ["SENTRY_TRACES_SAMPLE_RATE wrong (Render)"],
    ],
    ["a personal key", [pages({ VITE_POSTHOG_KEY: open("phx_0123456789") })], ["VITE_POSTHOG_KEY wrong (Pages)"]],
    [
      "secret where public is meant",
      [pages({ VITE_SENTRY_DSN: { visibility: "secret", value: undefined } })],
      ["VITE_SENTRY_DSN secret where public is meant (Pages)"],
    ],
    ["mistyped", [pages({ VITE_SENTRY_DNS: open("x") })], ["VITE_SENTRY_DNS extra (Pages)"]],
    [
      "a credential in a variable of nobody, as plain text",
      [pages({ TOOLS_TOKEN: open("sntrys_0123456789abcdef") })],
      ["TOOLS_TOKEN exposed (Pages)"],
    ],
    [
      "a credential that would go into the bundle",
      [placeOf(".env", "browser", false, { VITE_ADMIN: { visibility: "secret", value: "phx_0123456789abcdef" } })],
      ["VITE_ADMIN exposed (.env)"],
    ],
    [
      "another value than in the first place",
      [pages(), placeOf(".env.production", "browser", false, { VITE_POSTHOG_HOST: open("https://eu.i.posthog.com") })],
      ["VITE_POSTHOG_HOST different (.env.production)"],
    ],
  ])("%s", ([, places, expected]) => {
    expect(found(...places)).toEqual(expected);
  });
});

test("one that the stack may do without is missing only where the stack has it, and never in a file", () => {
  const without = { POSTHOG_FLAGS_KEY: undefined };
  const file = { ...placeOf(".env", "server", false, without), isFile: true } as const;
  expect(found(render(without), file)).toEqual([]);
  const digest = { visibility: "secret", value: undefined, digest: "of the key" } as const;
  const stack = { ...render(), complete: false, variables: new Map([["POSTHOG_FLAGS_KEY", digest]]) };
  expect(found(stack, render(without), file)).toEqual(["POSTHOG_FLAGS_KEY missing (Render)"]);
});

test("somebody else's variables are named, and are no fault", () => {
  const { findings, others } = compareParity(table, [pages({ NODE_VERSION: open("20"), POSTHOG_REGION: open("us") })]);
  expect(findings).toEqual([]);
  expect(others).toEqual([{ place: "Pages", names: ["NODE_VERSION", "POSTHOG_REGION"] }]);
});

test("equal values have equal marks, others have others, and the next run has new ones", () => {
  const marks = (): string[] =>
    compareParity(table, [
      pages(),
      placeOf("copy", "browser", false, { VITE_SENTRY_ENVIRONMENT: open("staging") }),
    ]).rows.flatMap(({ variable, cells }) => {
      const all = Object.values(cells).map((cell) => (cell.kind === "set" ? cell.mark : cell.kind));
      return variable.startsWith("VITE_") ? [all.join(new Set(all).size === 1 ? "=" : "≠")] : [];
    });
  const [first, second] = [marks(), marks()];
  expect(first.map((text) => /[=≠]/.exec(text)?.[0])).toEqual(["=", "=", "=", "≠"]);
  expect(first).not.toEqual(second);
});

test("whatever the values are, none of them is in the report", () => {
  const value = fc.string({ minLength: 9, maxLength: 60 }).filter((text) => !/^\s*$/.test(text));
  fc.assert(
    fc.property(fc.array(value, { minLength: 10, maxLength: 10 }), (values) => {
      const names = Object.keys(table);
      const change = Object.fromEntries(names.map((name, i) => [name, open(`§${values[i]}§`)]));
      const parity = compareParity(table, [pages(change), render(change), placeOf("file", "server", false, {})]);
      const report = parityReport("production", parity, []);
      const shown = JSON.stringify(report) + markdown(parityPage(report));
      expect(shown).not.toContain("§");
    }),
    { numRuns: 50 },
  );
});

test("a file is read as dotenv reads it, and is to have the variables of the apps that it is of", () => {
  using folder = temporaryFolder("brandvx-env-");
  writeFileSync(
    join(folder.path, ".env"),
    `# the backend\nPOSTHOG_HOST="https://us.i.posthog.com"\nexport SENTRY_ENVIRONMENT=production\n`,
  );
  const place = filePlace(".env", folder.path);
  expect(place.apps).toEqual(["server"]);
  expect(place.variables.get("POSTHOG_HOST")?.value).toBe("https://us.i.posthog.com");
  expect(found(place)).toContain("REDIS_URL missing (.env)");
  expect(found(place)).not.toContain("VITE_POSTHOG_KEY missing (.env)");
  expect(() => filePlace(".env.nowhere", folder.path)).toThrow("there is no file .env.nowhere");
});

test("files of one name in two folders are two places, a file that is named twice is one, and a fix names its file", () => {
  using folder = temporaryFolder("brandvx-env-");
  for (const app of ["backend", "worker"]) mkdirSync(join(folder.path, app));
  writeFileSync(join(folder.path, "backend/.env"), "SENTRY_ENVIRONMENT=production\n");
  writeFileSync(join(folder.path, "worker/.env"), "SENTRY_ENVIRONMENT=staging\n");
  writeFileSync(join(folder.path, "secrets"), "SENTRY_ENVIRONMENT=\n");
  const inner = join(folder.path, "backend");
  const places = filePlaces(
    [".env", "./.env", "../worker/.env", "../secrets", join(folder.path, "worker/.env")],
    inner,
  );
  expect(places.map(({ name }) => name)).toEqual([".env", join(folder.path, "worker/.env"), "../secrets"]);
  const both = filePlaces(["backend/.env", "worker/.env", "secrets"], folder.path);
  const parity = compareParity(table, both);
  const row = parity.rows.find(({ variable }) => variable === "SENTRY_ENVIRONMENT");
  expect(Object.keys(row?.cells ?? {})).toEqual(["backend/.env", "worker/.env", "secrets"]);
  const shown = markdown(parityPage(parityReport("production", parity, [])));
  expect(shown).toContain("correct it in secrets");
  expect(shown).not.toContain("pulumi up");
  expect(() => filePlaces(["backend"], folder.path)).toThrow("backend cannot be read (EISDIR)");
});

test("live places are read from their vendors, and a report of them shows no secret", async () => {
  await using at = await deployed();
  await at.setPages("VITE_SENTRY_DSN", { type: "secret_text", value: "https://hidden@o1.ingest.sentry.io/1" });
  await at.setRender("SENTRY_ENVIRONMENT", "staging");
  const apps = await liveVariables(at.access);
  const written = writtenAt(at);
  const parity = compareParity(
    environment,
    [stackPlace(at.access, at.dsns, written), livePlace(apps.browser), livePlace(apps.server)],
    written.digest,
  );
  expect(parity.findings.map(({ variable, kind, place }) => `${variable} ${kind} (${place})`)).toEqual([
    "VITE_SENTRY_DSN secret where public is meant (Pages project operator-ui)",
    "SENTRY_ENVIRONMENT different (Render service srv-backend)",
  ]);
  const shown = markdown(parityPage(parityReport("production", parity, [])));
  for (const secret of [...Object.values(marked), at.dsns.server, "hidden"]) expect(shown).not.toContain(secret);
});

test("a place that cannot be read is told as such", async () => {
  await using at = await deployed();
  at.render.faults.add({ match: {}, times: "always", effect: { kind: "status", status: 401 } });
  const { server } = await liveVariables(at.access);
  expect(whyNotKnown(server)?.what).toContain("RENDER_API_KEY");
  const { browser } = await liveVariables({ ...at.access, keys: { ...at.access.keys, cloudflare: undefined } });
  expect(whyNotKnown(browser)).toMatchObject({
    what: "there is no key for Cloudflare",
    fix: expect.stringContaining("CLOUDFLARE_API_TOKEN"),
  });
});
