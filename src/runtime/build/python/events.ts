import type { Catalog, CatalogEvent } from "../../../catalog/event.ts";
import type { ValueRule } from "../../shared/rule.ts";
import { rulesOf } from "../../shared/rules.ts";
import { capturedEvent, captureTypes } from "./capture-types.ts";
import { docstring, literal, text } from "./literal.ts";
import { className, identifier, identifiers } from "./names.ts";

/** What the hand-written module beside the functions has, so that no event may be called so. */
const ofModule = { emit_event: "emit_event()", subscribe: "subscribe()", aemit_event: "aemit_event()" };

type Named = readonly [name: string, event: CatalogEvent];
type Rules = Readonly<Record<string, ValueRule>>;
type Tree = Map<string, Tree | Named>;

/**
 * The server's events as typed functions, `events.cadence.message_sent(distinct_id, channel=…)`, and the types of
 * `ph_capture`. A browser's event is not among them: it cannot be sent from here.
 * @throws when two names are one in Python
 */
export function eventsModule(catalog: Catalog): string {
  const rules = rulesOf(catalog);
  const server = Object.entries(catalog).filter(([, event]) => event.source === "server");
  const classes = identifiers(
    server.map(([name]) => name),
    "events",
    className,
  );
  const tree = treeOf(server);
  const names = server.map(([name]) => name);
  return `${[
    `# pyright: reportRedeclaration=false, reportInconsistentConstructor=false
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Generic, NotRequired, TypedDict, TypeVar, overload

from brandvx_observability._capture import capture as _capture`,
    `__all__ = ${literal([...tree.keys()])}`,
    `ServerEvent = Literal[${names.map((name) => `${text(name)}`).join(", ") || '""'}]
"""Names of the events that the backend sends."""`,
    `if TYPE_CHECKING:
${server.map(([name, event]) => propertiesClass(classes.get(name) ?? "", name, event, rules[name] ?? {})).join("\n\n")}`,
    captureTypes(names.map((name) => capturedEvent(name, classes.get(name) ?? "", rules[name] ?? {}))),
    ...[...tree].map(([name, node]) => member(name, node, rules, "")),
    `SERVER_EVENTS: Final = frozenset(${literal(names)})`,
  ].join("\n\n\n")}\n`;
}

function treeOf(server: readonly Named[]): Tree {
  const root: Tree = new Map();
  const spelledAt = new Map<string, string>();
  for (const [name, event] of server) {
    let at = root;
    const parts = name.split(".");
    for (const [index, part] of parts.entries()) {
      const spelled = identifier(part);
      const path = parts.slice(0, index + 1).join(".");
      const place = [...parts.slice(0, index).map(identifier), spelled].join(".");
      const other = spelledAt.get(place) ?? (index === 0 ? ofModule[spelled as keyof typeof ofModule] : undefined);
      const isLast = index === parts.length - 1;
      const existing = at.get(spelled);
      if (other !== undefined && (other !== path || isLast || !(existing instanceof Map)))
        throw new Error(
          `events: in Python ${text(other)} and ${text(path === name ? name : `${path} (of ${name})`)} are both events.${place}. Rename one of them.`,
        );
      spelledAt.set(place, path);
      if (isLast) at.set(spelled, [name, event]);
      else {
        const next = existing instanceof Map ? existing : new Map();
        at.set(spelled, next);
        at = next;
      }
    }
  }
  return root;
}

function member(name: string, node: Tree | Named, rules: Readonly<Record<string, Rules>>, indent: string): string {
  if (!(node instanceof Map)) return eventFunction(name, node, rules[node[0]] ?? {}, indent);
  const inner = `${indent}    `;
  const members = [...node].map(([part, below]) => {
    const code = member(part, below, rules, inner);
    return below instanceof Map ? code : `${inner}@staticmethod\n${code}`;
  });
  return `${indent}class ${name}:\n${docstring([`Events named ${name}.*`], inner)}\n\n${members.join("\n\n")}`;
}

function eventFunction(spelled: string, [name, event]: Named, rules: Rules, indent: string): string {
  const inner = `${indent}    `;
  const sent = Object.entries(rules).filter(([, rule]) => rule.type !== "none");
  const parameters = identifiers(
    sent.map(([property]) => property),
    `properties of ${name}`,
    identifier,
    { distinct_id: "distinct_id" },
  );
  const sorted = [...sent.filter(([, { optional }]) => !optional), ...sent.filter(([, { optional }]) => optional)];
  const list = sorted.map(([property, rule]) => {
    const type = typeOf(rule);
    return `${parameters.get(property)}: ${rule.optional ? `${type} | None = None` : type}`;
  });
  const given = sorted.map(([property]) => `${text(property)}: ${parameters.get(property)}`);
  const about = sorted.map(([property]) => {
    const { meaning, unit } = event.properties[property] ?? { meaning: "", unit: undefined };
    return `    ${parameters.get(property)}: ${meaning}.${unit ? ` Unit: ${unit}.` : ""}`;
  });
  const signature = [`distinct_id: str`, ...(list.length > 0 ? ["*", ...list] : [])];
  const doc = [
    `${event.purpose}.`,
    "",
    `Sends \`${name}\`; owner: ${event.owner}. Returns at once and raises nothing in production.`,
    "",
    "Args:",
    "    distinct_id: Whom it belongs to: the tenant's id. A blank one is refused.",
    ...about,
  ];
  return `${indent}def ${spelled}(
${signature.map((part) => `${inner}${part},`).join("\n")}
${indent}) -> None:
${docLines(doc, inner)}
${inner}_capture(
${inner}    ${text(name)},
${inner}    distinct_id,
${inner}    {${given.join(", ")}},
${inner})`;
}

/** Keeps the indentation of what stands under "Args:". */
function docLines(lines: readonly string[], indent: string): string {
  const [first = "", ...rest] = lines.map((line) => {
    const lead = /^ */.exec(line)?.[0] ?? "";
    return lead + line.trim().replaceAll("\\", "\\\\").replaceAll('"""', "'''").replaceAll(/\s+/g, " ");
  });
  return `${indent}"""${first}\n${rest.map((line) => (line === "" ? "" : indent + line)).join("\n")}\n${indent}"""`;
}

function propertiesClass(spelled: string, name: string, { purpose }: CatalogEvent, rules: Rules): string {
  const fields = Object.entries(rules).filter(([, rule]) => rule.type !== "none");
  const types = fields.map(([property, rule]) => {
    const type = rule.optional ? `NotRequired[${typeOf(rule)}]` : typeOf(rule);
    return `            ${text(property)}: ${type},`;
  });
  // The form with a dict takes names that Python could not spell.
  return `    ${spelled} = TypedDict(
        ${text(spelled)},
        {
${types.join("\n")}
        },
    )
${docstring([`${purpose}. Properties of \`${name}\`.`], "    ")}`;
}

function typeOf({ type, oneOf }: ValueRule): string {
  if (oneOf) return `Literal[${oneOf.map((value) => text(value)).join(", ")}]`;
  switch (type) {
    case "string":
      return "str";
    case "integer":
      return "int";
    case "number":
      return "float";
    case "boolean":
      return "bool";
    default:
      return "object";
  }
}
