import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseEnv } from "node:util";
import { environment, type VariableName, variableNamesOf } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import { expectedValue } from "../access/expected.ts";
import { Failure } from "../command/failure.ts";
import type { Held, Place } from "./compare.ts";

const apps: readonly App[] = ["browser", "server"];

/** What the stack says, as far as it can be told without opening a secret. */
export function stackPlace(access: Access, dsns: Record<App, string | undefined>): Place {
  const known = (Object.keys(environment) as VariableName[]).flatMap((name): [string, Held][] => {
    const value = expectedValue(name, access, dsns);
    return value === undefined ? [] : [[name, { visibility: environment[name].visibility, value }]];
  });
  return { name: `stack ${access.stack}`, apps, variables: new Map(known), complete: false, tellsVisibility: false };
}

/** Pages tells secret from public; Render shows everything to whoever sees the service. */
export const livePlace = ({ app, place, variables }: AppVariables): Place => ({
  name: place,
  apps: [app],
  variables,
  complete: true,
  tellsVisibility: app === "browser",
});

/**
 * A file of variables, as dotenv reads it. It is to have every variable of the apps of which it has one.
 * @throws Failure when there is no such file
 */
export function filePlace(path: string, cwd: string): Place {
  const file = resolve(cwd, path);
  if (!existsSync(file))
    throw new Failure(`there is no file ${path}`, { fix: "name one with --dotenv, or copy .env.example" });
  const values = Object.entries(parseEnv(readFileSync(file, "utf8")));
  const variables = new Map(
    values.map(([name, value]): [string, Held] => [name, { visibility: "public", value: value ?? "" }]),
  );
  const held = apps.filter((app) => variableNamesOf(app).some((name) => variables.has(name)));
  return {
    name: basename(path),
    apps: held.length > 0 ? held : apps,
    variables,
    complete: true,
    tellsVisibility: false,
  };
}
