import { which } from "../../local/engine/on-path.ts";
import { type Document, withTexts } from "../text/document.ts";
import { jsonText } from "../text/escape.ts";
import { markdown } from "../text/markdown.ts";
import { safe } from "../text/safe.ts";
import { terminal } from "../text/terminal.ts";
import { type Outcome, schemaVersion } from "./exit.ts";
import { asItWorksHere } from "./printed.ts";
import type { Surroundings } from "./surroundings.ts";

export interface OutputOptions {
  readonly json?: true;
  readonly markdown?: true;
}

/** Prints a report in the requested form: JSON for programs, Markdown for GitHub, else for the terminal. */
export function printReport(
  surroundings: Surroundings,
  { json, markdown: asMarkdown }: OutputOptions,
  report: object,
  outcome: Outcome,
  page: () => Document,
): void {
  surroundings.signal.throwIfAborted();
  const stack = "stack" in report && typeof report.stack === "string" ? report.stack : undefined;
  const printing = { hasPulumi: which("pulumi", surroundings.env.PATH) !== undefined, stack };
  const clean = (text: string): string => asItWorksHere(safe(text, surroundings.env), printing);
  // Redacted before notation is added, which could split a credential; and again after, since several texts may form one together.
  const cleanPage = (): Document => withTexts(page(), clean);
  const text = json
    ? `${jsonText(forPrograms(report, surroundings.command, outcome), withoutViews)}\n`
    : asMarkdown
      ? markdown(cleanPage())
      : terminal(cleanPage(), surroundings);
  surroundings.print(clean(text));
}

/** All reports start with the same fields; a report's own word for its outcome becomes `verdict`. */
function forPrograms(report: object, command: string, outcome: Outcome): object {
  const { outcome: verdict, ...rest } = report as { readonly outcome?: string };
  return { schemaVersion, command, outcome, ...(verdict !== undefined && { verdict }), ...rest };
}

/** Only pictures need whole definitions; the JSON lists the differences. */
const withoutViews = (key: string, value: unknown): unknown =>
  key === "before" || key === "after" ? undefined : value;
