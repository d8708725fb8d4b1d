import { z } from "zod";
import {
  enforcementModes,
  longestGroupName,
  longestPropertyName,
  schemaPropertyTypes,
} from "../../../model/posthog/event-schemas.ts";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { characters, stripped, vendorText } from "../../../model/text.ts";
import { ownerName } from "../tags.ts";

const plainName = (what: string) =>
  vendorText(`${what} needs a name`, (text) => posthogTextProblem(text)).refine(
    (name) => name === stripped(name),
    `the name of ${what} neither begins nor ends with a space`,
  );
/** zod's own message for an invalid key does not say what is wrong. */
const keyMessage = {
  error: (issue: { code: string; issues?: { message: string }[] }) =>
    issue.code === "invalid_key" ? issue.issues?.[0]?.message : undefined,
};

const rules = z.strictObject({
  enum: z.array(z.string()).min(1, "allows no value").optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
});

const property = z
  .strictObject({
    type: z.enum(schemaPropertyTypes),
    required: z.boolean(),
    meaning: z.string().overwrite(stripped),
    rules: rules.optional(),
  })
  .refine(
    ({ type, rules: given = {} }) =>
      Object.keys(given).every((key) => (key === "enum" ? type === "String" : type === "Numeric")),
    "has rules that PostHog refuses: texts have an `enum`, numbers have bounds, and others have none",
  );
export type PropertyInputs = z.infer<typeof property>;

const eventSchemaInputs = z.strictObject({
  properties: z.record(
    plainName("a property").refine(
      (name) => characters(name) <= longestPropertyName,
      `the name of a property has more than ${longestPropertyName} characters, which PostHog refuses`,
    ),
    property,
    keyMessage,
  ),
  enforcement: z.enum(enforcementModes),
  /** Only in live state: the event does not have the group. The next `up` joins it again. */
  notJoined: z.literal(true).optional(),
  /** Only in live state: what somebody called the group. */
  groupName: z.string().optional(),
  /** Only in live state: what somebody wrote about the group. */
  groupDescription: z.string().optional(),
});
export type EventSchemaInputs = z.infer<typeof eventSchemaInputs>;

/** Inputs of an `EventSchemas` resource. */
export const eventSchemasInputs = z
  .object({
    projectId: z.int().positive(),
    /** `<Pulumi project>/<stack>/<resource>`: the owner of the groups. */
    managedBy: ownerName,
    events: z.record(plainName("an event"), eventSchemaInputs, keyMessage),
  })
  .superRefine(({ events, managedBy }, { addIssue }) => {
    for (const event of Object.keys(events))
      if (characters(groupNameOf(event, managedBy)) > longestGroupName)
        addIssue({
          code: "custom",
          path: ["events", event],
          message: `its group's name, "${groupNameOf(event, managedBy)}", has more than ${longestGroupName} characters`,
        });
  });
export type EventSchemasInputs = z.infer<typeof eventSchemasInputs>;

/** One group an event. Two stacks of one project have two: "ask.rated (brandvx-observability/production/schemas)". */
export const groupNameOf = (event: string, managedBy: string): string => `${event} (${managedBy})`;

/** What this PostHog does not keep. */
export type Aspect = "rules" | "enforcement";

export interface EventSchemasOutputs {
  /** Whether this PostHog has schemas of events, for personal API keys. Older releases have not: then nothing is made. */
  isAvailable: boolean;
  /** Id of each event's group. Also of those that left the catalog and could not be removed: the next `up` tries again. */
  groups: Record<string, string>;
  /** Events whose group was not made here: it is not deleted. */
  adopted: string[];
  unsupported: Aspect[];
}

export type EventSchemasState = EventSchemasInputs & EventSchemasOutputs;
