/** Something that keeps a command from doing its work, told to whoever runs it: what happened, and what to do. */
export class Failure extends Error {
  readonly fix: string | undefined;
  constructor(message: string, { fix }: { fix?: string | undefined } = {}) {
    super(message);
    this.name = "Failure";
    this.fix = fix;
  }
}

export const isFailure = (error: unknown): error is Failure => error instanceof Failure;
