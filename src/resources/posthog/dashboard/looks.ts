import type { dashboardLooks } from "../../../model/posthog/dashboard.ts";
import { isObject, type Json, type JsonObject, sameJson } from "../../kernel/json.ts";
import { reflect } from "../../kernel/reflect.ts";
import type { LiveDashboard } from "../answers.ts";
import { isFilterDefault } from "../defaults.ts";
import type { DashboardInputs } from "./inputs.ts";

/** A dashboard's style, filters and variables: usually set by hand and not defined. */
export type Looks = Pick<DashboardInputs, Exclude<keyof typeof dashboardLooks, "leftAlone">>;

/** The live style in the definition's terms: only what changes what a person sees. */
export function reflectLooks(defined: Looks, live: LiveDashboard): Looks {
  const looks = {
    filters: reflectObject(defined.filters as JsonObject | undefined, live.filters),
    variables: reflectObject(defined.variables as JsonObject | undefined, setVariables(live.variables)),
    breakdownColors: live.breakdown_colors?.length ? live.breakdown_colors : undefined,
    colorTheme: live.data_color_theme_id ?? undefined,
    quickFilters: live.quick_filter_ids?.length ? live.quick_filter_ids : undefined,
  };
  return Object.fromEntries(Object.entries(looks).filter(([, value]) => value !== undefined)) as Looks;
}

/** The fields of a PATCH that set the defined style. Empty when nothing differs. */
export function lookChanges(defined: Looks, live: LiveDashboard): JsonObject {
  const shown = reflectLooks(defined, live);
  const differs = (key: keyof Looks) => !sameJson(shown[key], defined[key]);
  const changes: JsonObject = {};
  if (differs("filters")) changes.filters = { ...cleared(live.filters), ...(defined.filters as JsonObject) };
  if (differs("variables"))
    changes.variables = { ...withoutValues(live.variables), ...(defined.variables as JsonObject) };
  if (differs("breakdownColors")) changes.breakdown_colors = (defined.breakdownColors ?? []) as JsonObject[];
  if (differs("colorTheme")) changes.data_color_theme_id = defined.colorTheme ?? null;
  if (differs("quickFilters")) changes.quick_filter_ids = defined.quickFilters ?? [];
  return changes;
}

/** An optional part of the definition: present only when it has a meaning. */
export function reflectObject(
  defined: JsonObject | undefined,
  live: JsonObject | null | undefined,
): JsonObject | undefined {
  const kept = reflect(defined, live ?? undefined, isFilterDefault);
  return isObject(kept) && Object.keys(kept).length > 0 ? kept : undefined;
}

/** PostHog ignores an empty `filters`: each filter is cleared by its name. */
const cleared = (live: JsonObject | null | undefined): JsonObject =>
  Object.fromEntries(Object.keys(live ?? {}).map((key) => [key, null]));

/**
 * A variable without a value uses its default. PostHog also ignores an empty `variables`, and cannot show one that is
 * null.
 */
const withoutValues = (live: JsonObject | null | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(live ?? {}).map(([id, variable]) => {
      if (!isObject(variable)) return [id, variable as Json];
      const { value: _, isNull: __, ...rest } = variable;
      return [id, rest];
    }),
  );

const setVariables = (live: JsonObject | null | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(live ?? {}).filter(
      ([, variable]) => isObject(variable) && (variable.value != null || variable.isNull === true),
    ),
  );
