import { labels } from "./labels.ts";

const secretName =
  "(?:pass(?:word|wd|phrase|code)?|\\bpwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|\\bauth|credential|session(?:[_-]?id)?|cookie|signature|\\bsig|\\bjwt|\\botp|\\bpin|\\bcvv|\\bcvc)s?";
const value = `(?:"[^"]{0,512}"|'[^']{0,512}'|(?:(?:basic|bearer|digest|token)\\s{1,3})?[^\\s"',;&<>]{1,512})`;

/**
 * Secrets that can be told by what stands around them or by how they begin. Each pattern is bounded on both sides of
 * its fixed part, so that none is slow on a long text.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN[^-]{0,40}PRIVATE KEY-----[^-]*(?:-----END[^-]{0,40}-----)?/g, labels.token],
  // redis://default:password@host
  [/:\/\/[^\s/?#]{1,512}@/g, `://${labels.token}@`],
  // What an address asks for: names, searches, tokens.
  [/(:\/\/[^\s?#"'<>()]{1,1024})[?#][^\s"'<>()]*/g, "$1"],
  [/\b((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[^\s?#"'<>()]{0,1024})[?#][^\s"'<>()]*/g, "$1"],
  // Cookie: sid=…; theme=…
  [/(cookie["']?\s{0,3}[:=]\s{0,3})[^\r\n]{1,4096}/gi, `$1${labels.token}`],
  // password=…, "apiKey": "…", Authorization: Bearer …
  [new RegExp(`(${secretName}["']?\\s{0,3}[:=]\\s{0,3})${value}`, "gi"), `$1${labels.token}`],
  [/(bearer\s{1,3})[\w.~+/=:-]{6,}/gi, `$1${labels.token}`],
  // JSON Web Tokens
  [/eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, labels.token],
  // Keys that carry their maker's mark: Stripe, PostHog, GitHub, GitLab, Slack, AWS, Google, npm, Render, Sentry, …
  [/(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}/g, labels.token],
  [/(?<![A-Za-z])(?:sk|re|key|pat)-[A-Za-z0-9_-]{16,}/g, labels.token],
  [/(?:ph[acsx]|gh[opsur]|npm|rnd|hf|dop_v1|shpat|shpss|whsec|sntry[su])_[A-Za-z0-9+/=_-]{8,}/g, labels.token],
  [/(?:github_pat_|glpat-|xox[abeoprs]-)[A-Za-z0-9_-]{8,}/g, labels.token],
  [/(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{20,}|ya29\.[\w-]{8,}|SG\.[\w-]{10,}(?:\.[\w-]+)?/g, labels.token],
];

/** Replaces credentials that are named, marked or part of an address. */
export function withoutCredentials(text: string): string {
  return patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
