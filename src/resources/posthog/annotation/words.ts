import type { LiveAnnotation } from "../answers.ts";
import type { AnnotationInputs } from "./inputs.ts";

type Marked = Pick<AnnotationInputs, "managedBy" | "commit"> & { release: string };

/** The text on the charts. Its end identifies the stack, its beginning the release. */
export const contentOf = ({ release, commit, managedBy }: Marked): string =>
  `${beginning(release)}${commit ? ` (${commit.slice(0, 7)})` : ""} ${ownMark({ managedBy })}`;

/** A word that only this stack's annotations contain. */
export const ownMark = ({ managedBy }: Pick<AnnotationInputs, "managedBy">): string =>
  `[${managedBy.split("/").slice(0, 2).join("/")}]`;

/** True for an annotation of this stack, for any release. */
export const isOwn = (live: LiveAnnotation, marked: Pick<AnnotationInputs, "managedBy">): boolean =>
  live.content?.includes(ownMark(marked)) ?? false;

/** True for this release's. Text that somebody added is allowed. */
export const marksRelease = (live: LiveAnnotation, marked: Marked): boolean =>
  isOwn(live, marked) && (live.content ?? "").includes(`${beginning(marked.release)} `);

const beginning = (release: string): string => `Released ${release.trim()}`;
