import { defineConfig } from "vite";

export default defineConfig({
  logLevel: "warn", // Vite's own polyfill for old browsers is not what is measured.
  build: { manifest: true, modulePreload: { polyfill: false } },
});
