import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { type CatalogFacts, catalogFacts } from "../../catalog/facts.ts";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import { loadCatalog } from "../catalog/definitions.ts";
import { isFailure } from "../command/failure.ts";

/** Folders that make up the definitions. */
const paths = ["package.json", "dashboards", "alerts", "src/model", "src/catalog", "src/insights/define", "src/alerts"];

/**
 * The commit to compare a checkout with: where it branched off the pull request's target. Undefined when there is none,
 * because it is not a git checkout, or a shallow one.
 */
export async function baseCommit(
  folder: string,
  { wanted, env }: { wanted: string | undefined; env: Readonly<Record<string, string | undefined>> },
): Promise<string | undefined> {
  const branch = env.GITHUB_BASE_REF;
  const candidates =
    wanted !== undefined ? [wanted] : [...(branch ? [`origin/${branch}`, branch] : []), "origin/main", "main"];
  for (const candidate of candidates) {
    const { exitCode, stdout } = await git(folder, "merge-base", "HEAD", candidate);
    if (exitCode === 0) return stdout.trim();
  }
  return undefined;
}

/** Runs `work` with a temporary folder that has the definitions of a commit. */
export async function atCommit<T>(folder: string, commit: string, work: (older: string) => Promise<T>): Promise<T> {
  const older = await mkdtemp(join(tmpdir(), "obs-base-"));
  try {
    const { stdout } = await git(folder, "ls-tree", "-r", "--name-only", commit, "--", ...paths);
    const present = paths.filter((path) =>
      stdout.split("\n").some((file) => file === path || file.startsWith(`${path}/`)),
    );
    const archive = ["archive", "--format=tar", commit, "--", ...present];
    const environment = withProgramEnvironment();
    await execa("git", archive, { cwd: folder, encoding: "buffer", ...environment }).pipe(
      "tar",
      ["-x", "-C", older],
      environment,
    );
    await symlink(join(folder, "node_modules"), join(older, "node_modules"), "junction");
    return await work(older);
  } finally {
    await rm(older, { recursive: true, force: true });
  }
}

const git = (cwd: string, ...args: readonly string[]) =>
  execa("git", args, { cwd, reject: false, stdin: "ignore", ...withProgramEnvironment() });

interface Catalogs {
  readonly before: CatalogFacts;
  readonly after: CatalogFacts;
}

/** A checkout's catalog, and the one where its branch began; undefined when there is nothing to compare with. */
export async function bothCatalogs(
  folder: string,
  base: { wanted: string | undefined; env: Readonly<Record<string, string | undefined>> },
): Promise<Catalogs | undefined> {
  const commit = await baseCommit(folder, base);
  if (commit === undefined) return undefined;
  try {
    const before = await atCommit(folder, commit, async (older) => catalogFacts(await loadCatalog(older)));
    return { before, after: catalogFacts(await loadCatalog(folder)) };
  } catch (error) {
    // The old catalog no longer loads or does not exist, so there is nothing to compare with.
    if (isFailure(error)) return undefined;
    throw error;
  }
}
