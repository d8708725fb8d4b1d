/** Numbers for texts that come again and again: an event's name, a person. */
export class Dictionary {
  readonly #ids = new Map<string, number>();

  /** The text's number; a new one for a text that is new. */
  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }

  find(text: string): number | undefined {
    return this.#ids.get(text);
  }
}
