import { Ajv } from "ajv";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type InsightAlertDefinition, insightAlertFindings } from "../../src/alerts/posthog/index.ts";
import { events } from "../../src/catalog/events.ts";
import { definitionFindings } from "../../src/insights/define/index.ts";
import { isNotEvaluable, isQueryRejected } from "../../src/insights/evaluate/index.ts";
import { readQuery } from "../../src/insights/evaluate/read/query.ts";
import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { dashboardInputs } from "../../src/resources/posthog/dashboard/inputs.ts";
import { dashboardProvider } from "../../src/resources/posthog/dashboard/provider.ts";
import { insightAlertInputs } from "../../src/resources/posthog/insight-alert/inputs.ts";
import { insightAlertProvider } from "../../src/resources/posthog/insight-alert/provider.ts";
import { PostHogConnections } from "../../src/resources/posthog/settings.ts";
import { httpClient } from "../local/twins/http-client.ts";
import { fastClock } from "../resources/fast-clock.ts";
import { readFixture } from "../vendors/openapi.ts";
import { anyDefinition, type Definition } from "./any-definition.ts";

/*
 * Compares four readers on whole definitions, correct and wrong ones: dashboards of every kind of tile, with alerts.
 * The readers are the check that runs first, the resources' own schema, the evaluator, and the local PostHog, which was
 * written independently from PostHog's sources; the providers send it the definition, and it then answers each tile's
 * query. What the check accepts, all readers must accept. What only the check refuses is listed below, with the readers
 * that accept it and the reason; anything else fails.
 */

type Reader = "schema" | "evaluator" | "PostHog";

interface Exception {
  /** Matches the check's message. */
  readonly problem: RegExp;
  readonly takenBy: readonly Reader[];
  readonly reason: string;
}

const isQuery = new Ajv({ strict: false }).compile({
  ...readFixture("posthog-schema"),
  $ref: "#/definitions/InsightQuery",
});
const clock = fastClock(1000);
const twin = await startPosthogTwin({
  now: () => new Date(clock.now()),
  evaluate: () => ({ results: [] }),
  // PostHog's own schema, with which its server validates an insight's query.
  validateQuery: (query) =>
    isQuery(query) ? null : `${isQuery.errors?.[0]?.instancePath} ${isQuery.errors?.[0]?.message}`,
});
const client = httpClient(twin.url, { Authorization: `Bearer ${twin.personalApiKey}` });
afterAll(() => twin.stop());

/** Providers as in a new process: within one process, the error of an earlier definition is not repeated. */
function startedProviders() {
  const config: Record<string, string> = { "posthog:host": twin.url, "posthog:personalApiKey": twin.personalApiKey };
  const get = (key: string) => config[key];
  const connections = new PostHogConnections({ clock, progress: () => {} });
  const providers = { dashboard: dashboardProvider(connections), alert: insightAlertProvider(connections) };
  for (const provider of Object.values(providers))
    void provider.configure?.({ config: { get, require: (key: string) => get(key) ?? "" } });
  return providers;
}

let definitions = 0;

/** The tile as the program passes it to the resource. */
const inputsOf = ({ dashboard }: Definition) => ({
  projectId: twin.projectId,
  managedBy: `brandvx/test/${dashboard.key}`,
  ...dashboard,
});

const alertInputsOf = (alert: InsightAlertDefinition, dashboardId: string) => {
  const { tileKey, tileTitle, line, conversion, name, when, check, because, notify } = alert;
  const watched = {
    projectId: twin.projectId,
    dashboardId,
    tileKey,
    tileTitle,
    line,
    ...(conversion ? { conversion } : {}),
  };
  return { ...watched, name, when, check, because, owner: notify[0], subscribers: [], enabled: true };
};

const queriesOf = ({ dashboard }: Definition) =>
  Object.values(dashboard.tiles).flatMap(({ kind, query }) => (kind === "insight" ? [query] : []));

/** The objections of each reader to a definition; empty when it accepts it. */
const readers: Readonly<Record<Reader, (definition: Definition) => string[] | Promise<string[]>>> = {
  schema(definition) {
    const read = [
      dashboardInputs.safeParse(inputsOf(definition)),
      ...definition.alerts.map((alert) => insightAlertInputs.safeParse(alertInputsOf(alert, "1"))),
    ];
    return read.flatMap(({ error }) => error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? []);
  },

  evaluator: (definition) =>
    queriesOf(definition).flatMap((query) => {
      try {
        readQuery(query, { testAccountFilters: [] } as never);
      } catch (error) {
        // A query that PostHog can answer and the table of events cannot is not one that PostHog refuses.
        if (isNotEvaluable(error)) return [];
        if (isQueryRejected(error)) return [error.message];
        throw error;
      }
      return [];
    }),

  async PostHog(definition) {
    const providers = startedProviders();
    const refusals: string[] = [];
    const sent = async <Made>(send: () => Promise<Made>): Promise<Made | undefined> => {
      try {
        return await send();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // Only a vendor's answer, or a provider's finding there, is a refusal; a bug in the code is not.
        if (!/answered (?:400|500)|the same error as another|has no insight|has several insights/.test(message))
          throw error;
        refusals.push(message);
        return undefined;
      }
    };
    // A separate dashboard in each case: an equal one would be found and changed.
    definitions += 1;
    const inputs = { ...inputsOf(definition), managedBy: `brandvx/test/${definitions}` };
    const made = await sent(() => providers.dashboard.create(inputs));
    if (made)
      for (const alert of definition.alerts)
        await sent(() => providers.alert.create(alertInputsOf(alert, String(made.id))));
    for (const query of queriesOf(definition)) {
      const { status, body } = await client.post(`/api/projects/${twin.projectId}/query/`, { query });
      if (status !== 200) refusals.push(String(body.detail));
    }
    if (made) await providers.dashboard.delete?.(String(made.id), { ...inputs, ...made.outs });
    return refusals;
  },
};

