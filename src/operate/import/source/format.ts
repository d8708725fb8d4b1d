import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { withProgramEnvironment } from "../../../local/program-environment.ts";

const checkout = fileURLToPath(new URL("../../../../", import.meta.url));
const biome = fileURLToPath(new URL("../../../../node_modules/@biomejs/biome/bin/biome", import.meta.url));

/** The text as this repository's formatter writes it, with its imports in order. */
export async function formatted(text: string, name: string): Promise<string> {
  // "check" exits with 1 when it finds a violation that it cannot fix; its output is formatted all the same.
  const { stdout, stderr } = await execa(
    process.execPath,
    [biome, "check", "--write", `--stdin-file-path=dashboards/${name}`],
    {
      ...{ cwd: checkout, input: text, reject: false, stripFinalNewline: false },
      ...withProgramEnvironment(),
    },
  );
  if (stdout.trim() === "") throw new Error(`biome cannot format dashboards/${name}: ${stderr}`);
  return stdout;
}
