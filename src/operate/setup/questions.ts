import type { Draft } from "./draft.ts";

export interface Choice {
  /** As the configuration takes it. */
  readonly value: string;
  /** For a person: "BrandVX (project 12345)". */
  readonly what: string;
}

/** Something that only a person can decide, about one setting. */
export interface Question {
  /** The setting that it decides, by its path. */
  readonly path: string;
  /** "Which project of PostHog is it?" */
  readonly ask: string;
  /** What exists at the vendor. */
  readonly choices: readonly Choice[];
  /** Whether it may be something that is none of the choices: a name of what the next `up` makes, an address. */
  readonly isOpen: boolean;
  /** What is taken where nobody is asked. Undefined: it is left open. */
  readonly suggested?: string | undefined;
}

/** Asks a person, or takes what is suggested where there is none; undefined: it is not decided. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** Decides what can be decided, and keeps what cannot. */
export class Decisions {
  readonly draft: Draft;
  /** What nobody has decided. */
  readonly open: Question[] = [];
  /** What the configuration or an answer says, and is not at the vendor. */
  readonly wrong: { readonly problem: string; readonly fix: string }[] = [];
  readonly #ask: Ask;

  constructor(draft: Draft, ask: Ask) {
    this.draft = draft;
    this.#ask = ask;
  }

  /** The value of the setting: what is set or answered already, else what is said now. */
  async decide(question: Question): Promise<string | undefined> {
    const { path, choices, isOpen } = question;
    const set = this.draft.value(path);
    if (set !== undefined) {
      if (!isOpen && choices.length > 0 && !choices.some(({ value }) => value === set))
        this.wrong.push({
          problem: `${path} is ${set}, which is none of those that the key sees`,
          fix: `there is ${choices.map(wordsOf).join(", ")}: --set ${path}=<one of them>`,
        });
      return set;
    }
    const said = await this.settle(question);
    if (said !== undefined) this.draft.set({ path, value: said });
    return said;
  }

  /** The same for what is no value of its setting. */
  async settle(question: Question): Promise<string | undefined> {
    const said = await this.#ask(question);
    if (said === undefined) this.open.push(question);
    return said;
  }
}

/** "12345 (BrandVX)", and the value alone where it says all. */
export const wordsOf = ({ value, what }: Choice): string => (value === what ? value : `${value} (${what})`);
