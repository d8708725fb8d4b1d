/*
 * The language of ownership rules and who may be an owner. Sources: Sentry, src/sentry/issues/ownership/grammar.py
 * (grammar, resolve_actors, create_schema_from_issue_owners); docs.sentry.io/product/issues/ownership-rules.
 */
export interface Rule {
  matcher: { type: string; pattern: string };
  owners: { type: "user" | "team"; name: string; id?: string }[];
}

/** Position of an invalid line. Columns and lines count from 1. */
export class RuleError extends Error {}

/** @throws RuleError in Sentry's words */
export function parseRules(raw: string): Rule[] {
  return raw.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) return [];
    const parts = /^(?:(url|path|module|codeowners|tags\.[^:]+):)?("(?:[^"\\]|\\.)*"|\S+)(.*)$/.exec(text);
    const [, type = "path", pattern = "", rest = ""] = parts ?? [];
    if (pattern === "") throw new RuleError(`Parse error: rule (line ${index + 1}, column 1)`);
    if (type === "codeowners")
      throw new RuleError("Codeowner type paths can only be added by importing CODEOWNER files");
    const owners = rest.trim() === "" ? [] : rest.trim().split(/ +/);
    if (owners.length === 0) throw new RuleError(`Missing owner in rule: ${type}:${pattern}`);
    return [
      {
        matcher: { type, pattern: pattern.replace(/^"(.*)"$/, "$1") },
        owners: owners.map((owner) =>
          owner.startsWith("#")
            ? { type: "team" as const, name: owner.slice(1) }
            : { type: "user" as const, name: owner.toLowerCase() },
        ),
      },
    ];
  });
}

/** Ids of the teams and users with access to the project, by `team:<slug>` and `user:<e-mail>`. */
export interface Actors {
  readonly project: string;
  readonly seeing: ReadonlyMap<string, string>;
  readonly members: ReadonlySet<string>;
}

/** @throws RuleError that names each owner who does not see the project */
export function withIds(rules: readonly Rule[], { project, seeing, members }: Actors): Rule[] {
  const owners = rules.flatMap((rule) => rule.owners).filter(({ type, name }) => !seeing.has(`${type}:${name}`));
  const wrong = owners.map(({ type, name }) => {
    if (type === "team") return `Team #${name} does not have access to project '${project}'.`;
    return members.has(name)
      ? `User ${name} does not have access to project '${project}'.`
      : `User ${name} is not a member of this organization.`;
  });
  if (wrong.length > 0) throw new RuleError(`Invalid rule owners: ${[...new Set(wrong)].sort().join(" ")}`);
  return rules.map((rule) => ({
    ...rule,
    owners: rule.owners.map((owner) => ({ ...owner, id: seeing.get(`${owner.type}:${owner.name}`) ?? "" })),
  }));
}
