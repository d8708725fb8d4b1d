import type { Kind } from "./kinds.ts";

/** The call of a method of what the language has itself: `base.method(...args)`. */
export interface MethodCall {
  readonly base: string;
  readonly args: readonly string[];
  readonly hasSpread: boolean;
  /** How many parameters the function takes that is the first argument. */
  readonly parameters: number;
}

type Spelling = (call: MethodCall) => string;

/** A method that the library beside the modules, js.py, has under this name. */
const helper =
  (name: string): Spelling =>
  ({ base, args }) =>
    `js.${name}(${[base, ...args].join(", ")})`;

/** A method of Python's own. */
const own =
  (name: string): Spelling =>
  ({ base, args }) =>
    `${base}.${name}(${args.join(", ")})`;

/** A helper that calls a function with each item, and with its index where the function takes it. */
const eachItem =
  (name: string): Spelling =>
  ({ base, args, parameters }) =>
    `js.${name}(${base}, ${args[0]}, ${Math.min(2, Math.max(1, parameters))})`;

const contains: Spelling = ({ base, args }) => `(${args[0]} in ${base})`;
const at: Spelling = ({ base, args }) => `js.at(${base}, ${args[0]})`;

const ofString: Readonly<Record<string, Spelling>> = {
  at,
  charCodeAt: helper("char_code_at"),
  codePointAt: helper("code_point_at"),
  endsWith: own("endswith"),
  includes: contains,
  indexOf: helper("index_of"),
  lastIndexOf: helper("last_index_of"),
  match: helper("match"),
  normalize: helper("normalize"),
  padStart: helper("pad_start"),
  repeat: ({ base, args }) => `(${base} * max(0, ${args[0]}))`,
  search: helper("search"),
  slice: helper("slice"),
  split: helper("split"),
  startsWith: own("startswith"),
  toLowerCase: helper("lower"),
  toUpperCase: helper("upper"),
  toWellFormed: helper("well_formed"),
  trim: helper("trim"),
  trimEnd: helper("trim_end"),
  trimStart: helper("trim_start"),
};

const ofArray: Readonly<Record<string, Spelling>> = {
  at,
  concat: helper("concat"),
  entries: ({ base }) => `list(enumerate(${base}))`,
  every: eachItem("every"),
  filter: eachItem("filter_"),
  find: eachItem("find"),
  findIndex: eachItem("find_index"),
  findLast: eachItem("find_last"),
  findLastIndex: eachItem("find_last_index"),
  flatMap: eachItem("flat_map"),
  forEach: eachItem("for_each"),
  includes: contains,
  indexOf: ({ base, args }) => `js.index_in(${base}, ${args[0]})`,
  join: ({ base, args }) => `(${args[0] ?? '","'}).join(js.strings(${base}))`,
  keys: ({ base }) => `range(len(${base}))`,
  map: eachItem("map_"),
  pop: ({ base }) => `(${base}.pop() if ${base} else None)`,
  push: ({ base, args, hasSpread }) =>
    args.length === 1 && !hasSpread ? `${base}.append(${args[0]})` : `${base}.extend([${args.join(", ")}])`,
  reduce: ({ base, args, parameters }) => `js.reduce(${base}, ${Math.max(2, parameters)}, ${args.join(", ")})`,
  reverse: helper("reverse"),
  shift: ({ base }) => `(${base}.pop(0) if ${base} else None)`,
  slice: helper("slice"),
  some: eachItem("some"),
  sort: helper("sort"),
  splice: helper("splice"),
  toReversed: ({ base }) => `list(reversed(${base}))`,
  toSorted: helper("to_sorted"),
};

const byKind: Partial<Record<Kind, Readonly<Record<string, Spelling>>>> = {
  string: ofString,
  array: ofArray,
  match: ofArray,
  regexp: { exec: own("exec"), test: own("test") },
  number: { toString: helper("in_base") },
  set: { add: own("add"), delete: own("discard"), has: contains },
  map: {
    clear: own("clear"),
    delete: ({ base, args }) => `${base}.pop(${args[0]}, None)`,
    entries: ({ base }) => `list(${base}.items())`,
    get: ({ base, args }) => `${base}.get(${args[0]})`,
    has: contains,
    keys: ({ base }) => `list(${base}.keys())`,
    set: helper("put"),
    values: ({ base }) => `list(${base}.values())`,
  },
};

export function methodOf(kind: Kind, method: string): Spelling | undefined {
  const methods = byKind[kind];
  return methods && Object.hasOwn(methods, method) ? methods[method] : undefined;
}
