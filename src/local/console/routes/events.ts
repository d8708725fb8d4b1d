import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { eventsPage } from "../pages/events.ts";
import { type Parts, show } from "../parts.ts";

export function eventRoutes(parts: Parts): Hono {
  const { stream, audience, counts } = parts;
  const app = new Hono();
  app.get("/events", (c) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return show(c, parts, "Events", eventsPage({ recent: stream.recent(), total }), ["events"]);
  });
  app.get("/live", (c) => streamSSE(c, (sse) => audience.join(sse)));
  return app;
}
