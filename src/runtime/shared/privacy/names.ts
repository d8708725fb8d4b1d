import { comparablePropertyName, forbiddenPropertyNames } from "../../../catalog/privacy.ts";

const forbidden = new Set(forbiddenPropertyNames.map(comparablePropertyName));

/** Ends of names that make a property one of contact or credentials, whoever named it: `customer_email`, `authToken`. */
const forbiddenEnds =
  /(?:email|e-?mail_?address|phone(?:_?number)?|password|passwd|secret|token|api_?key|private_?key|cookies?|authorization|card_?number|iban|ssn|cvv|cvc)$/i;

/** Whether no event may carry a property of this name: the catalog's list, in any spelling (`firstName`, `First-Name`). */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(comparablePropertyName(name));
}

/** The stricter rule for data that no catalog entry describes: nested objects, Sentry's extras, a person's properties. */
export function isPrivateName(name: string): boolean {
  return isForbiddenName(name) || forbiddenEnds.test(name);
}
