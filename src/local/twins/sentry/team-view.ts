import type { Team } from "./model.ts";

export function teamView({ id, slug, name, dateCreated }: Team) {
  return {
    id,
    slug,
    name,
    dateCreated,
    isMember: false,
    teamRole: null,
    flags: { "idp:provisioned": false },
    access: ["team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"],
    hasAccess: true,
    isPending: false,
    memberCount: 0,
    avatar: { avatarType: "letter_avatar", avatarUuid: null },
  };
}

/** A team inside of a project. */
export const teamReference = ({ id, slug, name }: Team) => ({ id, slug, name });
