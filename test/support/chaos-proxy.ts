import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

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
}

/** A way to a local server that can be troubled. */
export async function startChaosProxy(target: number, onEnd: (end: () => Promise<void>) => void): Promise<ChaosProxy> {
  let trouble: Trouble = { kind: "none" };
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (asked) => {
      switch (trouble.kind) {
        case "garbage":
          return client.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        case "reset":
          return client.resetAndDestroy();
        case "silent":
          return undefined;
        default:
          return upstream.write(asked);
      }
    });
    upstream.on("data", (answer) => {
      if (trouble.kind === "slow") setTimeout(() => client.writable && client.write(answer), trouble.ms);
      else if (trouble.kind === "none") client.write(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onEnd(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  const address = server.address();
  if (typeof address === "string" || !address) throw new Error("no port");
  return {
    port: address.port,
    trouble(next) {
      trouble = next;
    },
  };
}
