import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Owner, owners } from "../../catalog/owners.ts";
import * as define from "../../insights/define/index.ts";
import { type DashboardDefinition, definitionFindings } from "../../insights/define/index.ts";
import { keyPattern } from "../../model/text.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { adoptDashboard } from "../../resources/posthog/dashboard/adopt.ts";
import type { DashboardState } from "../../resources/posthog/dashboard/inputs.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { type Access, readAccess } from "../access/access.ts";
import { readState } from "../access/state.ts";
import { type Definitions, loadDefinitions } from "../catalog/definitions.ts";
import { titleOf } from "../changes/tiles.ts";
import { Failure } from "../command/failure.ts";
import type { Surroundings } from "../command/surroundings.ts";
import type { Resource } from "../plan/plan.ts";
import type { Stack } from "../stack/stack.ts";
import { adopt, plannedDashboard, refreshDifferences } from "./adopt.ts";
import { type ImportedDefinition, writeDefinition } from "./definition.ts";
import { Files, requireCommitted } from "./files.ts";
import { askedFor, gapsIn, posthogDescriptions } from "./gaps.ts";
import { keepLive, keptSource } from "./keep.ts";
import { constantOf, slugOf, uniqueKeys } from "./keys.ts";
import { postHogOf, readLive } from "./live.ts";
import { ownership, takenInsights } from "./ownership.ts";
import type { ImportReport } from "./report.ts";
import { dashboardSource } from "./source/file.ts";
import { formatted } from "./source/format.ts";
import { dashboardId } from "./target.ts";

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly key?: string;
  readonly owner?: Owner;
}

/** Input of an import. */
interface Task {
  readonly stack: Stack;
  readonly access: Access;
  readonly definitions: Definitions;
  readonly state: readonly Resource[];
  readonly id: string;
  readonly observed: LiveDashboardParts;
  readonly options: ImportOptions;
  readonly surroundings: Pick<Surroundings, "progress">;
}

/** Result of an import, before gaps in the catalog are known. */
type Result = Omit<ImportReport, "stack" | "dryRun" | "gaps" | "accepted" | "tiles" | "leftAlone"> & {
  written: ImportedDefinition;
};

/** Reserved: dashboards/index.ts lists all dashboards. */
const indexKey = "index";
const indexPath = `dashboards/${indexKey}.ts`;

/**
 * Adopts a dashboard, or writes what was changed by hand on a managed one into its definition.
 * @throws Failure when that cannot be done; nothing is changed then
 */
export async function importDashboard(
  target: string,
  stack: Stack,
  options: ImportOptions,
  surroundings: Pick<Surroundings, "progress">,
): Promise<ImportReport> {
  const { progress } = surroundings;
  const access = await readAccess(stack);
  const { host, projectId } = access.posthog;
  const id = dashboardId(target, { stack: stack.name, host, projectId });
  const api = postHogOf(access, progress);
  progress(`Reading dashboard ${id} of project ${projectId} …`);
  const [observed, definitions, state] = await Promise.all([
    readLive(api, id),
    loadDefinitions(stack.project.folder),
    readState(stack),
  ]);
  if (!observed) throw notThere(id, state, access);
  const task: Task = { stack, access, definitions, state, id, observed, options, surroundings };
  const here = { project: stack.project.name, stack: stack.stage, projectId };
  const owned = ownership(observed.dashboard, state, here);
  const { written, ...result } =
    owned.by === "this stack" ? await keep(task, owned.resource) : await takeOver(task, owned.key);
  const { definition } = written;
  const asked = askedFor(definition.tiles, definitions.catalog);
  const known = await posthogDescriptions(api, asked, definitions.catalog);
  return {
    ...{ stack: stack.name, dryRun: options.dryRun },
    ...result,
    tiles: Object.entries(definition.tiles).map(([key, tile]) => ({
      ...{ key, kind: tile.kind, title: titleOf(key, { ...tile }) },
      ...(written.raw[key] && { raw: written.raw[key] }),
    })),
    leftAlone: Object.keys(definition.leftAlone ?? {}),
    accepted: definition.accepted ?? {},
    gaps: gapsIn(asked, definitions.catalog, definition.owner as Owner, known),
  };
}

