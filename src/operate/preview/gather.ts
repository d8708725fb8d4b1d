import { resolve } from "node:path";
import type { Catalog } from "../../catalog/event.ts";
import { catalogFacts } from "../../catalog/facts.ts";
import { Once } from "../../resources/kernel/batched.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { type Access, readAccess } from "../access/access.ts";
import { whatKeysMayNot } from "../access/reading.ts";
import { loadCatalog, loadDefinitions, loadFlags } from "../catalog/definitions.ts";
import { type DashboardChange, dashboardChanges } from "../changes/dashboards.ts";
import type { CountOf } from "../changes/flags/people.ts";
import { Failure, isFailure } from "../command/failure.ts";
import { allSettled, unlessAborted } from "../command/interrupted.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { driftReport } from "../drift/report.ts";
import { liveNumbers } from "../pictures/live.ts";
import { withLosses } from "../pictures/lost.ts";
import type { Numbers } from "../pictures/numbers.ts";
import { withSamplesOf } from "../pictures/samples.ts";
import type { Plan } from "../plan/plan.ts";
import { planRefresh, planStack } from "../stack/plans.ts";
import { findProject } from "../stack/project.ts";
import type { Stack } from "../stack/stack.ts";
import { atCommit, baseCommit, bothCatalogs } from "./base.ts";
import { planBetween } from "./definitions-plan.ts";
import { countPeople } from "./people.ts";
import { type Pictures, type PreviewReport, previewReport } from "./report.ts";

/** Options of a report. */
export interface Gathering {
  readonly base?: string;
  readonly drift?: true;
  readonly savePlan?: string;
  readonly pictures?: string;
  readonly picturesUrl?: string;
  readonly live?: true;
}

/** Additional time for pictures after Pulumi has finished; the report names what is not drawn by then. */
const pictureBudgetMs = 3000;

/** Reports what an `up` of a stack would do. */
export async function ofStack(stack: Stack, options: Gathering, surroundings: Surroundings): Promise<PreviewReport> {
  const { progress, env } = surroundings;
  progress(`Asking Pulumi what would change on ${stack.name} …`);
  const simulatedNow = (): Promise<Numbers> => simulated(() => loadCatalog(stack.project.folder));
  // Pulumi runs in its own process, so the events can be simulated meanwhile.
  const access = new Once(() => readAccess(stack));
  const [plan, catalogs, numbers, unverified] = await allSettled([
    planStack(stack, options.savePlan && resolve(surroundings.cwd, options.savePlan)),
    bothCatalogs(stack.project.folder, { wanted: options.base, env }),
    numbersFor(options, simulatedNow, async () => liveNumbers(await access.get())),
    unlessAborted(stack.signal, unverifiedBy(access, stack.env)),
  ]);
  const { before, after } = catalogs ?? { before: {}, after: {} };
  const isNew = (event: string): boolean => event in after && !(event in before);
  const looks = options.drift && plan.errors.length === 0;
  const drift = looks ? driftReport(stack.name, { live: await planRefresh(stack) }) : undefined;
  const drawnWith =
    options.live && numbers && "numbers" in numbers
      ? { numbers: withSamplesOf(isNew, numbers.numbers, simulatedNow) }
      : numbers;
  const countOf = plan.errors.length > 0 ? undefined : await countPeople(plan.changes, access, surroundings);
  return withPictures(plan, drawnWith, options, surroundings, (more) =>
    previewReport({ stack: stack.name, plan, drift, catalogs, unverified, countOf, ...more }),
  );
}

