import { runProgram } from "./command/run.ts";
import { obsProgram } from "./program.ts";

await runProgram(obsProgram(), process.argv.slice(2));
