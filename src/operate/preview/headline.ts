import { type Phrase, quantity, say, strong } from "../text/phrase.ts";
import type { PreviewReport } from "./report.ts";

/** The whole report in one line: "production: 1 dashboard changes, 1 variable changes, nothing is destroyed". */
export function headline(report: PreviewReport): Phrase {
  const { stack, outcome, losses, errors } = report;
  if (outcome === "failed") {
    return say`${strong(stack)}: the preview failed${errors.length > 1 ? ` with ${quantity(errors.length, "error")}` : ""}`;
  }
  if (outcome === "nothing changes") return say`${strong(stack)}: nothing changes`;
  const forGood = losses.filter((loss) => loss.forGood).length;
  const destroyed =
    losses.length === 0
      ? "nothing is destroyed"
      : forGood === 0
        ? quantity(losses.length, "thing is destroyed", "things are destroyed")
        : `${quantity(losses.length, "thing is destroyed", "things are destroyed")}, ${forGood} for good`;
  const parts = losses.length > 0 ? [destroyed, ...counts(report)] : [...counts(report), destroyed];
  return say`${strong(stack)}: ${parts.join(", ")}`;
}

function counts({ dashboards, variables, alerts, flags, others, catalog = [] }: PreviewReport): string[] {
  const all = variables.flatMap((set) => set.variables);
  return [
    countOf(dashboards, "dashboard", "dashboards"),
    countOf(all, "variable", "variables"),
    countOf(alerts, "alert", "alerts"),
    countOf(flags, "feature flag", "feature flags"),
    countOf(
      others.filter(({ stays }) => !stays),
      "other resource",
      "other resources",
    ),
    stayingOf(others.filter(({ stays }) => stays).length),
    countOf(catalog, "event of the catalog", "events of the catalog"),
  ].filter((text) => text !== "");
}

const stayingOf = (count: number): string =>
  count === 0
    ? ""
    : `${count} ${count === 1 ? "leaves" : "leave"} the stack and ${count === 1 ? "stays" : "stay"} at the vendor`;

/** "2 dashboards are new", "3 alerts change (1 new)"; undefined when there are none. */
function countOf(changes: readonly { readonly change: string }[], one: string, many: string): string {
  const of = (change: string): number => changes.filter((each) => each.change === change).length;
  const [all, fresh, gone] = [changes.length, of("new"), of("removed")];
  if (all === 0) return "";
  if (fresh === all) return quantity(all, `${one} is new`, `${many} are new`);
  if (gone === all) return quantity(all, `${one} is deleted`, `${many} are deleted`);
  const parts = [...(fresh > 0 ? [`${fresh} new`] : []), ...(gone > 0 ? [`${gone} deleted`] : [])];
  return `${quantity(all, `${one} changes`, `${many} change`)}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
}
