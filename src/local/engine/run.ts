import { delimiter } from "node:path";
import { execa } from "execa";
import { notedUpstash, withAddresses } from "../addresses.ts";
import { endWithUs, whenLauncherIsGone } from "../ends-with-us.ts";
import { localFolder, localStack } from "../folder.ts";
import { diskTrouble } from "../machine.ts";
import { practiceKeys } from "../practice-keys.ts";
import { localEnvironment } from "../pulumi.ts";
import { EngineNotFound, ensureEngine } from "./ensure.ts";
import { withOwnNode } from "./on-path.ts";

// `npm run pulumi -- …`: the user's own stacks, login and state, with the engine that this project finds or builds; with
// `--stack local` those of the local cloud, which `npm start` in another terminal keeps running.
whenLauncherIsGone(() => process.exit(1));

try {
  const args = process.argv.slice(2);
  const isLocal = args.some(
    (word, i) => word === `--stack=${localStack}` || (word === localStack && /^(-s|--stack)$/.test(args[i - 1] ?? "")),
  );
  if (isLocal) {
    for (const name of practiceKeys(process.env).ignored)
      console.error(`${name} of the environment may be a real key: the stack \`local\` uses its own.`);
  }
  const engine = await ensureEngine({ progress: (line) => console.error(line), seesKeys: !isLocal });
  const { pulumi, folder } = engine;
  const path = [folder, withOwnNode(process.env.PATH ?? "")].join(delimiter);
  const surroundings = isLocal
    ? { env: localEnvironment(engine, notedUpstash(localFolder) ?? ""), extendEnv: false }
    : { env: { PATH: path } };
  const words = isLocal ? withAddresses(args, localFolder) : args;
  const { exitCode } = await endWithUs(execa(pulumi, words, { stdio: "inherit", reject: false, ...surroundings }));
  process.exitCode = exitCode ?? 1;
} catch (error) {
  const message = error instanceof EngineNotFound ? error.message : diskTrouble(error);
  if (message === undefined) throw error;
  console.error(`error: ${message}`);
  process.exitCode = 1;
}
