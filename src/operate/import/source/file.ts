import type { DashboardDefinition } from "../../../insights/define/index.ts";
import * as define from "../../../insights/define/index.ts";
import { type DashboardLooks, dashboardLooks } from "../../../model/posthog/dashboard.ts";
import type { Json } from "../../../resources/kernel/json.ts";
import { constantOf } from "../keys.ts";
import { type Code, call, type Entry, json, namesIn, object, print } from "./code.ts";
import { wordsCode } from "./tile.ts";

/** Module from which a dashboard's file imports the builders. */
export const buildersModule = "../src/insights/define/index.ts";

/** A definition with the source code of its tiles. */
export interface WrittenDashboard extends Omit<DashboardDefinition, "tiles"> {
  readonly tiles: Readonly<Record<string, Code>>;
}

/** A definition's whole file, not formatted yet. */
export function dashboardSource(definition: WrittenDashboard): string {
  const tiles = Object.entries(definition.tiles).map(([key, code]): Entry => ({ key, code }));
  const body = object([...headEntries(definition), { key: "tiles", code: object(tiles, "paragraphs") }], "lines");
  const code = call("dashboard", body);
  const name = constantOf(definition.key, Object.keys(define));
  return `${importOf(namesIn(code))}\n\nexport const ${name} = ${print(code)};\n`;
}

export const importOf = (names: Iterable<string>): string =>
  `import { ${[...names].sort().join(", ")} } from "${buildersModule}";`;

/** A dashboard's fields except its tiles, in reading order. */
export function headEntries(definition: Omit<WrittenDashboard, "tiles">): Entry[] {
  const { key, title, owner, question } = definition;
  return [
    { key: "key", code: json(key) },
    { key: "title", code: wordsCode(title) },
    { key: "owner", code: json(owner) },
    { key: "question", code: wordsCode(question) },
    ...lookNames.flatMap((name): Entry[] => {
      const value = definition[name];
      return value === undefined ? [] : [{ key: name, code: json(value as unknown as Json) }];
    }),
  ];
}

/** Optional fields of a definition. */
export const lookNames = [
  "adopted",
  ...(Object.keys(dashboardLooks) as (keyof DashboardLooks)[]),
  "accepted",
] as const satisfies readonly (keyof DashboardDefinition)[];
