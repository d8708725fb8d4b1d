import type { Setting } from "../../platform/settings/commands.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { parsed } from "../../platform/settings/structured.ts";

type Step = string | number;

/** A stack's present configuration plus what a set-up will add, before anything is written. */
export class Draft {
  /** Reads both, like the program's settings. */
  readonly sources: SettingsReader;
  readonly #given: SettingsReader;
  readonly #added = new Map<string, string>();

  constructor(given: SettingsReader) {
    this.#given = given;
    this.sources = {
      ...given,
      config: (key) => this.#config(key),
      keys: () => [...new Set([...(given.keys?.() ?? []), ...[...this.#added.keys()].map(rootOf)])],
    };
  }

  /** A value by its path (`pages.accountId`), as text; undefined when it is not set, or is a list or group. */
  value(path: string): string | undefined {
    const value = at(this.#whole(rootOf(path)), stepsIn(path));
    return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
  }

  /** The values of a list. */
  list(path: string): string[] {
    const value = at(this.#whole(rootOf(path)), stepsIn(path));
    return Array.isArray(value) ? value.map(String) : [];
  }

  set({ path, value }: Setting): void {
    if (this.value(path) !== value) this.#added.set(path, value);
  }

  /** The values to write, in the order of the decisions. */
  settings(): Setting[] {
    const isNew = (path: string, value: string): boolean =>
      String(at(wholeOf(this.#given, rootOf(path)), stepsIn(path)) ?? "") !== value;
    return [...this.#added].flatMap(([path, value]) => (isNew(path, value) ? { path, value } : []));
  }

  #whole(root: string): unknown {
    let whole = wholeOf(this.#given, root);
    for (const [path, value] of this.#added)
      if (rootOf(path) === root) whole = withValue(whole, stepsIn(path), asPulumiReads(value, path));
    return whole;
  }

  #config(root: string): string | undefined {
    if (![...this.#added.keys()].some((path) => rootOf(path) === root)) return this.#given.config(root);
    const whole = this.#whole(root);
    return typeof whole === "object" ? JSON.stringify(whole) : String(whole);
  }
}

const wholeOf = ({ config }: SettingsReader, root: string): unknown => {
  const given = config(root);
  return given?.startsWith("{") ? parsed(given) : given;
};

/** `pages` for `pages.accountId`; a vendor's key (`posthog:host`) is its own root. */
const rootOf = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

const stepsIn = (path: string): Step[] =>
  [...path.slice(rootOf(path).length).matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) =>
    name === undefined ? Number(index) : name,
  );

/** With `--path`, Pulumi parses numbers and booleans inside of a group (pulumi/pulumi: sdk/go/common/resource/config). */
function asPulumiReads(value: string, path: string): unknown {
  if (stepsIn(path).length === 0) return value;
  if (value === "true" || value === "false") return value === "true";
  return /^(0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

const at = (whole: unknown, steps: readonly Step[]): unknown =>
  steps.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    whole,
  );

function withValue(whole: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: unknown[] = Array.isArray(whole) ? [...whole] : [];
    list[step] = withValue(list[step], rest, value);
    return list;
  }
  const group = typeof whole === "object" && whole !== null && !Array.isArray(whole) ? whole : {};
  return { ...group, [step]: withValue(Reflect.get(group, step), rest, value) };
}
