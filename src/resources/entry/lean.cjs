"use strict";
// CommonJS, so that it runs before the first TypeScript file is read.
const { enableCompileCache, flushCompileCache } = require("node:module");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");
const { isMainThread } = require("node:worker_threads");

let isLean = false;

/**
 * Loads providers in a process that stays below 200 MB, however many resources it serves: Node's compile cache, two flags
 * of V8, a full collection before and after loading. What each of them does and saves: docs/decisions/lean-providers.md.
 *
 * @template Providers
 * @param {() => Providers} load
 * @returns {Providers}
 */
module.exports = function lean(load) {
  if (isLean) return load();
  isLean = true;
  // Tests and `obs` load providers, too: those are nobody's plugins.
  if (isMainThread && /dynamic-provider(\/index\.js)?$/.test(process.argv[1] ?? "")) require("./ends-with-engine.cjs");
  for (const flag of ["--semi-space-growth-factor=1", "--heap-growing-percent=20", "--expose-gc"]) {
    setFlagsFromString(flag);
  }
  const collect = runInNewContext("gc");
  const all = { type: "major", execution: "sync", flavor: "last-resort" };
  collect(all);
  enableCompileCache();
  const providers = load();
  // The engine ends this process without letting it say goodbye: what is to be kept is written now.
  flushCompileCache();
  collect(all);
  return providers;
};
