import { startTcpProxy } from "./tcp-proxy.ts";

/** How the proxy treats its connections. */
export type Trouble =
  /** Nothing. */
  | { readonly kind: "none" }
  /** Each answer arrives that many milliseconds later. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Answers as a web server would, to everything. */
  | { readonly kind: "garbage" }
  /** Takes connections and requests, answers nothing. */
  | { readonly kind: "silent" }
  /** Breaks each connection as soon as a request arrives on it. */
  | { readonly kind: "reset" };

export interface ChaosProxy {
  readonly port: number;
  /** Changes the behaviour from now on; open connections break, or fall silent. */
  trouble(trouble: Trouble): void;
  /** Closes all connections, as a service closes idle ones. */
  cut(): void;
}

/** A proxy to a local server that can cause trouble. */
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
