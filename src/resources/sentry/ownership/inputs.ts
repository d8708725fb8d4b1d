import { z } from "zod";

/** Automatic assignment of new issues (OpenAPI, PUT …/ownership/: autoAssignment). */
export const autoAssignments = [
  "Auto Assign to Issue Owner",
  "Auto Assign to Suspect Commits",
  "Turn off Auto-Assignment",
] as const;

const rule = z.strictObject({
  match: z
    .string()
    .regex(
      /^(path|url|module|tags\.[^:\s]+):[^\s"]+$/,
      "matches by path:, url:, module: or tags.<name>:, without spaces and quotes",
    ),
  owners: z
    .array(
      z
        .string()
        .regex(/^(#[a-z0-9_-]+|[^\s#@]+@[^\s@]+\.[^\s@]+)$/, "is neither #<slug of a team> nor an e-mail address"),
    )
    .min(1, "names nobody"),
});

/** Inputs of an `Ownership` resource. */
export const ownershipInputs = z.object({
  organization: z.string().min(1),
  project: z.string().min(1),
  rules: z.array(rule).min(1, "has no rule"),
  autoAssignment: z.enum(autoAssignments).optional(),
});

export type OwnershipInputs = z.infer<typeof ownershipInputs>;
export type OwnershipRule = z.infer<typeof rule>;

export interface OwnershipOutputs {
  /** Id (a number) of the project: its slug may later belong to another one. */
  projectId: string;
  /** The previous assignment, if it was changed: a deletion restores it. */
  autoAssignmentBefore?: string | undefined;
  /** Address of the rules in Sentry. */
  url: string;
}
