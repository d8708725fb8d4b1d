/** The start of a command of Pulumi, in prose and in code: `pulumi up …`, not "pulumi ended with exit code 1". */
const command =
  /(?<![\w./@-])pulumi (?=(?:up|preview|refresh|destroy|import|cancel|config|state|stack|login|logout|whoami|plugin)\b)/g;

/** How to call Pulumi when it is not on PATH, and for the local cloud, which has its own login and addresses. */
const ours = "npm run pulumi -- ";

export interface Printing {
  /** Whether a shell here finds a `pulumi`. */
  readonly hasPulumi: boolean;
  /** Name of the stack that the text is about; undefined when there is none or it is not known. */
  readonly stack?: string | undefined;
}

/** Rewrites the commands in a text so that they work as printed, in this shell. */
export function asItWorksHere(text: string, { hasPulumi, stack }: Printing): string {
  const isLocal = (line: string): boolean => stack === "local" || /--stack '?local'?(?![\w/-])/.test(line);
  return text
    .split("\n")
    .map((line) => (hasPulumi && !isLocal(line) ? line : line.replaceAll(command, ours)))
    .join("\n");
}
