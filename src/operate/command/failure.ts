/** An error for the person who runs the command: what happened, and what to do. */
export class Failure extends Error {
  readonly fix: string | undefined;
  constructor(message: string, { fix }: { fix?: string | undefined } = {}) {
    super(message);
    this.name = "Failure";
    this.fix = fix;
  }
}

export const isFailure = (error: unknown): error is Failure => error instanceof Failure;
