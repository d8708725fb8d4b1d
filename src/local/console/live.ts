import type { SSEStreamingApi } from "hono/streaming";

/** The messages to open pages: that something is new, and what. */
export type News =
  | {
      readonly kind: "events";
      /** Names of the events that have arrived, each once. */
      readonly names: readonly string[];
      /** The arrived events as table rows, newest first. */
      readonly rows: string;
      /** Total count of each event. */
      readonly counts: Readonly<Record<string, number>>;
    }
  | { readonly kind: "drift" }
  | { readonly kind: "stack" };

/** The open pages. */
export interface Audience {
  readonly size: number;
  /** Keeps a page's stream open until the page goes or the console stops. */
  join(stream: SSEStreamingApi): Promise<void>;
  tell(news: News): void;
  end(): void;
}

export function openAudience(): Audience {
  const open = new Map<SSEStreamingApi, () => void>();
  return {
    get size() {
      return open.size;
    },
    async join(stream) {
      const { promise, resolve } = Promise.withResolvers<void>();
      open.set(stream, resolve);
      stream.onAbort(resolve);
      await stream.writeSSE({ event: "hello", data: "" });
      await promise;
      open.delete(stream);
    },
    tell({ kind, ...data }) {
      for (const stream of open.keys()) void stream.writeSSE({ event: kind, data: JSON.stringify(data) });
    },
    end() {
      for (const leave of open.values()) leave();
    },
  };
}
