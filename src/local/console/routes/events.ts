import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { eventRow, eventsPage } from "../pages/events.ts";
import { type Parts, show } from "../parts.ts";

export function eventRoutes(parts: Parts): Hono {
  const { stream, audience, counts } = parts;
  const app = new Hono();
  app.get("/events", (c) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return show(c, parts, "Events", eventsPage({ recent: stream.recent(), total }), ["events"]);
  });
  // All events that have arrived, not only those that the page has.
  app.get("/events/found", async (c) => {
    const { events, count } = stream.find({
      text: c.req.query("text") ?? "",
      onlyRedacted: c.req.query("redacted") !== undefined,
    });
    const rows = (await Promise.all(events.map(eventRow))).join("");
    return c.json({ rows, count, shown: events.length });
  });
  app.get("/live", (c) => streamSSE(c, (sse) => audience.join(sse)));
  return app;
}
