import type { LiveDetector, LiveFilter, LiveKey, LiveProject, LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { shownSlug } from "../slug.ts";
import type { ProjectSettingsInputs } from "./inputs.ts";

/** A project as it is now, as far as the definition mentions it. */
export interface LiveProjectParts {
  project: LiveProject;
  /** Its slug as the definition has it, where that means this project. */
  slug: string;
  filters: LiveFilter[];
  keys: LiveKey[];
  alerts: LiveWorkflow[];
  monitors: LiveDetector[];
}

/**
 * At most five requests, and none for an aspect that is not mentioned; two more where the project has another slug than it
 * is defined with. Undefined when the project is gone. `projectId` where it is known: see {@link shownSlug}.
 */
export async function observe(
  api: SentryApi,
  inputs: ProjectSettingsInputs,
  projectId?: string,
): Promise<LiveProjectParts | undefined> {
  const { project: defined, inboundFilters, automaticAlert, automaticKey, keysOn } = inputs;
  const project = await api.orGone(api.project(projectId ?? defined));
  if (!project) return undefined;
  const [slug, filters, keys, alerts, monitors] = await Promise.all([
    project.slug === defined ? defined : shownSlug(api, defined, project.id),
    inboundFilters ? api.filters(project.slug) : [],
    automaticKey || keysOn ? api.keys(project.slug) : [],
    automaticAlert ? api.workflows([project.id]) : [],
    automaticAlert ? api.detectors(project.id) : [],
  ]);
  return { project, slug, filters, keys, alerts, monitors };
}
