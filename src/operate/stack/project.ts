import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { suggestion } from "../../catalog/nearest.ts";
import { Failure } from "../command/failure.ts";

/** The Pulumi project that a command works on. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  readonly folder: string;
  readonly name: string;
  /** Stacks that have a configuration file. */
  readonly stacks: readonly string[];
}

const pulumiYaml = z.object({ name: z.string() });

/**
 * Finds the project of a folder, or of the nearest folder above it, as `pulumi` does.
 * @throws Failure when there is none, or it cannot be read
 */
export function findProject(from: string): Project {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, "Pulumi.yaml");
    if (existsSync(file)) {
      const { name } = readProjectFile(file);
      const files = readdirSync(folder).map((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1]);
      return { folder, name, stacks: files.filter((stack) => stack !== undefined) };
    }
    if (dirname(folder) === folder) {
      throw new Failure("there is no Pulumi.yaml here, or in a folder above", {
        fix: "go to the checkout of brandvx-observability, or name it with --cwd",
      });
    }
  }
}

function readProjectFile(file: string): z.infer<typeof pulumiYaml> {
  try {
    return pulumiYaml.parse(parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : String(error instanceof Error ? error.message : error);
    throw new Failure(`${file} is not a valid Pulumi project: ${why.trim()}`, {
      fix: "fix it, or restore it from git",
    });
  }
}

/** The error for a stack that does not exist. */
export function noSuchStack(stack: string, { stacks }: Project, known: Iterable<string> = stacks): Failure {
  const make = `pulumi stack init ${stack}`;
  if (stacks.includes(stack.slice(stack.lastIndexOf("/") + 1))) {
    return new Failure(
      `the stack "${stack}" has a configuration file, but does not exist where Pulumi stores its state`,
      {
        fix: `${make}; or, if its state is stored elsewhere: pulumi login <address>`,
      },
    );
  }
  return new Failure(`there is no stack "${stack}"`, {
    fix: `${stackSuggestion(stack, known)}\n  To make a new one: ${make}`,
  });
}

/** Finds a name with two letters swapped. Names of stacks are so short that an edit distance of two would rule it out. */
export function stackSuggestion(stack: string, known: Iterable<string>): string {
  const names = [...new Set(known)];
  const letters = (name: string): string => [...name].toSorted().join("");
  const swapped = names.find((name) => letters(name) === letters(stack));
  return swapped === undefined ? suggestion(stack, names) : `did you mean ${swapped}?`;
}
