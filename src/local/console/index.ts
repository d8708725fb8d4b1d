import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import type { Deed } from "../traffic/index.ts";
import { isOwnName } from "../twins/kit/index.ts";
import { asset } from "./assets.ts";
import { openStream } from "./events/stream.ts";
import { openAudience } from "./live.ts";
import { eventRow } from "./pages/events.ts";
import { type Parts, showMissing } from "./parts.ts";
import type { MadeChange } from "./resources/by-hand/made.ts";
import { driftRunner } from "./resources/drift.ts";
import { dashboardRoutes, drawAll } from "./routes/dashboards.ts";
import { eventRoutes } from "./routes/events.ts";
import { messageRoutes } from "./routes/messages.ts";
import { resourceRoutes } from "./routes/resources.ts";
import type { ConsoleOptions } from "./world.ts";

export type { ConsoleOptions } from "./world.ts";

/** The local cloud in a browser. */
export interface Console {
  readonly url: string;
  /** Records the apps' calls of their helpers, for comparison with the arrived events. */
  recordDeeds(deeds: readonly Deed[]): void;
  /** Draws every tile of every dashboard once, so that the needed modules are loaded before a page is opened. */
  drawAll(): Promise<void>;
  /** Makes open pages show a changed stack. */
  stackChanged(): void;
  stop(): Promise<void>;
}

/** Interval for checking for new events while a page is open. */
const lookMs = 1000;

/** Content security policy: only the console's own scripts, styles and pictures; inline styles for charts. */
const contentSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { cloud } = options;
  const stream = openStream(
    (after) => cloud.posthog.events(after),
    () => options.edits().definitions.events,
  );
  const audience = openAudience();
  const counts = new Map<string, number>();
  const made: MadeChange[] = [];
  let notice: string | undefined;
  const parts: Parts = {
    ...options,
    ...{ stream, audience, counts, made, colours: new Map() },
    drift: driftRunner({
      work: options.drift,
      changed(run) {
        if (run.state === "done" && run.command === "heal" && run.exitCode === 0) made.length = 0;
        audience.tell({ kind: "drift" });
      },
    }),
    say: (text) => {
      notice = text;
    },
    takeNotice: () => {
      const taken = notice;
      notice = undefined;
      return taken;
    },
  };

  let countedUpTo = 0;
  const look = async (): Promise<void> => {
    const arrived = cloud.posthog.events(countedUpTo);
    countedUpTo = arrived.at(-1)?.id ?? countedUpTo;
    for (const { event } of arrived) counts.set(event, (counts.get(event) ?? 0) + 1);
    const fresh = stream.look();
    if (arrived.length === 0 || audience.size === 0) return;
    const names = [...new Set(arrived.map(({ event }) => event))];
    const rows = await Promise.all(fresh.toReversed().map(eventRow));
    audience.tell({ kind: "events", names, rows: rows.join(""), counts: Object.fromEntries(counts) });
  };
  await look();
  const timer = setInterval(() => void look(), lookMs);

  const server = createServer(getRequestListener(appOf(parts).fetch));
  server.listen(options.port ?? 0, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    clearInterval(timer);
    throw new Error(`The console cannot listen on 127.0.0.1:${options.port}`, { cause: error });
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recordDeeds: stream.recordDeeds,
    drawAll: () => drawAll(parts),
    stackChanged: () => audience.tell({ kind: "stack" }),
    async stop() {
      clearInterval(timer);
      audience.end();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, parts.drift.stop()]);
    },
  };
}

function appOf(parts: Parts): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (!isOwnName(c.req.url)) return c.text("The console answers as 127.0.0.1 alone.", 403);
    c.header("Content-Security-Policy", contentSecurity);
    c.header("X-Content-Type-Options", "nosniff");
    return next();
  });
  app.use(csrf());
  app.get("/assets/:name", (c) => {
    const found = asset(c.req.param("name"));
    return found === undefined ? c.notFound() : c.body(found.text, 200, { "Content-Type": found.type });
  });
  app.route("/", dashboardRoutes(parts));
  app.route("/", eventRoutes(parts));
  app.route("/", messageRoutes(parts));
  app.route("/", resourceRoutes(parts));
  app.notFound((c) => showMissing(c, parts));
  return app;
}
