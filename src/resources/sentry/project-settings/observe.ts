import type { LiveDetector, LiveFilter, LiveKey, LiveProject, LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import type { ProjectSettingsInputs } from "./inputs.ts";

/** A project as it is now, as far as the definition mentions it. */
export interface Observed {
  project: LiveProject;
  filters: LiveFilter[];
  keys: LiveKey[];
  alerts: LiveWorkflow[];
  monitors: LiveDetector[];
}

/** At most five requests, and none for an aspect that is not mentioned. Undefined when the project is gone. */
export async function observe(api: SentryApi, inputs: ProjectSettingsInputs): Promise<Observed | undefined> {
  const { project: slug, inboundFilters, automaticAlert, automaticKey } = inputs;
  const project = await api.orGone(api.project(slug));
  if (!project) return undefined;
  const [filters, keys, alerts, monitors] = await Promise.all([
    inboundFilters ? api.filters(slug) : [],
    automaticKey ? api.keys(slug) : [],
    automaticAlert ? api.workflows([project.id]) : [],
    automaticAlert ? api.detectors(project.id) : [],
  ]);
  return { project, filters, keys, alerts, monitors };
}
