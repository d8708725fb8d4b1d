import { getOrganization, getProject, getStack } from "@pulumi/pulumi";

/** Quotes a word for a shell. */
export const shellWord = (word: string): string =>
  /^[\w.,:@/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The full name of the running stack, for `--stack`: Pulumi's service looks up a bare name in the user's default
 * organization, which may have another stack of that name. A self-managed state has one organization only.
 */
export function runningStack(): string {
  const organization = getOrganization();
  return organization === "organization" ? getStack() : `${organization}/${getProject()}/${getStack()}`;
}

/** A value of a stack's configuration, by its path: `pages.adopt[0]`. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/** The command that sets it, ready to paste into a shell. */
export const setCommand = (stack: string, { path, value }: Setting): string =>
  `pulumi config set --stack ${shellWord(stack)} --path ${shellWord(path)} ${value.startsWith("-") ? "-- " : ""}${shellWord(value)}`;

/** The command that removes it. */
export const removeCommand = (stack: string, path: string): string =>
  `pulumi config rm --stack ${shellWord(stack)} --path ${shellWord(path)}`;

/** A resource of the program that already exists at its vendor. */
export interface Imported {
  readonly type: string;
  readonly name: string;
  /** Id for the plugin's import: `organization/project`. */
  readonly id: string;
  readonly parentUrn: string;
  readonly protect: boolean;
}

/** The command that imports it into the stack's state; the program declares it already, so no code is generated. */
export const importCommand = (stack: string, { type, name, id, parentUrn, protect }: Imported): string =>
  [
    ...["pulumi import", type, shellWord(name), shellWord(id), "--stack", shellWord(stack)],
    ...["--parent", shellWord(`parent=${parentUrn}`), `--protect=${protect} --generate-code=false --yes`],
  ].join(" ");

/** The command that undoes `pulumi state taint`. */
export const untaintCommand = (stack: string, urn: string): string =>
  `pulumi state untaint ${shellWord(urn)} --stack ${shellWord(stack)} --yes`;

/** The commands that append names to a list of the configuration. */
export const appended = (path: string, list: readonly string[], names: readonly string[]): Setting[] =>
  names.map((value, i) => ({ path: `${path}[${list.length + i}]`, value }));
