import { observability } from "@brandvx/observability/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [observability({ timeoutMs: 30_000 })] });
