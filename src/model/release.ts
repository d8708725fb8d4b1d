/** What each app is called in the names of its releases: Sentry's package. */
export const releasePackages = { browser: "operator-ui", server: "backend" } as const;

/**
 * The one name that a release of an app has: in its build, in Sentry, in `/health` and on PostHog's charts.
 *
 * @param of the version, or the commit in full
 * @example releaseName("browser", "3f2a9c1") // "operator-ui@3f2a9c1"
 */
export const releaseName = (app: keyof typeof releasePackages, of: string): string => `${releasePackages[app]}@${of}`;

/**
 * What a release may be called: Sentry takes no slashes and line breaks, 200 characters, and none of ".", ".." and "latest";
 * PostHog's charts show 100, `/health` shows plain words. After an @ comes a version.
 */
// Capitals are spelt out, because Python reads this pattern, too.
export const releasePattern = /^(?!(?:\.{1,2}|[lL][aA][tT][eE][sS][tT]|.*@)$)[\w.@+-]{1,100}$/;

/** What {@link releasePattern} asks, in words that go on after a name. */
export const releaseRule =
  "is not 1 to 100 letters, digits and . _ @ + -, or has no version after its @, or is latest, . or .., which Sentry refuses";

/**
 * The app that a release is of; undefined when its name does not tell.
 *
 * @example appOfRelease("backend@1.4.0") // "server"
 */
export function appOfRelease(release: string): keyof typeof releasePackages | undefined {
  const apps = Object.keys(releasePackages) as (keyof typeof releasePackages)[];
  return apps.find((app) => {
    const before = releaseName(app, "");
    return release.startsWith(before) && release.length > before.length;
  });
}

/** A commit's hash, shortened or whole. */
export const commitPattern = /^[0-9a-f]{7,40}$/i;
