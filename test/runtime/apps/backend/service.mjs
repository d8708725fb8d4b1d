import { createServer } from "node:http";
import { nodeHealthHandler } from "@brandvx/observability/health";
import { cached, closeRedis, initRedis, keys, rateLimit } from "@brandvx/observability/redis";
import {
  addBreadcrumb,
  droppedProperties,
  initServer,
  phCapture,
  shutdown,
  withBreadcrumbs,
  withSpan,
} from "@brandvx/observability/server";

/* A backend as small as can be: /health, /send, /fail and /kpis. Ends on SIGTERM as BrandVX's does. */

const sends = rateLimit("sends", { limit: 3, windowSeconds: 60, whenRedisIsDown: "local" });
const tenant = "tenant_42";

const routes = {
  async "/send"() {
    const answer = await sends.take(tenant);
    const message = { channel: "sms", template_id: "welcome", contact_id: "+15551234567", body: "Hi Ada" };
    if (answer.allowed) phCapture("cadence.message_sent", tenant, message);
    return { ...answer, dropped: droppedProperties() };
  },
  "/kpis": () => cached(keys.kpis(tenant), 60, () => ({ at: process.hrtime.bigint().toString() })),
  "/fail": () =>
    withBreadcrumbs({ tool: "calendar.find_slot", tenantId: tenant }, async () => {
      addBreadcrumb("asked the calendar for ada@example.com");
      await withSpan("calendar.search", { "sentry.op": "tool" }, async () => {});
      throw new RangeError("no slot for ada@example.com");
    }),
};

await Promise.all([initServer(), initRedis()]);
const server = createServer(async (request, response) => {
  if (request.url === "/health") return nodeHealthHandler(request, response);
  try {
    response.end(JSON.stringify(await routes[request.url]?.()));
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ error: error.name }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));

process.once("SIGTERM", async () => {
  server.close();
  const [report] = await Promise.all([shutdown(2_000), closeRedis()]);
  console.log(JSON.stringify(report));
  process.exit();
});
