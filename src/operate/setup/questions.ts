import type { Draft } from "./draft.ts";

export interface Choice {
  /** The value for the configuration. */
  readonly value: string;
  /** For a person: "BrandVX (project 12345)". */
  readonly what: string;
}

/** A question about one setting that only a person can decide. */
export interface Question {
  /** Path of the setting. */
  readonly path: string;
  /** "Which project of PostHog is it?" */
  readonly ask: string;
  /** The existing choices at the vendor. */
  readonly choices: readonly Choice[];
  /** Whether another answer than the choices is allowed: a name that the next `up` creates, an address. */
  readonly isOpen: boolean;
  /** Answer when nobody can be asked. Undefined: the question stays open. */
  readonly suggested?: string | undefined;
}

/** Asks a person, or takes the suggestion when there is none to ask; undefined: not decided. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** Collects decisions and the questions that stay open. */
export class Decisions {
  readonly draft: Draft;
  /** Open questions. */
  readonly open: Question[] = [];
  /** Values in the configuration or the answers that do not exist at the vendor. */
  readonly wrong: { readonly problem: string; readonly fix: string }[] = [];
  readonly #ask: Ask;

  constructor(draft: Draft, ask: Ask) {
    this.draft = draft;
    this.#ask = ask;
  }

  /** The setting's value: already set or answered, else asked for now. */
  async decide(question: Question): Promise<string | undefined> {
    const { path, choices, isOpen } = question;
    const set = this.draft.value(path);
    if (set !== undefined) {
      if (!isOpen && !choices.some(({ value }) => value === set))
        this.wrong.push({
          problem: `${path} is ${set}, which is not among those that the key can see`,
          fix:
            choices.length > 0
              ? `there is ${choices.map(wordsOf).join(", ")}: --set ${path}=<one of them>`
              : "the key can see none at all: create it first, or use a key that can see it",
        });
      return set;
    }
    const said = await this.settle(question);
    if (said !== undefined) this.draft.set({ path, value: said });
    return said;
  }

  /** The same for an answer that is not the setting's value. */
  async settle(question: Question): Promise<string | undefined> {
    const answer = await this.#ask(question);
    if (answer === undefined) this.open.push(question);
    return answer;
  }
}

/** "12345 (BrandVX)", or the value alone if its label adds nothing. */
export const wordsOf = ({ value, what }: Choice): string => (value === what ? value : `${value} (${what})`);
