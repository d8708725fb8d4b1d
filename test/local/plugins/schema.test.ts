import { describe, expect, test } from "vitest";
import { cloudflarePlugin } from "../../../src/local/plugins/cloudflare/plugin.ts";
import type { JsonClient } from "../../../src/local/plugins/kit/http.ts";
import type { Plugin } from "../../../src/local/plugins/kit/resource.ts";
import { schemaOf } from "../../../src/local/plugins/kit/schema.ts";
import type { sdkPackages } from "../../../src/local/plugins/kit/versions.ts";
import { sentryPlugin } from "../../../src/local/plugins/sentry/plugin.ts";
import { upstashPlugin } from "../../../src/local/plugins/upstash/plugin.ts";
import { engineFor } from "./engine.ts";

const plugins: Record<keyof typeof sdkPackages, Plugin<JsonClient>> = {
  sentry: sentryPlugin,
  upstash: upstashPlugin,
  cloudflare: cloudflarePlugin,
};

describe.each(Object.entries(plugins))("the schema of %s", (name, plugin) => {
  test("has each resource with its inputs, and every output secret that is one", async () => {
    const [type = ""] = Object.keys(plugin.resources);
    const keys = { token: "t", email: "a@b.c", apiKey: "k", apiToken: "a".repeat(40), baseUrl: "http://127.0.0.1:1" };
    const schema = JSON.parse(await (await engineFor(plugin, type, keys)).schema());
    expect(schema).toEqual(JSON.parse(JSON.stringify(schemaOf(plugin, "1.2.3"))));
    expect(schema).toMatchObject({ name, version: "1.2.3" });
    expect(Object.keys(schema.resources)).toEqual(Object.keys(plugin.resources));
    for (const [token, { shape, secrets }] of Object.entries(plugin.resources)) {
      const { inputProperties, requiredInputs, properties } = schema.resources[token];
      const named = (from: (one: (typeof shape)[string]) => boolean) =>
        Object.keys(shape).filter((property) => shape[property] && from(shape[property]));
      expect(Object.keys(inputProperties)).toEqual(named(({ from }) => from !== "computed"));
      expect(requiredInputs).toEqual(named(({ from, autonamed }) => from === "required" && !autonamed));
      for (const [first = "", ...rest] of secrets)
        if (rest.length === 0) expect(properties[first]).toMatchObject({ secret: true });
    }
  });
});
