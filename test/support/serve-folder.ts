import { once } from "node:events";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/** Serves files as Pages does: a path without a file gets the app's page. */
export async function serveFolder(folder: string, onEnd: (end: () => Promise<void>) => void): Promise<string> {
  const files = new Hono();
  files.use("*", serveStatic({ root: folder }));
  files.get("*", serveStatic({ root: folder, path: "index.html" }));
  const server = serve({ fetch: files.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await once(server, "listening");
  onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address === "string" || !address) throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
