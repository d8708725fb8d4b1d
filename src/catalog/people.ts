import * as z from "zod";
import type { EventProperty } from "./event.ts";

/*
 * Allowed person properties. `identify`, `$set` and `$set_once` accept only these: any other does not compile, and is
 * dropped and counted at run time. None of them identifies a person. To add one: an entry here, and the reason for it in
 * docs/privacy.md.
 */

/** An identifier such as a plan's key; no person's name has this form. */
const word = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
const day = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
const count = z.int().min(0);

export const people = {
  tenant_id: { type: z.string().min(1), meaning: "Tenant that the person works for", privacy: "id" },
  plan: { type: word, meaning: "Key of the tenant's plan, e.g. pro", privacy: "plain" },
  role: { type: word, meaning: "What the person may do in the tenant, e.g. owner or stylist", privacy: "plain" },
  language: {
    type: z.string().regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/),
    meaning: "Language of the app, e.g. en or de-AT",
    privacy: "plain",
  },
  signed_up_on: { type: day, meaning: "Day of the registration, e.g. 2026-11-27", privacy: "plain" },
  onboarded: { type: z.boolean(), meaning: "Whether onboarding is done", privacy: "plain" },
  internal: {
    type: z.boolean(),
    meaning: "Whether the person works for BrandVX: left out of charts",
    privacy: "plain",
  },
  seat_count: { type: count, meaning: "People in the tenant", privacy: "plain" },
  contact_count: { type: count, meaning: "The tenant's clients, as a number", privacy: "plain" },
  cadence_count: { type: count, meaning: "The tenant's running cadences", privacy: "plain" },
  connected_tool_count: { type: count, meaning: "Tools that the tenant has connected", privacy: "plain" },
} as const satisfies Readonly<Record<string, EventProperty>>;

/** Person properties for `identify`: any of {@link people}. */
export type PersonProperties = {
  readonly [Name in keyof typeof people]?: z.output<(typeof people)[Name]["type"]> | undefined;
};
