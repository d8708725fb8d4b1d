import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { suggestion } from "../../catalog/nearest.ts";
import { credentialIn } from "../../model/credentials.ts";
import type { Setting } from "../../platform/settings/commands.ts";
import { secretSettings } from "../../platform/settings/secrets.ts";
import { knownSettings } from "../../platform/settings/unknown.ts";
import { Failure } from "../command/failure.ts";

/** Answers given in advance, in a file and by options: values of settings by path. Options override the file. */
export function readAnswers(file: string | undefined, options: readonly string[]): Setting[] {
  const answers = [...(file === undefined ? [] : fromFile(file)), ...options.map(fromOption)];
  const findings = answers.flatMap(whyNot);
  if (findings.length === 0) return answers;
  throw new Failure("some answers are not valid", { fix: findings.join("\n  ") });
}

function fromFile(file: string): Setting[] {
  const text = contentOf(file);
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new Failure(
      `${nameOf(file)} is not valid YAML: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
      {
        fix: "write one setting a line: posthog:projectId: 12345",
      },
    );
  }
  if (content === null || content === undefined) return [];
  if (typeof content !== "object" || Array.isArray(content))
    throw new Failure(`${nameOf(file)} holds no settings`, { fix: "write one a line: posthog:projectId: 12345" });
  return flattened(content);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "is not there" : `cannot be read (${code})`;
    throw new Failure(`${nameOf(file)} ${why}`, { fix: "name a file of answers that exists, or - for standard input" });
  }
}

const nameOf = (file: string): string => (file === "-" ? "what stands at standard input" : file);

/** Flattens groups and lists to paths: `teams.growth.emails[0]`. */
function flattened(value: object, path = ""): Setting[] {
  return Object.entries(value).flatMap(([key, one]) => {
    const own = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    if (one === null || one === undefined) return [];
    return typeof one === "object" ? flattened(one, own) : { path: own, value: String(one) };
  });
}

function fromOption(text: string): Setting {
  const [, path, value] = /^([^=\s]+)=(.+)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined)
    throw new Failure(`"${credentialIn(text) === undefined ? text : "…"}" is not an answer`, {
      fix: "write it as --set <setting>=<value>: --set posthog:projectId=12345",
    });
  return { path, value };
}

function whyNot({ path, value }: Setting): string[] {
  const root = path.replace(/[.[].*$/, "");
  if (secretSettings.includes(root) && root !== "upstash:email")
    return [
      `${root} is a secret and must not be in a file in clear: export it (docs/first-production.md), or let obs ask for it`,
    ];
  const credential = credentialIn(value);
  if (credential !== undefined) return [`${path} is ${credential}, which must not be in a file in clear`];
  return knownSettings.includes(root) ? [] : [`${path} is not a setting: ${suggestion(root, knownSettings)}`];
}
