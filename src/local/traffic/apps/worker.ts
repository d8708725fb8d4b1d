import { parentPort, workerData } from "node:worker_threads";
import type { Deed } from "../story/deed.ts";
import { isBackendDeed, isBrowserDeed } from "../story/story.ts";

/** The messages to an app's thread. */
export type ToApp =
  | { readonly kind: "play"; readonly batch: number; readonly deeds: readonly Deed[] }
  | { readonly kind: "health"; readonly question: number }
  | { readonly kind: "end" };

/** The messages from it. */
export type FromApp =
  | { readonly kind: "ready" }
  | { readonly kind: "played"; readonly batch: number }
  | { readonly kind: "health"; readonly question: number; readonly report: object }
  | { readonly kind: "ended" };

export interface AppData {
  readonly app: "operator-ui" | "backend";
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Certificate authority of the local Redis, as PEM. Default: the machine's own authorities. */
  readonly redisAuthority?: string;
}

interface App {
  play(deeds: readonly Deed[]): Promise<void>;
  /** Answer of `/health`; undefined for an app without it. */
  health?(): Promise<object>;
  end(): Promise<void>;
}

if (!parentPort) throw new Error("this file is a worker thread of src/local/traffic and cannot be run alone");
const port = parentPort;
const { app: name, env, redisAuthority } = workerData as AppData;
const tell = (message: FromApp): void => port.postMessage(message);

const app: App = name === "backend" ? await backend() : await operatorUi();
let playing: Promise<void> = Promise.resolve();
port.on("message", (message: ToApp) => {
  if (message.kind === "health") {
    void app.health?.().then((report) => tell({ kind: "health", question: message.question, report }));
    return;
  }
  playing = playing.then(async () => {
    if (message.kind === "play") {
      await app.play(message.deeds);
      tell({ kind: "played", batch: message.batch });
      return;
    }
    await app.end();
    tell({ kind: "ended" });
  });
});
tell({ kind: "ready" });

/** Events captured before sending: more would make one request too large. */
const mostWaiting = 400;

async function operatorUi(): Promise<App> {
  const { openOperatorUi } = await import("./operator-ui.ts");
  const ui = await openOperatorUi(env);
  return {
    async play(deeds) {
      let waiting = 0;
      const byVisitor = Map.groupBy(deeds.filter(isBrowserDeed), ({ visitor }) => visitor);
      for (const [visitor, theirs] of byVisitor) {
        ui.visit(visitor, theirs);
        waiting += theirs.length;
        if (waiting > mostWaiting) {
          await ui.flush();
          waiting = 0;
        }
      }
      await ui.flush();
    },
    end: () => ui.flush(),
  };
}

/** posthog-node queues 5000 events and drops the oldest beyond that. */
const mostInQueue = 2000;

async function backend(): Promise<App> {
  const { openBackend } = await import("./backend.ts");
  let open = await openBackend(env, redisAuthority);
  return {
    async play(deeds) {
      const theirs = deeds.filter(isBackendDeed);
      for (let from = 0; from < theirs.length; from += mostInQueue) {
        // A long history is replayed by several backend processes in turn, each of which sends its events at its end.
        if (from > 0) {
          await open.end();
          open = await openBackend(env, redisAuthority);
        }
        for (const deed of theirs.slice(from, from + mostInQueue)) await open.play(deed);
      }
      if (theirs.length > mostInQueue / 2) {
        await open.end();
        open = await openBackend(env, redisAuthority);
      }
    },
    health: () => open.health(),
    end: () => open.end(),
  };
}
