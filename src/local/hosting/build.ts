import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("./operator-ui", import.meta.url));

/** A deployed site: content by path. */
export type Site = ReadonlyMap<string, string>;

/** Builds the local operator UI as Pages would: Vite writes the variables into the scripts. */
export async function buildOperatorUi(variables: Readonly<Record<string, string | undefined>>): Promise<Site> {
  // Loaded on demand: it is large, and `up` alone does not need it.
  const { build } = await import("vite");
  const given = Object.entries(variables).filter(([name]) => name.startsWith("VITE_"));
  const built = await build({
    ...{ root, configFile: false, envDir: false, logLevel: "silent" },
    define: Object.fromEntries(given.map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)])),
    build: { write: false, target: "es2022" },
  });
  if (!("output" in built)) throw new Error("Vite did not return the result of a single build");
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === "chunk"
        ? file.code
        : typeof file.source === "string"
          ? file.source
          : Buffer.from(file.source).toString("utf8"),
    ]),
  );
}