function notThere(id: string, state: readonly Resource[], { posthog, stack }: Access): Failure {
  const managed = state.find(({ id: own, inputs }) => own === id && inputs.projectId === posthog.projectId);
  if (!managed) {
    return new Failure(`there is no dashboard ${id} in project ${posthog.projectId} at ${posthog.host}`, {
      fix: `look it up: ${posthog.host}/project/${posthog.projectId}/dashboards`,
    });
  }
  return new Failure(`dashboard ${id} ("${String(managed.inputs.title)}") was deleted by hand`, {
    fix: `to bring it back: pulumi up --refresh --run-program --stack ${stack}; to let it go: remove dashboards/${managed.name}.ts and its line in ${indexPath}`,
  });
}

const urlOf = ({ posthog }: Access, id: string): string =>
  `${posthog.host.replace(/\/+$/, "")}/project/${posthog.projectId}/dashboard/${id}`;

async function takeOver(task: Task, formerKey: string | undefined): Promise<Result> {
  const { stack, access, observed, definitions, id, options, surroundings } = task;
  const { dashboard } = observed;
  const key = newKey(task, formerKey);
  const tagged = dashboard.tags?.map((tag) => /^owner:(.+)$/.exec(tag)?.[1]).find((one) => one && one in owners);
  const owner = options.owner ?? tagged ?? "platform";
  const url = urlOf(access, id);
  const managedBy = `${stack.project.name}/${stack.stage}/${key}`;
  const adopted = adoptDashboard(observed, {
    ...{ projectId: access.posthog.projectId, managedBy, key, owner, url },
    keyOf: uniqueKeys(),
    isTaken: takenInsights(observed, task.state, managedBy),
  });
  const written = writeDefinition(adopted.inputs, adopted.outputs.insightIds, observed, definitions.catalog);
  const path = `dashboards/${key}.ts`;
  const source = await formatted(dashboardSource({ ...written.definition, tiles: written.codes }), `${key}.ts`);
  const result: Result = {
    ...{ action: "adopt", source, written, owner, isOwnerAssumed: !options.owner && !tagged, lostAlerts: [] },
    dashboard: { id, url, title: written.definition.title, key },
    files: [path, indexPath],
  };
  const files = new Files(stack.project.folder);
  const isForced = files.read(path) !== undefined;
  if (isForced && !options.force) {
    throw new Failure(`${path} is there already`, {
      fix: `give this dashboard another key: --key ${uniqueKeys([key, ...definitions.dashboards.map((one) => one.key)])(key, key)}; or add --force to overwrite it`,
    });
  }
  refuseFindings(written.definition, definitions);
  const index = await newIndex(files, key);
  if (options.dryRun) return result;
  try {
    surroundings.progress(`Writing ${path}, and asking the program what it makes of it …`);
    files.write(path, source);
    files.write(indexPath, index);
    await requireSame(stack.project.folder, written.definition);
    const planned = await plannedDashboard(stack, key);
    refuseUnseen(refreshDifferences(planned, adopted, observed), dashboard.name ?? id);
    surroundings.progress("Adopting it: pulumi import …");
    await adopt(stack, planned, id, adopted);
  } catch (error) {
    files.undo();
    throw error;
  }
  return result;
}

/**
 * A key for a dashboard that has none yet.
 * @throws Failure when its title yields no valid key, or the given one is invalid
 */
function newKey({ observed, id, options, definitions, stack }: Task, formerKey: string | undefined): string {
  const slug = slugOf(observed.dashboard.name ?? "");
  const key = options.key ?? formerKey ?? (slug === "" || slug === indexKey ? `dashboard-${id}` : slug);
  if (!keyPattern.test(key) || key === indexKey) {
    const other = slugOf(key) === indexKey ? `dashboard-${id}` : slugOf(key);
    throw new Failure(`"${key}" cannot be the key of a dashboard`, {
      fix: `use lower-case words joined by -${other ? `: --key ${other}` : ""}`,
    });
  }
  const isDefined = definitions.dashboards.some((one) => one.key === key);
  if (key === formerKey && isDefined) {
    throw new Failure(`dashboard ${id} was made by this stack, but is no longer in its state`, {
      fix: `pulumi up --stack ${stack.name} finds it by the last line of its description and takes it over again`,
    });
  }
  return key;
}

