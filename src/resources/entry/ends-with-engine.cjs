"use strict";
// Whoever loads this ends with the engine that started it. An engine that ends in order ends its plugins; one that was
// killed tells them nothing, and Pulumi's own host of dynamic providers would stay for ever.
const { fstatSync } = require("node:fs");

const end = () => process.exit(0);

// The engine holds the other end of this pipe (sdk/go/common/resource/plugin/plugin.go, StdinPipe), also where a shell stands
// between the two, as in Pulumi's own launcher.
const input = fstatSync(0, { throwIfNoEntry: false });
if (input?.isFIFO() || input?.isSocket()) {
  process.stdin.on("end", end).on("error", end).resume();
  process.stdin.unref?.();
}

const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(), 1000).unref();
