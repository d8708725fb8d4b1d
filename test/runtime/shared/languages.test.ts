import { execa } from "execa";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ensurePython, pythonFolder } from "../../../src/local/python.ts";
import { keys } from "../../../src/runtime/redis/keys.ts";
import { eventRules } from "../../../src/runtime/shared/catalog.ts";
import { eventFindings } from "../../../src/runtime/shared/check.ts";
import { browserRules, serverRules } from "../../../src/runtime/shared/environment.ts";
import { opaqueId } from "../../../src/runtime/shared/privacy/pseudonym.ts";
import { checkedVariable } from "../../../src/runtime/shared/variables.ts";

/*
 * What Node, the browser and Python make of the same names, ids and parts of keys, by generated cases. The browser has Node's
 * functions, and rules of its own for its variables.
 */

const environment = await ensurePython();
if ("missing" in environment) console.warn(`The languages are not compared: ${environment.missing}.`);

interface Case {
  readonly kind: "key" | "bucket" | "id" | "stage" | "event";
  readonly text: string;
  readonly properties?: Record<string, unknown>;
}

const names = Object.keys(eventRules);
const propertyNames = names.flatMap((name) => Object.keys(eventRules[name] ?? {}));
const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "__class__", "keys", "get"];

/** Ids and texts as apps have them, and what gets between their characters. */
const id = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.uuid(),
  fc.emailAddress(),
  fc.nat().map(String),
  fc.constantFrom(
    "",
    " ",
    ".",
    "..",
    "a:b",
    "a b",
    "%3A",
    "MÜNCHEN",
    "ﬁ",
    "İ",
    "\u200b",
    "\ud800",
    "e\u0301",
    ...inherited,
  ),
);
const nameOf = (known: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    fc
      .constantFrom(...known)
      .chain((name) =>
        fc.constantFrom(
          name.toUpperCase(),
          ` ${name}`,
          `${name}\n`,
          `${name}\u200b`,
          `$${name}`,
          name.replace(".", "_"),
        ),
      ),
    fc.constantFrom(...inherited, "", "$pageview", "$"),
    fc.string({ maxLength: 12 }),
  );
const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1.5, 2 ** 53, "", "sms", "email", "chat", [], {}),
);
const cases = fc.oneof(
  fc.record<Case>({ kind: fc.constantFrom("key", "bucket", "id"), text: id }),
  fc.record<Case>({
    kind: fc.constant("stage"),
    text: fc.oneof(id, fc.constantFrom("production", "Production ", "a/b", "none", "x".repeat(65), "'local'")),
  }),
  fc.record<Case>({
    kind: fc.constant("event"),
    text: nameOf(names),
    properties: fc.dictionary(nameOf(propertyNames), value, { maxKeys: 4 }),
  }),
);

/** What the generated cases may differ in, and why. */
const mayDiffer: { readonly of: (given: Case) => boolean; readonly because: string }[] = [
  {
    of: ({ kind, text }) => kind === "stage" && /[\u{10000}-\u{10ffff}]/u.test(text),
    because: "which rare characters are invisible depends on the version of Unicode that the language has",
  },
];

test.skipIf("missing" in environment)(
  "Node, the browser and Python take and make the same",
  { timeout: 120_000 },
  async () => {
    const given = fc.sample(cases, { numRuns: 4_000, seed: 16 });
    const { stdout } = await execa("python" in environment ? environment.python : "", ["-c", answers], {
      ...{ cwd: pythonFolder, input: JSON.stringify(given), maxBuffer: 50_000_000 },
    });
    const python = JSON.parse(stdout) as unknown[];
    const differing = given.flatMap((one, index) => {
      const node = JSON.stringify(answerOf(one));
      const theirs = JSON.stringify(python[index]);
      return node === theirs || mayDiffer.some(({ of }) => of(one)) ? [] : [{ ...one, node, python: theirs }];
    });
    expect(differing.slice(0, 20)).toEqual([]);
    expect(python).toHaveLength(given.length);
    for (const kind of ["key", "bucket", "id", "stage", "event"]) {
      expect(given.filter((one) => one.kind === kind).length, kind).toBeGreaterThan(100);
    }
  },
);

function answerOf({ kind, text, properties = {} }: Case): unknown {
  switch (kind) {
    case "key":
      return keys.inv(text);
    case "bucket":
      return keys.rateLimit("t1", text);
    case "id":
      return opaqueId(text);
    case "stage": {
      const server = checkedVariable("x", text, serverRules.SENTRY_ENVIRONMENT).value ?? null;
      const browser = checkedVariable("x", text, browserRules.VITE_SENTRY_ENVIRONMENT).value ?? null;
      return [server, browser];
    }
    default:
      return eventFindings(text, properties)
        .map(({ problem, property = "" }) => `${problem} ${property}`)
        .toSorted();
  }
}

/** The same in Python. Texts are compared by UTF-16 units, as Node sorts them. */
const answers = `
import json, sys
from brandvx_observability._check import event_findings
from brandvx_observability._privacy import opaque_id
from brandvx_observability._state.keys import key
from brandvx_observability._variables import checked_variable

def answer(case):
    kind, text = case["kind"], case["text"]
    if kind == "key":
        return key("inv", text)
    if kind == "bucket":
        return key("rateLimit", "t1", text)
    if kind == "id":
        return opaque_id(text)
    if kind == "stage":
        return [checked_variable(name, text).value for name in ("SENTRY_ENVIRONMENT", "VITE_SENTRY_ENVIRONMENT")]
    found = event_findings(text, case["properties"])
    lines = [f"{finding.problem} {finding.property or ''}" for finding in found]
    return sorted(lines, key=lambda line: line.encode("utf-16-be", "surrogatepass"))

print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
`;
