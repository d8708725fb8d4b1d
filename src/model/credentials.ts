import { allVendors } from "./vendors/index.ts";

/** Credentials by their makers' marks, with what each is. Keys without a mark (Cloudflare's, Upstash's) look like any text. */
const credentials: readonly (readonly [RegExp, string])[] = [
  ...allVendors.flatMap(({ marks }) => marks),
  [/\brediss?:\/\/[^\s/@]*:[^\s/@]+@/g, "an address of Redis with its password"],
  [/\bpul-[0-9a-f]{20,}/g, "a Pulumi token"],
  [/\b(?:gh[opsur]_\w{20,}|github_pat_\w{20,})/g, "a GitHub token"],
  [/\bxox[abeoprs]-[\w-]{8,}/g, "a Slack token"],
  [/-----BEGIN[^-]{0,40}PRIVATE KEY-----(?:[^-]*-----END[^-]{0,40}-----)?/g, "a private key"],
];

export const credentialPatterns: readonly RegExp[] = credentials.map(([pattern]) => pattern);

/** The kind of credential that a text contains; undefined if it contains none. */
export const credentialIn = (text: string): string | undefined =>
  credentials.find(([pattern]) => text.search(pattern) >= 0)?.[1];