/** Wrong settings make the preview itself fail, and its report lists them. */
async function unverifiedBy(access: Once<Access>, env: Stack["env"]): Promise<string[]> {
  try {
    return await whatKeysMayNot(await access.get(), env);
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

/** Reports what a branch changes in the definitions, without a stack. */
export async function ofDefinitions(options: Gathering, surroundings: Surroundings): Promise<PreviewReport> {
  const { cwd, env } = surroundings;
  const { folder } = findProject(cwd);
  const commit = await baseCommit(folder, { wanted: options.base, env });
  if (commit === undefined) {
    throw new Failure("there is no commit to compare the definitions with", {
      fix: "name one with --base; in GitHub Actions let actions/checkout fetch the history (fetch-depth: 0)",
    });
  }
  const load = async (place: string) => ({ ...(await loadDefinitions(place)), flags: await loadFlags(place) });
  const [after, numbers] = await Promise.all([
    load(folder),
    numbersFor(options, () => simulated(() => loadCatalog(folder)), undefined),
  ]);
  const before = await atCommit(folder, commit, load);
  const plan = planBetween(before, after);
  const countOf: CountOf = () => ({ unknown: "without a stack nobody asks PostHog" });
  const catalogs = { before: catalogFacts(before.catalog), after: catalogFacts(after.catalog) };
  return withPictures(plan, numbers, options, surroundings, (more) =>
    previewReport({ stack: "definitions", plan, catalogs, countOf, ...more }),
  );
}

/** The numbers for pictures, or why there are none; the report is made in either case. */
type Asked = { readonly numbers: Numbers } | { readonly problem: string };

/** Undefined: no pictures were requested. */
async function numbersFor(
  { pictures, live }: Gathering,
  simulatedNow: () => Promise<Numbers>,
  ask: (() => Promise<Numbers>) | undefined,
): Promise<Asked | undefined> {
  if (pictures === undefined) return undefined;
  try {
    if (live && ask) return { numbers: await ask() };
    return { numbers: await simulatedNow() };
  } catch (error) {
    return { problem: whyNot(error) };
  }
}

/** Loaded on demand, since it is large. */
async function simulated(catalog: () => Promise<Catalog>): Promise<Numbers> {
  const [{ simulatedNumbers }, events] = await Promise.all([import("../pictures/simulated.ts"), catalog()]);
  return simulatedNumbers(Date.now(), events);
}

/** Why there is no picture; rethrows our own bugs. */
function whyNot(error: unknown): string {
  if (isFailure(error) || isVendorError(error)) return error.message;
  throw error;
}

interface More {
  readonly dashboards?: readonly DashboardChange[];
  readonly pictures?: Pictures;
}

async function withPictures(
  plan: Plan,
  asked: Asked | undefined,
  { pictures, picturesUrl }: Gathering,
  { cwd, env, progress, signal }: Surroundings,
  report: (more: More) => PreviewReport,
): Promise<PreviewReport> {
  if (!asked || pictures === undefined) return report({});
  const place = { folder: pictures, url: picturesUrl, runUrl: runUrlOf(env) };
  if ("problem" in asked) return report({ pictures: { ...place, drawn: [], problem: asked.problem } });
  const { numbers } = asked;
  try {
    progress(`Drawing, with ${numbers.source} …`);
    const { drawChanges } = await import("../pictures/draw.ts");
    const folder = resolve(cwd, pictures);
    const changes = dashboardChanges(plan.changes);
    const drawing = drawChanges(changes, { folder, numbers, budgetMs: pictureBudgetMs, now: Date.now });
    const drawn = await unlessAborted(signal, drawing);
    const counting = Promise.all(changes.slice(0, drawn.length).map((change) => withLosses(change, numbers)));
    const known = await unlessAborted(signal, counting);
    return report({
      dashboards: [...known, ...changes.slice(drawn.length)],
      pictures: { ...place, drawn },
    });
  } catch (error) {
    signal.throwIfAborted();
    return report({ pictures: { ...place, drawn: [], problem: whyNot(error) } });
  } finally {
    await numbers.close();
  }
}

/** Address of this GitHub run, which lists its uploaded artifacts. */
const runUrlOf = ({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: run,
}: Surroundings["env"]) => (server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined);
