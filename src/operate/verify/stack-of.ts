import type { DeployedScript } from "./scripts.ts";

/** A frame as the browser's SDK sends it. */
export interface SentFrame {
  readonly filename: string;
  readonly abs_path: string;
  readonly function: string;
  /** From 1, like the column. */
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: true;
}

/** Maximum frames: Sentry cuts longer stacks in the middle. */
const mostFrames = 48;
const leastOfOne = 3;
/** Distances from the end of a script: bundlers put an app's own code after its libraries. */
const shares = [0.002, 0.005, 0.01, 0.02, 0.035, 0.06, 0.1, 0.18, 0.3, 0.5, 0.7, 0.9];

/** The id that links a deployed script to its source map; undefined when it was built without one. */
export function debugIdOf({ text }: DeployedScript): string | undefined {
  const [, id] =
    /_sentryDebugIds\s*\[[^\]]{1,80}\]\s*=\s*["'`]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["'`]/i.exec(text) ?? [];
  return id?.toLowerCase();
}

/** A stack of positions spread over the deployed scripts: with source maps, some of them resolve to the app's own code. */
export function stackOf(scripts: readonly DeployedScript[]): SentFrame[] {
  const ofOne = Math.max(leastOfOne, Math.floor(mostFrames / Math.max(1, scripts.length)));
  return scripts
    .flatMap((script) => placesIn(script, ofOne))
    .slice(0, mostFrames)
    .toReversed();
}

function placesIn({ url, text }: DeployedScript, most: number): SentFrame[] {
  const places = new Set<number>();
  for (const share of shares) {
    const from = Math.floor(text.length * (1 - share));
    const call = /[A-Za-z_$][\w$]*\(/g;
    call.lastIndex = from;
    const at = call.exec(text)?.index;
    if (at !== undefined) places.add(at);
  }
  return [...places].slice(0, most).map((at) => {
    const before = text.slice(0, at);
    return {
      ...{ filename: url, abs_path: url, function: "?", in_app: true },
      lineno: before.split("\n").length,
      colno: at - before.lastIndexOf("\n"),
    };
  });
}
