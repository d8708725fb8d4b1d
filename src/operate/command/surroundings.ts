/** What a command may use of the process that it runs in. */
export interface Surroundings {
  /** Name of the command as it is typed: "import sentry". */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: everything that was started is ended then. */
  readonly signal: AbortSignal;
  /** One line for a person who waits; not part of the result. */
  readonly progress: (line: string) => void;
  /** The result itself. */
  readonly print: (text: string) => void;
  /** Whether letters of the result may be coloured. */
  readonly colors: boolean;
  /** Width of the terminal that the result is printed to, in characters; undefined for a file or a pipe. */
  readonly columns: number | undefined;
}
