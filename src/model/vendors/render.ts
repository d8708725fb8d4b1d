import type { Vendor } from "./vendor.ts";

export const render = {
  name: "Render",
  hosts: ["api.render.com"],
  address: { default: "https://api.render.com/v1", configKey: "render:host" },
  credentials: {
    key: {
      variable: "RENDER_API_KEY",
      configKey: "render:apiKey",
      need: "an API key (rnd_…): in Render, Account Settings > API Keys",
    },
  },
  hasPlugin: false,
  marks: [[/\brnd_\w{8,}/g, "a Render key"]],
  variables: {
    place: "Render",
    shortPlace: "Render",
    takesEffect: "Render deploys once, after the last of them is written.",
  },
  kinds: { "pulumi-nodejs:dynamic/render:ServiceVariables": { title: "variables on Render" } },
} as const satisfies Vendor;
