import type { FlagCatalog, FlagDefinition } from "../../../catalog/flag.ts";
import { people } from "../../../catalog/people.ts";
import type { ValueRule } from "../../shared/rule.ts";
import { personRulesOf } from "../../shared/rules.ts";
import { docstring, literal, text } from "./literal.ts";

/** Given apart from the other properties of a person. */
const tenant = "tenant_id";

/**
 * The feature flags: values and defaults as data, and the types of `flag`, `aflag` and `set_feature_flag`, by which type
 * checkers know each flag's values and refuse another key.
 */
export function flagsModule(flags: FlagCatalog): string {
  const all = Object.entries(flags);
  const facts = Object.fromEntries(
    all.map(([key, flag]) => [key, { values: valuesOf(flag), when_away: flag.whenAway }]),
  );
  const properties = Object.entries(personRulesOf(people)).filter(([name]) => name !== tenant);
  return `from typing import TYPE_CHECKING, Final, Literal, TypedDict

if TYPE_CHECKING:
${imports(all.length)}


class FlagFact(TypedDict):
    """What is known of a flag without PostHog."""

    values: list[bool | str]
    """Every value that it may have."""
    when_away: bool | str
    """The value while PostHog's is not known."""


FlagKey = ${all.length === 0 ? "str" : `Literal[${all.map(([key]) => text(key)).join(", ")}]`}
"""Keys of the feature flags."""

FLAGS: Final[dict[str, FlagFact]] = ${literal(facts)}


class PersonProperties(TypedDict, total=False):
    """What is known of a person, for the rules of flags."""

${properties.map(([name, rule]) => `    ${name}: ${typeOf(rule)}\n${docstring([`${meaningOf(name)}.`], "    ")}`).join("\n")}


if TYPE_CHECKING:
${functions(all)}
else:
    from brandvx_observability._flag_calls import aflag, flag, set_feature_flag
`;
}

const valuesOf = (flag: FlagDefinition): (boolean | string)[] =>
  flag.type === "boolean" ? [true, false] : [...Object.keys(flag.variants), false];

const meaningOf = (name: string): string =>
  Object.entries(people).find(([property]) => property === name)?.[1].meaning ?? name;

function typeOf({ type, oneOf }: ValueRule): string {
  if (oneOf) return `Literal[${oneOf.map((value) => text(value)).join(", ")}]`;
  const types: Partial<Record<ValueRule["type"], string>> = { string: "str", integer: "int", number: "float" };
  return type === "boolean" ? "bool" : (types[type] ?? "object");
}

/** Those that the functions' types use: a type checker refuses others. */
function imports(count: number): string {
  if (count === 0) return "    from typing import Never";
  const overloads = count > 1 ? ["    from typing import Any, overload"] : [];
  return ["    from contextlib import AbstractContextManager", ...overloads, "    from uuid import UUID"].join("\n");
}

type Entry = readonly [key: string, flag: FlagDefinition];

function functions(all: readonly Entry[]): string {
  if (all.length === 0) {
    return `    def flag(key: Never, /) -> Never: ...
    async def aflag(key: Never, /) -> Never: ...
    def set_feature_flag(key: Never, value: object, /) -> Never: ...`;
  }
  // One signature alone may not be called an overload.
  const mark = all.length > 1 ? "    @overload\n" : "";
  // What overloads stand for, outside of a stub.
  const body = (head: string) => (all.length > 1 ? [`    ${head}: ...`] : []);
  return [
    ...all.map((entry) => mark + asking("def flag", entry)),
    ...body("def flag(key: str, **options: Any) -> Any"),
    ...all.map((entry) => mark + asking("async def aflag", entry)),
    ...body("async def aflag(key: str, **options: Any) -> Any"),
    ...all.map((entry) => mark + setting(entry)),
    ...body("def set_feature_flag(key: str, value: Any) -> Any"),
  ].join("\n");
}

function asking(start: string, [key, flag]: Entry): string {
  const about = `${flag.meaning}. Owner: ${flag.owner}. While PostHog is away: ${flag.whenAway}.`;
  return `    ${start}(
        key: Literal[${text(key)}],
        *,
        distinct_id: "str | UUID | None" = None,
        tenant_id: "str | UUID | None" = None,
        properties: PersonProperties | None = None,
        deadline_ms: float | None = None,
    ) -> ${valueType(flag)}:
${docstring([about], "        ")}
        ...`;
}

const setting = ([key, flag]: Entry): string =>
  `    def set_feature_flag(key: Literal[${text(key)}], value: ${valueType(flag)}) -> "AbstractContextManager[None]": ...`;

const valueType = (flag: FlagDefinition): string =>
  flag.type === "boolean"
    ? "bool"
    : `Literal[${Object.keys(flag.variants)
        .map((variant) => text(variant))
        .join(", ")}, False]`;
