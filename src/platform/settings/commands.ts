import { getOrganization, getProject, getStack } from "@pulumi/pulumi";

/** A word as a shell takes it, whatever is in it. */
export const shellWord = (word: string): string =>
  /^[\w.,:@/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The running stack, as every `--stack` finds it: Pulumi's service looks for a name alone in the user's default organization, which
 * may have another stack of that name. A state of one's own knows one organization only.
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

/** The command that sets it, as it can be pasted into a shell. */
export const setCommand = (stack: string, { path, value }: Setting): string =>
  `pulumi config set --stack ${shellWord(stack)} --path ${shellWord(path)} ${value.startsWith("-") ? "-- " : ""}${shellWord(value)}`;

/** The command that takes it out again. */
export const removeCommand = (stack: string, path: string): string =>
  `pulumi config rm --stack ${shellWord(stack)} --path ${shellWord(path)}`;

/** A resource of the program that exists at its vendor. */
export interface Imported {
  readonly type: string;
  readonly name: string;
  /** As the plugin's import takes it: `organization/project`. */
  readonly id: string;
  readonly parentUrn: string;
  readonly protect: boolean;
}

/** The command that puts it into the stack's state; the program declares it already, so no code is generated. */
export const importCommand = (stack: string, { type, name, id, parentUrn, protect }: Imported): string =>
  [
    ...["pulumi import", type, shellWord(name), shellWord(id), "--stack", shellWord(stack)],
    ...["--parent", shellWord(`parent=${parentUrn}`), `--protect=${protect} --generate-code=false --yes`],
  ].join(" ");

/** The command that takes back `pulumi state taint`. */
export const untaintCommand = (stack: string, urn: string): string =>
  `pulumi state untaint ${shellWord(urn)} --stack ${shellWord(stack)} --yes`;

/** What appends names to a list of the configuration that has some already. */
export const appended = (path: string, list: readonly string[], names: readonly string[]): Setting[] =>
  names.map((value, i) => ({ path: `${path}[${list.length + i}]`, value }));
