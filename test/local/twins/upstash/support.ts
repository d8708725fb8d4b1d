import { afterEach } from "vitest";
import { startUpstashTwin, type UpstashTwinOptions } from "../../../../src/local/twins/upstash/index.ts";
import { httpClient } from "../http-client.ts";

const running: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((started) => started.stop())));

/** Stops the started twins and servers when the test ends. */
export function stopsByItself<S extends { stop(): Promise<void> }>(started: S): S {
  running.push(started);
  return started;
}

export const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

export async function upstash(options: UpstashTwinOptions = {}) {
  const twin = stopsByItself(await startUpstashTwin(options));
  return { twin, api: httpClient(twin.url, basic("owner@example.com", "key")) };
}

/** The request of the provider plugin for a database. */
export const brandvx = {
  region: "global",
  database_name: "brandvx",
  tls: true,
  consistent: false,
  multizone: false,
  eviction: false,
  auto_upgrade: false,
  prod_pack_enabled: false,
  budget: 20,
  primary_region: "us-east-1",
};
