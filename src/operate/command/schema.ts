import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { exitCodes, schemaVersion } from "./exit.ts";

const text = z.string();
const texts = z.array(text);
const things = z.array(z.looseObject({}));
/** Groups may get more fields at any time; changes of top-level fields are covered by `schemaVersion`. */
const group = z.looseObject({});
const setting = z.strictObject({ path: text, value: text });

const envelope = {
  schemaVersion: z.literal(schemaVersion).describe("version of this shape; increased when a program would misread it"),
  outcome: z
    .enum(["fine", "changes", "broken"])
    .describe(
      `fine: exit code ${exitCodes.fine}, all is as it should be; changes: ${exitCodes.changes}; broken: ${exitCodes.broken}`,
    ),
};

const checks = (command: "verify" | "doctor" | "release") => ({
  command: z.literal(command),
  verdict: z.enum(["all holds", "something fails"]),
  stack: text,
  checks: z.array(
    z.looseObject({
      name: text,
      results: z.array(z.looseObject({ outcome: z.enum(["holds", "fails", "skipped"]), what: text, evidence: text })),
    }),
  ),
});

const takeOver = (command: "import sentry" | "import redis") => ({
  command: z.literal(command),
  stack: text,
  vendor: z.enum([vendors.sentry.name, vendors.upstash.name]),
  dryRun: z.boolean(),
  found: z.array(z.looseObject({ kind: text, what: text, standing: text, remarks: texts })),
  settings: z.array(setting),
  commands: texts.describe("the settings as commands"),
  others: texts,
});

/** What each command prints with `--json` when it succeeds in making its report. */
const reports = {
  setup: {
    command: z.literal("setup"),
    stack: text,
    dryRun: z.boolean(),
    isNewStack: z.boolean(),
    vendors: z.array(
      z.strictObject({
        vendor: text,
        state: z.enum(["looked at", "not looked at", "refused"]),
        found: texts,
        lacks: texts.describe("scopes that an up needs and the key has not"),
      }),
    ),
    settings: z.array(setting).describe("what was set; with dryRun, what would be set; never a secret"),
    commands: texts,
    storedKeys: texts,
    questions: z.array(
      z.looseObject({
        path: text,
        ask: text,
        choices: z.array(z.strictObject({ value: text, what: text })),
        isOpen: z.boolean(),
      }),
    ),
    missing: z.array(z.strictObject({ problem: text, fix: text })),
  },
  preview: {
    command: z.literal("preview"),
    verdict: z.enum(["nothing changes", "changes", "failed"]),
    stack: text,
    losses: things.describe("what would be destroyed"),
    dashboards: things.describe("dashboards that change, each with its tiles"),
    variables: things.describe("by app; names, never values"),
    alerts: things,
    flags: things.describe("feature flags that change, with about how many people each rule concerns"),
    others: things,
    catalog: things.optional().describe("absent: there was no older catalog to compare with"),
    policy: group,
    errors: texts,
    warnings: texts,
    drifted: z.number().optional().describe("absent: nobody looked"),
    driftErrors: texts,
    unverified: texts,
    pictures: group.optional(),
  },
  drift: {
    command: z.literal("drift"),
    verdict: z.enum(["none", "drift", "nothing deployed", "failed"]),
    stack: text,
    owners: z.array(z.looseObject({ owner: text, drifted: things })),
    waiting: things.describe("what the code says and the state does not know"),
    undeployed: group.optional(),
    heal: text.describe("the command that puts back everything"),
    policy: group,
    errors: texts,
  },
  verify: checks("verify"),
  doctor: checks("doctor"),
  release: checks("release"),
  parity: {
    command: z.literal("parity"),
    verdict: z.enum(["the same everywhere", "differences", "failed"]),
    stack: text,
    rows: things,
    findings: things,
    others: z.unknown(),
    notCompared: z.unknown(),
    problems: z.array(z.strictObject({ place: text, what: text, fix: text })),
    stackIsSilent: text,
  },
  privacy: {
    command: z.literal("privacy"),
    verdict: z.enum(["as defined", "not as defined", "not all seen"]),
    stack: text,
    doors: z
      .array(
        z.looseObject({
          where: text,
          values: z.array(
            z.looseObject({
              what: text,
              helper: z.looseObject({ kind: z.enum(["gone", "changed", "as sent"]) }),
              door: text.optional().describe("absent: the vendor's settings do nothing about it"),
              stored: z.looseObject({ kind: z.enum(["gone", "changed", "as sent", "unknown"]) }),
            }),
          ),
          unseen: z.strictObject({ what: text, fix: text }).optional(),
          stays: text.optional(),
        }),
      )
      .describe("by vendor and project: what became of each planted value"),
  },
  "import dashboard": {
    command: z.literal("import dashboard"),
    stack: text,
    dashboard: z.strictObject({ id: text, url: text, title: text, key: text }),
    action: z.enum(["adopt", "keep"]),
    dryRun: z.boolean(),
    files: texts,
    source: text.describe("what the definition's file says"),
    owner: text,
    isOwnerAssumed: z.boolean(),
    tiles: things,
    leftAlone: texts,
    changes: group.optional(),
    lostAlerts: texts,
    accepted: z.unknown(),
    gaps: things,
  },
  "import sentry": takeOver("import sentry"),
  "import redis": takeOver("import redis"),
  catalog: {
    command: z.literal("catalog"),
    page: z.enum(["current", "outdated", "written"]),
    revision: group,
    events: z.number(),
    unlooked: texts,
    flags: group,
    code: group.optional(),
    apps: things.optional(),
  },
} as const;

