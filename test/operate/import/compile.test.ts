import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import * as fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import type { InsightTile, Tile } from "../../../src/insights/define/definition.ts";
import { askedFor, gapsIn } from "../../../src/operate/import/gaps.ts";
import { dashboardSource } from "../../../src/operate/import/source/file.ts";
import { formatted } from "../../../src/operate/import/source/format.ts";
import { CatalogNames } from "../../../src/operate/import/source/names.ts";
import { tileCode } from "../../../src/operate/import/source/tile.ts";
import { anyInsight } from "../../insights/define/arbitrary.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The compiler's messages for a file in dashboards/, without writing it there. */
function compiled(name: string, text: string): string[] {
  const path = join(root, "dashboards", name);
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const { incremental: _, tsBuildInfoFile: __, ...rest } = options;
  const host = ts.createCompilerHost(rest);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.getSourceFile = (file, target, ...more) =>
    file === path ? ts.createSourceFile(file, text, target) : getSourceFile(file, target, ...more);
  const program = ts.createProgram([path], rest, host);
  const file = program.getSourceFile(path);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** Biome's messages for it, with the repository's own rules. */
async function linted(text: string): Promise<string[]> {
  using folder = temporaryFolder("brandvx-lint-");
  cpSync(join(root, "biome.json"), join(folder.path, "biome.json"));
  writeFileSync(join(folder.path, "any-tiles.ts"), text);
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "check", "--vcs-enabled=false", "any-tiles.ts"];
  const { exitCode, stdout, stderr } = await execa(process.execPath, args, { cwd: folder.path, reject: false });
  return exitCode === 0 ? [] : [stdout, stderr];
}

const names = new CatalogNames(events);

/** One dashboard with all kinds of tiles, as an import would write it. */
async function sourceOf(tiles: readonly Tile[]): Promise<string> {
  const codes = tiles.map((tile, i) => {
    const query = tile.kind === "insight" ? tile.query : undefined;
    return [`tile-${i}`, tileCode(tile, query, names).code] as const;
  });
  const head = {
    key: "any-tiles",
    title: 'A "title" with \\ and `ticks`',
    owner: "growth",
    question: "What?",
  } as const;
  return formatted(dashboardSource({ ...head, adopted: true, tiles: Object.fromEntries(codes) }), "any-tiles.ts");
}

test("whatever is written compiles, and neither formatter nor linter has anything to say to it", {
  timeout: 120_000,
}, async () => {
  const looks = {
    ...{ color: "blue", readingHidden: true, transparentBackground: true, handPlaced: true },
    filtersOverrides: { date_from: "-1d" },
  } as const;
  const drawn: Tile[] = fc.sample(anyInsight, { numRuns: 60, seed: 11 }).map((tile, i) => {
    const titled = { ...tile, title: `Tile ${i}`, place: { column: 0, row: i * 5, width: 12, height: 5 } };
    return i % 2 === 0 ? titled : ({ ...titled, ...looks } as InsightTile);
  });
  const text: Tile = {
    kind: "text",
    markdown: "# A\n\n`b` and \\c",
    place: { column: 0, row: 500, width: 6, height: 1 },
  };
  const source = await sourceOf([...drawn, text]);
  expect(source.match(/: (trend|funnel|timeToConvert)\(/g)?.length).toBeGreaterThan(20);
  expect(source).toContain("rawInsight(");
  expect(await linted(source)).toEqual([]);
  expect(await linted(source.replace("import {", "import { between,")), "mistakes are seen").not.toEqual([]);
  expect(compiled("any-tiles.ts", source)).toEqual([]);
  expect(compiled("any-tiles.ts", source.replace("place: {", "plaice: {"))[0], "mistakes are seen").toContain("plaice");
});

test("entries for the catalog compile where they are pasted", { timeout: 120_000 }, () => {
  const query = {
    kind: "InsightVizNode",
    source: {
      kind: "TrendsQuery",
      series: [
        { kind: "EventsNode", event: "billing.invoice_paid", math: "sum", math_property: "duration_ms" },
        { kind: "EventsNode", event: "Old Name", properties: [{ key: "is new", value: ["true"], operator: "exact" }] },
        { kind: "EventsNode", event: "$autocapture", math: "avg", math_property: "amount" },
      ],
      breakdownFilter: { breakdowns: [{ type: "event", property: "plan" }] },
    },
  };
  const place = { column: 0, row: 0, width: 6, height: 5 };
  const tile = { kind: "insight", title: "T", reading: "R.", query, place } as unknown as Tile;
  const known = {
    events: new Map([["billing.invoice_paid", 'Somebody paid "it"']]),
    properties: new Map([["amount", { property_type: "Numeric", description: "In cents" }]]),
  };
  const gaps = gapsIn(askedFor({ tile }, events), events, "growth", known);
  expect(gaps.map(({ event }) => event)).toEqual(["billing.invoice_paid", "Old Name", "$autocapture"]);
  const pasted = gaps.map(({ entry }) => entry).join("\n");
  const catalog = readFileSync(join(root, "src/catalog/events.ts"), "utf8");
  expect(compiled("../src/catalog/events.ts", catalog.replace("export const events = {", `$&\n${pasted}`))).toEqual([]);
  expect(pasted).toContain('purpose: "Somebody paid \\"it\\""');
});
