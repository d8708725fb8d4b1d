import { readFileSync } from "node:fs";

/*
 * The Lua scripts, shared with other languages; each file documents its arguments and result. The build replaces this module
 * by their texts (build/build.ts).
 */

const lua = (name: string) => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");

export const scripts = {
  limitTake: { numberOfKeys: 2, lua: lua("limit") },
  breakerEnter: { numberOfKeys: 2, lua: lua("breaker_enter") },
  breakerFail: { numberOfKeys: 2, lua: lua("breaker_fail") },
  breakerSucceed: { numberOfKeys: 2, lua: lua("breaker_succeed") },
  cacheIncrement: { numberOfKeys: 1, lua: lua("cache_increment") },
};
