import { type CatalogFacts, catalogFacts, type EventFacts } from "../../catalog/facts.ts";
import { privacyClasses } from "../../catalog/privacy.ts";
import { inline } from "../text/markdown.ts";
import { code, join, list, name, type Phrase, plain, say } from "../text/phrase.ts";
import type { Definitions } from "./definitions.ts";
import { eventUses, type Use, unlookedEvents } from "./usage.ts";

/** Path of the page in the repository. */
export const pagePath = "docs/events.md";

/** The text of docs/events.md: every event, what it carries, and who looks at it. */
export function catalogPage({ catalog, dashboards, insightAlerts }: Definitions): string {
  const facts = catalogFacts(catalog);
  const uses = eventUses(dashboards, insightAlerts);
  const sections = Object.entries(facts).map(([event, about]) => section(event, about, uses.get(event) ?? []));
  return `${[head, overview(facts, uses), unseen(facts, uses), ...sections, privacyPart()].join("\n\n")}\n`;
}

const head = `# Events

Made from \`src/catalog/events.ts\`, \`dashboards/\` and \`alerts/\`: change those, then \`npm run generate\` writes this page.`;

function overview(facts: CatalogFacts, uses: ReadonlyMap<string, readonly Use[]>): string {
  const rows = Object.entries(facts).map(([event, { source, owner }]) => {
    const looked = uses.get(event) ?? [];
    const watched = looked.flatMap(({ alerts }) => alerts);
    return row([
      `[\`${event}\`](#${anchor(event)})`,
      source,
      owner,
      String(looked.length),
      String(new Set(watched).size),
    ]);
  });
  return table(["Event", "Sent by", "Owner", "Tiles", "Alerts"], rows);
}

/** An event that no tile uses costs money and informs nobody. */
function unseen(facts: CatalogFacts, uses: ReadonlyMap<string, readonly Use[]>): string {
  const names = unlookedEvents(Object.keys(facts), uses);
  const said =
    names.length === 0
      ? plain("None: at least one tile uses each event.")
      : say`${list(names.map(code))}. Put a tile on a dashboard for what is worth knowing, and stop sending the rest.`;
  return `## Events that nobody looks at\n\n${inline(said)}`;
}

function section(event: string, { purpose, owner, source, properties }: EventFacts, uses: readonly Use[]): string {
  const rows = Object.entries(properties).map(([property, { type, optional, unit, privacy, meaning }]) =>
    row([
      `\`${property}\``,
      cell(plain(`${type}${unit === undefined ? "" : ` (${unit})`}${optional ? ", optional" : ""}`)),
      privacy,
      cell(plain(meaning)),
    ]),
  );
  const parts = [
    `## \`${event}\``,
    inline(say`${purpose}. Sent by the ${source}; team ${name(owner)} answers for it.`),
    rows.length === 0 ? "It carries no properties." : table(["Property", "Type", "Privacy", "Meaning"], rows),
    uses.length === 0
      ? "No tile uses it."
      : ["Looked at by:", "", ...uses.map((use) => `- ${inline(usePhrase(use))}`)].join("\n"),
  ];
  return parts.join("\n\n");
}

function usePhrase({ tile, dashboard, alerts }: Use): Phrase {
  const watched = alerts.length === 0 ? "" : say`, with the alert ${join(alerts.map(name), ", ")}`;
  return say`${name(tile)} of ${dashboard}${watched}`;
}

const privacyPart = (): string =>
  [
    "## Privacy classes",
    table(
      ["Class", "What happens before sending"],
      Object.entries(privacyClasses).map(([privacyClass, what]) => row([`\`${privacyClass}\``, cell(plain(what))])),
    ),
  ].join("\n\n");

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (titles: readonly string[], rows: readonly string[]): string =>
  [row(titles), `|${titles.map(() => "---").join("|")}|`, ...rows].join("\n");
/** `inline` escapes "|", which would end a table cell. */
const cell = (phrase: Phrase): string => inline(phrase);

/** The anchor that GitHub derives from a title: lower case, no punctuation. */
const anchor = (event: string): string => event.toLowerCase().replaceAll(/[^\w-]/g, "");
