import type { PropertyOf } from "../plan.ts";
import { detectType, type PropertyType, type PropertyTypes } from "./property-types.ts";

/** What is known about the properties seen so far: their types, and whether one was ever an empty text. */
export class PropertyIndex {
  readonly #declared: PropertyTypes;
  readonly #detected: Record<PropertyOf, Map<string, PropertyType>> = { event: new Map(), person: new Map() };
  readonly #empty: Record<PropertyOf, Set<string>> = { event: new Set(), person: new Set() };
  /** Properties of another type than String that once had a text value. */
  readonly #texts: Record<PropertyOf, Set<string>> = { event: new Set(), person: new Set() };
  readonly #seen: Record<PropertyOf, boolean> = { event: false, person: false };

  constructor(declared: PropertyTypes) {
    this.#declared = declared;
  }

  /** Records an event's properties, or its person's. `seenAt` in seconds since 1970. */
  note(of: PropertyOf, properties: Readonly<Record<string, unknown>>, seenAt: number): void {
    this.#seen[of] = true;
    const types = this.#detected[of];
    for (const key in properties) {
      const value = properties[key];
      if (value === "") this.#empty[of].add(key);
      let type = types.get(key);
      if (type === undefined) {
        type = detectType(key, value, seenAt);
        // PostHog: the first value that has a type decides it.
        if (type !== undefined) types.set(key, type);
      }
      if (typeof value === "string" && type !== "String") this.#texts[of].add(key);
    }
  }

  /** Undefined for a property that was never seen: PostHog then reads it as text. */
  typeOf(of: PropertyOf, key: string): PropertyType | undefined {
    return this.#isDeclared(of, key) ? this.#declared[of]?.[key] : this.#detected[of].get(key);
  }

  /**
   * Whether the type was detected from a property that also had a text value: another first value gives another type.
   */
  isGuess(of: PropertyOf, key: string): boolean {
    return !this.#isDeclared(of, key) && this.#texts[of].has(key);
  }

  #isDeclared(of: PropertyOf, key: string): boolean {
    const declared = this.#declared[of];
    return declared !== undefined && Object.hasOwn(declared, key);
  }

  wasEmpty(of: PropertyOf, key: string): boolean {
    return this.#empty[of].has(key);
  }

  /** Whether any event had such properties at all. */
  hasAny(of: PropertyOf): boolean {
    return this.#seen[of];
  }
}
