import { environment, type VariableName, variableNamesOf } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import type { AppVariables } from "../access/apps.ts";
import { expectedValue } from "../access/expected.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import type { VerifyCheck, VerifyContext } from "./context.ts";

const apps: readonly App[] = ["browser", "server"];

/** Every variable of the credential map is where its app finds it, and has the value that it should. */
export const variablesInPlace: VerifyCheck = {
  name: "variables",
  title: "The apps' variables",
  run: async (context) => apps.flatMap((app) => ofApp(context.apps[app], context)),
};

function ofApp(found: AppVariables, context: VerifyContext): Result[] {
  if (found.problem) return [fails(`Variables of the ${found.app} app`, found.problem.what, found.problem.fix)];
  const names = variableNamesOf(found.app);
  const problems = names.flatMap((name) => problemOf(name, found, context));
  if (problems.length > 0) return problems;
  return [holds(`Variables of the ${found.app} app`, `all ${names.length} are in place on ${found.place}`)];
}

function problemOf(name: VariableName, { place, variables }: AppVariables, { access, dsns }: VerifyContext): Result[] {
  const fix = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts it in its place`;
  const live = variables.get(name);
  const what = `\`${name}\``;
  if (!live) return [fails(what, `is missing on ${place}`, fix)];
  // A secret that its vendor does not show is taken for what was written.
  if (live.value === undefined) return [];
  if (live.value === "") return [fails(what, `is empty on ${place}`, fix)];
  const read = environment[name].value.safeParse(live.value);
  if (!read.success) return [fails(what, `on ${place} ${read.error.issues[0]?.message}`, fix)];
  const expected = expectedValue(name, access, dsns);
  return expected === undefined || expected === live.value
    ? []
    : [fails(what, `on ${place} is not what the stack says`, fix)];
}
