import { variableNamesOf } from "../../../src/catalog/environment.ts";
import { type DeployedDigests, freshDigest } from "../../../src/operate/access/deployed-digests.ts";
import type { Deployed } from "./deployed.ts";

/** What the last `up` wrote on Render, from the state of the deployed stack. */
export function writtenAt({ sent }: Pick<Deployed, "sent">): DeployedDigests {
  const digest = freshDigest();
  const value = new Map(variableNamesOf("server").map((name) => [name, digest(sent(name))]));
  return { digest, digests: { kind: "value", value } };
}
