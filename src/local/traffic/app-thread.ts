import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { programEnvironment } from "../program-environment.ts";
import type { AppData, FromApp, ToApp } from "./apps/worker.ts";
import type { Deed } from "./story/deed.ts";

/** One of BrandVX's apps in its own thread, with its own clock, page and environment. */
export interface AppThread {
  /** Resolves when the actions were captured and everything that the app sends immediately was sent. */
  play(deeds: readonly Deed[]): Promise<void>;
  /** The backend's `/health` answer. The operator UI never answers. */
  health(): Promise<object>;
  /** Sends queued events and ends the thread. */
  end(): Promise<void>;
  /** Ends the thread immediately; queued events are lost. */
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
    // posthog-node and the helpers read NODE_ENV: in production the helpers never throw on an event.
    // Without the developer's own variables: the SDKs read SENTRY_RELEASE and others.
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

  // The first message is "ready"; an app that cannot start sends an error.
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
      // Timers of the helpers and SDKs would keep the thread alive.
      await worker.terminate();
    },
    async kill() {
      await worker.terminate();
    },
  };
}
