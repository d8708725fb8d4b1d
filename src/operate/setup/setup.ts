import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { insightAlerts, sentryAlerts } from "../../../alerts/index.ts";
import { allCredentials, type VendorId, vendors, vendors as vendorTable } from "../../model/vendors/index.ts";
import type { Credential } from "../../model/vendors/vendor.ts";
import { type Setting, setCommand } from "../../platform/settings/commands.ts";
import { findSettings } from "../../platform/settings/index.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { readTeams } from "../../platform/settings/teams.ts";
import { ownKeys } from "../../platform/settings/unknown.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { notGiven } from "../../resources/kernel/not-given.ts";
import { SentryApi } from "../../resources/sentry/api.ts";
import { accessFrom, type Keys, readKeys, readSettingsReader } from "../access/access.ts";
import { readState } from "../access/state.ts";
import { upstashOf } from "../access/upstash.ts";
import { Failure, isFailure } from "../command/failure.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { setAll } from "../import/take-over.ts";
import type { Resource } from "../plan/plan.ts";
import { isListed } from "../stack/open.ts";
import { pulumiMessage, type Stack } from "../stack/stack.ts";
import { lookAtCloudflare } from "./cloudflare.ts";
import { Draft } from "./draft.ts";
import { askForVariables, takeOverSentry } from "./exists.ts";
import { lookAtPostHog } from "./posthog.ts";
import { type Ask, Decisions } from "./questions.ts";
import { lookAtUpstash } from "./redis.ts";
import { type Backend, lookAtRender } from "./render.ts";
import type { Missing, SetupReport, VendorLook } from "./report.ts";
import { lookAtSentryWith, rootOf } from "./sentry.ts";

export interface SetupOptions {
  readonly dryRun: boolean;
  readonly answers: readonly Setting[];
  readonly ask: Ask;
  /** Asks for a missing key; undefined when nobody can be asked. */
  readonly askForKey: ((message: string) => Promise<string | undefined>) | undefined;
}

/** Paths whose answers need not be the setting's value. */
const specials: Readonly<Record<string, string>> = {
  "pages.adopt": "all",
  "render.adopt": "all",
  "sentryExisting.browserKey": "new",
  "sentryExisting.serverKey": "new",
};
const isSpecial = ({ path, value }: Setting): boolean => specials[path] === value;

/**
 * Sets up a stack: reads the vendors with the available keys, decides what it can, asks for the rest, and writes the stack's
 * configuration. Never writes at a vendor. It can be run again at any time.
 */
export async function setUp(
  opened: Stack,
  options: SetupOptions,
  { progress }: Pick<Surroundings, "progress">,
): Promise<SetupReport> {
  const { dryRun, answers, ask } = options;
  const isNewStack = !(await isListed(opened));
  if (isNewStack && !dryRun) await makeStack(opened, progress);
  const given = isNewStack && dryRun ? fileSources(opened) : await readSettingsReader(opened);
  const typed = await typedKeys(given, options.askForKey);
  const stack = opened.withVariables(typed);
  const draft = new Draft({ ...given, env: { ...given.env, ...typed } });
  for (const answer of answers) if (!isSpecial(answer)) draft.set(answer);
  const special = new Map(answers.filter(isSpecial).map(({ path, value }) => [path, value]));
  const decisions = new Decisions(draft, ask);

  const state = isNewStack ? [] : await readState(stack);
  const keys = isNewStack && dryRun ? keysIn(draft.sources) : await readKeys(stack, draft.sources);
  const vendors = await lookAtAll(decisions, { stack, state, keys, progress });
  await askForTeams(decisions, keys.sentry);
  await takeOver(decisions, vendors, { stack, state, special, progress });

  const missing = [...decisions.wrong, ...missingBesides(decisions, draft.sources)];
  // Invalid values are reported and not written.
  const isWrong = ({ path }: Setting): boolean =>
    missing.some(({ problem }) => problem.startsWith(`${path.replaceAll(/\[(\d+)\]/g, ".$1")} `));
  const settings = draft.settings().filter((setting) => !isWrong(setting));
  if (!dryRun) {
    await setAll(stack, settings);
    for (const [variable, key] of Object.entries(typed)) await store(opened, variable, key);
  }
  return {
    ...{ stack: stack.name, dryRun, isNewStack, vendors, settings },
    commands: settings.map((setting) => setCommand(stack.name, setting)),
    storedKeys: Object.keys(typed).map(configKeyOf),
    questions: decisions.open,
    missing,
  };
}

