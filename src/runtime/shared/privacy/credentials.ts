import { labels } from "./labels.ts";

const secretName =
  "(?:pass(?:word|wd|phrase|code)?|\\bpwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|\\bauth|credential|session(?:[_-]?id)?|cookie|signature|\\bsig|\\bjwt|\\botp|\\bpin|\\bcvv|\\bcvc)s?";
const value = `(?:"[^"]{0,512}"|'[^']{0,512}'|(?:(?:basic|bearer|digest|token)\\s{1,3})?[^\\s"',;&<>]{1,512})`;

interface Mark {
  /** Cheap to look for, in lower case: without any of them the pattern cannot match. */
  readonly needles: readonly string[];
  readonly pattern: RegExp;
  readonly replacement: string;
}

const mark = (needles: readonly string[], pattern: RegExp, replacement: string = labels.token): Mark => ({
  needles,
  pattern,
  replacement,
});

/**
 * Secrets that can be told by what stands around them or by how they begin. Each pattern is bounded on both sides of
 * its fixed part, so that none is slow on a long text.
 */
const marks: readonly Mark[] = [
  mark(["-----begin"], /-----BEGIN[^-]{0,40}PRIVATE KEY-----[^-]*(?:-----END[^-]{0,40}-----)?/g),
  // redis://default:password@host
  mark(["://"], /:\/\/[^\s/?#]{1,512}@/g, `://${labels.token}@`),
  // What an address asks for: names, searches, tokens.
  mark(["://"], /(:\/\/[^\s?#"'<>()]{1,1024})[?#][^\s"'<>()]*/g, "$1"),
  mark([" /"], /\b((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[^\s?#"'<>()]{0,1024})[?#][^\s"'<>()]*/g, "$1"),
  // Cookie: sid=…; theme=…
  mark(["cookie"], /(cookie["']?\s{0,3}[:=]\s{0,3})[^\r\n]{1,4096}/gi, `$1${labels.token}`),
  // password=…, "apiKey": "…", Authorization: Bearer …
  mark([":", "="], new RegExp(`(${secretName}["']?\\s{0,3}[:=]\\s{0,3})${value}`, "gi"), `$1${labels.token}`),
  mark(["bearer"], /(bearer\s{1,3})[\w.~+/=:-]{6,}/gi, `$1${labels.token}`),
  // JSON Web Tokens
  mark(["eyj"], /eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g),
  // Keys that carry their maker's mark: Stripe, OpenAI, PostHog, GitHub, npm, Render, Shopify, Sentry, Slack, AWS, …
  mark(["_live_", "_test_"], /(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}/g),
  mark(["sk-", "re-", "key-", "pat-"], /(?<![A-Za-z])(?:sk|re|key|pat)-[A-Za-z0-9_-]{16,}/g),
  mark(["_"], /(?:ph[acsx]|gh[opsur]|npm|rnd|hf|dop_v1|shpat|shpss|whsec|sntry[su])_[A-Za-z0-9+/=_-]{8,}/g),
  mark(["github_pat_", "glpat-", "xox"], /(?:github_pat_|glpat-|xox[abeoprs]-)[A-Za-z0-9_-]{8,}/g),
  mark(["akia", "asia"], /(?:AKIA|ASIA)[A-Z0-9]{12,}/g),
  mark(["aiza", "ya29.", "sg."], /AIza[\w-]{20,}|ya29\.[\w-]{8,}|SG\.[\w-]{10,}(?:\.[\w-]+)?/g),
];

/** Replaces credentials that are named, marked or part of an address. */
export function withoutCredentials(text: string): string {
  const lower = text.toLowerCase();
  let rest = text;
  for (const { needles, pattern, replacement } of marks) {
    if (needles.some((needle) => lower.includes(needle))) rest = rest.replace(pattern, replacement);
  }
  return rest;
}
