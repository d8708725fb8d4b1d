import { z } from "zod";
import { repeatsMinutes } from "../../../model/sentry/repeats.ts";
import { sentryTextProblem } from "../../../model/sentry/texts.ts";
import { vendorText } from "../../../model/text.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import { byHand } from "../common.ts";

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);

const condition = z.strictObject({ type: z.string().min(1), comparison: json });
const action = z.strictObject({
  type: z.string().min(1),
  config: jsonObject,
  data: jsonObject,
  integrationId: z.string().min(1).optional(),
});

/** Inputs of an `Alert` resource. Parts with keys here come from Sentry in any order. */
export const alertInputs = z.object({
  organization: z.string().min(1),
  name: vendorText("an alert needs a name", (text) => sentryTextProblem(text, "alertName")),
  owner: z
    .string()
    .regex(/^(team|user):\d+$/, "is a team or a user by its number: team:123")
    .optional(),
  environment: vendorText("an environment has a name", (text) => sentryTextProblem(text, "environment")).optional(),
  enabled: z.boolean(),
  frequencyMinutes: z.literal(repeatsMinutes, `is one of ${repeatsMinutes.join(", ")} minutes`),
  projectMonitors: z.record(z.string(), z.enum(["error", "issue_stream"])),
  monitorIds: z.array(z.string().min(1)),
  triggers: z.record(z.string(), json),
  match: z.enum(["all", "any", "any-short", "none"]),
  conditions: z.record(z.string(), condition),
  emails: z.array(z.email("is not an e-mail address")),
  actions: z.record(z.string(), action),
  byHand,
});

export type AlertInputs = z.infer<typeof alertInputs>;
export type Condition = z.infer<typeof condition>;
export type Action = z.infer<typeof action>;

/** Sentry's ids (numbers) for the names in a definition. */
export interface Numbers {
  /** Id of the watched automatic monitor, by the project's slug. */
  projectMonitorIds: Record<string, string>;
  /** Id of the project itself, by its slug. Absent in states of release 1.0.0. */
  projectIds?: Record<string, string> | undefined;
  /** Id of each recipient of an e-mail, by the address. */
  userIds: Record<string, string>;
}

export interface AlertOutputs extends Numbers {
  /** Address of the alert in Sentry. */
  url: string;
}
