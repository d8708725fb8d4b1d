import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PostHog, type PostHogOptions } from "posthog-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { flagFilters } from "../../../../src/catalog/flag.ts";
import { flags as catalogFlags } from "../../../../src/catalog/flags.ts";
import { randomOf } from "../../../../src/local/traffic/story/random.ts";
import { evaluateFlag } from "../../../../src/model/posthog/flags/evaluate.ts";
import type { Flag, FlagProperty } from "../../../../src/model/posthog/flags/filters.ts";
import { randomFlag, randomPerson } from "../../../model/flags/random.ts";
import { chromiumPath, launchChromium } from "../../../support/chromium.ts";
import { serveFolder } from "../../../support/serve-folder.ts";
import { temporaryFolder } from "../../../support/temporary.ts";
import { type Client, posthog } from "./client.ts";

/*
 * PostHog's own SDKs, unchanged, against the twin, and the evaluator: for the catalog's flags and for random ones.
 */

const random = randomOf("flags of the twin");
const flagCount = 400;

interface Person {
  readonly distinctId: string;
  readonly properties: Record<string, unknown>;
}

const persons: readonly Person[] = Array.from({ length: 20 }, (_, number) => ({
  distinctId: `person-${number}`,
  // The last two are what the catalog's own flags ask for.
  properties: { ...randomPerson(random), internal: random.chance(0.3), onboarded: random.chance(0.5) },
}));

const own: readonly Flag[] = Object.entries(catalogFlags).map(([key, flag]) => ({
  ...{ key, active: true, filters: flagFilters(flag) },
}));
const randomFlags: readonly Flag[] = Array.from({ length: flagCount }, (_, i) => randomFlag(`flag-${i}`, random));

/** A twin with the flags that PostHog takes, and what it keeps of them. */
async function withFlags(): Promise<{ client: Client; flags: readonly Flag[] }> {
  const client = await posthog();
  const flags: Flag[] = [];
  for (const flag of [...own, ...randomFlags]) {
    const { status, body } = await client.post("feature_flags/", { ...flag });
    if (status === 201) flags.push({ ...flag, filters: body.filters });
  }
  expect(flags.length).toBeGreaterThan(flagCount / 2);
  expect(flags.slice(0, own.length).map(({ key }) => key)).toEqual(own.map(({ key }) => key));
  return { client, flags };
}

function sdk({ twin }: Client, options: PostHogOptions = {}): PostHog {
  // It lists the flags that need PostHog.
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const node = new PostHog(twin.projectKey, { host: twin.url, flushInterval: 0, ...options });
  onTestFinished(async () => {
    warn.mockRestore();
    await node.shutdown();
  });
  return node;
}

type Value = boolean | string | undefined;

/** By the evaluator; undefined where only PostHog can say. */
function evaluated(flag: Flag, { distinctId, properties }: Person): Value {
  const found = evaluateFlag(flag, { distinctId, properties: { distinct_id: distinctId, ...properties } }, Date.now());
  return "value" in found ? found.value : undefined;
}

const isNumber = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));
const isDay = (value: unknown): boolean => typeof value === "string" && /^20\d\d-\d\d-\d\d/.test(value);

/**
 * Where PostHog's servers read a condition otherwise than its SDKs, and so than the evaluator:
 * - greater and less: they compare numbers alone, the SDKs also compare what is none, as texts;
 * - contains, begins, ends, pattern: with a value that is no text, the SDKs take it as one, the servers find nothing;
 * - dates: JavaScript reads "2" and "1.02.3" as dates, the servers do not;
 * - versions: the SDKs count a pre-release as its release, the servers put it before that.
 * Catalogs cannot write these: `FlagConditions` has numbers for numbers and texts for texts (src/catalog/flag.ts).
 */
function isReadOtherwise({ key, operator, value }: FlagProperty, person: Readonly<Record<string, unknown>>): boolean {
  const name = (operator ?? "exact").replace(/^not_/, "");
  const both = [value, person[key]];
  if (/^[gl]te?$/.test(name)) return !both.every(isNumber);
  if (/^(?:icontains|starts_with|ends_with|regex)$/.test(name)) return typeof value !== "string";
  if (name.startsWith("is_date")) return !isDay(person[key]);
  return name.startsWith("semver") && both.some((one) => /[-+]/.test(String(one)));
}

const isTheSameThere = ({ filters }: Flag, { properties }: Person): boolean =>
  !(filters.groups ?? []).some((set) => (set.properties ?? []).some((one) => isReadOtherwise(one, properties)));

