import { createHash } from "node:crypto";
import type { World } from "../world.ts";

/** A user as author of a record. Source: posthog/api/shared.py, UserBasicSerializer. */
export interface UserBasic {
  id: number;
  uuid: string;
  distinct_id: string;
  first_name: string;
  last_name: string;
  email: string;
  is_email_verified: boolean;
  hedgehog_config: null;
  role_at_organization: null;
}

export function userBasic(world: World, id: number): UserBasic;
export function userBasic(world: World, id: number | null): UserBasic | null;
export function userBasic(world: World, id: number | null): UserBasic | null {
  if (id === null) return null;
  // A store may be older than the configured members; its authors remain valid.
  const member = world.members.find((candidate) => candidate.id === id) ?? {
    id,
    email: `user-${id}@brandvx.example`,
    firstName: `User ${id}`,
  };
  return {
    id,
    uuid: stableUuid(`user ${id}`),
    distinct_id: `user-${id}`,
    first_name: member.firstName,
    last_name: "",
    email: member.email,
    is_email_verified: true,
    hedgehog_config: null,
    role_at_organization: null,
  };
}

/** A UUID derived from the text. */
export function stableUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
