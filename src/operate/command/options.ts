import { type Command, InvalidArgumentError, Option } from "commander";

/** Options of every command that works on a stack. */
export interface StackOption {
  readonly stack?: string;
}

export const stackOption = (): Option =>
  new Option("-s, --stack <name>", "the stack to work on (default: the one that `pulumi stack select` chose)");

export const jsonOption = (): Option =>
  new Option("--json", "print the report as JSON, for programs; or, as JSON, why it could not be made");

export const markdownOption = (): Option =>
  new Option("--markdown", "print the report as Markdown, for GitHub").conflicts("json");

/** An address as an option takes it, without slashes at its end. */
export function address(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol !== "https:" && protocol !== "http:")
    throw new InvalidArgumentError("an address is needed, such as https://app.brandvx.io");
  return text.replace(/\/+$/, "");
}

export const healthOption = (): Option =>
  new Option("--health <address>", "address of the backend's /health (default: healthUrl of the stack)").argParser(
    address,
  );

export const patienceOption = (): Option =>
  new Option("--patience <seconds>", "how long an event or an error may take to arrive")
    .default(120)
    .argParser((text) => {
      const value = Number(text);
      if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("a number of seconds is needed");
      return value;
    });

/** The end of a command's help text: exit codes and examples. */
export function withHelp(
  command: Command,
  ends: readonly string[],
  examples: readonly (readonly [string, string])[],
): Command {
  const width = Math.max(...examples.map(([example]) => example.length));
  const lines = [
    "",
    "Exit codes:",
    ...ends.map((end) => `  ${end}`),
    "",
    "Examples:",
    ...examples.map(([example, what]) => `  ${example.padEnd(width)}   ${what}`),
  ];
  return command.addHelpText("after", lines.join("\n"));
}
