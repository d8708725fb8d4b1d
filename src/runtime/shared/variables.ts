/** Format of a variable in the credential map, as plain data. */
export interface VariableRule {
  /** Source and flags of a regular expression. */
  readonly pattern: string;
  readonly flags?: string;
  /** In words, after the variable's name: "must be …". */
  readonly expected: string;
}

/** A variable's usable value, and what is wrong with the configured one. */
export interface CheckedVariable {
  /** Absent when it is not set, or invalid. */
  readonly value?: string;
  /** What is expected, after the variable's name; never a part of its value. */
  readonly finding?: string;
}

/** Quotes and invisible characters around a value, which were pasted with it and do not belong to it. */
const wrapped = /^[\s\p{C}"'`´‘’“”„«»]+|[\s\p{C}"'`´‘’“”„«»]+$/gu;

/** The parts of an address without case: vendors' libraries accept them only in lower case. A user's name has case. */
const beginning = /^([a-z]+:\/\/)([^\s/?#]*@)?([^\s/?#@]*)/i;

/**
 * Checks a variable against its rule. Surrounding whitespace is trimmed. Surrounding quotes and invisible characters
 * are removed too, and reported; an invalid value is reported and not used.
 */
export function checkedVariable(name: string, given: unknown, rule: VariableRule): CheckedVariable {
  const text = typeof given === "string" ? given.trim() : "";
  if (text === "") return {};
  const value = text.replace(wrapped, "");
  // A trailing slash does not change an address.
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

/** Reads one variable. */
export interface ReadVariable {
  readonly value: string | undefined;
  /** What is wrong with the configured value, and why it is not used. */
  readonly wrong: string | undefined;
}

/** Reads the variables that have rules; each problem is reported once, here. */
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
