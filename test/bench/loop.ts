import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { localAccount } from "../../src/local/account.ts";
import { startCloud } from "../../src/local/cloud.ts";
import { startConsole } from "../../src/local/console/index.ts";
import { startChecker } from "../../src/local/edits/checker.ts";
import { editsAtStart, followEdits } from "../../src/local/edits/loop.ts";
import { beginningOfStory } from "../../src/local/traffic/story/calendar.ts";
import { story } from "../../src/local/traffic/story/story.ts";
import { median } from "../support/median.ts";
import { temporaryFolder } from "../support/temporary.ts";
import type { Figure } from "./evaluate.ts";

/*
 * Measures the time from saving a tile's title to its picture in the console of `npm start`, over the two months of the
 * local story; and the compiler's time, which delays applying the edit but not showing it.
 */

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const board = "dashboards/ai-engagement.ts";
const title = "Error share";
const saves = 5;

/** The files that are edited, and those that they import, in a separate folder. */
function project(folder: string): void {
  for (const part of ["dashboards", "alerts", "src/catalog", "src/model", "src/alerts", "src/insights/define"])
    cpSync(join(checkout, part), join(folder, part), { recursive: true });
  for (const file of ["tsconfig.json", "package.json"]) cpSync(join(checkout, file), join(folder, file));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"), "junction");
}

export async function run(): Promise<Figure[]> {
  using stores = temporaryFolder("brandvx-bench-");
  using files = temporaryFolder("brandvx-bench-");
  project(files.path);
  const cloud = await startCloud({ folder: stores.path, portOf: () => 0 });
  await tellStory(cloud.posthog.url);
  const checker = startChecker(files.path);
  const atStart = await editsAtStart(checker);
  let loop: ReturnType<typeof followEdits> | undefined;
  let [shown, compiled] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const nothing = async () => 0;
  const console_ = await startConsole({
    ...{ cloud, edits: () => loop?.edits ?? atStart, resources: () => [], deploy: async () => {}, happen: () => {} },
    drift: { check: nothing, heal: nothing },
  });
  loop = followEdits({
    ...{ folder: files.path, atStart, checker, progress: () => {} },
    changed() {
      console_.stackChanged();
      if (loop?.edits.newest.state === "applying") shown.resolve(performance.now());
    },
    async apply() {
      compiled.resolve(performance.now());
      return { succeeded: true, output: "" };
    },
  });
  await console_.drawAll();
  const file = join(files.path, board);
  const text = readFileSync(file, "utf8");
  const took = { read: [] as number[], drawn: [] as number[], compiled: [] as number[], processor: [] as number[] };
  for (let save = 1; save <= saves; save += 1) {
    [shown, compiled] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    const wanted = `${title} ${save}`;
    const processor = process.cpuUsage();
    const savedAt = performance.now();
    writeFileSync(file, text.replace(`title: "${title}"`, `title: "${wanted}"`));
    took.read.push((await shown.promise) - savedAt);
    const page = await (await fetch(`${console_.url}/dashboards/ai-engagement`)).text();
    if (!page.includes(wanted)) throw new Error(`the page does not show "${wanted}"`);
    took.drawn.push(performance.now() - savedAt);
    const { user, system } = process.cpuUsage(processor);
    took.processor.push((user + system) / 1000);
    took.compiled.push((await compiled.promise) - savedAt);
  }
  await Promise.all([loop.stop(), console_.stop()]);
  await cloud.stop();
  return [
    { name: "save to what the files say", value: median(took.read), unit: "ms" },
    { name: "save to picture, as the console's page has it (5000 allowed)", value: median(took.drawn), unit: "ms" },
    { name: "processor time of the console's process for it", value: median(took.processor), unit: "ms" },
    { name: "save to compiled, from when it is applied", value: median(took.compiled), unit: "ms" },
  ];
}

/** Sends the story's events as the apps would have sent them. */
async function tellStory(url: string): Promise<void> {
  const now = Date.now();
  const events = story({ beginning: beginningOfStory(now), after: 0, upTo: now }).flatMap((deed) => {
    if (deed.app === "browser" && deed.kind === "sign in") return [];
    const [event, properties] =
      deed.app === "browser" && deed.kind === "page" ? ["$pageview", {}] : [deed.event, deed.properties];
    const distinct_id = deed.app === "browser" ? deed.visitor : deed.tenant;
    return [{ event, properties, distinct_id, timestamp: new Date(deed.at).toISOString() }];
  });
  for (let from = 0; from < events.length; from += 2000) {
    const body = JSON.stringify({ api_key: localAccount.posthog.projectKey, batch: events.slice(from, from + 2000) });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/batch/`, { method: "POST", body, headers });
    if (!response.ok) throw new Error(`the local PostHog answers ${response.status}`);
  }
}
