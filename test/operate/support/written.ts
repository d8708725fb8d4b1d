import { freshDigest, type Written } from "../../../src/operate/access/written.ts";
import { type Deployed, marked } from "./deployed.ts";

/** What the last `up` wrote on Render, as the state of the deployed stack says it. */
export function writtenAt({ dsns }: Pick<Deployed, "dsns">): Written {
  const digest = freshDigest();
  const value = new Map(
    Object.entries({ REDIS_URL: marked.redis, SENTRY_DSN: dsns.server }).map(([name, text]) => [name, digest(text)]),
  );
  return { digest, digests: { kind: "value", value } };
}
