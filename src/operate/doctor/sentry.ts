import { type App, appNames } from "../../catalog/variable.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { sentryVariables, variableAt } from "../access/apps.ts";
import { ofAnotherStage, stageWords, withoutAlerts } from "../access/stage.ts";
import { fails, holds, type Result, skipped } from "../checks/check.ts";
import { requiredVariable } from "../checks/variable.ts";
import type { DoctorContext, Symptom } from "./context.ts";

/** Why an app's errors would not reach Sentry or would raise no alert. */
export const sentryHears: Symptom = {
  name: "sentry",
  title: "Errors of the apps in Sentry",
  run: async (context) => (await Promise.all(appNames.map((app) => diagnosis(app, context)))).flat(),
};

async function diagnosis(app: App, context: DoctorContext): Promise<Result[]> {
  const { access, apps } = context;
  const what = `Errors of the ${app} app`;
  const put = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts the right one in its place`;
  const without = "Sentry is not loaded at all";
  const given = requiredVariable(apps[app], sentryVariables[app].dsn, { what, without, fix: put, keysAreTold: true });
  if (given.value === undefined) return [given.result];
  const dsn = parseDsn(given.value);
  if (!dsn) return [fails(what, `\`${sentryVariables[app].dsn}\` is no DSN`, put)];
  const stage = stageFindings(what, app, context, put);
  if (!context.sentry)
    return [...stage, skipped(what, "whether Sentry accepts the key cannot be checked without a token")];
  const key = await keyFindings(what, app, dsn.publicKey, context, put);
  const found = [...stage, ...key];
  return found.length > 0 ? found : [await lastHeard(what, app, dsn.projectId, context)];
}

/** Errors must carry the stack's own stage: alerts watch one stage, and match it by name only. */
function stageFindings(what: string, app: App, { access, apps }: DoctorContext, put: string): Result[] {
  const known = variableAt(apps[app], sentryVariables[app].environment);
  if (known.kind === "hidden")
    return [
      skipped(
        what,
        `${apps[app].place} shows \`${sentryVariables[app].environment}\` to nobody, so the stage of errors is not known`,
      ),
    ];
  const carried = known.kind === "value" ? known.value : undefined;
  if (carried === access.stage) return [];
  return [
    fails(
      what,
      `are marked with ${stageWords(carried)}, not with ${access.stage}: ${ofAnotherStage(carried, access.stage)}`,
      put,
    ),
  ];
}

/** Checks that the DSN's key belongs to the project, is active, and is not rate-limited. */
async function keyFindings(
  what: string,
  app: App,
  publicKey: string,
  { access, sentry }: DoctorContext,
  put: string,
): Promise<Result[]> {
  const slug = access.sentry.projects[app];
  const key = (await sentry?.keys(slug))?.find((one) => one.public === publicKey);
  if (!key)
    return [fails(what, `the DSN's key is not one of project ${slug}: it was deleted, or is another project's`, put)];
  if (!key.isActive) {
    return [
      fails(
        what,
        "the DSN's key is switched off: Sentry refuses what is sent with it",
        `switch it on in Sentry: project ${slug}, Settings > Client Keys; or \`pulumi up --refresh\``,
      ),
    ];
  }
  if (!key.rateLimit?.count) return [];
  const { count, window } = key.rateLimit;
  return [
    fails(
      what,
      `Sentry takes at most ${count} of them in ${window} s with this key, and drops the rest`,
      `take the limit off in Sentry: project ${slug}, Settings > Client Keys`,
    ),
  ];
}

/** The result when all is well, with what could still explain missing errors. */
async function lastHeard(
  what: string,
  app: App,
  projectId: string,
  { access, sentry, now }: DoctorContext,
): Promise<Result> {
  const [latest, filters] = await Promise.all([
    sentry?.latestIssue(projectId),
    sentry?.activeFilters(access.sentry.projects[app]),
  ]);
  const dropped = filters && filters.length > 0 ? `; Sentry drops ${filters.join(", ")}` : "";
  const untold = withoutAlerts(access.stage);
  const rest = `${dropped}${untold === undefined ? "" : `; ${untold}`}`;
  if (!latest) return holds(what, `would be accepted; there was none in 14 days${rest}. \`npx obs verify\` sends one`);
  return holds(what, `are accepted, the last one ${ago(now() - Date.parse(latest.lastSeen))}${rest}`);
}

const ago = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 2) return "just now";
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
};