export type Reporting = keyof typeof reports;

/** What every command prints with `--json` when it fails before its report, also for wrong arguments. */
const failure = z.strictObject({
  schemaVersion: envelope.schemaVersion,
  command: text.describe("as far as it is known; empty when none was given"),
  outcome: z.literal("failed").describe("exit code 1"),
  error: z.strictObject({ message: text, fix: text.optional() }),
});

/** The shape of all that `obs` prints with `--json`, as JSON Schema. */
export function jsonSchema(): object {
  const { $defs: _, ...schema } = z.toJSONSchema(
    z.union([
      failure,
      ...Object.values(reports).map((report) => z.strictObject({ ...envelope, ...report } as z.ZodRawShape)),
    ]),
  );
  return { $id: "obs.schema.json", title: "What obs prints with --json", ...schema };
}

/** The same as a page for people. */
export function jsonPage(): string {
  const rows = Object.entries(reports).map(([command, shape]) => {
    const names = Object.keys(shape).filter((name) => name !== "command");
    return `| \`obs ${command}\` | ${names.map((name) => `\`${name}\``).join(", ")} |`;
  });
  return `# What \`obs\` prints with \`--json\`

<!-- Written by \`npm run generate\` from src/operate/command/schema.ts. -->

Exactly one document goes to stdout; progress and errors in words go to stderr. [obs.schema.json](obs.schema.json) is its
JSON Schema; tests validate the real output against it.

| field | meaning |
|---|---|
| \`schemaVersion\` | ${schemaVersion}. Increased when a program that reads the old shape would be wrong; groups may get new fields without that |
| \`command\` | the command: \`drift\`, \`import sentry\` |
| \`outcome\` | one word for all commands, and the exit code: \`fine\` (${exitCodes.fine}), \`changes\` (${exitCodes.changes}: changes or drift), \`broken\` (${exitCodes.broken}), \`failed\` (${exitCodes.broken}: no report could be made) |
| \`verdict\` | the command's own word for the outcome, if it has one: \`nothing deployed\` |
| \`error\` | only with \`failed\`: \`message\`, and \`fix\` if one is known. Wrong arguments are reported here, too |

A Ctrl-C ends with ${exitCodes.interrupted} and prints no document.

| command | its own fields |
|---|---|
${rows.join("\n")}

No field holds a secret. Texts are for people, and may change without a new version; programs should decide by \`outcome\`, \`verdict\` and
the fields that have a list of allowed words in the schema.

\`\`\`sh
npx obs drift --stack production --json | jq -r '.owners[] | "\\(.owner): \\(.drifted | length)"'
\`\`\`
`;
}
