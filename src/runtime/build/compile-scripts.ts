import { scripts } from "../redis/scripts.ts";

/** The Lua scripts as a module of texts; replaces redis/scripts.ts in the package. */
export function compileScripts(): string {
  return `export const scripts = ${JSON.stringify(scripts)};\n`;
}
