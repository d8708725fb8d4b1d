import { funnelsView } from "./funnels.ts";
import { trendsView } from "./trends.ts";
import type { AnswerContext } from "./unfinished.ts";
import type { View } from "./view.ts";

/** PostHog's answer, or a text that says why there is none. */
export type TileResult = ({ readonly results: unknown } & AnswerContext) | { readonly failure: string };

/** The view of a query's answer. An invalid answer becomes a text that says why. */
export function tileView(query: unknown, result: TileResult | undefined): View {
  if (result === undefined) return { kind: "words", text: "Not asked yet.", isFailure: false };
  if ("failure" in result) return { kind: "words", text: result.failure, isFailure: true };
  const source = sourceOf(query);
  try {
    if (source.kind === "TrendsQuery") return trendsView(source, result);
    if (source.kind === "FunnelsQuery") return funnelsView(source, result);
  } catch {
    return { kind: "words", text: "The answer has a shape that cannot be drawn.", isFailure: true };
  }
  return {
    kind: "words",
    text: `There is no picture of a ${String(source.kind)} here. Look at it in PostHog.`,
    isFailure: false,
  };
}

function sourceOf(query: unknown): Readonly<Record<string, unknown>> {
  const node = typeof query === "object" && query !== null ? (query as Record<string, unknown>) : {};
  return "source" in node ? sourceOf(node.source) : node;
}
