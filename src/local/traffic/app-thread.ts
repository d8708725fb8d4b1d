import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { programEnvironment } from "../program-environment.ts";
import type { AppData, FromApp, ToApp } from "./apps/worker.ts";
import type { Deed } from "./story/deed.ts";

/** One of BrandVX's apps, in a thread of its own: it has a clock, a page and a process of its own. */
export interface AppThread {
  /** Resolves when the deeds were captured, and sent as far as the app sends at once. */
  play(deeds: readonly Deed[]): Promise<void>;
  /** What the app's `/health` answers. For the backend alone: the other app never does. */
  health(): Promise<object>;
  /** Sends what waits and ends the thread. */
  end(): Promise<void>;
  /** Ends the thread at once; what waits is lost. */
  kill(): Promise<void>;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** @param notice called with each line that the app prints */
export async function startApp(data: AppData, notice: (line: string) => void): Promise<AppThread> {
  const worker = new Worker(new URL("./apps/worker.ts", import.meta.url), {
    workerData: data,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    // posthog-node and the helpers look at NODE_ENV: an app in production never throws on an event.
    // A developer's own variables are not the app's: its SDKs read SENTRY_RELEASE and others.
    env: { ...programEnvironment(), NODE_ENV: "production" },
    stdout: true,
    stderr: true,
  });
  for (const output of [worker.stdout, worker.stderr]) {
    output.setEncoding("utf8").on("data", (text: string) => text.trimEnd().split("\n").forEach(notice));
  }
  const played = new Map<number, Waiting<void>>();
  const asked = new Map<number, Waiting<object>>();
  let batches = 0;
  let questions = 0;
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure = error;
    for (const { reject } of [...played.values(), ...asked.values()]) reject(error);
    played.clear();
    asked.clear();
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error(`the thread of ${data.app} has ended`)));
  worker.on("message", (message: FromApp) => {
    if (message.kind === "health") {
      asked.get(message.question)?.resolve(message.report);
      asked.delete(message.question);
    }
    if (message.kind !== "played") return;
    played.get(message.batch)?.resolve();
    played.delete(message.batch);
  });
  const tell = (message: ToApp): void => worker.postMessage(message);

  // "ready" comes first; an app that cannot start says so as an error.
  await once(worker, "message");
  return {
    play(deeds) {
      if (failure) return Promise.reject(failure);
      batches += 1;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      played.set(batches, { resolve, reject });
      tell({ kind: "play", batch: batches, deeds });
      return promise;
    },
    health() {
      if (failure) return Promise.reject(failure);
      questions += 1;
      const { promise, resolve, reject } = Promise.withResolvers<object>();
      asked.set(questions, { resolve, reject });
      tell({ kind: "health", question: questions });
      return promise;
    },
    async end() {
      if (failure) return;
      const ended = new Promise<void>((resolve) => {
        worker.on("message", (message: FromApp) => message.kind === "ended" && resolve());
      });
      tell({ kind: "end" });
      await ended;
      // The helpers and their SDKs have timers that would keep the thread.
      await worker.terminate();
    },
    async kill() {
      await worker.terminate();
    },
  };
}
