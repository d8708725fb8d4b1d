import { Command } from "commander";
import { catalogCommand } from "./catalog/command.ts";
import { addCompletion } from "./command/completion.ts";
import { doctorCommand } from "./doctor/command.ts";
import { driftCommand } from "./drift/command.ts";
import { importCommand } from "./import/command.ts";
import own from "./package.json" with { type: "json" };
import { parityCommand } from "./parity/command.ts";
import { previewCommand } from "./preview/command.ts";
import { privacyCommand } from "./privacy/command.ts";
import { releaseCommand } from "./release/command.ts";
import { setupCommand } from "./setup/command.ts";
import { findProject } from "./stack/project.ts";
import { verifyCommand } from "./verify/command.ts";

/** The program `obs`, with all its commands. */
export function obsProgram(): Command {
  const obs = new Command("obs")
    .description(
      "Operates BrandVX's observability: shows what a change would do, what was changed by hand, and whether everything works.",
    )
    .version(own.version, "-V, --version", "print the version of obs")
    .option("-C, --cwd <folder>", "work as if started in this folder")
    .showSuggestionAfterError()
    .addCommand(setupCommand())
    .addCommand(previewCommand())
    .addCommand(driftCommand())
    .addCommand(verifyCommand())
    .addCommand(releaseCommand())
    .addCommand(doctorCommand())
    .addCommand(parityCommand())
    .addCommand(privacyCommand())
    .addCommand(importCommand())
    .addCommand(catalogCommand());

  obs.addHelpText(
    "after",
    `
Every command ends with 0 when all is as it should be, 7 when there are changes or drift, 1 when something is broken.
With --json each prints one document, described in docs/obs-json.md. For completion: source <(obs completion bash)
Keys are taken from the environment (POSTHOG_PERSONAL_API_KEY, SENTRY_TOKEN, …), else from the stack's configuration.
The stack "local" is the local cloud of this checkout: no account is needed for it.`,
  );

  addCompletion(obs, () => findProject(process.cwd()).stacks);

  return obs;
}
