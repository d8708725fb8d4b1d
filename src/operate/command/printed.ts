/** The start of a command of Pulumi, in prose and in code: `pulumi up …`, not "pulumi ended with exit code 1". */
const command =
  /(?<![\w./@-])pulumi (?=(?:up|preview|refresh|destroy|import|cancel|config|state|stack|login|logout|whoami|plugin)\b)/g;

/** How Pulumi is called where there is none on PATH, and on the local cloud, whose login and addresses are its own. */
const ours = "npm run pulumi -- ";

export interface Printing {
  /** Whether a shell here finds a `pulumi`. */
  readonly hasPulumi: boolean;
  /** Name of the stack that all of the text is about; undefined where it is about none, or not known. */
  readonly stack?: string | undefined;
}

/** A text whose commands work as they are printed, where they are printed. */
export function asItWorksHere(text: string, { hasPulumi, stack }: Printing): string {
  const isLocal = (line: string): boolean => stack === "local" || /--stack '?local'?(?![\w/-])/.test(line);
  return text
    .split("\n")
    .map((line) => (hasPulumi && !isLocal(line) ? line : line.replaceAll(command, ours)))
    .join("\n");
}
