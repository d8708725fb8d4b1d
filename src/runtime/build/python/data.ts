import { createHash } from "node:crypto";
import type * as z from "zod";
import type { Catalog } from "../../../catalog/event.ts";
import { people } from "../../../catalog/people.ts";
import { isOptionalOrigin, valueOrigins } from "../../../catalog/value-origins.ts";
import type { VariableTable } from "../../../catalog/variable.ts";
import { releasePackages, releasePattern } from "../../../model/release.ts";
import keys from "../../redis/keys.json" with { type: "json" };
import { numberRules } from "../../redis/options.ts";
import { scripts } from "../../redis/scripts.ts";
import { numberRules as serverRules } from "../../server/options.ts";
import type { PersonRules } from "../../shared/rule.ts";
import { personRulesOf, rulesOf } from "../../shared/rules.ts";
import {
  defaultPosthogHost,
  defaultSentryEnvironment,
  defaultTracesSampleRate,
  idsOfNobody,
} from "../../shared/settings.ts";
import { literal, text } from "./literal.ts";
import { CharacterSets, pythonPattern } from "./pattern.ts";

/** What the events' properties may hold, as src/runtime/shared/rules.ts reads it out of the catalog. */
export function rulesModule(catalog: Catalog): string {
  const inPython = (properties: PersonRules) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, rule]) => [
        name,
        { ...rule, ...(rule.pattern !== undefined && { pattern: sourceOf(new RegExp(rule.pattern, "u")) }) },
      ]),
    );
  const rules = Object.fromEntries(
    Object.entries(rulesOf(catalog)).map(([event, properties]) => [event, inPython(properties)]),
  );
  const sources = Object.fromEntries(Object.entries(catalog).map(([name, { source }]) => [name, source]));
  return `from typing import Final, Literal, NotRequired, TypedDict


class Rule(TypedDict):
    """What one property of an event may hold."""

    privacy: Literal["plain", "id", "hashed", "truncated-120", "forbidden"]
    type: Literal["string", "number", "integer", "boolean", "json", "none"]
    optional: NotRequired[bool]
    oneOf: NotRequired[list[str]]
    minimum: NotRequired[float]
    minLength: NotRequired[int]
    pattern: NotRequired[str]


RULES: Final[dict[str, dict[str, Rule]]] = ${literal(rules)}

PERSON_RULES: Final[dict[str, Rule]] = ${literal(inPython(personRulesOf(people)))}

SOURCES: Final[dict[str, Literal["browser", "server"]]] = ${literal(sources)}
`;
}

/** The credential map: what each variable must look like. */
export function environmentModule(table: VariableTable): string {
  const variables = Object.fromEntries(
    Object.entries(table).map(([name, { app, visibility, valueFrom, value, meaning, example }]) => {
      const { pattern, problem } = formOf(name, value);
      const from = valueOrigins[valueFrom];
      return [
        name,
        {
          app,
          visibility,
          ...(isOptionalOrigin(valueFrom) && { optional: true }),
          source: from.kind === "configuration" ? from.key : valueFrom,
          pattern,
          problem,
          meaning,
          example,
        },
      ];
    }),
  );
  return `from typing import Final, Literal, NotRequired, TypedDict


class Variable(TypedDict):
    """A variable of the credential map."""

    app: Literal["browser", "server"]
    visibility: Literal["public", "secret"]
    optional: NotRequired[bool]
    """Whether a stack may do without it."""
    source: str
    pattern: str
    problem: str
    meaning: str
    example: str


VARIABLES: Final[dict[str, Variable]] = ${literal(variables)}
`;
}

/** Keys, channel, numbers of all options and scripts of Redis, the same in every language. */
export function stateModule(): string {
  const texts = Object.fromEntries(
    Object.entries(scripts).map(([name, { lua, numberOfKeys }]) => [
      name,
      { lua, keys: numberOfKeys, sha1: createHash("sha1").update(lua).digest("hex") },
    ]),
  );
  return `from typing import Final, Literal, NotRequired, TypedDict


class NumberRule(TypedDict):
    """What a number that is given as an option may be, and what stands for one that may not be used."""

    least: float
    most: float
    otherwise: float
    whole: NotRequired[Literal["down", "up"]]
    optional: NotRequired[bool]
    moves: NotRequired[bool]
    zero: NotRequired[str]


class Script(TypedDict):
    """A Lua script, by the digest that Redis knows it by."""

    lua: str
    keys: int
    sha1: str


KEYS: Final[dict[str, str]] = ${literal(keys.keys)}

CHANNEL: Final = ${text(keys.channel)}

NUMBER_RULES: Final[dict[str, NumberRule]] = ${literal({ ...numberRules, ...serverRules })}

SCRIPTS: Final[dict[str, Script]] = ${literal(texts)}
`;
}

export function settingsModule(): string {
  return `from typing import Final

POSTHOG_HOST: Final = ${text(defaultPosthogHost)}
SENTRY_ENVIRONMENT: Final = ${text(defaultSentryEnvironment)}
TRACES_SAMPLE_RATE: Final = ${defaultTracesSampleRate}
RELEASE_PACKAGE: Final = ${text(releasePackages.server)}
RELEASE_PATTERN: Final = ${text(releasePattern.source)}
IDS_OF_NOBODY: Final = frozenset(${literal(idsOfNobody)})
`;
}

/** Changes with everything that the catalog says. */
export function digestModule(catalog: Catalog, table: VariableTable): string {
  const events = Object.entries(catalog).map(([name, { schema: _, properties, ...event }]) => [
    name,
    event,
    Object.entries(properties).map(([property, { type: __, ...about }]) => [property, about]),
  ]);
  const variables = Object.entries(table).map(([name, { value, ...about }]) => [name, about, formOf(name, value)]);
  const digest = createHash("sha256")
    .update(JSON.stringify([events, rulesOf(catalog), variables]))
    .digest("hex");
  return `from typing import Final

CATALOG_DIGEST: Final = ${text(digest)}
`;
}

function formOf(name: string, value: z.ZodString): { pattern: string; problem: string } {
  for (const check of value._zod.def.checks ?? []) {
    const { pattern, error } = check._zod.def as unknown as { pattern?: RegExp; error?: (issue: object) => unknown };
    if (!pattern) continue;
    const message = error?.({ code: "invalid_format", input: "" });
    return { pattern: sourceOf(pattern), problem: typeof message === "string" ? message : "is of another form" };
  }
  throw new Error(`${name} has no pattern: give its schema one, so that other languages can check it, too`);
}

/** A pattern for \`re.compile\`, with its flags in front. */
function sourceOf(pattern: RegExp): string {
  const { parts, ignoreCase } = pythonPattern(pattern, new CharacterSets());
  const source = parts.map((part) => {
    if (typeof part !== "string") throw new Error(`${pattern} has a set of characters that is too long for data`);
    return part;
  });
  return `(?a${ignoreCase ? "i" : ""})${source.join("")}`;
}