/** What an SDK that asks the twin has for each flag is what the evaluator says, where it can say. */
function expectAsEvaluated(flags: readonly Flag[], person: Person, there: (key: string) => unknown): Value[] {
  const decided = flags.filter((flag) => evaluated(flag, person) !== undefined && isTheSameThere(flag, person));
  const ours = decided.map((flag) => [flag.key, evaluated(flag, person)]);
  expect(decided.map(({ key }) => [key, there(key)])).toEqual(ours);
  return decided.map((flag) => evaluated(flag, person));
}

/** A generator that makes one kind of answer alone would show nothing. */
function expectAllKinds(values: readonly Value[], kinds: readonly Value[]): void {
  for (const kind of kinds) expect(values.filter((value) => value === kind).length, String(kind)).toBeGreaterThan(40);
}

test("posthog-node evaluates the twin's flags by itself as the evaluator does, with the project's secret key", async () => {
  const { client, flags } = await withFlags();
  const node = sdk(client, { secretKey: client.twin.secretKey });
  expect(await node.waitForLocalEvaluationReady(10_000)).toBe(true);
  const values: Value[] = [];
  for (const person of persons) {
    const { distinctId, properties } = person;
    const found = await node.evaluateFlags(distinctId, {
      personProperties: properties as Record<string, string>,
      onlyEvaluateLocally: true,
    });
    const theirs = flags.map(({ key }) => [key, found.getFlag(key, { sendFeatureFlagEvents: false })]);
    expect(theirs).toEqual(flags.map((flag) => [flag.key, evaluated(flag, person)]));
    values.push(...flags.map((flag) => evaluated(flag, person)));
  }
  expectAllKinds(values, [true, false, "a", "b", undefined]);
  expect(client.twin.requests.all().filter(({ path }) => path.startsWith("/flags/?"))).toEqual([]);
}, 60_000);

test("posthog-node that asks the twin for each person has what the evaluator says", async () => {
  const { client, flags } = await withFlags();
  const node = sdk(client);
  const values: Value[] = [];
  for (const person of persons) {
    const { distinctId, properties } = person;
    const found = await node.evaluateFlags(distinctId, { personProperties: properties as Record<string, string> });
    values.push(...expectAsEvaluated(flags, person, (key) => found.getFlag(key, { sendFeatureFlagEvents: false })));
  }
  expectAllKinds(values, [true, false, "a", "b"]);
}, 60_000);

test("posthog-js in a browser has what the evaluator says", async (context) => {
  if (!chromiumPath) return context.skip();
  const { client, flags } = await withFlags();
  const folder = temporaryFolder("posthog-js-");
  onTestFinished(() => folder[Symbol.dispose]());
  const library = fileURLToPath(import.meta.resolve("posthog-js/dist/module.no-external.js"));
  await copyFile(library, join(folder.path, "posthog.js"));
  const page =
    '<!doctype html><script type="module">import posthog from "/posthog.js"; window.posthog = posthog;</script>';
  await writeFile(join(folder.path, "index.html"), page);
  const url = await serveFolder(folder.path, onTestFinished);
  const browser = await launchChromium(onTestFinished);
  const tab = await browser.newPage();
  const values: Value[] = [];
  for (const person of persons) {
    // posthog-js remembers for a project, not for a person.
    await tab.goto(url);
    await tab.waitForFunction("window.posthog");
    const there = await tab.evaluate(valuesInBrowser, {
      ...{ person, host: client.twin.url, key: client.twin.projectKey, flags: flags.map(({ key }) => key) },
    });
    values.push(...expectAsEvaluated(flags, person, (key) => there[key]));
  }
  expectAllKinds(values, [true, false, "a", "b"]);
}, 120_000);

interface Asked {
  readonly person: Person;
  readonly host: string;
  readonly key: string;
  readonly flags: readonly string[];
}

/** Runs in the page: posthog-js gets all flags with one request. */
function valuesInBrowser({ person, host, key, flags: names }: Asked): Promise<Record<string, unknown>> {
  const { posthog } = globalThis as unknown as { posthog: typeof import("posthog-js").default };
  return new Promise((resolve) => {
    posthog.init(key, {
      api_host: host,
      persistence: "memory",
      autocapture: false,
      capture_pageview: false,
      disable_session_recording: true,
      advanced_disable_feature_flags_on_first_load: true,
      bootstrap: { distinctID: person.distinctId, isIdentifiedID: true },
      loaded(one) {
        one.setPersonPropertiesForFlags(person.properties, false);
        one.onFeatureFlags(() =>
          resolve(Object.fromEntries(names.map((name) => [name, one.getFeatureFlag(name, { send_event: false })]))),
        );
        one.reloadFeatureFlags();
      },
    });
  });
}
