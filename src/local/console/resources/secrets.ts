import { environment } from "../../../catalog/environment.ts";

const hidden = "•••";
const secretName = /password|secret|token|^dsn$|dsnpublic|dsncsp|api_?key|^public$/i;

/** What a vendor's API shows, for a screen: credentials are hidden, whatever they are in. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields.key === "string" && typeof fields.value === "string") {
    return { ...fields, value: isSecretVariable(fields.key) ? hidden : fields.value };
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => [
      name,
      typeof inner === "string" && (secretName.test(name) || isSecretVariable(name)) ? hidden : shown(name, inner),
    ]),
  );
}

/** `{ SENTRY_DSN: { type, value } }` on Pages. */
function shown(name: string, inner: unknown): unknown {
  const isVariable = typeof inner === "object" && inner !== null && "value" in inner && isSecretVariable(name);
  return isVariable ? { ...inner, value: hidden } : withoutSecrets(inner);
}

const isSecretVariable = (name: string): boolean =>
  Object.hasOwn(environment, name) && environment[name as keyof typeof environment].visibility === "secret";
