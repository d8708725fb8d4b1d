import { which } from "../../local/engine/on-path.ts";
import { type Document, withTexts } from "../text/document.ts";
import { jsonText } from "../text/escape.ts";
import { markdown } from "../text/markdown.ts";
import { safe } from "../text/safe.ts";
import { terminal } from "../text/terminal.ts";
import { asItWorksHere } from "./printed.ts";
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
  const stack = "stack" in report && typeof report.stack === "string" ? report.stack : undefined;
  const printing = { hasPulumi: which("pulumi", surroundings.env.PATH) !== undefined, stack };
  const clean = (text: string): string => asItWorksHere(safe(text, surroundings.env), printing);
  // Before notation is added, which may stand in the middle of a credential; and after, for what several texts make together.
  const cleanPage = (): Document => withTexts(page(), clean);
  const text = json
    ? `${jsonText(report, withoutViews)}\n`
    : asMarkdown
      ? markdown(cleanPage())
      : terminal(cleanPage(), surroundings);
  surroundings.print(clean(text));
}

/** Whole definitions belong to the pictures; the JSON says what differs. */
const withoutViews = (key: string, value: unknown): unknown =>
  key === "before" || key === "after" ? undefined : value;
