import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const runtime = fileURLToPath(new URL("../../../src/runtime", import.meta.url));

/** The app's code around a sample: names that the pages use without introducing them. */
const around = `
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReactNode } from "react";

declare global {
  const tenant: { id: string; plan: "free" | "pro" };
  const session: { user: { id: string } };
  const prompt: string;
  const mode: string;
  const server: import("node:http").Server;
  const port: number;
  const template_id: string;
  const contact_id: string;
  const channel: "sms" | "email";
  const message: { to: string };
  const threads: readonly { id: string }[];
  const calendar: { search(): Promise<string[]> };
  const database: { kpis(tenant: string): Promise<{ sent: number }> };
  function send(message: { to: string }): Promise<void>;
  function sendDueMessages(): Promise<void>;
  function sendOtherwise(message: { to: string }): void;
  function tooManyRequests(retryAfterMs: number): void;
  function isNotFound(error: unknown): boolean;
  function submit(text: string): void;
  function ErrorBoundary(props: { onError: (error: unknown) => void; children: ReactNode }): ReactNode;
  function Pages(): ReactNode;
  const app: {
    get(path: string, handler: (context: { req: { raw: Request } }) => Promise<Response>): void;
    get(path: string, handler: (request: IncomingMessage, response: ServerResponse) => unknown): void;
  };
  const fastify: { get(path: string, handler: () => unknown): void };
  const jest: { mock(module: string, factory: () => unknown): void; fn(): () => void };
}
`;
/** The parts that the samples use of libraries that an app has but this checkout does not. */
const libraries = `declare module "react-router" { export function useLocation(): { pathname: string }; }`;

interface Sample {
  file: string;
  line: number;
  text: string;
}

/** Code blocks of a page. One that uses what an earlier block of the page imports is read with those imports. */
function samplesOf(page: string): Sample[] {
  const text = readFileSync(join(runtime, page), "utf8");
  const imported = new Map<string, string>();
  return [...text.matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)].map(([, kind = "ts", body = ""], i) => {
    const own = [...body.matchAll(/^import .*? from "(.*?)";$/gm)];
    const names = (statement: string) =>
      /\{(.*)\}/
        .exec(statement)?.[1]
        ?.split(",")
        .map((name) => name.trim()) ?? [];
    const before = [...imported]
      .filter(([name]) => new RegExp(`\\b${name}\\b`).test(body))
      .filter(([name]) => !own.some(([statement]) => names(statement).includes(name)))
      .map(([name, from]) => `import { ${name} } from "${from}";`);
    for (const [statement, from = ""] of own) for (const name of names(statement)) imported.set(name, from);
    // Each is a module of its own, in which a handler may return.
    const declares = /^declare const/m.test(body) && own.length === 0;
    const inside = declares
      ? body.replace(/^declare const/m, "declare global { const").replace(/;\n$/, "; }\nexport {};\n")
      : inFunction(body);
    return {
      file: join(runtime, "docs", `${page.replaceAll(/\W/g, "-")}-${i}.${kind === "tsx" ? "tsx" : "ts"}`),
      line: text.slice(0, text.indexOf(body)).split("\n").length,
      text: `${before.join("\n")}\n${inside}\nexport {};\n`,
    };
  });
}

/** After its imports a sample is part of a function, in which it may return and await. */
function inFunction(body: string): string {
  if (/^export /m.test(body)) return body;
  const isImport = (line: string): boolean => line.startsWith("import ");
  const lines = body.split("\n");
  const rest = lines.filter((line) => !isImport(line)).join("\n");
  return `${lines.filter(isImport).join("\n")}\nexport const sample = async () => {\n${rest}\n};`;
}

const pages = ["docs/operator-ui.md", "docs/backend.md"];

function problemsOf(samples: readonly (Sample & { page: string })[]): string[] {
  const configured = ts.getParsedCommandLineOfConfigFile(
    join(runtime, "tsconfig.json"),
    {
      noEmit: true,
      incremental: false,
      composite: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      allowUnreachableCode: true,
    },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const options = configured?.options ?? {};
  delete options.tsBuildInfoFile;
  const written = new Map([
    [join(runtime, "docs", "around.d.ts"), around],
    [join(runtime, "docs", "libraries.d.ts"), libraries],
    ...samples.map(({ file, text }) => [file, text] as const),
  ]);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => written.has(file) || fileExists(file);
  host.readFile = (file) => written.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = written.get(file);
    return text === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target);
  };
  const program = ts.createProgram([...written.keys()], options, host);
  return [...written.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .filter((one) => one.file?.fileName === file)
      .map(({ messageText }) => {
        const of = samples.find((sample) => sample.file === file);
        const where = of ? `${of.page}:${of.line}` : file.slice(dirname(file).length + 1);
        return `${where} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      }),
  );
}

test("each sample of the pages compiles as an app has it, and the check is awake", { timeout: 120_000 }, () => {
  const samples = pages.flatMap((page) => samplesOf(page).map((sample) => ({ ...sample, page })));
  expect(samples.length).toBeGreaterThan(15);
  const wrong: Sample & { page: string } = {
    ...{ page: "a mistake", line: 1, file: join(runtime, "docs", "mistake.ts") },
    text: `import { track } from "@brandvx/observability/browser";\ntrack("ask.promt_submitted", {});\nexport {};\n`,
  };
  const problems = problemsOf([...samples, wrong]);
  expect(problems.filter((problem) => !problem.startsWith("a mistake"))).toEqual([]);
  expect(problems.filter((problem) => problem.startsWith("a mistake"))).toHaveLength(1);
});
