import { opaqueId } from "./pseudonym.ts";
import { type Redacted, redact } from "./value.ts";

/** What is kept of a person: no contact details, and keys of ours (`tenant_id`) so that they join. */
export function redactPerson(properties: Readonly<Record<string, unknown>>): Record<string, Redacted> {
  const person = redact(properties) as Record<string, Redacted>;
  for (const name of Object.keys(person)) {
    const given = properties[name];
    if (name.endsWith("_id") && (typeof given === "string" || typeof given === "number"))
      person[name] = opaqueId(given);
  }
  return person;
}
