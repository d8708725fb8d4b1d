import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** How a proxy handles the data that passes through it. */
export interface Passing {
  /** The client sent this. */
  asked(data: Buffer, client: Socket, upstream: Socket): void;
  /** The server answered this. */
  answered(data: Buffer, client: Socket): void;
}

/**
 * A proxy to a server on this machine, on a separate port. When one end closes, the other one is closed too; `cut`
 * closes all open connections.
 */
export async function startTcpProxy(
  target: number,
  onEnd: (end: () => Promise<void>) => void,
  { asked, answered }: Passing,
): Promise<{ readonly port: number; cut(): void }> {
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
    client.on("data", (data: Buffer) => asked(data, client, upstream));
    upstream.on("data", (data: Buffer) => answered(data, client));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onEnd(async () => {
    server.close();
    cut();
  });
  const address = server.address();
  if (typeof address === "string" || !address) throw new Error("no port");
  return { port: address.port, cut };
}
