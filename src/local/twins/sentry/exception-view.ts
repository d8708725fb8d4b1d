import { isRecord } from "./http.ts";

type Fields = Record<string, unknown>;

const value = (fields: Fields, name: string) => fields[name] ?? null;

/**
 * Exceptions in the API's format, which differs from the SDKs'. Sentry: src/sentry/interfaces/{exception,stacktrace}.py
 */
export function exceptionView(exception: unknown): unknown {
  const values = isRecord(exception) ? exception.values : exception;
  if (!Array.isArray(values)) return exception;
  const views = values.filter(isRecord).map(ofOne);
  return {
    values: views,
    hasSystemFrames: views.some((one) => one.stacktrace?.hasSystemFrames === true),
    excOmitted: null,
  };
}

const ofOne = (exception: Fields) => ({
  type: value(exception, "type"),
  value: value(exception, "value"),
  mechanism: value(exception, "mechanism"),
  threadId: value(exception, "thread_id"),
  module: value(exception, "module"),
  stacktrace: stackView(exception.stacktrace),
  rawStacktrace: stackView(exception.raw_stacktrace),
});

function stackView(stack: unknown) {
  if (!isRecord(stack) || !Array.isArray(stack.frames)) return null;
  const frames = stack.frames.filter(isRecord).map(frameView);
  const own = frames.filter(({ inApp }) => inApp).length;
  return { frames, framesOmitted: null, registers: null, hasSystemFrames: own > 0 && own < frames.length };
}

function frameView(frame: Fields) {
  const data = isRecord(frame.data) ? frame.data : {};
  return {
    filename: value(frame, "filename"),
    absPath: value(frame, "abs_path"),
    module: value(frame, "module"),
    package: value(frame, "package"),
    platform: value(frame, "platform"),
    instructionAddr: null,
    symbolAddr: null,
    function: value(frame, "function"),
    rawFunction: value(frame, "raw_function"),
    symbol: null,
    context: contextOf(frame),
    lineNo: value(frame, "lineno"),
    colNo: value(frame, "colno"),
    inApp: frame.in_app === true,
    trust: null,
    errors: null,
    lock: null,
    sourceLink: null,
    vars: value(frame, "vars"),
    ...(typeof data.sourcemap === "string" && {
      map: data.sourcemap.slice(data.sourcemap.lastIndexOf("/") + 1),
      mapUrl: data.sourcemap,
    }),
  };
}

/** Numbered lines: those before, the line itself, those after. */
function contextOf(frame: Fields): [number, unknown][] {
  const line = Number(frame.lineno);
  if (!(line > 0) || frame.context_line === undefined || frame.context_line === null) return [];
  const before = Array.isArray(frame.pre_context) ? frame.pre_context : [];
  const after = Array.isArray(frame.post_context) ? frame.post_context : [];
  return [...before, frame.context_line, ...after].map((text, index) => [line - before.length + index, text]);
}