const check = ({ dashboard, alerts }: Definition): string[] => {
  const dashboards = [dashboard as never];
  return [...definitionFindings(dashboards, events), ...insightAlertFindings(alerts, dashboards)].map(
    ({ problem }) => problem,
  );
};

const both = ["evaluator", "PostHog"] as const;

const exceptions: readonly Exception[] = [
  {
    problem: /^the dashboard key |^has the key |^is on the tile .+ as .+ is$|^is the name of two alerts$/,
    takenBy: both,
    reason:
      "keys and names are what a stack finds its resources by: PostHog is not sent the ones, and does not mind the others",
  },
  {
    problem: /^its \w+ is empty$|^it has no tiles$|^has no (?:name|`because`)$|^tells nobody$/,
    takenBy: both,
    reason: "PostHog shows nothing where nothing is written, and whoever reads it is left without",
  },
  {
    problem: /^its place has |^it ends at column |^it lies over tile /,
    takenBy: both,
    reason: "PostHog stores a place as it is given; its app then draws the tiles somewhere else",
  },
  {
    problem: /^its \w+ (?:has \d+ characters|holds )|^has a name that /,
    takenBy: ["evaluator"],
    reason: "words are stored, not evaluated",
  },
  {
    problem: /is not in the catalog$|is not a property of |is a property of no(?:ne|) /,
    takenBy: both,
    reason: "the catalog is this project's: PostHog answers 0 for what nobody sends",
  },
  {
    problem: / lacks its property, PostHog would silently count events$/,
    takenBy: both,
    reason: "PostHog answers, with another number than the title says",
  },
  {
    problem: /^a formula is empty$|^the formula /,
    takenBy: ["PostHog"],
    reason: "PostHog reads a formula when it has numbers to calculate with: the local one leaves it to the evaluator",
  },
  {
    problem: /^the time .+ is not one that PostHog reads$/,
    takenBy: both,
    reason: "a time is read when the question is asked, by a clock",
  },
  {
    problem:
      /^PostHog's funnels do not read the list breakdowns$|^the breakdown shows |^the window is |^the histogram has /,
    takenBy: both,
    reason: "PostHog passes over it, or corrects it, and answers something else",
  },
  {
    problem: /^the goal line |^fires /,
    takenBy: both,
    reason: "PostHog compares numbers, whatever unit or sense they have",
  },
  {
    problem: /^is looked at /,
    takenBy: both,
    reason: "PostHog looks as often as it is told, and at the last interval alone",
  },
  {
    problem: /^is on the tile .+, which does not exist$/,
    takenBy: both,
    reason: "an alert finds its chart by the title, which a tile of another key may have",
  },
  {
    problem: /^is on a line |^is on the tile .+, which PostHog cannot watch$/,
    takenBy: ["evaluator"],
    reason: "an alert is no question",
  },
];

/** What the check accepts and PostHog does not. */
const takenByTheCheck: readonly { readonly refusal: RegExp; readonly reason: string }[] = [
  {
    refusal: /trendsFilter\/display must be equal to one of the allowed values/,
    reason:
      "a way to draw that is not known here may be a new one of PostHog's: a dashboard that was made by hand has it",
  },
];

test("what the check takes, everybody takes; what it alone refuses is listed with its reason", async () => {
  const seen = { taken: 0, refused: 0 };
  const numRuns = 120;
  await fc.assert(
    fc.asyncProperty(anyDefinition, async (one) => {
      const problems = check(one);
      seen[problems.length > 0 ? "refused" : "taken"] += 1;
      for (const [name, read] of Object.entries(readers) as [Reader, (typeof readers)[Reader]][]) {
        const refusals = await read(one);
        const unlisted = refusals.filter((each) => !takenByTheCheck.some(({ refusal }) => refusal.test(each)));
        if (problems.length === 0 && unlisted.length > 0) throw new Error(`${name} alone refuses it: ${unlisted}`);
        // The schema runs after the check, and validates shapes only.
        if (refusals.length > 0 || name === "schema") continue;
        const isListed = (problem: string) =>
          exceptions.some((each) => each.takenBy.includes(name) && each.problem.test(problem));
        const [found] = problems.filter((problem) => !isListed(problem));
        if (found) throw new Error(`the check alone refuses it, and ${name} takes it: ${found}`);
      }
    }),
    { numRuns },
  );
  // If all definitions were good, or all bad, the test would compare nothing.
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(numRuns / 12);
}, 120_000);

test("each exception is one that the check finds", () => {
  const found = new Set(fc.sample(anyDefinition, 2000).flatMap(check));
  const isFound = ({ problem }: Exception) => [...found].some((each) => problem.test(each));
  expect(exceptions.filter((each) => !isFound(each)).map(({ problem }) => problem)).toEqual([]);
});
