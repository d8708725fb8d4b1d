import type ts from "typescript";
import type { ModuleContext } from "./context.ts";

/** Writes expressions: what operators, calls and assignments need for their parts. */
export interface Speller {
  readonly context: ModuleContext;
  expression(node: ts.Expression): string;
  /** As a condition: lists and objects are true even when they are empty. */
  condition(node: ts.Expression): string;
  /** As what a loop or a spread goes over. */
  iterated(node: ts.Expression): string;
}
