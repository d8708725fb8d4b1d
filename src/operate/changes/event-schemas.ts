import { list as listOf, object } from "../../insights/define/check/json.ts";
import { own } from "../../model/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Change, Resource } from "../plan/plan.ts";
import { code, type Phrase, plain, say } from "../text/phrase.ts";

export const eventSchemasType = "pulumi-nodejs:dynamic/posthog:EventSchemas";

type Inputs = Resource["inputs"];
const mostShown = 12;

/** What differs of the schemas, event by event; of new ones how many there are, and which events PostHog refuses by them. */
export function schemaWords(change: Change): Phrase[] {
  if (change.kind === "deleted") return [plain(`${counted(change.before.inputs)} go`)];
  const now = change.after.inputs;
  if (change.kind === "created") {
    const refused = Object.entries(schemasIn(now)).filter(([, { enforcement }]) => enforcement === "reject");
    return [plain(`${counted(now)}`), ...refused.map(([event]) => say`refuses ${code(event)} ${otherwise}`)];
  }
  const [before, after] = [schemasIn(change.before.inputs), schemasIn(now)];
  const words = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((event) => {
    const [old, given] = [own(before, event), own(after, event)];
    if (old === undefined || given === undefined)
      return [say`${code(event)} ${given === undefined ? "has its schema no more" : "gets a schema"}`];
    return eventWords(event, old, given);
  });
  const left = words.length - mostShown;
  return left > 1 ? [...words.slice(0, mostShown), plain(`${left} more`)] : words;
}

const otherwise = "when it is not as its schema says";

const schemasIn = ({ events }: Inputs): Readonly<Record<string, Inputs>> =>
  Object.fromEntries(Object.entries(object(events)).map(([event, schema]) => [event, object(schema)]));

function counted(inputs: Inputs): string {
  const { length } = Object.keys(schemasIn(inputs));
  return `schemas of ${length} ${length === 1 ? "event" : "events"}`;
}

function eventWords(event: string, old: Inputs, now: Inputs): Phrase[] {
  const [before, after] = [object(old.properties), object(now.properties)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differs = (field: string) => !sameJson(old[field], now[field]);
  return [
    ...(differs("enforcement")
      ? [
          now.enforcement === "reject"
            ? say`refuses ${code(event)} ${otherwise}`
            : say`takes in ${code(event)} as it comes`,
        ]
      : []),
    ...(differs("notJoined")
      ? [
          say`${code(event)} ${now.notJoined ? "is not joined to its schema any more" : "is joined to its schema again"}`,
        ]
      : []),
    ...(differs("groupName")
      ? [
          say`the schema of ${code(event)} is called ${now.groupName ? `“${String(now.groupName)}”` : "as before again"}`,
        ]
      : []),
    ...(differs("groupDescription") ? [say`the schema of ${code(event)} has another description`] : []),
    ...names.flatMap((name) =>
      propertyWords(say`${code(name)} of ${code(event)}`, own(before, name), own(after, name)),
    ),
  ];
}

function propertyWords(what: Phrase, old: unknown, now: unknown): Phrase[] {
  if (now === undefined) return [say`${what} is in the schema no more`];
  const [before, after] = [object(old), object(now)];
  const type = String(after.type);
  if (old === undefined) return [say`${what} is in the schema, as ${after.required ? "required" : "optional"} ${type}`];
  return [
    ...(before.type === after.type ? [] : [say`${what} is ${type} (before: ${String(before.type)})`]),
    ...(before.required === after.required
      ? []
      : [say`${what} is ${after.required ? "required" : "required no more"}`]),
    ...(sameJson(before.rules, after.rules)
      ? []
      : [say`${what} may be ${valuesIn(after)} (before: ${valuesIn(before)})`]),
    ...(before.meaning === after.meaning ? [] : [say`${what} has another meaning`]),
  ];
}

/** "sms or email", "at least 1". */
function valuesIn({ rules }: Inputs): string {
  const { enum: values, ...bounds } = object(rules);
  const said = Object.entries(bounds).map(([bound, value]) => `${boundWords[bound] ?? bound} ${String(value)}`);
  const texts = listOf(values).map(String);
  if (texts.length > 0) return texts.join(" or ");
  return said.length > 0 ? said.join(" and ") : "anything";
}

const boundWords: Readonly<Record<string, string>> = {
  minimum: "at least",
  exclusiveMinimum: "more than",
  maximum: "at most",
  exclusiveMaximum: "less than",
};
