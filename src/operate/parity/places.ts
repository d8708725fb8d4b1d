import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { parseEnv } from "node:util";
import { environment, type VariableName, variableNamesOf } from "../../catalog/environment.ts";
import { type App, appNames } from "../../catalog/variable.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { DeployedDigests } from "../access/deployed-digests.ts";
import { expectedValue } from "../access/expected.ts";
import { Failure } from "../command/failure.ts";
import type { StoredVariable, VariableStore } from "./compare.ts";

/** The stack's values: public ones in clear, secrets as digests of what was written. */
export function stackPlace(
  access: Access,
  dsns: Record<App, string | undefined>,
  { digests }: DeployedDigests,
): VariableStore {
  const known = (Object.keys(environment) as VariableName[]).flatMap((name): [string, StoredVariable][] => {
    const value = expectedValue(name, access, dsns);
    const { visibility } = environment[name];
    if (value !== undefined) return [[name, { visibility, value }]];
    const digest = digests.kind === "value" ? digests.value.get(name) : undefined;
    return digest === undefined ? [] : [[name, { visibility, value, digest }]];
  });
  return {
    name: `stack ${access.stack}`,
    apps: appNames,
    variables: new Map(known),
    complete: false,
    tellsVisibility: false,
  };
}

/** Pages distinguishes secret from public; Render shows all values to whoever may see the service. */
export const livePlace = ({ app, place, variables }: AppVariables): VariableStore => ({
  name: place,
  apps: [app],
  variables: variables.kind === "value" ? variables.value : new Map(),
  // When a place could not be read, nothing may be reported as missing there.
  complete: variables.kind === "value",
  tellsVisibility: app === "browser",
});

/**
 * Files of variables, by path: equal names in two folders are two places, a file that is given twice is one.
 * @throws Failure when one of them cannot be read
 */
export function filePlaces(paths: readonly string[], cwd: string): VariableStore[] {
  const files = new Map(paths.map((path) => [resolve(cwd, path), path]));
  return [...files.values()].map((path) => filePlace(path, cwd));
}

/**
 * A file of variables in dotenv's format. It should have all variables of each app of which it has at least one.
 * @throws Failure when the file does not exist
 */
export function filePlace(path: string, cwd: string): VariableStore {
  const file = resolve(cwd, path);
  if (!existsSync(file))
    throw new Failure(`there is no file ${path}`, { fix: "name one with --dotenv, or copy .env.example" });
  const values = Object.entries(parseEnv(contentOf(file, path)));
  const variables = new Map(
    values.map(([name, value]): [string, StoredVariable] => [name, { visibility: "public", value: value ?? "" }]),
  );
  const name = (isAbsolute(path) ? path : relative(cwd, file)).replaceAll("\\", "/");
  const held = appNames.filter((app) => variableNamesOf(app).some((name) => variables.has(name)));
  return {
    name,
    apps: held.length > 0 ? held : appNames,
    variables,
    complete: true,
    tellsVisibility: false,
    isFile: true,
  };
}

function contentOf(file: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Failure(`${path} cannot be read (${why})`, { fix: "name a file of variables with --dotenv" });
  }
}