async function makeStack(stack: Stack, progress: (line: string) => void): Promise<void> {
  progress(`Making the stack ${stack.name} …`);
  const { exitCode, stderr } = await stack.init();
  if (exitCode === 0) return;
  throw new Failure(`the stack ${stack.name} could not be made: ${pulumiMessage(stderr)}`, {
    fix: "log in where its state is to be (pulumi login <address>), and export PULUMI_CONFIG_PASSPHRASE for a state of your own (docs/first-production.md)",
  });
}

const configuration = z.object({ config: z.record(z.string(), z.unknown()).nullish() }).nullish();

/** The configuration file of a stack that Pulumi does not know yet. */
function fileSources(stack: Stack): SettingsReader {
  const file = join(stack.project.folder, `Pulumi.${stack.stage}.yaml`);
  const config = (existsSync(file) && configuration.parse(parse(readFileSync(file, "utf8")))?.config) || {};
  const of = (key: string): unknown => config[key.includes(":") ? key : `${stack.project.name}:${key}`];
  const isSecret = (value: unknown): boolean => typeof value === "object" && value !== null && "secure" in value;
  return {
    stack: stack.name,
    env: stack.env,
    config: (key) => {
      const value = of(key);
      if (value === undefined || value === null || isSecret(value)) return undefined;
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    },
    hasSecret: (key) => isSecret(of(key)),
    keys: () => ownKeys(Object.keys(config), stack.project.name),
  };
}

/** Keys for a stack that does not exist yet: those of the environment. */
function keysIn({ env }: SettingsReader): Keys {
  const of = (id: keyof Keys): string | undefined => {
    const { variable, alternatives = [] }: Credential = vendors[id].credentials.key;
    const value = [variable, ...alternatives].map((name) => env[name]).find(Boolean);
    return value === notGiven ? undefined : value;
  };
  return { posthog: of("posthog"), sentry: of("sentry"), cloudflare: of("cloudflare"), render: of("render") };
}

const configKeyOf = (variable: string): string =>
  allCredentials.find((one) => one.variable === variable)?.configKey ?? variable;

/** Keys that a person typed, by environment variable. */
async function typedKeys(
  { env, hasSecret }: SettingsReader,
  askForKey: SetupOptions["askForKey"],
): Promise<Record<string, string>> {
  const typed: Record<string, string> = {};
  if (!askForKey) return typed;
  for (const { variable, alternatives = [], configKey, need } of allCredentials) {
    if ([variable, ...alternatives].some((name) => env[name]) || hasSecret(configKey)) continue;
    const key = await askForKey(`${variable} is not set. Paste it, to be stored encrypted, or leave it out: ${need}`);
    if (key !== undefined) typed[variable] = key;
  }
  return typed;
}

/** By standard input, since a list of processes shows command-line arguments. */
async function store(stack: Stack, variable: string, key: string): Promise<void> {
  const { exitCode } = await stack.toItsEndWith(key, "config", "set", "--secret", configKeyOf(variable));
  if (exitCode !== 0)
    throw new Failure(`Pulumi did not take ${configKeyOf(variable)}`, { fix: `export ${variable}=… in its place` });
}

interface Look {
  readonly stack: Stack;
  readonly state: readonly Resource[];
  readonly keys: Keys;
  readonly progress: (line: string) => void;
}

