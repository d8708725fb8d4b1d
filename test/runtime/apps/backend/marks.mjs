import { health } from "@brandvx/observability/health";
import {
  cached,
  cacheGet,
  cacheIncr,
  cacheSet,
  circuitBreaker,
  closeRedis,
  emitEvent,
  initRedis,
  keys,
  rateLimit,
  redisDetail,
  setRateMultiplier,
  subscribeEvents,
} from "@brandvx/observability/redis";
import {
  addBreadcrumb,
  captureError,
  droppedProperties,
  initServer,
  phCapture,
  shutdown,
  sinkStatus,
  withBreadcrumbs,
  withSpan,
} from "@brandvx/observability/server";

/* Plants a mark in each input of each public call, and prints what the calls themselves tell. */

const mark = JSON.parse(process.env.MARKS);
const quietly = async (call) => {
  try {
    await call();
  } catch {
    // What a callback throws is its caller's; here it is only planted.
  }
};

await Promise.all([initServer(process.env, {}), initRedis()]);

phCapture("cadence.message_sent", mark.distinctId, {
  ...{ channel: "sms", template_id: "welcome", contact_id: mark.id, body: mark.forbidden, more: mark.unknown },
  $set: { email: mark.person, name: mark.name },
  error: `failed for ${mark.errorText}`,
});
phCapture(`sent to ${mark.eventName}`, "tenant_42", {});

const error = Object.assign(
  new Error(`no slot for ${mark.errorText}`, { cause: new Error(`password=${mark.cause}`) }),
  {
    api_key: mark.extra,
    config: { headers: { authorization: `Bearer ${mark.header}` }, data: `{"password":"${mark.escaped}"}` },
    command: { name: "auth", args: ["default", mark.redisPassword] },
  },
);
const circumstances = { tool: `tool ${mark.tool}`, tenantId: mark.tenant, note: mark.circumstance };
captureError(error, circumstances);
captureError(`thrown for ${mark.errorText}`);
captureError({ email: mark.thrownObject });
addBreadcrumb(`asked for ${mark.crumb}`, circumstances);
await quietly(() =>
  withBreadcrumbs(circumstances, async () => {
    addBreadcrumb(`asked for ${mark.crumb}`);
    throw new RangeError(`no slot for ${mark.errorText}`);
  }),
);
await quietly(() =>
  withSpan(
    `search ${mark.spanName}`,
    {
      ...{ "sentry.op": "tool", "app.email": mark.spanAttribute, "app.note": `for ${mark.spanAttribute}` },
      "http.url": `https://api.example.com/clients?name=${mark.query}`,
      "app.contact": { value: "x", email: mark.spanAttribute },
    },
    () => {
      throw new Error(`in a span, for ${mark.errorText}`);
    },
  ),
);

// Keys and values of Redis are the app's own and stay with it; what is said about them is not.
const key = `cache:${mark.key}`;
await quietly(() => cacheSet(key, { email: mark.value, huge: 10n }, 60));
await quietly(() => cacheIncr(key, Number.NaN, -1));
await quietly(() => cacheGet(key));
await quietly(() =>
  cached(`${keys.kpis("tenant_42")}:${mark.key}`, 60, () => {
    throw new Error(`not loaded for ${mark.errorText}`);
  }),
);
await quietly(() => setRateMultiplier(mark.tenant, Number.NaN, 60));
await quietly(() => rateLimit(`bucket ${mark.bucket}`, { limit: Number.NaN, windowSeconds: 60 }).take(mark.tenant));
await quietly(() => rateLimit("sends", { limit: 3, windowSeconds: 60 }).take(mark.tenant, -1));
await quietly(() =>
  circuitBreaker(`calendar ${mark.breaker}`, { failures: Number.NaN }).run(() => {
    throw new Error(`away for ${mark.errorText}`);
  }),
);
await quietly(() =>
  subscribeEvents(["cadence.message_sent"], () => {
    throw new Error(`not handled for ${mark.errorText}`);
  }),
);
await quietly(() =>
  emitEvent(
    "cadence.message_sent",
    { channel: "sms", template_id: "welcome", contact_id: mark.id, body: mark.forbidden },
    { tenantId: mark.tenant, distinctId: mark.distinctId },
  ),
);
await new Promise((resolve) => setTimeout(resolve, 300));

console.log(JSON.stringify([await health(), await redisDetail(), sinkStatus(), droppedProperties()]));
console.log(JSON.stringify(await shutdown(5_000)));
await closeRedis();
console.log("done");
