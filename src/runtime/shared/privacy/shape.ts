import { isLabel } from "./labels.ts";
import { isPartOfPerson, isPerson, isPrivate } from "./names.ts";
import { redactText } from "./text.ts";

/** What a record has: its names, redacted, and its values as they came. */
export type Names = readonly (readonly [name: string, value: unknown])[];

/** What the names of a record say together about its values. */
export interface Shape {
  /** Names whose values are dropped, in the spelling of `plainName`. */
  readonly dropped: ReadonlySet<string>;
  /** It is a person: a "name" in it is theirs. */
  readonly isPerson: boolean;
  /** It stands under a person's name: "first" and "last" in it are theirs. */
  readonly isUnderPerson: boolean;
  /** How to reach somebody stands in it: a "code" of six figures was sent there. */
  readonly isReached: boolean;
  /** It says where somebody lives or when they were born. */
  readonly isAtHome: boolean;
  /** It has flags and their variants: the names are the features'. */
  readonly isOfFlags: boolean;
  /** Whether this is the value that the record's own "name" or "key" calls private: `{ name: "authorization", value: "…" }`. */
  isValue(name: string, value: unknown): boolean;
}

/** Most names of a record that are looked at together. */
const mostNames = 64;

const namesOfPairs = [
  "name",
  "key",
  "header",
  "field",
  "property",
  "attribute",
  "param",
  "parameter",
  "column",
  "label",
  "id",
  "k",
];
const valuesOfPairs = new Set([
  "value",
  "val",
  "values",
  "content",
  "data",
  "v",
  "stringvalue",
  "rawvalue",
  "newvalue",
  "oldvalue",
  "example",
  "sample",
  "default",
  "defaultvalue",
]);
const contactFields = new Set([
  "email",
  "phone",
  "firstname",
  "lastname",
  "contactemail",
  "mobile",
  "emailaddress",
  "phonenumber",
  "avatarurl",
  "last4",
  "expmonth",
  "expyear",
  "prenom",
  "prénom",
  "vorname",
  "voornaam",
  "apellido",
  "apellidos",
  "cognome",
  "sobrenome",
  "fornavn",
  "imie",
]);
/** A name, of a person or of anything else. */
const anyName = /^(?:name|nom|nome|navn|namn|naam)(?:_?\d{1,2})?$/i;
const homeFields = new Set([
  "address",
  "homeaddress",
  "streetaddress",
  "billingaddress",
  "shippingaddress",
  "street",
  "dob",
  "dateofbirth",
  "birthdate",
  "birthday",
  "ssn",
  "gender",
  "zip",
  "zipcode",
  "postalcode",
  "passportnumber",
  "note",
  "notes",
  "age",
  "lastvisit",
  "appointmentid",
  "appointmentat",
  "contactid",
  "clientid",
  "customerid",
  "patientid",
  "guestid",
  "leadid",
  "memberid",
]);
/** A person's, where their home stands beside it; a company has such a name, too. */
const twoNames = /^\p{Lu}[\p{L}'’.-]{1,40}(?: \p{Lu}[\p{L}'’.-]{0,40}){1,3}$/u;

/**
 * Values that are private because of what stands beside them: of one of the first names, where one of the second is.
 * A command's arguments, what was said to or by a model, a message, what was put into a form (FastAPI's answers).
 */
const beside: readonly (readonly [dropped: readonly string[], names: readonly string[]])[] = [
  [
    ["args", "argv", "arguments", "parameters", "bindings"],
    ["name", "command", "method", "query", "sql", "cmd"],
  ],
  [
    ["content", "text", "parts", "body"],
    ["role", "speaker", "author"],
  ],
  [
    ["text", "body", "html", "subject", "content", "caption"],
    ["from", "to", "sender", "recipient", "fromnumber", "tonumber", "direction", "messagesid", "messageid"],
  ],
  [["input"], ["loc"]],
];
/** Whom a message goes to or comes from. */
const reached = /^(?:whatsapp:|sms:|tel:)?\+?[\d(][\d ().-]{6,20}$|^[^\s@]{1,64}@[^\s@]{2,}$|^\[(?:phone|email)\]$/i;
/** Kinds of blocks that a conversation with a model consists of. */
const spoken = /^(?:(?:in|out)put_)?(?:text(?:_delta)?|human|ai|thinking(?:_delta)?)$/i;
/** What somebody says in a form for it: Sentry's feedback. */
const feedback = /^(?:user[_-]?)?(?:feedback|review|survey)s?$/i;
const ofFeedback = ["message", "comment", "comments", "text"];

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

/** @param under the name that the record stands under. */
export function shapeOf(names: Names, under: string): Shape {
  const own = new Map(names.slice(0, mostNames).map(([name, value]) => [plainName(name), value]));
  const dropped = new Set(feedback.test(under) ? ofFeedback : []);
  for (const [some, others] of beside) {
    if (some.some((name) => own.has(name)) && others.some((name) => own.has(name)))
      for (const name of some) dropped.add(name);
  }
  if (["to", "from", "recipient", "sender"].some((name) => reached.test(String(own.get(name))))) dropped.add("message");
  if (typeof own.get("model") === "string")
    for (const name of ["instructions", "system", "input", "prompt", "query", "question", "output", "contents"])
      dropped.add(name);
  if (spoken.test(String(own.get("type"))) || /^(?:delta|choices?)$/i.test(under))
    for (const name of ["text", "content", "thinking"]) dropped.add(name);
  const said = namesOfPairs.map((name) => own.get(name)).find((value) => typeof value === "string");
  const called = typeof said === "string" && said.length <= 256 ? redactText(said) : undefined;
  const isUnderPerson = isPerson(under);
  return {
    dropped,
    isUnderPerson,
    isReached: ["phone", "phonenumber", "mobile", "email", "to"].some((name) => own.has(name)),
    isAtHome: [...own.keys()].some((name) => homeFields.has(name)),
    isOfFlags: /^(?:active_?)?(?:feature_?)?(?:flags?|features|experiments?|variants?|toggles?)$/i.test(under),
    isPerson: isUnderPerson || [...own.keys()].some((name) => contactFields.has(name.replace(/\d{1,2}$/, ""))),
    isValue: (name, value) => called !== undefined && valuesOfPairs.has(plainName(name)) && isPrivate(called, value),
  };
}

/** Whether a record of this shape does not keep this property. */
export function isDroppedBy(shape: Shape, name: string, value: unknown): boolean {
  if (
    typeof value === "string" &&
    (isLabel(value) || (shape.isOfFlags && /^[a-z]{2,16}(?:[_-][a-z]{1,16}){0,3}$/.test(value)))
  )
    return false;
  if (
    isPrivate(name, value) ||
    (shape.dropped.has(plainName(name)) && typeof value !== "number" && typeof value !== "boolean")
  )
    return true;
  if (typeof value !== "string") return false;
  if (shape.isReached && /^code$/i.test(name) && /^\d{6}$/.test(value)) return true;
  if (shape.isAtHome && anyName.test(name) && twoNames.test(value)) return true;
  return (shape.isPerson && anyName.test(name)) || (shape.isUnderPerson && isPartOfPerson(name));
}
