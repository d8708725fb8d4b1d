import type { LiveDetector, LiveFilter, LiveKey, LiveProject, LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { shownSlug } from "../slug.ts";
import type { ProjectSettingsInputs } from "./inputs.ts";

/** The live project, with the defined aspects only. */
export interface LiveProjectParts {
  project: LiveProject;
  /** The slug in the definition, if it belongs to this project. */
  slug: string;
  filters: LiveFilter[];
  keys: LiveKey[];
  alerts: LiveWorkflow[];
  monitors: LiveDetector[];
}

/**
 * At most five requests, and none for an absent aspect; two more when the project's slug differs from the definition.
 * Undefined when the project does not exist. `projectId` where it is known: see {@link shownSlug}.
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
