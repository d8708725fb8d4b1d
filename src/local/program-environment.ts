/** Variables that every program needs: paths, user, locale. None of them is a key. */
const always =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|SHELL|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|LC_\w+|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CI|GIT_(DIR|WORK_TREE|CEILING_DIRECTORIES|CONFIG_\w+)|XDG_\w+|LD_LIBRARY_PATH|NIX_LD\w*|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(\(X86\))?|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|OS|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i;

/** Additional variables for a program that downloads something. */
const forDownloads =
  /^((https?|all|no)_proxy|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|npm_config_(registry|userconfig|globalconfig|cafile)|GO[A-Z0-9]*|CGO_\w+|CC)$/i;

/**
 * The environment of a program other than `pulumi`: no key, no proxy, and no setting of a vendor's tools.
 *
 * @param options.downloads whether it downloads something: then it also gets proxies, certificates and Go's settings
 */
export function programEnvironment({
  env = process.env,
  downloads = false,
}: {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly downloads?: boolean;
} = {}): Record<string, string> {
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (always.test(entry[0]) || (downloads && forDownloads.test(entry[0]))),
  );
  return Object.fromEntries(given);
}

/** The same as options of execa. */
export const withProgramEnvironment = (options?: Parameters<typeof programEnvironment>[0]) =>
  ({ env: programEnvironment(options), extendEnv: false }) as const;
