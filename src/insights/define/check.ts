import type { Catalog } from "../../catalog/event.ts";
import type { Finding } from "../../catalog/finding.ts";
import { own } from "../../model/json.ts";
import { posthogTextProblem, type posthogTexts } from "../../model/posthog/texts.ts";
import { isBlank } from "./check/json.ts";
import { placeProblems } from "./check/places.ts";
import { type Problem, problem } from "./check/problem.ts";
import { queryProblems } from "./check/query.ts";
import type { DashboardDefinition, Tile } from "./definition.ts";

/** Lower-case words and numbers joined by `-`: what keys of dashboards and tiles look like. */
const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Everything that is wrong with these dashboards, all at once; empty when they can be sent to PostHog. Looks at the
 * emitted JSON, so that definitions that were generated, imported or cast past their types are checked as well.
 * Pure; throws nothing.
 *
 * @internal
 */
export function definitionFindings(dashboards: readonly DashboardDefinition[], catalog: Catalog): Finding[] {
  return dashboards.flatMap((dashboard, index) => [
    ...duplicateProblems(dashboard, dashboards.slice(0, index)).map((one) => ({ where: fileOf(dashboard), ...one })),
    ...dashboardProblems(dashboard).map((one) => ({ where: fileOf(dashboard), ...one })),
    ...tileProblems(dashboard, catalog)
      .filter(([key, { problem }]) => !own(dashboard.accepted, key)?.includes(problem))
      .map(([key, one]) => ({ where: `${fileOf(dashboard)}  tile "${key}"`, ...one })),
  ]);
}

/**
 * What is wrong with the queries of tiles, by the tile's key. Tiles without problems are left out.
 *
 * @internal
 */
export function tileProblemsOf(tiles: DashboardDefinition["tiles"], catalog: Catalog): Record<string, string[]> {
  const found = Object.entries(tiles).map(([key, tile]): [string, string[]] => {
    const problems = tile.kind === "insight" ? queryProblems(tile.query, catalog) : [];
    return [key, [...new Set(problems.map(({ problem }) => problem))]];
  });
  return Object.fromEntries(found.filter(([, problems]) => problems.length > 0));
}

/** A dashboard's file is named after its key. */
function fileOf({ key, title }: DashboardDefinition): string {
  return slug.test(key) ? `dashboards/${key}.ts` : `dashboards  "${title}"`;
}

function duplicateProblems({ key, title }: DashboardDefinition, earlier: readonly DashboardDefinition[]): Problem[] {
  const first = earlier.find((other) => other.key === key);
  if (first === undefined) return [];
  return [problem(`"${title}" has the same key as "${first.title}": ${key}`, "give each dashboard its own key", key)];
}

function dashboardProblems({ key, title, owner, question, tiles }: DashboardDefinition): Problem[] {
  return [
    ...keyProblems("dashboard", key),
    ...blankProblems({ title, owner, question }),
    ...refusedProblem("title", title, "dashboardName"),
    ...refusedProblem("question", question),
    ...(typeof owner === "string" ? refusedProblem("owner", `owner:${owner}`, "tag") : []),
    ...(Object.keys(tiles).length === 0
      ? [problem("it has no tiles", "add a tile, or remove the dashboard", tiles)]
      : []),
  ];
}

function tileProblems({ tiles }: DashboardDefinition, catalog: Catalog): [string, Problem][] {
  const entries = Object.entries(tiles);
  return [
    ...entries.flatMap(([key, tile]) =>
      [...keyProblems("tile", key), ...contentProblems(tile, catalog)].map((one): [string, Problem] => [key, one]),
    ),
    ...placeProblems(entries.map(([key, { place, handPlaced = false }]) => [key, place, handPlaced] as const)),
  ];
}

function contentProblems(tile: Tile, catalog: Catalog): Problem[] {
  if (tile.kind === "insight") {
    const { title, reading, color, query } = tile;
    return [
      ...blankProblems({ title, reading }),
      ...refusedProblem("title", title, "insightName"),
      ...refusedProblem("reading", reading, "insightDescription"),
      ...colorProblems(color),
      ...queryProblems(query, catalog),
    ];
  }
  if (tile.kind === "text") {
    const { markdown, color } = tile;
    return [...blankProblems({ markdown }), ...refusedProblem("text", markdown, "textTile"), ...colorProblems(color)];
  }
  const { kind } = tile as { readonly kind: unknown };
  return [problem(`a tile of kind ${kind} is not known`, "make it with trend, funnel, timeToConvert or text", kind)];
}

const colorProblems = (color: unknown): Problem[] =>
  color === undefined ? [] : [...blankProblems({ color }), ...refusedProblem("color", color, "tileColor")];

/** A text that PostHog would answer with 400. */
function refusedProblem(name: string, text: unknown, field?: keyof typeof posthogTexts): Problem[] {
  const found = typeof text === "string" ? posthogTextProblem(text, field) : undefined;
  return found ? [problem(`its ${name} ${found.problem}`, found.fix, text)] : [];
}

function keyProblems(what: string, key: string): Problem[] {
  if (slug.test(key) && !(key in Object.prototype)) return [];
  return [problem(`the ${what} key "${key}" is not one`, "use lower-case words joined by -, e.g. error-share", key)];
}

function blankProblems(texts: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(texts)
    .filter(([, text]) => isBlank(text))
    .map(([name, text]) => problem(`its ${name} is empty`, fixForBlank[name] ?? "write it", text));
}

const fixForBlank: Readonly<Record<string, string>> = {
  title: "say what is shown",
  owner: "name the team that answers for it",
  question: "write the question that the dashboard answers",
  reading: "say in one sentence what a bad value means",
  markdown: "write it, or remove the tile",
  color: "name one of PostHog's colours, or leave it out",
};
