/** What a command may use of the process that it runs in. */
export interface Surroundings {
  /** Name of the command as it is typed: "import sentry". */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C; the command then stops everything that it started. */
  readonly signal: AbortSignal;
  /** Prints one line of progress; not part of the result. */
  readonly progress: (line: string) => void;
  /** Prints the result. */
  readonly print: (text: string) => void;
  /** Whether the result may be colored. */
  readonly colors: boolean;
  /** Width of the terminal that the result is printed to, in characters; undefined for a file or a pipe. */
  readonly columns: number | undefined;
}
