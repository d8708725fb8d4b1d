import { readFileSync } from "node:fs";

const goMod = new URL("../../../tools/go.mod", import.meta.url);

/** Oldest `pulumi` that this project works with: `pulumi import --file` of dynamic resources came with 3.254 (pulumi/pulumi#23984). */
export const oldestEngine = "3.254.0";

/** The version that tools/go.mod pins, without the leading "v". It is built or downloaded when the machine has no `pulumi`. */
export function pinnedEngine(): string {
  const found = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(readFileSync(goMod, "utf8"));
  if (!found?.[1])
    throw new Error(
      "tools/go.mod does not pin github.com/pulumi/pulumi/pkg/v3: the engine's version is read from there",
    );
  return found[1];
}
