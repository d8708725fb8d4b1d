import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { TwinEnv } from "../../kit/index.ts";
import { definitionRoutes } from "../flags/definitions.ts";
import { evaluateFlags } from "../flags/evaluate.ts";
import { withAndWithoutSlash } from "../http/api.ts";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { readBatch } from "./batch.ts";
import { decodePayload } from "./decode.ts";
import { storeEvents } from "./events.ts";
import { tokenIn } from "./token.ts";

/**
 * Maximum body of single events' addresses; `/batch/` accepts ten times as much. Source: rust/capture/src/router.rs.
 */
const singleBytes = 2 * 1024 * 1024;

/** The ingestion host: no personal key, CORS for every origin, plain-text errors. Source: rust/capture/src/router.rs. */
export function ingestRoutes(world: World): Hono<TwinEnv> {
  const app = new Hono<TwinEnv>();
  const anywhere = cors({
    origin: (origin) => origin || "*",
    credentials: true,
    allowMethods: ["GET", "POST", "OPTIONS"],
  });

  const capture = async (c: Context<TwinEnv>, fallbackEvent: string | null) => {
    const decoded = await decodePayload(await bytes(c));
    if (decoded.kind === "refused") return c.text(decoded.why, 400);
    const batch = readBatch(decoded.payload, fallbackEvent, world.now());
    if (batch.kind === "refused") return c.text(batch.message, batch.status);
    // 200 proves nothing: an unknown project's key is accepted at the edge too, and its events are discarded.
    if (batch.token === world.project.projectKey) storeEvents(world, batch.events);
    return c.json({ status: "Ok" });
  };
  const single = bodyLimit({ maxSize: singleBytes, onError: (c) => c.text("length limit exceeded", 413) });
  for (const path of ["/e", "/i/v0/e", "/capture", "/track"]) {
    app.use(`${path}/*`, anywhere);
    app.on("POST", withAndWithoutSlash(path), single, (c) => capture(c, null));
  }
  app.use("/batch/*", anywhere);
  app.on("POST", withAndWithoutSlash("/batch"), (c) => capture(c, null));
  app.use("/engage/*", anywhere);
  app.on("POST", withAndWithoutSlash("/engage"), single, (c) => capture(c, "$identify"));

  // Recordings are accepted and discarded.
  app.use("/s/*", anywhere);
  app.on("POST", withAndWithoutSlash("/s"), (c) => c.json({ status: "Ok" }));

  definitionRoutes(world, app);
  for (const path of ["/flags", "/decide"]) {
    app.use(`${path}/*`, anywhere);
    app.on("POST", withAndWithoutSlash(path), async (c) => {
      const decoded = await decodePayload(await bytes(c));
      if (decoded.kind === "refused") return c.text(decoded.why, 400);
      const { payload } = decoded;
      if (tokenIn(payload) !== world.project.projectKey || !isObject(payload)) {
        return c.text("The provided API key is invalid or has expired. Please check your API key and try again.", 401);
      }
      const config = c.req.query("config") === "true" || path === "/decide" ? remoteConfig(world) : {};
      return c.json({ ...flagsAnswer(world, payload), ...config });
    });
  }

  app.use("/array/*", anywhere);
  app.get("/array/:token/config", (c) => {
    if (c.req.param("token") !== world.project.projectKey) return c.text("Not found", 404);
    return c.json({ token: world.project.projectKey, ...remoteConfig(world) });
  });
  app.get("/array/:token/config.js", (c) => {
    if (c.req.param("token") !== world.project.projectKey) return c.text("Not found", 404);
    const token = JSON.stringify(world.project.projectKey);
    const config = JSON.stringify({ token: world.project.projectKey, ...remoteConfig(world) });
    const script = `(function() {\n  window._POSTHOG_REMOTE_CONFIG = window._POSTHOG_REMOTE_CONFIG || {};\n  window._POSTHOG_REMOTE_CONFIG[${token}] = { config: ${config}, siteApps: [] };\n})();\n`;
    return c.body(script, 200, { "Content-Type": "application/javascript" });
  });
  // Optional scripts of posthog-js: none are needed, and the answer has CORS headers, so that a browser can read it.
  app.use("/static/*", anywhere);
  app.get("/static/*", (c) => c.text("Not found", 404));
  return app;
}

const bytes = async (c: Context<TwinEnv>) => new Uint8Array(await c.req.arrayBuffer());

function flagsAnswer(world: World, payload: JsonObject) {
  const only = Array.isArray(payload.flag_keys_to_evaluate) ? payload.flag_keys_to_evaluate.map(String) : null;
  const person = isObject(payload.person_properties) ? payload.person_properties : {};
  const flags = evaluateFlags(world, String(payload.distinct_id ?? ""), person, only);
  return {
    flags: Object.fromEntries(flags.map((flag) => [flag.key, flag])),
    errorsWhileComputingFlags: false,
    requestId: randomUUID(),
  };
}

/** The remote configuration of posthog-js: everything that would load more is off. */
function remoteConfig(world: World) {
  return {
    supportedCompression: ["gzip", "gzip-js"],
    hasFeatureFlags: world.flags.all().some((flag) => !flag.deleted),
    analytics: { endpoint: "/i/v0/e/" },
    autocapture_opt_out: true,
    captureDeadClicks: false,
    capturePerformance: false,
    autocaptureExceptions: false,
    elementsChainAsString: true,
    sessionRecording: false,
    heatmaps: false,
    surveys: false,
    productTours: false,
    defaultIdentifiedOnly: true,
    siteApps: [],
  };
}
