import { randomBytes } from "node:crypto";
import { testErrorTag } from "../../alerts/sentry/index.ts";
import { type App, appNames } from "../../catalog/variable.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { sentryVariables, valueAt } from "../access/apps.ts";
import { answerWords } from "../access/fetch.ts";
import { sendError } from "../access/send.ts";
import { ofAnotherStage, stageWords, withoutAlerts } from "../access/stage.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import { eventually, seconds } from "../checks/eventually.ts";
import { requiredVariable } from "../checks/variable.ts";
import { compareWithStack, type VerifyCheck, type VerifyContext, withoutPatience } from "./context.ts";

/** Sends an error as each app would, checks that it arrives in the stage that alerts watch, and resolves its issue. */
export const errorsArrive: VerifyCheck = {
  name: "errors",
  title: "Errors arrive in Sentry",
  run: (context) => Promise.all(appNames.map((app) => arrives(app, context))),
};

async function arrives(app: App, context: VerifyContext): Promise<Result> {
  const { access, apps, clock, sentry, patienceMs, signal } = context;
  const what = `A test error of the ${app} app`;
  const fix = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts ${sentryVariables[app].dsn} in its place`;
  const given = requiredVariable(apps[app], sentryVariables[app].dsn, { what, without: "it cannot be sent", fix });
  if (given.value === undefined) return given.result;
  const dsn = parseDsn(given.value);
  if (!dsn) return fails(what, `cannot be sent: \`${sentryVariables[app].dsn}\` is no DSN`, fix);
  const environment = valueAt(apps[app], sentryVariables[app].environment);
  const id = randomBytes(16).toString("hex");
  const started = clock.now();
  const answer = await sendError(dsn, testError(id, app, environment), signal);
  if (!answer.ok) {
    return fails(
      what,
      `Sentry ${answerWords(answer)}`,
      `the key is disabled, deleted or over its limit: \`npx obs doctor --stack ${access.stack}\` tells which`,
    );
  }
  const compared = compareWithStack(sentryVariables[app].dsn, given.value, context);
  const isWrong = compared === "different";
  const event = await eventually(isWrong ? withoutPatience(context) : context, () => sentry.event(id));
  if (!event && isWrong)
    return fails(
      what,
      `Sentry took it, and \`${sentryVariables[app].dsn}\` is not what the stack says: it went to another project`,
      fix,
    );
  if (!event) {
    return fails(
      what,
      `Sentry took it (${answer.status}), and after ${seconds(patienceMs)} it has not arrived`,
      "an inbound filter, a spike protection or the quota drops it: in Sentry, look at Stats",
    );
  }
  await sentry.resolve(event.issueId);
  const project = access.sentry.projects[app];
  if (event.project !== undefined && event.project !== project)
    return fails(what, `arrived in the project ${event.project}, not in ${project}`, fix);
  if (event.environment !== access.stage) {
    return fails(
      what,
      `arrived in ${stageWords(event.environment)}, not in ${access.stage}: ${ofAnotherStage(event.environment, access.stage)}`,
      `\`${sentryVariables[app].environment}\` must be ${access.stage}: \`pulumi up --refresh --run-program --stack ${access.stack}\``,
    );
  }
  const untold = withoutAlerts(access.stage);
  return holds(
    what,
    `arrived in environment ${event.environment} after ${seconds(clock.now() - started)}; its issue is resolved again${untold === undefined ? "" : `; ${untold}`}`,
  );
}

/** All test errors of an app are one issue. */
const testError = (id: string, app: App, environment: string | undefined) => ({
  event_id: id,
  timestamp: new Date().toISOString(),
  platform: app === "browser" ? "javascript" : "python",
  level: "error",
  message: `Test error of obs verify (${app} app): nothing is broken, nothing has to be done`,
  fingerprint: ["obs-verify", app],
  tags: { [testErrorTag]: "verify" },
  ...(environment !== undefined && { environment }),
});
