import { z } from "zod";
import { commitPattern } from "../../../model/release.ts";
import { ownerName } from "../tags.ts";

/** Inputs of an `Annotation` resource. */
export const annotationInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: the owner of the mark. */
  managedBy: ownerName,
  /** Absent: no release is marked, and nothing is created. */
  release: z
    .string()
    .trim()
    .regex(/^[^\n\0]{1,100}$/, "a release is named in one line of at most 100 characters")
    .refine((release) => release.isWellFormed(), "a release's name holds half a character")
    .optional(),
  commit: z.string().regex(commitPattern, "a commit is named by 7 to 40 hexadecimal digits").optional(),
  /** Only in live state: somebody overwrote the text. The next `up` restores it. */
  rewrittenByHand: z.string().optional(),
});
export type AnnotationInputs = z.infer<typeof annotationInputs>;

export interface AnnotationOutputs {
  /** Address of PostHog's annotations. */
  url: string;
  /** Marked moment, as an ISO time. Absent while no release is marked. */
  at?: string | undefined;
}
