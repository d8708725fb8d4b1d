import { nearest } from "../../catalog/nearest.ts";
import { isOptionalOrigin } from "../../catalog/value-origins.ts";
import type { App, Variable, VariableTable } from "../../catalog/variable.ts";
import { credentialIn } from "../../model/credentials.ts";
import { type Digest, freshDigest } from "../access/deployed-digests.ts";

/** Variables in one place: Pages, Render, a file, or the stack. */
export interface VariableStore {
  /** "Pages project operator-ui", ".env.production", "the stack" */
  readonly name: string;
  /** Apps whose variables it should have. */
  readonly apps: readonly App[];
  readonly variables: ReadonlyMap<string, StoredVariable>;
  /** Whether it should have every variable of its apps: the stack's values are known for some only. */
  readonly complete: boolean;
  /** Whether its vendor distinguishes secret from public. */
  readonly tellsVisibility: boolean;
  /** A file on this machine: it is fixed by hand, not by an `up`. */
  readonly isFile?: true;
}

export interface StoredVariable {
  readonly visibility: "public" | "secret";
  /** Undefined: it is set, but its value cannot be read. */
  readonly value: string | undefined;
  /** Digest to compare with, for a value that is known but not stored here. */
  readonly digest?: string;
}

/** A deviation from the credential map. Never holds a value. */
export interface ParityFinding {
  readonly variable: string;
  readonly place: string;
  readonly kind:
    | "missing"
    | "empty"
    | "wrong"
    | "different"
    | "secret where public is meant"
    | "public where secret is meant"
    | "exposed"
    | "extra";
  readonly words: string;
}

/** A value that could not be compared with another. */
export interface NotCompared {
  readonly variable: string;
  readonly place: string;
  /** hidden: its vendor never shows it. alone: no other place has the value. */
  readonly why: "hidden" | "alone";
}

