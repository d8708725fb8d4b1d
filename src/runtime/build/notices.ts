import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Libraries that are bundled, so that apps need not install them. */
export const bundled = ["lru-cache", "@noble/hashes", "fastest-levenshtein"] as const;

/** Name, version and license of each bundled library, as their licenses require. */
export async function thirdPartyNotices(): Promise<string> {
  const texts = await Promise.all(
    bundled.map(async (name) => {
      const folder = await folderOf(name);
      const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
      const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
      if (!licence) throw new Error(`${name} ${version} has no licence file: find its licence and add it by hand`);
      return `${name} ${version}\n\n${(await readFile(join(folder, licence), "utf8")).trim()}\n`;
    }),
  );
  return `Parts of these libraries are in the built files.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** Folder of an installed library, whose exports may lack its package.json. */
export async function folderOf(name: string): Promise<string> {
  const { paths } = createRequire(import.meta.url).resolve;
  for (const folder of paths(name) ?? []) {
    const candidate = join(folder, name);
    if (
      await readFile(join(candidate, "package.json")).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  throw new Error(`${name} is not installed: npm install`);
}

export const runtimeFolder = dirname(import.meta.dirname);
