import { z } from "zod";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { stripped, vendorText } from "../../../model/text.ts";
import { ownerName } from "../tags.ts";

/** What the catalog says about one event. A field that is not there is left to others. */
const eventInputs = z.strictObject({
  description: vendorText("an event needs a description: when it is sent and what it is for", (text) =>
    posthogTextProblem(text),
  ).overwrite(stripped),
  /** E-mail addresses: the first of them that is a member's is the owner. */
  owners: z.array(z.email("is not an e-mail address")).optional(),
  /** Beside the marks of the stack. Tags of others stay. */
  tags: z
    .array(vendorText("a tag is not empty", (text) => posthogTextProblem(text, "tag")).overwrite(stripped))
    .optional(),
  verified: z.boolean().optional(),
  /** Only ever live: tags that somebody took away. The next `up` puts them back. */
  missingTags: z.array(z.string()).optional(),
  /** Only ever live: somebody hid a verified event, which ends its being verified. The next `up` shows it again. */
  hiddenByHand: z.literal(true).optional(),
});
export type EventInputs = z.infer<typeof eventInputs>;

/** What an `EventDefinitions` resource takes. */
export const eventDefinitionsInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: whose catalog it is. */
  managedBy: ownerName,
  events: z.record(
    vendorText("an event needs a name", (text) => posthogTextProblem(text, "eventName")).refine(
      (name) => name === stripped(name),
      "the name of an event neither begins nor ends with a space",
    ),
    eventInputs,
    // zod itself says of a wrong key no more than that it is one.
    { error: (issue) => (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined) },
  ),
});
export type EventDefinitionsInputs = z.infer<typeof eventDefinitionsInputs>;

/** Fields that PostHog has as an enterprise build alone. */
export const ofEnterprise = ["description", "owner", "verified"] as const;

/** What a PostHog may lack: tags without the TAGGING feature, the others where it is no enterprise build. */
export type Aspect = (typeof ofEnterprise)[number] | "tags";

export interface EventDefinitionsOutputs {
  /** Address of the events in PostHog's data management. */
  url: string;
  /** Events that were defined by others and have not come in yet: their definitions are not deleted. */
  adopted: string[];
  /** Events of which nobody could be made the owner: none of the addresses is a member's. */
  ownerless: string[];
  /** Events that have left the catalog and still carry its marks, because taking them off failed. */
  leaving: Record<string, EventInputs>;
  /** What this PostHog does not keep. */
  unsupported: Aspect[];
}

export type EventDefinitionsState = EventDefinitionsInputs & EventDefinitionsOutputs;
