import { originalPositionFor, sourceContentFor, TraceMap } from "@jridgewell/trace-mapping";
import { isRecord } from "./http.ts";
import type { ProcessingError } from "./model.ts";

type Fields = Record<string, unknown>;

/** An uploaded script, and its map. */
export interface Uploaded {
  readonly script: string;
  readonly map: { readonly content: string; readonly url: string } | null;
  readonly resolvedWith: "debug-id" | "release";
}

/** Finds the uploaded files for the script of a frame. */
export type FindUploaded = (script: { absPath: string; debugId: string | null }) => Uploaded | null;

export interface Symbolicated {
  readonly event: Fields;
  readonly errors: readonly ProcessingError[];
}

const contextLines = 5;
/** Longer lines are cut around the column. */
const longestLine = 140;

/**
 * An event whose JavaScript frames are resolved to the sources; the original frames are stored as `raw_stacktrace`.
 * Undefined for an event without such frames. Source: getsentry/symbolicator, crates/symbolicator-js. Not modelled:
 * fetching scripts and maps from the page (Sentry also refuses local addresses), and function names by scope.
 */
export function symbolicate(event: Fields, find: FindUploaded): Symbolicated | undefined {
  const values = isRecord(event.exception) ? event.exception.values : event.exception;
  if (!Array.isArray(values) || !["javascript", "node"].includes(String(event.platform ?? "javascript")))
    return undefined;
  const debugIds = debugIdsOf(event);
  const errors = new Map<string, ProcessingError>();
  const resolve = resolver(find, debugIds, errors);
  let hasFrames = false;
  const resolved = values.map((exception: unknown) => {
    if (!isRecord(exception) || !isRecord(exception.stacktrace) || !Array.isArray(exception.stacktrace.frames))
      return exception;
    hasFrames = true;
    const { frames, raw } = ofStack(exception.stacktrace.frames.filter(isRecord), resolve);
    return {
      ...exception,
      stacktrace: { ...exception.stacktrace, frames },
      ...(raw && { raw_stacktrace: { ...exception.stacktrace, frames: raw } }),
    };
  });
  if (!hasFrames) return undefined;
  return { event: { ...event, exception: { values: resolved } }, errors: [...errors.values()] };
}

interface Resolved {
  readonly raw: Fields;
  readonly frame: Fields;
  readonly tokenName: string | null;
}

/** Frames are ordered from the oldest call: the name at a call site is the name of the called function. */
function ofStack(frames: readonly Fields[], resolve: (frame: Fields, calledAs: string | null) => Resolved | null) {
  let calledAs: string | null = null;
  let isResolved = false;
  const raw: Fields[] = [];
  const result: Fields[] = [];
  for (const frame of frames) {
    const found: Resolved | null = resolve(frame, calledAs);
    calledAs = found?.tokenName ?? null;
    isResolved ||= found !== null;
    raw.push(found?.raw ?? frame);
    result.push(found?.frame ?? frame);
  }
  return { frames: result, raw: isResolved ? raw : undefined };
}

function resolver(find: FindUploaded, debugIds: ReadonlyMap<string, string>, errors: Map<string, ProcessingError>) {
  const scripts = new Map<string, { uploaded: Uploaded; map: TraceMap | null } | null>();
  const fail = (absPath: string, type: string, message: string, symbolicatorType: string) =>
    void errors.set(`${absPath} ${symbolicatorType}`, {
      ...{ type, message },
      data: { symbolicator_type: symbolicatorType, url: absPath },
    });

  function scriptOf(absPath: string) {
    const known = scripts.get(absPath);
    if (known !== undefined) return known;
    const uploaded = find({ absPath, debugId: debugIds.get(absPath) ?? null });
    const found = uploaded && { uploaded, map: uploaded.map && traceMap(uploaded.map.content) };
    scripts.set(absPath, found);
    if (found === null) fail(absPath, "js_no_source", "Source code was not found", "missing_source");
    else if (found.map === null)
      fail(
        absPath,
        "js_invalid_source",
        "Source map was not found or is invalid",
        uploaded?.map ? "malformed_sourcemap" : "missing_sourcemap",
      );
    return found;
  }

  return (frame: Fields, calledAs: string | null): Resolved | null => {
    const absPath = text(frame.abs_path) || text(frame.filename);
    const line = Number(frame.lineno);
    if (!/^(https?:|app:|file:|\/)/.test(absPath) || !(line > 0)) return null;
    const script = scriptOf(absPath);
    if (!script?.map) return null;
    const column = Math.max(Number(frame.colno ?? 0), 1);
    const at = originalPositionFor(script.map, { line, column: column - 1 });
    if (at.source === null) {
      fail(absPath, "js_invalid_sourcemap_location", "Invalid location in sourcemap", "invalid_location");
      return null;
    }
    const source = sourceContentFor(script.map, at.source);
    return {
      raw: { ...frame, ...contextOf(script.uploaded.script, line, column) },
      tokenName: at.name,
      frame: {
        ...frame,
        filename: at.source,
        abs_path: joined(absPath, at.source),
        function: calledAs ?? (text(frame.function) || "<unknown>"),
        lineno: at.line,
        colno: at.column + 1,
        in_app: !/(^|\/)(node_modules|~)\//.test(at.source),
        ...(source !== null && contextOf(source, at.line, at.column + 1)),
        data: {
          sourcemap: script.uploaded.map?.url,
          symbolicated: true,
          resolved_with: script.uploaded.resolvedWith,
        },
      },
    };
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Debug ids by script address: `debug_meta` has one image for each script of the stack. */
export function debugIdsOf(event: Fields): Map<string, string> {
  const images = isRecord(event.debug_meta) && Array.isArray(event.debug_meta.images) ? event.debug_meta.images : [];
  return new Map(
    images
      .filter(isRecord)
      .filter(({ type }) => type === "sourcemap")
      .map(({ code_file, debug_id }) => [text(code_file), text(debug_id).toLowerCase()]),
  );
}

function traceMap(content: string): TraceMap | null {
  try {
    return new TraceMap(content);
  } catch {
    return null;
  }
}

function joined(base: string, source: string): string {
  try {
    return new URL(source, base).href;
  } catch {
    return source;
  }
}

function contextOf(source: string, line: number, column: number): Fields {
  const lines = source.split(/\r?\n/);
  const at = lines[line - 1];
  if (at === undefined) return {};
  return {
    pre_context: lines.slice(Math.max(0, line - 1 - contextLines), line - 1).map((one) => cut(one, 0)),
    context_line: cut(at, column),
    post_context: lines.slice(line, line + contextLines).map((one) => cut(one, 0)),
  };
}

/** Sentry's `{snip}`. */
function cut(line: string, column: number): string {
  if (line.length <= longestLine) return line;
  const start = Math.max(0, Math.min(column - 60, line.length - longestLine));
  const part = line.slice(start, start + longestLine);
  return `${start > 0 ? "{snip} " : ""}${part}${start + longestLine < line.length ? " {snip}" : ""}`;
}
