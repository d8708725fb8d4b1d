import { type Document, withTexts } from "../text/document.ts";
import { markdown } from "../text/markdown.ts";
import { longestComment, shorten } from "../text/shorten.ts";
import type { GitHub } from "./api.ts";

/** What was done with a report on GitHub. */
export type Posted = "posted" | "updated" | "left as it was" | "nothing to say" | "closed";

/**
 * Writes a stack's single comment on a pull request: created when there is something to report, and updated when the report
 * changes, so that an earlier comment is never out of date.
 */
export async function postComment(
  github: GitHub,
  pullRequest: number,
  { stack, page, silent, clean }: { stack: string; page: Document; silent: boolean; clean: (text: string) => string },
): Promise<Posted> {
  const mark = markOf("preview", stack);
  const body = bodyOf(mark, page, clean);
  const earlier = await github.ownOf((await github.comments(pullRequest)).filter(({ body }) => body?.startsWith(mark)));
  if (!earlier && silent) return "nothing to say";
  if (!earlier) {
    await github.addComment(pullRequest, body);
    return "posted";
  }
  if (isSame(earlier.body, body)) return "left as it was";
  await github.changeComment(earlier.id, body);
  return "updated";
}

/** Writes a stack's single issue about drift, which is open as long as there is drift. */
export async function postIssue(
  github: GitHub,
  {
    stack,
    title,
    page,
    drifted,
    clean,
  }: { stack: string; title: string; page: Document; drifted: boolean; clean: (text: string) => string },
): Promise<Posted> {
  const mark = markOf("drift", stack);
  const open = await github.ownOf((await github.openIssues()).filter((issue) => issue.body?.startsWith(mark)));
  const body = bodyOf(mark, page, clean);
  if (!drifted) {
    if (!open) return "nothing to say";
    await github.addComment(open.number, "All is again as the code says.");
    await github.closeIssue(open.number);
    return "closed";
  }
  if (!open) {
    await github.openIssue(title, body);
    return "posted";
  }
  if (isSame(open.body, body)) return "left as it was";
  await github.changeIssue(open.number, { title, body });
  return "updated";
}

/** Invisible marker by which an earlier comment or issue of the same token is found. */
const markOf = (what: string, stack: string): string => `<!-- obs ${what}: ${stack.replaceAll(/[<>]|--/g, "")} -->`;

const bodyOf = (mark: string, page: Document, clean: (text: string) => string): string =>
  `${mark}\n${clean(markdown(shorten(withTexts(page, clean), longestComment - mark.length - 1)))}`;

/** GitHub may return other line endings. */
const isSame = (before: string | null | undefined, after: string): boolean =>
  (before ?? "").replaceAll("\r\n", "\n").trim() === after.trim();
