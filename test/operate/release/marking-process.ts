import { type ReleasesAccess, SentryReleases } from "../../../src/operate/access/releases.ts";
import { type Marking, markRelease, type ReleaseToMark } from "../../../src/operate/release/mark.ts";
import { systemClock } from "../../../src/resources/kernel/clock.ts";

/** What a process of its own is to mark, as JSON on its standard input. */
export interface MarkingTask {
  readonly access: ReleasesAccess;
  readonly release: ReleaseToMark;
  /** The call to Sentry before which the process kills itself, from 1. */
  readonly killBefore?: number | undefined;
}

const { access, release, killBefore } = JSON.parse(await text()) as MarkingTask;
let calls = 0;
const sentry = new Proxy(new SentryReleases(access), {
  get(target, name) {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== "function") return method;
    return (...args: unknown[]): unknown => {
      calls += 1;
      if (calls === killBefore) process.kill(process.pid, "SIGKILL");
      return Reflect.apply(method, target, args);
    };
  },
}) satisfies Marking["sentry"];
await markRelease(release, {
  ...{ sentry, clock: systemClock, signal: new AbortController().signal, pollMs: 20 },
  progress: (line) => console.log(line),
});

async function text(): Promise<string> {
  const parts: string[] = [];
  for await (const part of process.stdin) parts.push(String(part));
  return parts.join("");
}
