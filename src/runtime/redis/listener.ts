import { within } from "../shared/within.ts";
import { type Client, openClient } from "./client.ts";
import type { Listener } from "./fanout.ts";
import { eventChannel } from "./keys.ts";

const checkEveryMs = 5_000;

/**
 * Listens on a separate connection, which is opened with the first subscription and lives as long as the process. An idle
 * subscription sends nothing, so the connection is tested regularly.
 */
export function createListener(url: string | undefined, deadlineMs: number): Listener & { close(): void } {
  let opened: Promise<Client> | undefined;
  let check: NodeJS.Timeout | undefined;
  let closed = false;
  let listening = () => {};
  const listens = new Promise<void>((resolve) => {
    listening = resolve;
  });

  return {
    async listen(hear) {
      if (!url || closed) return;
      opened ??= open(url, hear);
      opened.catch(() => {});
      await within(deadlineMs, listens).catch(() => {});
    },
    close() {
      closed = true;
      clearInterval(check);
      opened?.then((client) => client.disconnect()).catch(() => {});
    },
  };

  async function open(address: string, hear: (text: string) => void): Promise<Client> {
    const client = await openClient(address, "brandvx-events");
    // The link already reports that Redis is down; this connection reconnects in the same way.
    client.on("error", () => {});
    client.on("message", (_channel: string, text: string) => hear(text));
    const subscribe = () => client.subscribe(eventChannel).then(listening, () => {});
    client.on("ready", subscribe);
    if (client.status === "ready") void subscribe();
    check = setInterval(() => {
      if (client.status !== "ready") return;
      within(2_000, client.ping()).catch(() => client.disconnect(true));
    }, checkEveryMs).unref();
    if (closed) client.disconnect();
    return client;
  }
}
