import { unzipSync } from "fflate";
import * as z from "zod";
import type { Artifact } from "./model.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const manifest = z.looseObject({
  debug_id: z.string().optional(),
  files: z.record(
    z.string(),
    z.looseObject({
      type: z.string().optional(),
      url: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export interface Bundle {
  /** Undefined for a bundle of an older client; Sentry then generates one. */
  id: string | undefined;
  files: Omit<Artifact, "id" | "bundleId">[];
}

/**
 * Parses an artifact bundle: a zip, optionally after eight bytes of magic that its offsets include, whose
 * `manifest.json` describes each file. Format: getsentry/symbolic, symbolic-debuginfo/src/sourcebundle.
 *
 * @throws Error for bytes that are not a bundle
 */
export function readBundle(bytes: Uint8Array): Bundle {
  const entries = unzipSync(bytes);
  const text = (path: string) => new TextDecoder().decode(entries[path] ?? new Uint8Array());
  const { debug_id: id, files } = manifest.parse(JSON.parse(text("manifest.json")));
  return {
    id: id?.toLowerCase(),
    files: Object.entries(files).map(([path, { type = "source", url = `~/${path}`, headers = {} }]) => {
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const debugId = lower["debug-id"]?.toLowerCase() ?? "";
      return {
        ...{ type, url, content: text(path), debugId: uuid.test(debugId) ? debugId : "" },
        sourceMapUrl: lower.sourcemap ?? lower["x-sourcemap"] ?? null,
      };
    }),
  };
}
