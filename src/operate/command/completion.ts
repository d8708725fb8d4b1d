import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { isFailure } from "./failure.ts";

/**
 * Adds `completion <shell>`, which prints a script for bash, zsh, fish or PowerShell; the script asks the hidden `complete` what may
 * come next. Options that name a stack are completed with the stacks that have a configuration file.
 * @param stacks names of this project's stacks. @throws Failure when there is no project; options are then completed without stacks
 */
export function addCompletion(program: Command, stacks: () => readonly string[]): void {
  const described = new Map(
    [...commandsOf(program)].map(([name, command]) => [name, command.summary() || command.description()]),
  );
  const { commands } = tab(program, { completionCommandName: "completion" });
  for (const [name, command] of commands) {
    // One line for the shell's menu instead of the help text's paragraph.
    command.description = described.get(name) ?? command.description;
    const stack = command.options.get("stack");
    if (stack) stack.handler = (complete) => known(stacks).forEach((one) => void complete(one, ""));
  }
}

function* commandsOf(command: Command, before = ""): Generator<readonly [string, Command]> {
  for (const one of command.commands) {
    const name = `${before}${one.name()}`;
    yield [name, one];
    yield* commandsOf(one, `${name} `);
  }
}

function known(stacks: () => readonly string[]): readonly string[] {
  try {
    return stacks();
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}
