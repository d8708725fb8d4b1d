import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { scratchApp } from "../apps/packed.ts";

interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

test("what an app loads at first is at most 4 kB gzip, without posthog-js and Sentry", { timeout: 240_000 }, async ({
  onTestFinished,
}) => {
  const libraries = ["vite", "posthog-js", "@sentry/browser"];
  const app = await scratchApp(new URL("scratch/helper-only", import.meta.url), libraries, onTestFinished);
  await app.run("vite", ["build"]);
  const dist = join(app.folder, "dist");
  const chunks = JSON.parse(await readFile(join(dist, ".vite", "manifest.json"), "utf8")) as Record<
    string,
    ManifestChunk
  >;

  const initial = new Set<string>();
  const add = (chunk: ManifestChunk | undefined) => {
    if (!chunk || initial.has(chunk.file)) return;
    initial.add(chunk.file);
    for (const name of chunk.imports ?? []) add(chunks[name]);
  };
  add(Object.values(chunks).find(({ isEntry }) => isEntry));
  const sizes = await Promise.all(
    [...initial].map(async (file) => gzipSync(await readFile(join(dist, file)), { level: 9 }).length),
  );
  const bytes = sizes.reduce((total, size) => total + size, 0);
  console.info(`first chunk: ${bytes} B`);
  expect(bytes).toBeLessThanOrEqual(4_096);

  const assets = await readdir(join(dist, "assets"));
  const textOf = async (file: string) => readFile(join(dist, file), "utf8");
  const marks = {
    posthog: "$anon_distinct_id",
    sentry: "sentry-trace",
    replay: "sentryReplaySession",
    redactor: "PRIVATE KEY",
    suggestion: "did you mean",
  };
  for (const file of initial) {
    const text = await textOf(file);
    for (const mark of Object.values(marks)) expect(text).not.toContain(mark);
  }
  // Each of the large parts is in a chunk of its own.
  for (const mark of [marks.posthog, marks.replay]) {
    const holders = await Promise.all(assets.map(async (file) => (await textOf(join("assets", file))).includes(mark)));
    expect(holders.filter(Boolean)).toHaveLength(1);
  }
});
