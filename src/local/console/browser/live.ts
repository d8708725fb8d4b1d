/*
 * What comes in, for all open pages of the console over one connection: a browser keeps six to one address, and each
 * page that had its own would take one from the others.
 */

/** What a page receives: the server's `News` by its kind, and when the connection is lost. */
export interface Received {
  readonly kind: "hello" | "events" | "drift" | "stack" | "lost";
  readonly data: string;
}

const ports = new Set<MessagePort>();
const source = new EventSource("/live");

function send(received: Received): void {
  for (const port of ports) port.postMessage(received);
}

for (const kind of ["hello", "events", "drift", "stack"] as const) {
  source.addEventListener(kind, ({ data }: MessageEvent<string>) => send({ kind, data }));
}
source.addEventListener("error", () => send({ kind: "lost", data: "" }));

addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  ports.add(port);
  // Sent by a page that is being closed.
  port.addEventListener("message", () => ports.delete(port));
  port.start();
  if (source.readyState === EventSource.OPEN) port.postMessage({ kind: "hello", data: "" } satisfies Received);
});
