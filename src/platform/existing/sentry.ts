import { connect } from "@brandvx/resources/sentry/look";
import { log, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import type { App } from "../../catalog/variable.ts";
import { printable } from "../../model/text.ts";
import { runningStack, setCommand } from "../settings/commands.ts";
import { beforeCreation, importOf, type Own } from "./look.ts";
import type { Obstacle } from "./report.ts";

const existing = (what: string, setting: string, ifOwn: string): Obstacle => ({
  problem: `${what} already exists; to take it over as it is:`,
  commands: [setCommand(runningStack(), { path: `sentryExisting.${setting}`, value: "true" })],
  ifOwn,
});

export const unlessTeamExists = (organization: string, slug: string, own: Own): ResourceHookBinding =>
  beforeCreation(`whether the Sentry team ${slug} exists`, async (_, hook) =>
    (await connect(organization).team(slug))
      ? [existing(`the Sentry team ${slug}`, "team", await importOf(hook, `${organization}/${slug}`, own))]
      : [],
  );

export const unlessProjectExists = (organization: string, slug: string, app: App, own: Own): ResourceHookBinding =>
  beforeCreation(`whether the Sentry project ${slug} exists`, async (_, hook) =>
    (await connect(organization).projectNow(slug))
      ? [existing(`the Sentry project ${slug}`, `${app}Project`, await importOf(hook, `${organization}/${slug}`, own))]
      : [],
  );

/**
 * Reports that a project has keys which apps may be using: a new one is created next to them, which is allowed.
 * @param named the key that is about to be created
 */
export const saysWhichKeysExist = (organization: string, slug: string, app: App, named: string): ResourceHookBinding =>
  beforeCreation(`whether the Sentry project ${slug} has keys already`, async () => {
    // An `up` has had this in its preview, and also finds the key that Sentry creates with a project.
    if (!runtime.isDryRun()) return [];
    const api = connect(organization);
    if (!(await api.projectNow(slug))) return [];
    const keys = (await api.keys(slug)).filter(({ isActive }) => isActive !== false);
    if (keys.length === 0) return [];
    const commands = keys.map(({ id, name }) => {
      const command = setCommand(runningStack(), { path: `sentryExisting.${app}Key`, value: id });
      return `\n    ${command}    # ${printable(name)}`;
    });
    await log.warn(
      `the Sentry project ${slug} has ${keys.length === 1 ? "a key" : `${keys.length} keys`} already; "${named}" is made beside it, and the app is given that one. To leave the app one that it has:${commands.join("")}`,
    );
    return [];
  });
