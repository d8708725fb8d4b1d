import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { mayColor } from "../../src/operate/command/run.ts";
import { noSuchStack } from "../../src/operate/stack/project.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { heldAgainstSchema } from "./support/json-schema.ts";

const launcher = fileURLToPath(new URL("../../src/operate/obs.mjs", import.meta.url));
const checkout = fileURLToPath(new URL("../..", import.meta.url));

const obs = (...args: string[]) => execa(launcher, args, { cwd: checkout, reject: false, stdin: "ignore" });

describe.concurrent("the help of each command is enough to use it", () => {
  test.for([
    "preview",
    "drift",
    "verify",
    "doctor",
    "parity",
    "privacy",
    "catalog",
    "import dashboard",
    "import sentry",
    "import redis",
    "setup",
    "release",
  ])("%s", async (command) => {
    const { exitCode, stdout } = await obs(...command.split(" "), "--help");
    expect(exitCode).toBe(0);
    for (const part of ["Usage: obs", "--json", "--markdown", "Exit codes:", "Examples:", `npx obs ${command}`])
      expect(stdout).toContain(part);
  });
});

test.skipIf(process.platform === "win32").for(["--help", "catalog --json"])(
  "who reads no more of obs %s than its first line sees no fault of it",
  async (args) => {
    const piped = `"${launcher}" ${args} | true`;
    const { stderr } = await execa("sh", ["-c", piped], { cwd: checkout, reject: false, stdin: "ignore" });
    expect(stderr).not.toMatch(/EPIPE|Unhandled|node:/);
  },
);

test("a mistyped command is told which one was meant, and ends with 1", async () => {
  const { exitCode, stderr } = await obs("preveiw");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("(Did you mean preview?)");
});

test.for<[string, string[], string]>([
  ["a mistyped option", ["drift", "--stak", "local"], "(Did you mean --stack?)"],
  ["a mistyped check", ["verify", "--skip", "tile"], "did you mean tiles?"],
  ["two forms at once", ["preview", "--json", "--markdown"], "cannot be used with option '--json'"],
  ["a number that is none", ["verify", "--patience", "long"], "a number of seconds is needed"],
  ["an address that is none", ["verify", "--app", "app.brandvx.io"], "an address is needed"],
  ["a word too many", ["catalog", "check"], "too many arguments"],
  ["a slug that is none", ["import", "sentry", "--team", "12"], "is not a slug"],
  ["a key that is none", ["import", "sentry", "--browser-key", "abc"], "is not the id of a key"],
  ["a key beside new ones", ["import", "sentry", "--new-keys", "--server-key", "0".repeat(32)], "cannot be used with"],
  ["a stack without a name", ["drift", "--stack", ""], "the name of the stack is empty"],
  ["live numbers for no picture", ["preview", "--live"], "add --pictures <folder>"],
  ["a file that is not there", ["parity", "--dotenv", "no.env"], "there is no file"],
])("%s is told before anything is begun", async ([, args, words]) => {
  const { exitCode, stdout, stderr } = await obs(...args);
  expect(exitCode).toBe(1);
  if (!args.includes("--json")) expect(stdout).toBe("");
  expect(stderr).toContain(words);
});

