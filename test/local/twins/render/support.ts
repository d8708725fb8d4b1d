import { afterEach } from "vitest";
import { type RenderTwin, type RenderTwinOptions, startRenderTwin } from "../../../../src/local/twins/render/index.ts";
import { httpClient } from "../http-client.ts";

const running: RenderTwin[] = [];
afterEach(() => Promise.all(running.splice(0).map((twin) => twin.stop())));

/** With one web service, `backend`. */
export async function render(options: RenderTwinOptions = {}) {
  const twin = await startRenderTwin({ services: [{ name: "backend" }], ...options });
  running.push(twin);
  const id = twin.serviceId("backend") ?? "";
  const service = `/v1/services/${id}`;
  return { twin, id, service, api: httpClient(twin.url, { Authorization: "Bearer rnd_test" }) };
}
