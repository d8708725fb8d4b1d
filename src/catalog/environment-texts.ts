import { valueOrigins } from "./value-origins.ts";
import { type App, appNames, type Variable, type VariableTable } from "./variable.ts";

const titles: Record<App, string> = {
  browser: "Browser app: the operator UI, on Cloudflare Pages",
  server: "Server app: the backend, on Render",
};

const ofApp = (table: VariableTable, app: App): [string, Variable][] =>
  Object.entries(table).filter(([, variable]) => variable.app === app);

/** The text of `.env.example`. Its lines can be read by any dotenv reader. */
export function dotenvExample(table: VariableTable): string {
  const sections = appNames.map((app) => {
    const entries = ofApp(table, app).map(([name, variable]) =>
      [
        `# ${variable.meaning}`,
        `# ${variable.visibility === "secret" ? "Secret, like" : "Like"} ${variable.example}`,
        `${name}=${variable.local}`,
      ].join("\n"),
    );
    return [`# --- ${titles[app]} ---`, ...entries].join("\n\n");
  });
  const head = [
    "# What the apps read from their environment, for a developer's own machine: copy it to .env, which git ignores.",
    "# Made from src/catalog/environment.ts. A variable that is left empty counts as missing, and the apps run without it.",
  ].join("\n");
  return `${[head, ...sections].join("\n\n")}\n`;
}

/** The text of docs/environment.md. */
export function environmentPage(table: VariableTable): string {
  const sections = appNames.flatMap((app) => [
    `## ${titles[app]}`,
    [
      "| Variable | Visibility | Value comes from | Meaning |",
      "|---|---|---|---|",
      ...ofApp(table, app).map(
        ([name, { visibility, valueFrom, meaning }]) =>
          `| \`${name}\` | ${visibility} | ${origin(valueFrom)} | ${meaning} |`,
      ),
    ].join("\n"),
  ]);
  const used = new Set(Object.values(table).map(({ valueFrom }) => valueFrom));
  const sources = [
    "## Where the values come from",
    [
      "| Source | Visibility | Comes from | What it is |",
      "|---|---|---|---|",
      ...[...used].map((source) => {
        const { visibility, what } = valueOrigins[source];
        return `| \`${source}\` | ${visibility} | ${origin(source)} | ${what} |`;
      }),
    ].join("\n"),
  ];
  return `${[pageHead, ...sections, ...sources, pageNotes].join("\n\n")}\n`;
}

function origin(source: Variable["valueFrom"]): string {
  const from = valueOrigins[source];
  return from.kind === "configuration" ? `configuration \`${from.key}\`` : from.of;
}

const pageHead = `# Environment variables

Made from \`src/catalog/environment.ts\`: change it there, then \`npm run generate\` writes this page and \`.env.example\`.

\`pulumi up\` puts every variable in its place. Nobody copies one by hand, and a key that changes at its source reaches the apps in the same \`up\`.`;

const pageNotes = `## Good to know

- **Two addresses of PostHog.** Events go to the ingestion host (\`https://us.i.posthog.com\`, \`https://eu.i.posthog.com\`), which \`posthog:ingestHost\` names and which the variables here carry. People and the management API use the app's host (\`https://us.posthog.com\`), which \`posthog:host\` names. \`https://app.posthog.com\`, which older notes give for both, is outdated. Key and host must be of the same region: otherwise PostHog answers 401, or takes the events and drops them.
- **\`POSTHOG_API_KEY\` is not secret.** It is the project's capture key (\`phc_…\`), the one that stands in the browser's bundle too. The key that manages dashboards is \`POSTHOG_PERSONAL_API_KEY\` (\`phx_…\`); it belongs to whoever runs \`pulumi\`, never to an app, and is refused as a value of the variables here.
- **Everything named \`VITE_…\` is public**, since Vite copies it into the bundle. One that is secret, or whose value comes from a secret source, does not compile.
- **On Pages a variable takes effect at the next deployment**, since Vite reads it while it builds. On Render the stack starts one deploy after its last write, of the build that is live, so that it does not ship a commit.
- **Variables that this table does not name are never touched.** One that it names and that somebody has set by hand already is not written over either: \`pulumi up\` stops and names it, until it is listed in \`adopt\`.
- **Secrets at rest.** In Pulumi's state they are encrypted. Cloudflare never gives a secret's value back, so a refresh notices when one was removed or turned into plain text by hand, not when its value was changed; Render gives values back, so every change by hand is noticed.`;
