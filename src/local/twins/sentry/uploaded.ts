import type { Artifact, SentryModel } from "./model.ts";
import type { FindUploaded } from "./symbolicate.ts";

const isScript = ({ type }: Artifact) => type === "minified_source" || type === "source";

/** Uploaded files for the scripts of an event: by debug id, else by the release and the script's address. */
export function findUploaded(
  model: SentryModel,
  projectId: string,
  { release, dist }: { release: string | null; dist: string | null },
): FindUploaded {
  const isOfProject = (artifact: Artifact) =>
    model.bundles.get(artifact.bundleId)?.projectIds.includes(projectId) === true;

  return ({ absPath, debugId }) => {
    const byId = debugId === null ? [] : model.artifacts.where("debugId", debugId).filter(isOfProject);
    const script = byId.findLast(isScript);
    const map = byId.findLast(({ type }) => type === "source_map");
    if (script) return { script: script.content, map: map ?? mapOf(script), resolvedWith: "debug-id" };
    const path = pathOf(absPath);
    const named = model.bundles
      .all()
      .filter((bundle) => bundle.projectIds.includes(projectId))
      .filter((bundle) => release !== null && bundle.version === release && bundle.dist === dist)
      .flatMap(({ id }) => model.artifacts.where("bundleId", id))
      .findLast((artifact) => isScript(artifact) && [absPath, `~${path}`].includes(artifact.url));
    return named ? { script: named.content, map: mapOf(named), resolvedWith: "release" } : null;
  };

  /** The map that a script refers to, from the same bundle. */
  function mapOf(script: Artifact): Artifact | null {
    if (script.sourceMapUrl === null) return null;
    const wanted = `${script.url.slice(0, script.url.lastIndexOf("/") + 1)}${script.sourceMapUrl}`;
    return model.artifacts.where("bundleId", script.bundleId).find(({ url }) => url === wanted) ?? null;
  }
}

function pathOf(absPath: string): string {
  try {
    return new URL(absPath).pathname;
  } catch {
    return absPath;
  }
}
