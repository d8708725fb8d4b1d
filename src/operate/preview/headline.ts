import { counted, type Phrase, say, strong } from "../text/phrase.ts";
import type { PreviewReport } from "./report.ts";

/** The whole report in one line: "production: 1 dashboard changes, 1 variable changes, nothing is destroyed". */
export function headline(report: PreviewReport): Phrase {
  const { stack, outcome, losses, errors } = report;
  if (outcome === "failed") {
    return say`${strong(stack)}: the preview failed${errors.length > 1 ? ` with ${counted(errors.length, "error")}` : ""}`;
  }
  if (outcome === "nothing changes") return say`${strong(stack)}: nothing changes`;
  const forGood = losses.filter((loss) => loss.forGood).length;
  const destroyed =
    losses.length === 0
      ? "nothing is destroyed"
      : forGood === 0
        ? counted(losses.length, "thing is destroyed", "things are destroyed")
        : `${counted(losses.length, "thing is destroyed", "things are destroyed")}, ${forGood} for good`;
  return say`${strong(stack)}: ${[...counts(report), destroyed].join(", ")}`;
}

function counts({ dashboards, variables, alerts, others, catalog = [] }: PreviewReport): string[] {
  const named = variables.reduce((sum, set) => sum + set.variables.length, 0);
  return [
    dashboards.length > 0 && counted(dashboards.length, "dashboard changes", "dashboards change"),
    named > 0 && counted(named, "variable changes", "variables change"),
    alerts.length > 0 && counted(alerts.length, "alert changes", "alerts change"),
    others.length > 0 && counted(others.length, "other resource changes", "other resources change"),
    catalog.length > 0 && counted(catalog.length, "event of the catalog changes", "events of the catalog change"),
  ].filter((text) => text !== false);
}
