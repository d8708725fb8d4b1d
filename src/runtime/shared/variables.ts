/** What a variable of the credential map must look like, as plain data. */
export interface VariableRule {
  /** Source and flags of a regular expression. */
  readonly pattern: string;
  readonly flags?: string;
  /** In words, after the variable's name: "must be …". */
  readonly expected: string;
}

/** A variable as it is used, and what is wrong with how it was set. */
export interface CheckedVariable {
  /** Absent where it is not set, or set to what cannot be right. */
  readonly value?: string;
  /** By the variable's name, what is expected; never a piece of its value. */
  readonly finding?: string;
}

/** Quotes, and characters that nobody sees, around a value: pasted with it, and no part of it. */
const wrapped = /^[\s\p{C}"'`´‘’“”„«»]+|[\s\p{C}"'`´‘’“”„«»]+$/gu;

/** Of an address, what is the same in capitals: vendors' libraries take it in small letters alone. A user's name is not. */
const beginning = /^([a-z]+:\/\/)([^\s/?#]*@)?([^\s/?#@]*)/i;

/**
 * A variable held against its rule. Blanks around it are no part of it. Quotes and invisible characters are none either,
 * and are named; so is every value that cannot be right, which is not used.
 */
export function checkedVariable(name: string, given: unknown, rule: VariableRule): CheckedVariable {
  const text = typeof given === "string" ? given.trim() : "";
  if (text === "") return {};
  const value = text.replace(wrapped, "");
  // An address is the same with a slash at its end.
  const candidates = [value, value.replace(/\/+$/, "")];
  const fitting = candidates.find((candidate) => new RegExp(rule.pattern, `u${rule.flags ?? ""}`).test(candidate));
  const fits = fitting?.replace(
    beginning,
    (_, scheme, user = "", host) => scheme.toLowerCase() + user + host.toLowerCase(),
  );
  const around = value === text ? "" : `${name} has quotes or invisible characters around it`;
  if (fits !== undefined) return around ? { value: fits, finding: around } : { value: fits };
  return { finding: `${around && `${around}, and `}${around ? "without them it" : name} ${rule.expected}` };
}

/** A variable as it is read. */
export interface ReadVariable {
  readonly value: string | undefined;
  /** What is wrong with what it is set to, and why it has no value. */
  readonly wrong: string | undefined;
}

/** Reads the variables that have rules; what is wrong with one is told once, here. */
export function readVariables<Name extends string>(
  env: { readonly [Each in NoInfer<Name>]?: unknown },
  rules: Readonly<Record<Name, VariableRule>>,
  warn: (message: string) => void,
): Record<Name, ReadVariable> {
  return Object.fromEntries(
    (Object.keys(rules) as Name[]).map((name) => {
      const { value, finding } = checkedVariable(name, env[name], rules[name]);
      if (finding) warn(`${finding}. It is ${value === undefined ? "not used" : "used without them"}.`);
      return [name, { value, wrong: value === undefined ? finding : undefined }];
    }),
  ) as Record<Name, ReadVariable>;
}
