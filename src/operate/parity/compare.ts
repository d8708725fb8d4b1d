import { nearest } from "../../catalog/nearest.ts";
import type { App, Variable, VariableTable } from "../../catalog/variable.ts";
import { credentialIn } from "../../model/credentials.ts";
import { type Digest, freshDigest } from "../access/deployed-digests.ts";

/** Variables in one place: an app's on Pages or Render, a file, or what the stack says. */
export interface VariableStore {
  /** "Pages project operator-ui", ".env.production", "the stack" */
  readonly name: string;
  /** Apps whose variables it is to have. */
  readonly apps: readonly App[];
  readonly variables: ReadonlyMap<string, StoredVariable>;
  /** Whether it is to have every variable of its apps: what the stack says is known of some only. */
  readonly complete: boolean;
  /** Whether its vendor tells secret from public. */
  readonly tellsVisibility: boolean;
  /** A file on this machine: what is wrong in it is put right there, and by no `up`. */
  readonly isFile?: true;
}

export interface StoredVariable {
  readonly visibility: "public" | "secret";
  /** Undefined: it is there, and nobody can see it. */
  readonly value: string | undefined;
  /** Of a value that is known and not held here: what it is compared by. */
  readonly digest?: string;
}

/** Something that is not as the credential map says. Never holds a value. */
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

/** A value that is there, and was held against no other. */
export interface NotCompared {
  readonly variable: string;
  readonly place: string;
  /** hidden: its vendor shows it to nobody. alone: no other place says what it is. */
  readonly why: "hidden" | "alone";
}

/** A variable in all places, by their names. */
export interface ParityRow {
  readonly variable: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** What can be shown of a value: whether it is there, and a mark that is the same for the same value. */
export type Cell =
  | { readonly kind: "not meant" | "missing" | "empty" | "hidden" }
  | { readonly kind: "set"; readonly mark: string };

export interface Parity {
  /** Those of the places that are files. */
  readonly files: readonly string[];
  readonly rows: readonly ParityRow[];
  readonly findings: readonly ParityFinding[];
  readonly notCompared: readonly NotCompared[];
  /** Variables that the map does not name and that look like none of its own: other people's business. */
  readonly others: readonly { readonly place: string; readonly names: readonly string[] }[];
}

/** Holds places against the credential map and against each other. */
export function compareParity(
  table: VariableTable,
  places: readonly VariableStore[],
  digest: Digest = freshDigest(),
): Parity {
  const entries = Object.entries(table);
  const findings = entries.flatMap(([name, variable]) => [
    ...places.flatMap((place) => findingsAt(name, variable, place)),
    ...differences(name, variable, places, digest),
  ]);
  return {
    files: places.filter(({ isFile }) => isFile).map(({ name }) => name),
    rows: entries.map(([variable, about]) => ({
      variable,
      cells: Object.fromEntries(places.map((place) => [place.name, cellOf(variable, about, place, digest)])),
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

const isMeant = ({ app }: Variable, { apps, complete }: VariableStore): boolean => complete && apps.includes(app);

function cellOf(name: string, variable: Variable, place: VariableStore, digest: Digest): Cell {
  const held = place.variables.get(name);
  if (!held) return { kind: isMeant(variable, place) ? "missing" : "not meant" };
  if (held.value === "") return { kind: "empty" };
  const known = digestOf(held, digest);
  return known === undefined ? { kind: "hidden" } : { kind: "set", mark: known.slice(0, 8) };
}

const digestOf = ({ value, digest: known }: StoredVariable, digest: Digest): string | undefined =>
  value === undefined ? known : digest(value);

/** Values that were compared with none: who reads that all is the same has to know which were not looked at. */
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

function findingsAt(name: string, variable: Variable, place: VariableStore): ParityFinding[] {
  const finding = (kind: ParityFinding["kind"], words: string): ParityFinding[] => [
    { variable: name, place: place.name, kind, words },
  ];
  const held = place.variables.get(name);
  if (!held) return isMeant(variable, place) ? finding("missing", "is missing") : [];
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

/** The places that have another value than the first one that has any. */
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

/** Names that look like a variable of the map, mistyped. */
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

/** Credentials where others read them, in variables that the map does not name: Vite puts VITE_… into the bundle. */
const exposed = (table: VariableTable, place: VariableStore): ParityFinding[] =>
  unknownNames(table, place).flatMap((name) => {
    const held = place.variables.get(name);
    const credential = credentialIn(held?.value ?? "");
    const inBundle = name.startsWith("VITE_");
    const isPlain = place.tellsVisibility && held?.visibility === "public";
    if (credential === undefined || !(inBundle || isPlain)) return [];
    const where = inBundle ? "goes into the bundle that everybody loads" : "stands there as plain text";
    return [{ variable: name, place: place.name, kind: "exposed", words: `holds ${credential}, and ${where}` }];
  });

const unknownNames = (table: VariableTable, { variables }: VariableStore): string[] =>
  [...variables.keys()].filter((name) => !Object.hasOwn(table, name));

/** Two letters may differ: POSTHOG_KEY is somebody's own, VITE_SENTRY_DNS is not. */
function meantBy(table: VariableTable, name: string): string | undefined {
  const meant = nearest(name, Object.keys(table));
  return meant !== undefined && Math.abs(meant.length - name.length) <= 1 && distanceIsSmall(meant, name)
    ? meant
    : undefined;
}

const distanceIsSmall = (a: string, b: string): boolean =>
  [...a].filter((letter, index) => letter !== b[index]).length <= 2;
