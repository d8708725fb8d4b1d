import { createHmac, randomBytes } from "node:crypto";
import { nearest } from "../../catalog/nearest.ts";
import type { App, Variable, VariableTable } from "../../catalog/variable.ts";
import { credentialIn } from "../policy/credentials.ts";

/** Variables in one place: an app's on Pages or Render, a file, or what the stack says. */
export interface Place {
  /** "Pages project operator-ui", ".env.production", "the stack" */
  readonly name: string;
  /** Apps whose variables it is to have. */
  readonly apps: readonly App[];
  readonly variables: ReadonlyMap<string, Held>;
  /** Whether it is to have every variable of its apps: what the stack says is known of some only. */
  readonly complete: boolean;
  /** Whether its vendor tells secret from public. */
  readonly tellsVisibility: boolean;
  /** A file on this machine: what is wrong in it is put right there, and by no `up`. */
  readonly isFile?: true;
}

export interface Held {
  readonly visibility: "public" | "secret";
  /** Undefined: it is there, and nobody can see it. */
  readonly value: string | undefined;
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
  /** Variables that the map does not name and that look like none of its own: other people's business. */
  readonly others: readonly { readonly place: string; readonly names: readonly string[] }[];
}

/** Marks are the same within a run and different in the next, so that nobody can look a value up by its mark. */
const freshSalt = (): Buffer => randomBytes(32);

/** Holds places against the credential map and against each other. */
export function compareParity(table: VariableTable, places: readonly Place[], salt: Buffer = freshSalt()): Parity {
  const mark = (value: string): string => createHmac("sha256", salt).update(value).digest("hex").slice(0, 8);
  const entries = Object.entries(table);
  const findings = entries.flatMap(([name, variable]) => [
    ...places.flatMap((place) => findingsAt(name, variable, place)),
    ...differences(name, variable, places),
  ]);
  return {
    files: places.filter(({ isFile }) => isFile).map(({ name }) => name),
    rows: entries.map(([variable, about]) => ({
      variable,
      cells: Object.fromEntries(places.map((place) => [place.name, cellOf(variable, about, place, mark)])),
    })),
    findings: [...findings, ...places.flatMap((place) => [...extras(table, place), ...exposed(table, place)])],
    others: places
      .map((place) => ({
        place: place.name,
        names: unknownNames(table, place).filter((name) => meantBy(table, name) === undefined),
      }))
      .filter(({ names }) => names.length > 0),
  };
}

const isMeant = ({ app }: Variable, { apps, complete }: Place): boolean => complete && apps.includes(app);

function cellOf(name: string, variable: Variable, place: Place, mark: (value: string) => string): Cell {
  const held = place.variables.get(name);
  if (!held) return { kind: isMeant(variable, place) ? "missing" : "not meant" };
  if (held.value === undefined) return { kind: "hidden" };
  return held.value === "" ? { kind: "empty" } : { kind: "set", mark: mark(held.value) };
}

function findingsAt(name: string, variable: Variable, place: Place): ParityFinding[] {
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
  held: Held,
  { tellsVisibility }: Place,
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
function differences(name: string, variable: Variable, places: readonly Place[]): ParityFinding[] {
  const holding = places
    .filter(({ apps }) => apps.includes(variable.app))
    .flatMap((place) => {
      const value = place.variables.get(name)?.value;
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
function extras(table: VariableTable, place: Place): ParityFinding[] {
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
const exposed = (table: VariableTable, place: Place): ParityFinding[] =>
  unknownNames(table, place).flatMap((name) => {
    const held = place.variables.get(name);
    const credential = credentialIn(held?.value ?? "");
    const inBundle = name.startsWith("VITE_");
    const isPlain = place.tellsVisibility && held?.visibility === "public";
    if (credential === undefined || !(inBundle || isPlain)) return [];
    const where = inBundle ? "goes into the bundle that everybody loads" : "stands there as plain text";
    return [{ variable: name, place: place.name, kind: "exposed", words: `holds ${credential}, and ${where}` }];
  });

const unknownNames = (table: VariableTable, { variables }: Place): string[] =>
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
