import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import * as z from "zod";
import { event } from "../../src/catalog/event.ts";
import { ensurePython } from "../../src/local/python.ts";
import { eventsModule } from "../../src/runtime/build/python/events.ts";

const environment = await ensurePython();
const python = "python" in environment ? environment.python : undefined;

const property = (type: z.ZodType) => ({ type, meaning: "What it says", privacy: "plain" as const });
const named = (properties: Record<string, z.ZodType>) =>
  event({
    source: "server",
    purpose: "Something happened",
    owner: "platform",
    properties: Object.fromEntries(Object.entries(properties).map(([name, type]) => [name, property(type)])),
  });

const rightCalls = `from events import ph_capture

ph_capture("done.n7", "t", {"kind": "x", "n7": 1})
ph_capture("bare", "t")
ph_capture("bare", "t", {"late": True})
`;
const wrongCalls = `from events import ph_capture

ph_capture("done.n200", "t", {"kind": "x", "n7": 1})
ph_capture("done.n7", "t", {"kind": "x", "n8": 1})
ph_capture("done.n7", "t")
ph_capture("bare", "t", {"late": 3})
ph_capture("bare")
`;

test.skipIf(python === undefined)(
  "a fault in a call of ph_capture is one message, however many events there are, also with an event that needs no property",
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "brandvx-typing-"));
    try {
      const events = Object.fromEntries(
        Array.from({ length: 40 }, (_, n) => [`done.n${n}`, named({ kind: z.enum(["x", "y"]), [`n${n}`]: z.int() })]),
      );
      await writeFile(
        join(folder, "events.py"),
        eventsModule({ ...events, bare: named({ late: z.boolean().optional() }) }),
      );
      await writeFile(join(folder, "right.py"), rightCalls);
      await writeFile(join(folder, "wrong.py"), wrongCalls);
      const check = async (...command: string[]) => {
        const options = { cwd: folder, all: true, reject: false, stdin: "ignore" } as const;
        const { all } = await execa(python ?? "", ["-m", ...command, "events.py", "right.py", "wrong.py"], options);
        return [...all.matchAll(/(\w+\.py):(\d+).*?(?:error|note):/g)].map(([, file, line]) => `${file}:${line}`);
      };
      const lines = [3, 4, 5, 6, 7].map((line) => `wrong.py:${line}`);
      expect(await check("mypy", "--strict")).toEqual(lines);
      expect(await check("pyright", "--pythonpath", python ?? "")).toEqual(lines);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