async function newIndex(files: Files, key: string): Promise<string> {
  const text = files.read(indexPath) ?? "";
  // When a file is overwritten, the index may list its dashboard already.
  if (text.includes(`"./${key}.ts"`)) return text;
  const { addToIndex } = await import("./source/edit.ts");
  const added = addToIndex(text, key, constantOf(key, Object.keys(define)));
  if (added === undefined) {
    throw new Failure(`${indexPath} has no list of dashboards that can be added to`, {
      fix: "it has to say: export const dashboards = [ … ] as const;",
    });
  }
  return formatted(added, "index.ts");
}

async function keep(task: Task, resource: Resource): Promise<Result> {
  const { stack, access, observed, definitions, id, options, surroundings } = task;
  const state = { ...resource.inputs, ...resource.outputs } as unknown as DashboardState;
  const defined = definitions.dashboards.find(({ key }) => key === state.key);
  const { accepted: _, ...stated } = { accepted: undefined, ...(resource.inputs as unknown as DashboardDefinition) };
  const isTaken = takenInsights(observed, task.state, state.managedBy);
  const kept = keepLive(defined ?? stated, state, observed, definitions.catalog, isTaken);
  const path = `dashboards/${state.key}.ts`;
  const files = new Files(stack.project.folder);
  const before = defined && files.read(path);
  const source = await formatted(await keptSource(kept, before), `${state.key}.ts`);
  const index = await newIndex(files, state.key);
  const isNews = source !== files.read(path);
  const { fields, changed, added, removed } = kept;
  const result: Result = {
    ...{ action: "keep", source, written: kept, owner: state.owner, isOwnerAssumed: false },
    dashboard: { id, url: urlOf(access, id), title: kept.definition.title, key: state.key },
    files: [...(isNews ? [path] : []), ...(index === files.read(indexPath) ? [] : [indexPath])],
    changes: { fields, changed, added, removed },
    lostAlerts: definitions.insightAlerts
      .filter(({ dashboardKey, tileKey }) => dashboardKey === state.key && removed.includes(tileKey))
      .map(({ dashboardKey, tileKey }) => `${dashboardKey}/${tileKey}`),
  };
  refuseFindings(kept.definition, definitions);
  if (options.dryRun || result.files.length === 0) return result;
  if (files.read(path) !== undefined && !options.force) await requireCommitted(stack.project.folder, path);
  try {
    surroundings.progress(`Writing ${path} …`);
    files.write(path, source);
    files.write(indexPath, index);
    await requireSame(stack.project.folder, kept.definition);
    stack.signal.throwIfAborted();
  } catch (error) {
    files.undo();
    throw error;
  }
  return result;
}

/** Problems of the live dashboard, to be fixed in PostHog, where people see the effect. */
function refuseFindings(definition: DashboardDefinition, { catalog }: Definitions): void {
  const findings = definitionFindings([definition], catalog);
  if (findings.length === 0) return;
  throw new Failure(`"${definition.title}" cannot be a definition as it is; mend it in PostHog first`, {
    fix: findings.map(({ where, problem, fix }) => `${where}  ${problem}    ${fix}`).join("\n  "),
  });
}

function refuseUnseen(names: readonly string[], title: string): void {
  if (names.length === 0) return;
  throw new Failure(
    `"${title}" has something that a definition cannot say, so nothing was adopted: ${names.join(", ")}`,
    {
      fix: "change it in PostHog, or report it to the platform team: obs import should support this",
    },
  );
}

/** Loads the written file and checks that it gives the intended definition. */
async function requireSame(folder: string, wanted: DashboardDefinition): Promise<void> {
  const loaded = await loadDashboard(folder, wanted.key);
  if (loaded && sameJson(JSON.parse(JSON.stringify(loaded)), JSON.parse(JSON.stringify(wanted)))) return;
  throw new Error(`dashboards/${wanted.key}.ts would not say what is live; it was not written`);
}

let version = 0;

/** Loads a dashboard from its file's present content, bypassing the module cache; undefined when the file has none with this key. */
export async function loadDashboard(folder: string, key: string): Promise<DashboardDefinition | undefined> {
  const { href } = pathToFileURL(join(folder, `dashboards/${key}.ts`));
  version += 1;
  const exported = Object.values((await import(`${href}?version=${version}`)) as Record<string, unknown>);
  return exported.find((one): one is DashboardDefinition => (one as DashboardDefinition | undefined)?.key === key);
}
