import { randomBytes } from "node:crypto";
import { testErrorTag } from "../../alerts/sentry/index.ts";
import type { App } from "../../catalog/variable.ts";
import { valueAt } from "../access/apps.ts";
import { parseDsn } from "../access/dsn.ts";
import { answerWords, fetched } from "../access/fetch.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import { eventually, seconds, type VerifyCheck, type VerifyContext } from "./context.ts";

const names = {
  browser: { dsn: "VITE_SENTRY_DSN", environment: "VITE_SENTRY_ENVIRONMENT" },
  server: { dsn: "SENTRY_DSN", environment: "SENTRY_ENVIRONMENT" },
} as const;

/** An error sent as each app would send it arrives in the stage that alerts watch; it is resolved again. */
export const errorsArrive: VerifyCheck = {
  name: "errors",
  title: "Errors arrive in Sentry",
  run: (context) => Promise.all((["browser", "server"] as const).map((app) => arrives(app, context))),
};

async function arrives(app: App, context: VerifyContext): Promise<Result> {
  const { access, apps, clock, sentry, patienceMs, signal } = context;
  const what = `A test error of the ${app} app`;
  const dsn = parseDsn(valueAt(apps[app], names[app].dsn) ?? "");
  if (!dsn) {
    return fails(
      what,
      `cannot be sent: ${names[app].dsn} is missing or no DSN`,
      "`pulumi up --refresh --run-program` puts it in its place",
    );
  }
  const environment = valueAt(apps[app], names[app].environment);
  const id = randomBytes(16).toString("hex");
  const started = clock.now();
  const answer = await fetched(
    dsn.envelopeUrl,
    {
      method: "POST",
      headers: {
        "Content-Type": "application/x-sentry-envelope",
        "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=obs/1.0, sentry_key=${dsn.publicKey}`,
      },
      body: envelope(id, app, environment),
    },
    signal,
  );
  if (!answer.ok) {
    return fails(
      what,
      `Sentry ${answerWords(answer)}`,
      `the key is disabled, deleted or over its limit: \`npx obs doctor --stack ${access.stack}\` tells which`,
    );
  }
  const event = await eventually(context, () => sentry.event(id));
  if (!event) {
    return fails(
      what,
      `Sentry took it (${answer.status}), and after ${seconds(patienceMs)} it is nowhere`,
      "an inbound filter, a spike protection or the quota drops it: in Sentry, look at Stats",
    );
  }
  await sentry.resolve(event.issueId);
  if (event.environment !== access.environment) {
    return fails(
      what,
      `arrived in ${event.environment === undefined ? "no environment" : `environment ${event.environment}`}, not in ${access.environment}: no alert would tell of it`,
      `\`${names[app].environment}\` must be ${access.environment}: \`pulumi up --refresh --run-program --stack ${access.stack}\``,
    );
  }
  return holds(
    what,
    `arrived in environment ${event.environment} after ${seconds(clock.now() - started)}; its issue is resolved again`,
  );
}

/** Sentry: develop.sentry.dev/sdk/data-model/envelopes. All test errors of an app are one issue. */
function envelope(id: string, app: App, environment: string | undefined): string {
  const payload = {
    event_id: id,
    timestamp: new Date().toISOString(),
    platform: app === "browser" ? "javascript" : "python",
    level: "error",
    message: `Test error of obs verify (${app} app): nothing is broken, nothing has to be done`,
    fingerprint: ["obs-verify", app],
    tags: { [testErrorTag]: "verify" },
    ...(environment !== undefined && { environment }),
  };
  return [JSON.stringify({ event_id: id }), JSON.stringify({ type: "event" }), JSON.stringify(payload), ""].join("\n");
}
