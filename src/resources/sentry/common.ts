import { z } from "zod";
import { sentryTextProblem } from "../../model/sentry/texts.ts";
import { stripped, vendorText } from "../../model/text.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { LiveDetector } from "./answers.ts";

/** Fields of every kind of monitor. */
export const monitorFields = {
  organization: z.string().min(1),
  project: z.string().min(1),
  name: vendorText("a monitor needs a name", (text) => sentryTextProblem(text, "monitorName")),
  description: vendorText("a description says something", (text) => sentryTextProblem(text)).optional(),
  owner: z
    .string()
    .regex(/^(team|user):\d+$/, "is a team or a user by its number: team:123")
    .optional(),
  enabled: z.boolean(),
};

/** Settings made by hand that a definition cannot express: a refresh shows them, the next `up` removes them. */
export const byHand = z.looseObject({}).optional();

type Common = { name: string; description?: string | undefined; owner?: string | undefined; enabled: boolean };

/** The same fields in POST and PUT requests; `type` is Sentry's name of the kind. */
export const commonBody = (type: string, inputs: Common & { project: string }): JsonObject => ({
  ...{ projectId: inputs.project, type, name: inputs.name, description: inputs.description ?? null },
  ...{ enabled: inputs.enabled, owner: inputs.owner ?? null },
});

/** The same fields of a live monitor. */
export const reflectCommon = (defined: Pick<Common, "description">, live: LiveDetector): Common => ({
  name: live.name,
  description: sameText(defined.description, live.description),
  owner: live.owner ? `${live.owner.type}:${live.owner.id}` : undefined,
  enabled: live.enabled ?? true,
});

/** Sentry trims texts. */
const sameText = (defined: string | undefined, live: string | null | undefined): string | undefined =>
  stripped(defined ?? "") === stripped(live ?? "") ? defined : live || undefined;
