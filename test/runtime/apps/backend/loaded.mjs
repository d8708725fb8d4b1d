import { registerHooks } from "node:module";

/* Tells at its end which libraries a process has asked for: node --import ./loaded.mjs … */
const asked = new Set();
registerHooks({
  resolve(specifier, context, next) {
    if (/^(?:@sentry\/node|posthog-node|ioredis)$/.test(specifier)) asked.add(specifier);
    return next(specifier, context);
  },
});
process.once("exit", () => console.log(JSON.stringify({ asked: [...asked].sort() })));
