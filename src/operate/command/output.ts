import type { Document } from "../text/document.ts";
import { markdown } from "../text/markdown.ts";
import { safe } from "../text/safe.ts";
import { terminal } from "../text/terminal.ts";
import type { Surroundings } from "./surroundings.ts";

export interface OutputOptions {
  readonly json?: true;
  readonly markdown?: true;
}

/** Prints a report in the form that was asked for: JSON for programs, Markdown for GitHub, else for the terminal. */
export function printReport(
  surroundings: Surroundings,
  { json, markdown: asMarkdown }: OutputOptions,
  report: object,
  page: () => Document,
): void {
  surroundings.signal.throwIfAborted();
  const text = json
    ? `${JSON.stringify(report, withoutViews, 2)}\n`
    : asMarkdown
      ? markdown(page())
      : terminal(page(), surroundings);
  surroundings.print(safe(text, surroundings.env));
}

/** Whole definitions belong to the pictures; the JSON says what differs. */
const withoutViews = (key: string, value: unknown): unknown =>
  key === "before" || key === "after" ? undefined : value;
