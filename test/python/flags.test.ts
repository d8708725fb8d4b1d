import { createServer } from "node:http";
import { execa } from "execa";
import { describe, expect, onTestFinished, test } from "vitest";
import { ensurePython, type Versions } from "../../src/local/python.ts";
import { type Evaluation, evaluateFlag } from "../../src/model/posthog/flags/evaluate.ts";
import { posthog } from "../local/twins/posthog/client.ts";
import { type FlagCase, randomCases } from "./random-flags.ts";

/*
 * posthog-python, unchanged, in the versions that the package supports: it evaluates flags as our evaluator does, by their
 * definitions and by the local PostHog's answers.
 */

const newest = await ensurePython();

/** Reads cases from its input, and answers with posthog-python's value of each; null where it has none. */
const program = `
import json, logging, sys
from posthog import Posthog
logging.disable()
host, key, secret, how = sys.argv[1:5]
client = Posthog(key, host=host, secret_key=secret or None, sync_mode=True, before_send=lambda _: None, enable_local_evaluation=False)
if secret:
    client.load_feature_flags()
values = []
for case in json.load(sys.stdin):
    given = {"person_properties": case["properties"], "flag_keys_to_evaluate": [case["key"]]}
    found = client.get_all_flags(case["distinctId"], only_evaluate_locally=how == "locally", **given) or {}
    values.append(found.get(case["key"]))
print(json.dumps(values))
`;

interface Source {
  readonly host: string;
  readonly key: string;
  readonly secret?: string;
}

async function valuesOf(cases: readonly FlagCase[], versions: Versions, source: Source, how: "locally" | "remotely") {
  const environment = await ensurePython(() => {}, versions);
  if ("missing" in environment) throw new Error(environment.missing);
  const input = cases.map(({ flag, distinctId, properties }) => ({ key: flag.key, distinctId, properties }));
  const { stdout } = await execa(
    environment.python,
    ["-c", program, source.host, source.key, source.secret ?? "", how],
    {
      input: JSON.stringify(input),
      maxBuffer: 100_000_000,
    },
  );
  return JSON.parse(stdout) as (boolean | string | null)[];
}

/** PostHog's endpoint for definitions with these ones. */
async function serving(cases: readonly FlagCase[]): Promise<Source> {
  const body = JSON.stringify({
    flags: cases.map(({ flag }, id) => ({ ...flag, id, name: "" })),
    group_type_mapping: {},
    cohorts: {},
  });
  const server = createServer((_, response) => response.setHeader("content-type", "application/json").end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    host: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    key: "phc_test",
    secret: "phs_x",
  };
}

const evaluated = ({ flag, distinctId, properties }: FlagCase): Evaluation =>
  evaluateFlag(flag, { distinctId, properties: { distinct_id: distinctId, ...properties } }, Date.now());

/** Our value as the program prints it: null where it cannot be determined without PostHog. */
const ours = (one: FlagCase) => {
  const found = evaluated(one);
  return "value" in found ? found.value : null;
};

/**
 * The oldest version has no value as soon as one property is not given, also where another condition already says no: the
 * helper then asks PostHog. Never does it have another value.
 */
const mayLack = ({ flag, properties }: FlagCase, versions: Versions): boolean =>
  versions === "oldest" &&
  (flag.filters.groups ?? []).some((set) => set.properties?.some(({ key }) => !Object.hasOwn(properties, key)));

const differences = (cases: readonly FlagCase[], theirs: readonly unknown[], versions: Versions) =>
  cases.flatMap((one, index) =>
    ours(one) === theirs[index] || (theirs[index] === null && mayLack(one, versions))
      ? []
      : [{ ours: evaluated(one), theirs: theirs[index], ...one }],
  );

describe.skipIf("missing" in newest)("posthog-python gives the evaluator's values", () => {
  test.each(["newest", "oldest"] as const)(
    "of 5,000 random flags of the catalog's kinds, in its %s version",
    async (versions) => {
      const cases = randomCases(5_000);
      const theirs = await valuesOf(cases, versions, await serving(cases), "locally");
      expect(differences(cases, theirs, versions)).toEqual([]);
      // A generator that only makes one kind of answer would show nothing.
      for (const value of [true, false, null, "a", "b", "full", "short"])
        expect(theirs.filter((one) => one === value).length, String(value)).toBeGreaterThan(20);
    },
    240_000,
  );

  test.each(["newest", "oldest"] as const)(
    "from the local PostHog, in its %s version",
    async (versions) => {
      const client = await posthog();
      const cases = randomCases(400);
      for (const [key, { active, filters }] of new Map(cases.map(({ flag }) => [flag.key, flag]))) {
        const made = await client.post("feature_flags/", { key, active, filters });
        expect(made.status, JSON.stringify(filters)).toBe(201);
      }
      const source = { host: client.twin.url, key: client.twin.projectKey };
      const here = await valuesOf(cases, versions, { ...source, secret: client.twin.secretKey }, "locally");
      expect(differences(cases, here, versions)).toEqual([]);
      const asked = await valuesOf(cases, versions, source, "remotely");
      const known = cases.flatMap((one, index) => (ours(one) === null ? [] : [{ one, value: asked[index] }]));
      expect(
        differences(
          known.map(({ one }) => one),
          known.map(({ value }) => value),
          versions,
        ),
      ).toEqual([]);
      // What the SDK cannot evaluate, because a property is not given, PostHog answers by what it knows of the person.
      const undetermined = cases.flatMap((one, index) => (ours(one) === null ? [asked[index]] : []));
      expect(undetermined.length).toBeGreaterThan(20);
      expect(undetermined).not.toContain(null);
    },
    240_000,
  );
});
