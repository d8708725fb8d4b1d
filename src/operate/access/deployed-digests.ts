import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { pulumiMessage, type Stack } from "../stack/stack.ts";
import type { Lookup } from "./lookup.ts";

/** Equal texts have equal digests within a run; the next run uses another salt, so that digests cannot be looked up. */
export type Digest = (value: string) => string;

export function freshDigest(): Digest {
  const salt = randomBytes(32);
  return (value) => createHmac("sha256", salt).update(value).digest("hex");
}

/** What the last `up` wrote to Render, as digests by variable name: secrets are compared, never stored. */
export interface DeployedDigests {
  readonly digest: Digest;
  readonly digests: Lookup<ReadonlyMap<string, string>>;
}

const type = "pulumi-nodejs:dynamic/render:ServiceVariables";
const variables = z.record(z.string(), z.object({ value: z.string() }));
const exported = z.object({
  deployment: z
    .object({
      resources: z
        .array(z.object({ type: z.string(), inputs: z.object({ variables: z.unknown() }).partial().optional() }))
        .nullish(),
    })
    .nullish(),
});

/** Reads it from the stack's state; needs the key or passphrase that the state's secrets are encrypted with. */
export async function readDeployedDigests(stack: Stack, digest: Digest = freshDigest()): Promise<DeployedDigests> {
  const { exitCode, stdout, stderr } = await stack.look("stack", "export", "--show-secrets");
  if (exitCode !== 0) {
    const why = pulumiMessage(stderr).split("\n")[0] ?? "";
    const cause = {
      what: `the secrets of the stack's state cannot be opened: ${why}`,
      fix: "give this run the passphrase",
    };
    return { digest, digests: { kind: "unreadable", cause } };
  }
  return { digest, digests: digestsIn(stdout, digest) };
}

export function digestsIn(exportText: string, digest: Digest): DeployedDigests["digests"] {
  const { deployment } = exported.parse(JSON.parse(exportText));
  const found = deployment?.resources?.findLast((one) => one.type === type);
  const read = variables.safeParse(opened(found?.inputs?.variables));
  if (!read.success) return { kind: "absent" };
  return { kind: "value", value: new Map(Object.entries(read.data).map(([name, { value }]) => [name, digest(value)])) };
}

/** How Pulumi marks a secret in a state (pulumi/pulumi: sdk/go/common/resource/sig). */
const signature = "4dabf18193072939515e22adb298388d";

/** A value with its secrets decrypted. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "plaintext" in value) return opened(JSON.parse(String(value.plaintext)));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, opened(one)]));
}

/** Why a value could not be compared with what was written. */
export function whyNotCompared({ digests }: DeployedDigests): string {
  if (digests.kind === "value" || digests.kind === "absent") return "the stack has not written it yet";
  return digests.cause.what;
}