/** One vendor after the other, since later questions depend on earlier answers. */
async function lookAtAll(decisions: Decisions, { stack, state, keys, progress }: Look): Promise<VendorLook[]> {
  const { sources } = decisions.draft;
  let backend: Backend | undefined;
  const look = async (
    id: VendorId,
    key: string | undefined,
    work: (key: string) => Promise<VendorLook>,
  ): Promise<VendorLook> => {
    const vendor = vendorTable[id].name;
    if (key === undefined) return { vendor, state: "not looked at", found: ["there is no key"], lacks: [] };
    progress(`Looking at ${vendor} …`);
    try {
      return await work(key);
    } catch (error) {
      if (!isVendorError(error)) throw error;
      return { vendor, state: "refused", found: [error.message], lacks: [] };
    }
  };
  const vendors = [
    await look("posthog", keys.posthog, (key) => lookAtPostHog(decisions, key)),
    await look("sentry", keys.sentry, (key) => lookAtSentryWith(decisions, key)),
    await look("cloudflare", keys.cloudflare, (key) => lookAtCloudflare(decisions, key)),
    await look("render", keys.render, async (key) => {
      const found = await lookAtRender(decisions, key);
      backend = found.backend;
      return found.look;
    }),
  ];
  const upstash = await upstashOf(stack, sources);
  const region = backend?.region;
  return [
    ...vendors,
    await look("upstash", upstash && "both", () =>
      lookAtUpstash(decisions, upstash as NonNullable<typeof upstash>, { stack, state, region }),
    ),
  ];
}

const notified = [...insightAlerts, ...sentryAlerts].flatMap(({ notify }) => notify);

/** The people to notify: vendors notify only members of the organization. */
async function askForTeams(decisions: Decisions, token: string | undefined): Promise<void> {
  const { draft } = decisions;
  const { teams } = readTeams(draft.sources, []);
  const owners = [...new Set(notified)].filter((owner) => (teams[owner]?.emails ?? []).length === 0);
  if (owners.length === 0) return;
  const organization = draft.value("sentryOrganization");
  const members =
    token === undefined || organization === undefined
      ? []
      : await new SentryApi({ root: rootOf(draft.sources), organization, token }).members().catch((error: unknown) => {
          if (isVendorError(error)) return [];
          throw error;
        });
  for (const owner of owners)
    await decisions.decide({
      ...{ path: `teams.${owner}.emails[0]`, isOpen: true },
      ask: `Whom of the team ${owner} do its alerts notify? A member of the organization, by e-mail address`,
      choices: members.map(({ email }) => ({ value: email, what: email })),
    });
}

async function takeOver(
  decisions: Decisions,
  vendors: VendorLook[],
  { stack, state, special, progress }: Omit<Look, "keys"> & { special: ReadonlyMap<string, string> },
): Promise<void> {
  const isSentryOpen = decisions.open.some(({ path }) => path.startsWith("sentry"));
  const at = vendors.findIndex(({ vendor, state: is }) => vendor === vendorTable.sentry.name && is === "looked at");
  const sentry = vendors[at];
  if (!sentry || isSentryOpen) return;
  try {
    const access = await accessFrom(stack, decisions.draft.sources);
    progress("Looking at what exists already …");
    const found = await takeOverSentry(decisions, { stack, access, state, special });
    vendors[at] = { ...sentry, found: [...sentry.found, ...found] };
    await askForVariables(decisions, { stack, access, state, special });
  } catch (error) {
    // Settings are missing, which the report lists, or something has just disappeared at the vendor.
    if (!isFailure(error) && !isVendorError(error)) throw error;
    const found = "the next run looks for team, projects and keys, once everything missing is set";
    vendors[at] = { ...sentry, found: [...sentry.found, found] };
  }
}

/** Problems of settings that a preview would report, besides the open questions. Definitions are left to the program. */
function missingBesides({ open }: Decisions, sources: SettingsReader): Missing[] {
  const settingsAlone = { events: {}, dashboards: [], insightAlerts: [], sentryAlerts: [] };
  const isAsked = (problem: string): boolean => open.some(({ path }) => problem.startsWith(`${path} is not set`));
  return findSettings(settingsAlone, sources).findings.filter(({ problem }) => !isAsked(problem));
}