/** A variable in all places, by place name. */
export interface ParityRow {
  readonly variable: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** How a value is shown: whether it is set, and a mark that is equal for equal values. */
export type Cell =
  | { readonly kind: "not meant" | "missing" | "empty" | "hidden" }
  | { readonly kind: "set"; readonly mark: string };

export interface Parity {
  /** The places that are files. */
  readonly files: readonly string[];
  readonly rows: readonly ParityRow[];
  readonly findings: readonly ParityFinding[];
  readonly notCompared: readonly NotCompared[];
  /** Variables that are not in the map and do not resemble one: they belong to something else. */
  readonly others: readonly { readonly place: string; readonly names: readonly string[] }[];
}

/** Compares places with the credential map and with each other. */
export function compareParity(
  table: VariableTable,
  places: readonly VariableStore[],
  digest: Digest = freshDigest(),
): Parity {
  const entries = Object.entries(table);
  const findings = entries.flatMap(([name, variable]) => [
    ...places.flatMap((place) => findingsAt(name, variable, place, places)),
    ...differences(name, variable, places, digest),
  ]);
  return {
    files: places.filter(({ isFile }) => isFile).map(({ name }) => name),
    rows: entries.map(([variable, about]) => ({
      variable,
      cells: Object.fromEntries(places.map((place) => [place.name, cellOf(variable, about, place, places, digest)])),
    })),
    findings: [...findings, ...places.flatMap((place) => [...extras(table, place), ...exposed(table, place)])],
    notCompared: notComparedIn(table, places),
    others: places
      .map((place) => ({
        place: place.name,
        names: unknownNames(table, place).filter((name) => meantBy(table, name) === undefined),
      }))
      .filter(({ names }) => names.length > 0),
  };
}

/** One that a stack may do without is missing only at a vendor, where the stack has it. */
function isMeant(name: string, variable: Variable, place: VariableStore, places: readonly VariableStore[]): boolean {
  if (!place.complete || !place.apps.includes(variable.app)) return false;
  if (!isOptionalOrigin(variable.valueFrom)) return true;
  return !place.isFile && places.some(({ complete, variables }) => !complete && variables.has(name));
}

function cellOf(
  name: string,
  variable: Variable,
  place: VariableStore,
  places: readonly VariableStore[],
  digest: Digest,
): Cell {
  const held = place.variables.get(name);
  if (!held) return { kind: isMeant(name, variable, place, places) ? "missing" : "not meant" };
  if (held.value === "") return { kind: "empty" };
  const known = digestOf(held, digest);
  return known === undefined ? { kind: "hidden" } : { kind: "set", mark: known.slice(0, 8) };
}

const digestOf = ({ value, digest: known }: StoredVariable, digest: Digest): string | undefined =>
  value === undefined ? known : digest(value);

/** Values that could not be compared: a reader of "the same everywhere" has to know them. */
function notComparedIn(table: VariableTable, places: readonly VariableStore[]): NotCompared[] {
  return Object.entries(table).flatMap(([variable, { app }]) => {
    const holding = places.flatMap((place) => {
      const held = place.apps.includes(app) ? place.variables.get(variable) : undefined;
      return held && held.value !== ""
        ? [{ place: place.name, complete: place.complete, isKnown: (held.value ?? held.digest) !== undefined }]
        : [];
    });
    const known = holding.filter(({ isKnown }) => isKnown);
    const hidden = holding
      .filter(({ isKnown }) => !isKnown)
      .map(({ place }) => ({ variable, place, why: "hidden" as const }));
    const [only, ...others] = known;
    return only?.complete && others.length === 0
      ? [...hidden, { variable, place: only.place, why: "alone" as const }]
      : hidden;
  });
}

function findingsAt(
  name: string,
  variable: Variable,
  place: VariableStore,
  places: readonly VariableStore[],
): ParityFinding[] {
  const finding = (kind: ParityFinding["kind"], words: string): ParityFinding[] => [
    { variable: name, place: place.name, kind, words },
  ];
  const held = place.variables.get(name);
  if (!held) return isMeant(name, variable, place, places) ? finding("missing", "is missing") : [];
  if (held.value === "") return finding("empty", "is there, and empty");
  const read = held.value === undefined ? undefined : variable.value.safeParse(held.value);
  const wrong = read?.success === false ? finding("wrong", read.error.issues[0]?.message ?? "is of another form") : [];
  return [...wrong, ...visibilityFindings(variable, held, place, finding)];
}

function visibilityFindings(
  { visibility }: Variable,
  held: StoredVariable,
  { tellsVisibility }: VariableStore,
  finding: (kind: ParityFinding["kind"], words: string) => ParityFinding[],
): ParityFinding[] {
  if (!tellsVisibility || held.visibility === visibility) return [];
  return visibility === "public"
    ? finding(
        "secret where public is meant",
        "is a secret there, although everybody may read it: nobody can compare it",
      )
    : finding("public where secret is meant", "stands there as plain text, although it is secret");
}

/** The places whose value differs from that of the first place that has one. */
function differences(
  name: string,
  variable: Variable,
  places: readonly VariableStore[],
  digest: Digest,
): ParityFinding[] {
  const holding = places
    .filter(({ apps }) => apps.includes(variable.app))
    .flatMap((place) => {
      const held = place.variables.get(name);
      const value = held && held.value !== "" ? digestOf(held, digest) : undefined;
      return value ? [{ place: place.name, value }] : [];
    });
  const [first] = holding;
  return holding
    .filter(({ value }) => value !== first?.value)
    .map(({ place }) => ({
      variable: name,
      place,
      kind: "different",
      words: `has another value than ${first?.place}`,
    }));
}

/** Names that look like a mistyped variable of the map. */
function extras(table: VariableTable, place: VariableStore): ParityFinding[] {
  return unknownNames(table, place).flatMap((name) => {
    const meant = meantBy(table, name);
    if (meant === undefined) return [];
    return [
      {
        variable: name,
        place: place.name,
        kind: "extra",
        words: `is not in the credential map: did you mean ${meant}?`,
      },
    ];
  });
}

/** Credentials in readable variables that are not in the map: Vite puts every VITE_… into the bundle. */
const exposed = (table: VariableTable, place: VariableStore): ParityFinding[] =>
  unknownNames(table, place).flatMap((name) => {
    const held = place.variables.get(name);
    const credential = credentialIn(held?.value ?? "");
    const inBundle = name.startsWith("VITE_");
    const isPlain = place.tellsVisibility && held?.visibility === "public";
    if (credential === undefined || !(inBundle || isPlain)) return [];
    const where = inBundle ? "is built into the public bundle" : "stands there as plain text";
    return [{ variable: name, place: place.name, kind: "exposed", words: `holds ${credential}, and ${where}` }];
  });

const unknownNames = (table: VariableTable, { variables }: VariableStore): string[] =>
  [...variables.keys()].filter((name) => !Object.hasOwn(table, name));

/** At most two letters may differ: VITE_SENTRY_DNS is a mistyped name, POSTHOG_KEY another variable. */
function meantBy(table: VariableTable, name: string): string | undefined {
  const meant = nearest(name, Object.keys(table));
  return meant !== undefined && Math.abs(meant.length - name.length) <= 1 && distanceIsSmall(meant, name)
    ? meant
    : undefined;
}

const distanceIsSmall = (a: string, b: string): boolean =>
  [...a].filter((letter, index) => letter !== b[index]).length <= 2;
