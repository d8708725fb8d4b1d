import { z } from "zod";
import { ownerName } from "../tags.ts";

/** What an `Annotation` resource takes. */
export const annotationInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: whose mark it is. */
  managedBy: ownerName,
  /** Not given: no release has been marked yet, and nothing is made. */
  release: z
    .string()
    .trim()
    .regex(/^[^\n\0]{1,100}$/, "a release is named in one line of at most 100 characters")
    .refine((release) => release.isWellFormed(), "a release's name holds half a character")
    .optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/i, "a commit is named by 7 to 40 hexadecimal digits")
    .optional(),
  /** Only ever live: somebody wrote something else over it. The next `up` puts its words back. */
  rewrittenByHand: z.string().optional(),
});
export type AnnotationInputs = z.infer<typeof annotationInputs>;

export interface AnnotationOutputs {
  /** Address of PostHog's annotations. */
  url: string;
  /** Moment that is marked, as an ISO time. Not there while no release has been marked. */
  at?: string | undefined;
}
