/** Effect of a fault on a matching request. */
export type FaultEffect =
  /** Answered with the vendor's own error body; nothing is committed. */
  | { kind: "status"; status: FaultStatus; retryAfterSeconds?: number; detail?: string }
  /** Handled and committed, but answered with an error, as by a proxy that gave up waiting. */
  | { kind: "status-after"; status: FaultStatus }
  /** Answered with an error immediately, but handled and committed `delayMs` later: the proxy gave up, the vendor continued. */
  | { kind: "late"; status: FaultStatus; delayMs: number }
  /** The connection is destroyed before the request is handled. */
  | { kind: "reset-before" }
  /** The request is handled and committed, then the connection is destroyed: the answer is lost. */
  | { kind: "reset-after" }
  /** Handled `delayMs` later. */
  | { kind: "slow"; delayMs: number };

export type FaultStatus = 400 | 401 | 402 | 403 | 404 | 408 | 409 | 410 | 413 | 415 | 429 | 500 | 502 | 503 | 504;

export interface Fault {
  /** Every given part must match; `{}` matches all. A string path is a prefix; both forms see the path with its query. */
  match: { method?: string; path?: string | RegExp };
  /** Number of matching requests that it affects; default 1. */
  times?: number | "always";
  /** Number of matching requests that pass first; default 0. */
  skip?: number;
  effect: FaultEffect;
}

export interface FaultSwitchboard {
  /** Activates a fault; the returned function deactivates it, however often it has been applied. */
  add(fault: Fault): () => void;
  clear(): void;
  /** Active faults, with the remaining `times` and `skip`. */
  list(): readonly Required<Fault>[];
}

export interface FaultInjector extends FaultSwitchboard {
  /** The effects on this request, which is counted: the sum of all delays, and the first other effect. */
  take(method: string, path: string): { delayMs: number; effect: Exclude<FaultEffect, { kind: "slow" }> | null };
}

export function faultSwitchboard(): FaultInjector {
  let live: Required<Fault>[] = [];
  const retire = (fault: Required<Fault>) => {
    live = live.filter((other) => other !== fault);
  };

  return {
    add(fault) {
      const entry: Required<Fault> = { times: 1, skip: 0, ...fault };
      if (entry.times === 0) return () => {};
      live.push(entry);
      return () => retire(entry);
    },
    clear() {
      live = [];
    },
    list: () => live.map((fault) => ({ ...fault })),
    take(method, path) {
      let delayMs = 0;
      for (const fault of [...live]) {
        if (!matches(fault.match, method, path)) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        if (fault.times !== "always") {
          fault.times -= 1;
          if (fault.times === 0) retire(fault);
        }
        if (fault.effect.kind !== "slow") return { delayMs, effect: fault.effect };
        delayMs += fault.effect.delayMs;
      }
      return { delayMs, effect: null };
    },
  };
}

function matches(match: Fault["match"], method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  // search ignores lastIndex, so a global expression matches every time
  return typeof match.path === "string" ? path.startsWith(match.path) : path.search(match.path) >= 0;
}
