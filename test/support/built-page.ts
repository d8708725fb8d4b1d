import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build, createLogger, type InlineConfig, type PluginOption } from "vite";
import { onTestFinished } from "vitest";

const sources = {
  "index.html": '<!doctype html><script type="module" src="/src/main.ts"></script>',
  "src/main.ts": 'import { chooseSeat } from "./seats.ts";\n\ndocument.title = chooseSeat(Number(location.hash));\n',
  "src/seats.ts": [
    "export function chooseSeat(wanted: number): string {",
    "  if (wanted > 3) {",
    '    throw new RangeError("no seats left");',
    "  }",
    '  return "seat " + wanted;',
    "}",
    "",
  ].join("\n"),
};

/** A page of two sources, as Vite builds it, in a folder that is deleted after the test. */
export async function builtPage(
  plugins: PluginOption[] = [],
  more: InlineConfig["build"] = { sourcemap: true },
  { base, files: changed = {} }: { readonly base?: string; readonly files?: Readonly<Record<string, string>> } = {},
) {
  const root = await mkdtemp(join(tmpdir(), "built-page-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, "src"));
  for (const [path, text] of Object.entries({ ...sources, ...changed })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const said: string[] = [];
  const logger = {
    ...createLogger("info"),
    info: () => {},
    warn: (text: string) => void said.push(text),
    error: () => {},
  };
  const dist = join(root, "dist");
  const failed = await build({
    root,
    configFile: false,
    envDir: false,
    customLogger: logger,
    plugins,
    build: more,
    ...(base !== undefined && { base }),
  }).then(
    () => undefined,
    (error: Error) => error,
  );
  /** All files that would be deployed, by their paths. */
  const files = async () => (await readdir(dist, { recursive: true })).toSorted();
  return { root, dist, said, failed, files, script: () => builtScript(dist) };
}

/** The page's script, and the position in it where the error is thrown. */
async function builtScript(dist: string) {
  const name = (await readdir(join(dist, "assets"))).find((file) => file.endsWith(".js"));
  const content = await readFile(join(dist, "assets", name ?? ""), "utf8");
  const before = content.slice(0, content.indexOf("RangeError"));
  const line = before.split("\n").length;
  const url = `https://app.example.com/assets/${name}`;
  const debugId = /sentry-dbid-([0-9a-f-]{36})|_sentryDebugIds\[\w+\]=["`]([0-9a-f-]{36})/.exec(content);
  return {
    ...{ url, content, path: join(dist, "assets", name ?? ""), debugId: debugId?.[1] ?? debugId?.[2] ?? "" },
    frame: {
      filename: url,
      abs_path: url,
      function: "e",
      lineno: line,
      colno: before.length - before.lastIndexOf("\n"),
    },
  };
}
