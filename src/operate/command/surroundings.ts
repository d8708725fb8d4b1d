/** What a command may use of the process that it runs in. */
export interface Surroundings {
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
}
