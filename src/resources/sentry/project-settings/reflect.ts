import { withoutUndefined } from "../../kernel/json.ts";
import { automaticAlerts } from "./automatic-alert.ts";
import { automaticKeys, isRemovable } from "./automatic-key.ts";
import type { InboundFilters, ProjectSettingsInputs, ProjectSettingsOutputs, Scrubbing } from "./inputs.ts";
import type { LiveProjectParts } from "./observe.ts";
import { reflectPiiConfig } from "./pii-config.ts";

/** The live settings in the definition's terms, with the defined aspects only. */
export function reflectSettings(
  defined: ProjectSettingsInputs,
  { project, slug, filters, keys, alerts, monitors }: LiveProjectParts,
  known: Pick<ProjectSettingsOutputs, "projectId"> = { projectId: project.id },
): { inputs: ProjectSettingsInputs; outputs: ProjectSettingsOutputs } {
  const automatic = automaticKeys(project, keys);
  const removable = isRemovable(project);
  const inputs = withoutUndefined({
    organization: defined.organization,
    project: slug,
    platform: defined.platform && (project.platform ?? "none"),
    inboundFilters: defined.inboundFilters && reflectFilters(defined.inboundFilters, filters),
    scrubbing: defined.scrubbing && reflectScrubbing(defined.scrubbing, project),
    automaticAlert: defined.automaticAlert && presence(automaticAlerts(alerts, monitors).length > 0),
    automaticKey: defined.automaticKey && presence(automatic.length > 0 && removable),
    keysOn: defined.keysOn && reflectKeys(defined.keysOn, keys),
  });
  return {
    inputs: inputs as ProjectSettingsInputs,
    outputs: { automaticKeyKept: automatic.length > 0 && !removable, projectId: known.projectId },
  };
}

/** A field that is no longer scrubbed is left out; fields that somebody added hide more, and stay. */
function reflectScrubbing(defined: Scrubbing, project: LiveProjectParts["project"]): Scrubbing {
  const live = project.sensitiveFields ?? [];
  const { sensitiveFields, relayPiiConfig, ...switches } = defined;
  const names = Object.keys(switches) as (keyof typeof switches)[];
  return {
    ...Object.fromEntries(names.map((name) => [name, project[name] ?? false])),
    ...(sensitiveFields && { sensitiveFields: sensitiveFields.filter((field) => live.includes(field)) }),
    ...(relayPiiConfig && { relayPiiConfig: reflectPiiConfig(relayPiiConfig, project.relayPiiConfig) }),
  };
}

/** How a preview shows something that exists again: `automaticAlert: "removed" => "is there"`. */
const presence = (isThere: boolean): string => (isThere ? "is there" : "removed");

/** A disabled key drops all events that apps send with it. A missing one is reported by its own resource. */
function reflectKeys(defined: NonNullable<ProjectSettingsInputs["keysOn"]>, keys: LiveProjectParts["keys"]) {
  const isOff = (name: string) => keys.some((key) => key.name === name && key.isActive === false);
  return Object.fromEntries(Object.keys(defined).map((name) => [name, !isOff(name)]));
}

function reflectFilters(defined: InboundFilters, filters: LiveProjectParts["filters"]): InboundFilters {
  const live = new Map(filters.map(({ id, active }) => [id, active]));
  const entries = Object.entries(defined).map(([name, wanted]) => {
    const active = live.get(name) ?? false;
    return [name, Array.isArray(wanted) ? reflectBrowsers(wanted, active) : active];
  });
  return Object.fromEntries(entries);
}

/** Sentry answers `false` for none, and returns the others in any order. */
function reflectBrowsers(wanted: readonly string[], active: boolean | string[]): boolean | readonly string[] {
  if (active === true) return true;
  const live = active === false ? [] : active;
  const isSame = live.length === wanted.length && wanted.every((browser) => live.includes(browser));
  return isSame ? wanted : [...live].sort();
}
