import * as z from "zod";
import { posthogTextProblem } from "../model/posthog/texts.ts";
import { type Catalog, type CatalogEvent, type EventProperty, requiredType } from "./event.ts";
import type { Finding } from "./finding.ts";
import { comparablePropertyName, forbiddenPropertyNames } from "./privacy.ts";

const file = "src/catalog/events.ts";

/** area.what_happened: at least two parts, each of lower-case words joined by `_`. */
const dotCase = /^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+$/;

/** The only allowed names outside of dot.case: PostHog's own, and those that the app sent before the rule existed. */
const namingExceptions: Readonly<Record<string, CatalogEvent["namingException"]>> = {
  $pageview: "PostHog's own name",
  $ai_generation: "PostHog's own name",
  client_error: "older than the dot.case rule",
  client_unhandled_rejection: "older than the dot.case rule",
  landing_view: "older than the dot.case rule",
  onboarding_complete: "older than the dot.case rule",
};

const forbiddenName = (names: readonly string[]): string | undefined =>
  names.find((name) => forbidden.has(comparablePropertyName(name)));

/** Names of fields in an object or a list of objects, at any depth. */
function namesWithin(given: z.ZodType): string[] {
  const type = requiredType(given);
  if (type instanceof z.ZodArray) return namesWithin(type.element as z.ZodType);
  if (!(type instanceof z.ZodObject)) return [];
  return Object.entries(type.shape).flatMap(([name, inner]) => [name, ...namesWithin(inner as z.ZodType)]);
}

const forbidden = new Set(forbiddenPropertyNames.map(comparablePropertyName));

/** All problems of a catalog; empty for a valid one. Pure: takes any catalog, throws nothing. */
export function catalogFindings(catalog: Catalog): Finding[] {
  const entries = Object.entries(catalog);
  return [
    ...duplicateFindings(entries.map(([name]) => name)),
    ...entries.flatMap(([name, event]) => [
      ...nameFindings(name, event),
      ...textFindings(name, event),
      ...refusedFindings(name, event),
      ...Object.entries(event.properties).flatMap(([property, definition]) =>
        propertyFindings(name, property, definition),
      ),
    ]),
  ];
}

/** The compiler finds equal names, but not one name in two spellings. */
function duplicateFindings(names: readonly string[]): Finding[] {
  const spelled = (name: string) => name.toLowerCase().replaceAll(/[._]/g, "");
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => spelled(other) === spelled(name));
    if (first === index) return [];
    return {
      where: `${file}  event "${name}"`,
      problem: `the event ${name} is a duplicate of ${names[first]}`,
      fix: "keep one of them",
      value: name,
    };
  });
}

function nameFindings(name: string, event: CatalogEvent): Finding[] {
  const where = `${file}  event "${name}"`;
  const isException = event.namingException !== undefined;
  if (isException && namingExceptions[name] !== event.namingException) {
    return [
      {
        where,
        problem: `${name} claims to be an exception from dot.case (${event.namingException}), it is none`,
        fix: `remove namingException and name it area.what_happened; the exceptions are ${Object.keys(namingExceptions).join(", ")}`,
        value: event.namingException,
      },
    ];
  }
  if (isException || dotCase.test(name)) return [];
  return [
    {
      where,
      problem: `the event name ${name} is not dot.case`,
      fix: "name it area.what_happened, in lower case, e.g. onboarding.step_viewed",
      value: name,
    },
  ];
}

function textFindings(name: string, event: CatalogEvent): Finding[] {
  return (["purpose", "owner"] as const).flatMap((field) =>
    event[field].trim() === ""
      ? {
          where: `${file}  event "${name}"`,
          problem: `the event ${name} has no ${field}`,
          fix: field === "purpose" ? "say when it is sent and what it is for" : "name who answers for it",
          value: event[field],
        }
      : [],
  );
}

/** Texts that PostHog would refuse with 400 in the event's definition. */
function refusedFindings(name: string, { purpose, owner }: CatalogEvent): Finding[] {
  const texts = {
    name: posthogTextProblem(name, "eventName"),
    purpose: posthogTextProblem(purpose),
    owner: posthogTextProblem(`owner:${owner}`, "tag"),
  };
  return Object.entries(texts).flatMap(([field, found]) =>
    found
      ? [
          {
            where: `${file}  event "${name}"`,
            problem: `the ${field} of the event ${found.problem}`,
            fix: found.fix,
            value: field,
          },
        ]
      : [],
  );
}

function propertyFindings(event: string, property: string, definition: EventProperty): Finding[] {
  const finding = (problem: string, fix: string, value: unknown): Finding => ({
    where: `${file}  event "${event}"  property "${property}"`,
    problem: `the property ${property} of ${event} ${problem}`,
    fix,
    value,
  });
  const findings: Finding[] = [];
  const type = requiredType(definition.type);
  if (definition.meaning.trim() === "") {
    findings.push(
      finding("is undocumented: it has no meaning", "say what its value tells a reader", definition.meaning),
    );
  }
  if (type instanceof z.ZodNumber && (definition.unit ?? "").trim() === "") {
    findings.push(finding("is a number without a unit", "say what it counts", definition.unit));
  }
  if (definition.privacy === "truncated-120" && !(type instanceof z.ZodString && (type.maxLength ?? Infinity) <= 120)) {
    findings.push(
      finding("is truncated-120 but may be longer", "make its type z.string().max(120)", definition.privacy),
    );
  }
  if ((definition.privacy === "id" || definition.privacy === "hashed") && !(type instanceof z.ZodString)) {
    findings.push(finding(`is ${definition.privacy} but no text`, "make its type z.string()", definition.privacy));
  }
  if (definition.privacy === "forbidden" && !(type instanceof z.ZodNever)) {
    findings.push(
      finding("is forbidden but may carry a value", "make its type z.never().optional()", definition.privacy),
    );
  }
  const named = definition.privacy === "forbidden" ? undefined : forbiddenName([property, ...namesWithin(type)]);
  if (named !== undefined) {
    findings.push(
      finding(
        `has ${named === property ? "a name" : `"${named}" in it, a name`} that must never leave BrandVX`,
        "do not send it; if it is harmless, give it another name",
        definition.privacy,
      ),
    );
  }
  return findings;
}
