import { z } from "zod";

/** Who gets an issue when it comes (OpenAPI, PUT …/ownership/: autoAssignment). */
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

/** What an `Ownership` resource takes. */
export const ownershipInputs = z.object({
  organization: z.string().min(1),
  project: z.string().min(1),
  rules: z.array(rule).min(1, "has no rule"),
  autoAssignment: z.enum(autoAssignments).optional(),
});

export type OwnershipInputs = z.infer<typeof ownershipInputs>;
export type OwnershipRule = z.infer<typeof rule>;

export interface OwnershipOutputs {
  /** Number of the project: its slug may be given to another one. */
  projectId: string;
  /** Who got issues before, where that was changed: a deletion gives it back. */
  autoAssignmentBefore?: string | undefined;
  /** Address of the rules in Sentry. */
  url: string;
}
