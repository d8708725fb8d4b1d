import { Undetermined, type UndeterminedReason } from "./undetermined.ts";

/** Major, minor, patch. */
type Version = readonly [number, number, number];

/** Whether a version is as a semver operator of PostHog asks; pre-releases count as their release. */
export function matchesVersion(operator: string, wanted: string, actual: string): boolean {
  const name = operator.replace("semver_", "");
  if (name in ranges) {
    const [from, below] = (ranges[name] as (text: string) => readonly [Version, Version])(wanted);
    const version = versionIn(actual, "property missing");
    return order(version, from) >= 0 && order(version, below) < 0;
  }
  const target = versionIn(wanted, "needs PostHog");
  const difference = order(versionIn(actual, "property missing"), target);
  const { eq, neq, gt, gte, lt, lte } = {
    ...{ eq: difference === 0, neq: difference !== 0, gt: difference > 0 },
    ...{ gte: difference >= 0, lt: difference < 0, lte: difference <= 0 },
  };
  return { eq, neq, gt, gte, lt, lte }[name] ?? false;
}

const ranges: Readonly<Record<string, (text: string) => readonly [from: Version, below: Version]>> = {
  tilde(text) {
    const version = versionIn(text, "needs PostHog");
    return [version, [version[0], version[1] + 1, 0]];
  },
  caret(text) {
    const version = versionIn(text, "needs PostHog");
    const [major, minor, patch] = version;
    if (major > 0) return [version, [major + 1, 0, 0]];
    return [version, minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1]];
  },
  wildcard(text) {
    const bare = withoutPrefix(text).replace(/\.\*$/, "").replace(/\*$/, "");
    const [major = "", minor] = bare.split(".");
    const first = partOf(major, text, "needs PostHog");
    if (minor === undefined)
      return [
        [first, 0, 0],
        [first + 1, 0, 0],
      ];
    const second = partOf(minor, text, "needs PostHog");
    return [
      [first, second, 0],
      [first, second + 1, 0],
    ];
  },
};

function versionIn(text: string, reason: UndeterminedReason): Version {
  const [base = ""] = withoutPrefix(text).split(/[-+]/);
  if (base === "" || base.startsWith(".")) throw noVersion(text, reason);
  const [major, minor, patch] = base.split(".");
  const part = (digits: string | undefined) => (digits ? partOf(digits, text, reason) : 0);
  return [part(major), part(minor), part(patch)];
}

const withoutPrefix = (text: string): string => text.trim().replace(/^v/i, "");

function partOf(digits: string, text: string, reason: UndeterminedReason): number {
  if (/^(?:0|[1-9]\d*)$/.test(digits)) return Number(digits);
  throw noVersion(text, reason);
}

const noVersion = (text: string, reason: UndeterminedReason): Undetermined =>
  new Undetermined(reason, `${JSON.stringify(text)} is no version`);

function order(one: Version, other: Version): number {
  const index = one.findIndex((part, i) => part !== other[i]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
