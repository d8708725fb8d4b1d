import { startTcpProxy } from "./tcp-proxy.ts";

/** What the way to a server does to those who take it. */
export type Trouble =
  /** Nothing. */
  | { readonly kind: "none" }
  /** Each answer arrives that much later. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Answers as a web server would, to everything. */
  | { readonly kind: "garbage" }
  /** Takes connections and requests, answers nothing. */
  | { readonly kind: "silent" }
  /** Breaks each connection as soon as something is asked on it. */
  | { readonly kind: "reset" };

export interface ChaosProxy {
  readonly port: number;
  /** Changes what happens from now on; connections that are open break, or fall silent. */
  trouble(trouble: Trouble): void;
  /** Closes all connections, as a service does with those that were silent for long. */
  cut(): void;
}

/** A way to a local server that can be troubled. */
export async function startChaosProxy(target: number, onEnd: (end: () => Promise<void>) => void): Promise<ChaosProxy> {
  let trouble: Trouble = { kind: "none" };
  const { port, cut } = await startTcpProxy(target, onEnd, {
    asked(data, client, upstream) {
      switch (trouble.kind) {
        case "garbage":
          client.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          return;
        case "reset":
          client.resetAndDestroy();
          return;
        case "silent":
          return;
        default:
          upstream.write(data);
      }
    },
    answered(data, client) {
      if (trouble.kind === "slow") setTimeout(() => client.writable && client.write(data), trouble.ms);
      else if (trouble.kind === "none") client.write(data);
    },
  });
  return {
    port,
    cut,
    trouble(next) {
      trouble = next;
    },
  };
}
