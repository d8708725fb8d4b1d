import { z } from "zod";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { stripped, vendorText } from "../../../model/text.ts";
import { ownerName } from "../tags.ts";

/** The catalog's description of one event. Absent fields are left to others. */
const eventInputs = z.strictObject({
  description: vendorText("an event needs a description: when it is sent and what it is for", (text) =>
    posthogTextProblem(text),
  ).overwrite(stripped),
  /** E-mail addresses: the first one of a member becomes the owner. */
  owners: z.array(z.email("is not an e-mail address")).optional(),
  /** Tags in addition to the stack's. Tags of others stay. */
  tags: z
    .array(vendorText("a tag is not empty", (text) => posthogTextProblem(text, "tag")).overwrite(stripped))
    .optional(),
  verified: z.boolean().optional(),
  /** Only in live state: tags that somebody removed. The next `up` restores them. */
  missingTags: z.array(z.string()).optional(),
  /** Only in live state: somebody hid a verified event, which unsets verified. The next `up` shows it again. */
  hiddenByHand: z.literal(true).optional(),
});
export type EventInputs = z.infer<typeof eventInputs>;

/** Inputs of an `EventDefinitions` resource. */
export const eventDefinitionsInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: the owner of the catalog. */
  managedBy: ownerName,
  events: z.record(
    vendorText("an event needs a name", (text) => posthogTextProblem(text, "eventName")).refine(
      (name) => name === stripped(name),
      "the name of an event neither begins nor ends with a space",
    ),
    eventInputs,
    // zod's own message for an invalid key does not say what is wrong.
    { error: (issue) => (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined) },
  ),
});
export type EventDefinitionsInputs = z.infer<typeof eventDefinitionsInputs>;

/** Fields that only an enterprise build of PostHog has. */
export const ofEnterprise = ["description", "owner", "verified"] as const;

/** What a PostHog may lack: tags without the TAGGING feature, the others without an enterprise build. */
export type Aspect = (typeof ofEnterprise)[number] | "tags";

export interface EventDefinitionsOutputs {
  /** Address of the events in PostHog's data management. */
  url: string;
  /** Events that others defined and that have not arrived yet: their definitions are not deleted. */
  adopted: string[];
  /** Events without an owner, because none of the addresses is a member's. */
  ownerless: string[];
  /** Events that were removed from the catalog and still have its marks, because removing those failed. */
  leaving: Record<string, EventInputs>;
  /** What this PostHog does not store. */
  unsupported: Aspect[];
}

export type EventDefinitionsState = EventDefinitionsInputs & EventDefinitionsOutputs;
