import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Failure } from "../command/failure.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A repository on GitHub and a token for it, from the environment variables of GitHub Actions. */
export interface GithubRepository {
  /** "owner/name" */
  readonly repository: string;
  readonly token: string;
  readonly apiUrl: string;
}

/** @throws Failure that names what is missing */
export function repositoryOf(env: Env): GithubRepository {
  const { GITHUB_REPOSITORY: repository } = env;
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  const missing = [...(repository ? [] : ["GITHUB_REPOSITORY"]), ...(token ? [] : ["GITHUB_TOKEN"])];
  if (!repository || !token) {
    throw new Failure(`GitHub cannot be reached without ${missing.join(" and ")}`, {
      fix: "in a workflow, give the step `GITHUB_TOKEN` with the value of github.token; the repository is there by itself",
    });
  }
  return {
    repository,
    token,
    apiUrl: env.GITHUB_API_URL || "https://api.github.com",
  };
}

const event = z.object({ pull_request: z.object({ number: z.int() }).optional() });

/**
 * The pull request that this workflow run belongs to.
 * @throws Failure when it belongs to none
 */
export function pullRequestOf({ GITHUB_EVENT_PATH: file }: Env): number {
  const read =
    file !== undefined && existsSync(file) ? event.safeParse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  const number = read?.data?.pull_request?.number;
  if (number !== undefined) return number;
  throw new Failure("this run does not belong to a pull request", { fix: "name one: --comment <number>" });
}
