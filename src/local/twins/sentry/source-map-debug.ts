import { isRecord, notFound } from "./http.ts";
import { findProject, projectPath, type SentryParts } from "./parts.ts";
import { debugIdsOf } from "./symbolicate.ts";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * Why an event's frames could not be resolved. Sentry:
 * src/sentry/api/endpoints/source_map_debug_blue_thunder_edition.py
 */
export function sourceMapDebugRoutes(parts: SentryParts): void {
  const { app, model } = parts;

  app.get(`${projectPath}/events/:event/source-map-debug/`, (c) => {
    const project = findProject(parts, c.req.param("project"));
    const event = model.events.get(c.req.param("event"));
    if (event === null || event.projectId !== project.id) throw notFound();
    const { payload } = event;
    const debugIds = debugIdsOf(payload);
    const bundles = model.bundles.all().filter(({ projectIds }) => projectIds.includes(project.id));
    const uploaded = (debugId: string | null, isWanted: (type: string) => boolean) =>
      debugId !== null &&
      model.artifacts
        .where("debugId", debugId)
        .some(({ bundleId, type }) => isWanted(type) && bundles.some(({ id }) => id === bundleId));
    const values =
      isRecord(payload.exception) && Array.isArray(payload.exception.values) ? payload.exception.values : [];
    const framesOf = (exception: unknown) =>
      isRecord(exception) && isRecord(exception.stacktrace) && Array.isArray(exception.stacktrace.frames)
        ? exception.stacktrace.frames.filter(isRecord)
        : [];
    return c.json({
      dist: text(payload.dist),
      release: text(payload.release),
      exceptions: values.map((exception) => ({
        frames: framesOf(exception).map((frame) => {
          const debugId = debugIds.get(text(frame.abs_path) ?? text(frame.filename) ?? "") ?? null;
          return {
            debug_id_process: {
              debug_id: debugId,
              uploaded_source_file_with_correct_debug_id: uploaded(debugId, (type) => type !== "source_map"),
              uploaded_source_map_with_correct_debug_id: uploaded(debugId, (type) => type === "source_map"),
            },
            release_process: null,
            scraping_process: { source_file: null, source_map: null },
          };
        }),
      })),
      has_debug_ids: debugIds.size > 0,
      sdk_version: isRecord(payload.sdk) ? text(payload.sdk.version) : null,
      project_has_some_artifact_bundle: bundles.length > 0,
      release_has_some_artifact:
        bundles.some(({ version }) => version !== null && version === payload.release) ||
        model.releaseFiles.where("version", text(payload.release) ?? "").length > 0,
      has_uploaded_some_artifact_with_a_debug_id: bundles.some(({ id }) =>
        model.artifacts.where("bundleId", id).some(({ debugId }) => debugId !== ""),
      ),
      sdk_debug_id_support: "full",
      min_debug_id_sdk_version: "7.56.0",
      has_scraping_data: false,
    });
  });
}