test.for(["--json", "--markdown"])(
  "no letter is coloured in a file, nor is progress part of a report: %s",
  async (form) => {
    const { exitCode, stdout } = await obs("catalog", "--check", form);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("\u001b");
    if (form === "--json")
      expect(heldAgainstSchema(stdout)).toMatchObject({ command: "catalog", outcome: "fine", page: "current" });
    else expect(stdout).toMatch(/^### \d+ events in the catalog/);
  },
);

test("colours are for terminals, and for whoever asks for them", () => {
  const file = { isTTY: false } as NodeJS.WriteStream;
  const terminal = { isTTY: true, hasColors: () => true } as NodeJS.WriteStream;
  expect(mayColor(terminal, {})).toBe(true);
  expect(mayColor(terminal, { NO_COLOR: "1" })).toBe(false);
  expect(mayColor(file, { CI: "true" })).toBe(false);
  expect(mayColor(file, { FORCE_COLOR: "1" })).toBe(true);
});

test("a stack that is not there: a mistyped one is suggested, one with a configuration file is to be made", () => {
  const project = { folder: "/", name: "brandvx-observability", stacks: ["production", "staging"] };
  expect(noSuchStack("prodcution", project).fix).toContain("did you mean production?");
  expect(noSuchStack("stagign", project).fix).toContain("did you mean staging?");
  const known = noSuchStack("production", project);
  expect(known.fix).not.toContain("did you mean");
  expect(known.fix).toContain("pulumi stack init production; or, if its state is stored elsewhere: pulumi login");
});

describe.concurrent("a command that fails early says so as JSON, too, where a program reads it", () => {
  const stack = ["--stack", ""];
  test.for<[string, string[]]>([
    ["drift", stack],
    ["import dashboard 42", stack],
    ["catalog", ["--cwd", "/"]],
    ["setup", [...stack, "--yes"]],
  ])("%s", async ([command, args]) => {
    const { exitCode, stdout, stderr } = await obs(...command.split(" "), ...args, "--json");
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(stdout);
    expect(heldAgainstSchema(stdout)).toMatchObject({ command: command.replace(" 42", ""), outcome: "failed" });
    expect(stderr).toBe(`error: ${error.message}\n  ${error.fix}`);
  });
});

test.for<[string, string]>([
  ["broken", "name: [x"],
  ["without a name", "nome: x"],
])("a Pulumi.yaml that is %s is told by its name, without a stack trace", async ([, text]) => {
  using folder = temporaryFolder("brandvx-project-");
  writeFileSync(join(folder.path, "Pulumi.yaml"), text);
  const { exitCode, stderr } = await obs("drift", "--stack", "local", "--cwd", folder.path);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${join(folder.path, "Pulumi.yaml")} is not a valid Pulumi project`);
  expect(stderr).not.toMatch(/^ +at /m);
});

test("whoever asks for help does not wait for Pulumi's packages", async () => {
  const tellLoaded = `import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => { console.error(url); return next(url, context); } });`;
  const { exitCode, stderr } = await execa(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tellLoaded)}`, launcher.replace(/mjs$/, "ts"), "--help"],
    { reject: false, stdin: "ignore" },
  );
  expect(exitCode).toBe(0);
  expect(stderr).toContain("/src/operate/import/command.ts");
  expect(stderr).not.toContain("/node_modules/@pulumi/");
});

test("outside of any project it says where to go", async () => {
  const { exitCode, stderr } = await obs("catalog", "--check", "--cwd", "/");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("there is no Pulumi.yaml here");
});

describe.concurrent("a mistake in how a command is called is JSON, too, where a program reads it", () => {
  test.for<[string, string[], string]>([
    ["drift", ["drift", "--stak", "local", "--json"], "unknown option '--stak'"],
    ["import sentry", ["import", "sentry", "--team", "12", "--json"], "is not a slug"],
    ["", ["preveiw", "--json"], "unknown command 'preveiw'"],
    ["verify", ["verify", "--json", "--markdown"], "cannot be used with option"],
  ])("%s", async ([command, args, words]) => {
    const { exitCode, stdout, stderr } = await obs(...args);
    expect(exitCode).toBe(1);
    expect(heldAgainstSchema(stdout)).toMatchObject({ schemaVersion: 1, command, outcome: "failed" });
    expect(stdout).toContain(words);
    expect(stderr).toContain(words);
  });
});

test("every command that reports has its part of the schema, and no other", () => {
  const { anyOf } = JSON.parse(readFileSync(join(checkout, "docs", "obs.schema.json"), "utf8")) as {
    anyOf: { properties: { command: { const?: string } } }[];
  };
  const described = anyOf.flatMap(({ properties }) => properties.command.const ?? []);
  expect(described.toSorted()).toEqual([
    "catalog",
    "doctor",
    "drift",
    "import dashboard",
    "import redis",
    "import sentry",
    "parity",
    "preview",
    "privacy",
    "release",
    "setup",
    "verify",
  ]);
});

test.for(["-V", "--version"])("the version is that of the package: %s", async (option) => {
  const { exitCode, stdout } = await obs(option);
  expect(exitCode).toBe(0);
  const { version } = JSON.parse(readFileSync(join(checkout, "src/operate/package.json"), "utf8")) as {
    version: string;
  };
  expect(stdout.trim()).toBe(version);
});

test.for(["bash", "zsh", "fish"])("%s is told how to complete", async (shell) => {
  const { exitCode, stdout } = await obs("completion", shell);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("complete");
  // Parses it with the shell, where the shell is installed.
  const parsed = await execa(shell, ["-n"], { input: stdout, reject: false });
  if (parsed.code !== "ENOENT") expect(parsed.exitCode, parsed.stderr).toBe(0);
});

test("commands, options and their values are completed", async () => {
  const of = async (...words: string[]) => (await obs("complete", "--", ...words)).stdout;
  expect(await of("dri")).toMatch(/^drift/m);
  expect(await of("import", "")).toMatch(/^sentry/m);
  expect(await of("drift", "--st")).toMatch(/^--stack/m);
  expect(await of("drift", "--stack", "prod")).toMatch(/^production/m);
  expect((await of("dri")).length, "a line of a menu").toBeLessThan(120);
});
