import type { LiveAnnotation } from "../answers.ts";
import type { AnnotationInputs } from "./inputs.ts";

type Marked = Pick<AnnotationInputs, "managedBy" | "commit"> & { release: string };

/** What stands on the charts. Its end is how it is found again, its beginning which release it is. */
export const contentOf = ({ release, commit, managedBy }: Marked): string =>
  `${beginning(release)}${commit ? ` (${commit.slice(0, 7)})` : ""} ${ownMark({ managedBy })}`;

/** One word that no other stack's annotations have. */
export const ownMark = ({ managedBy }: Pick<AnnotationInputs, "managedBy">): string =>
  `[${managedBy.split("/").slice(0, 2).join("/")}]`;

/** True for an annotation of this stack, of whichever release. */
export const isOwn = (live: LiveAnnotation, marked: Pick<AnnotationInputs, "managedBy">): boolean =>
  live.content?.includes(ownMark(marked)) ?? false;

/** True for this release's. Words that somebody added stay. */
export const marksRelease = (live: LiveAnnotation, marked: Marked): boolean =>
  isOwn(live, marked) && (live.content ?? "").includes(`${beginning(marked.release)} `);

const beginning = (release: string): string => `Released ${release.trim()}`;
