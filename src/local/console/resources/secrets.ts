import { environment } from "../../../catalog/environment.ts";

const hidden = "•••";
const secretName = /password|secret|token|^dsn$|dsnpublic|dsncsp|api_?key|^public$/i;

/** Minimum length in characters: a shorter text could match by chance. */
const shortestRepeated = 8;

/**
 * Hides credentials in a vendor's API response before it is displayed, also when the vendor repeats them under another
 * name (the id of a Sentry key is the key).
 */
export function withoutSecrets(value: unknown): unknown {
  const secrets = [...secretsIn(value)].filter((secret) => secret.length >= shortestRepeated);
  const hide = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
  return mapTexts(value, (text, isSecret) => (isSecret ? hidden : hide(text)));
}

function secretsIn(value: unknown): Set<string> {
  const found = new Set<string>();
  mapTexts(value, (text, isSecret) => {
    if (isSecret) found.add(text);
    return text;
  });
  return found;
}

type ChangeText = (text: string, isSecret: boolean) => string;

/** Maps all texts in a value; `isSecret` tells whether a text is in a field for credentials. */
function mapTexts(value: unknown, change: ChangeText, isSecret = false): unknown {
  if (typeof value === "string") return change(value, isSecret);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, isSecret));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  // `{ key: "REDIS_URL", value }` on Render; on Pages it is `{ REDIS_URL: { type, value } }`.
  const { key } = value as { key?: unknown };
  const isSecretEntry = typeof key === "string" && isSecretVariable(key);
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      const isOfEntry = (isSecret || isSecretEntry) && name === "value";
      const isText = typeof inner === "string";
      const isOfName = (isText && secretName.test(name)) || isSecretVariable(name);
      return [name, mapTexts(inner, change, isOfEntry || isOfName)];
    }),
  );
}

const isSecretVariable = (name: string): boolean =>
  Object.hasOwn(environment, name) && environment[name as keyof typeof environment].visibility === "secret";
