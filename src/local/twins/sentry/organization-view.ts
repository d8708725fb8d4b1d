/** People and integrations that actions may refer to; by default the twin's organization has one of each. */
export interface Member {
  id: string;
  email: string;
  name: string;
  /** Slugs of the teams that this person is in; default none. */
  teams?: readonly string[];
}

export interface Integration {
  id: string;
  /** Sentry's provider key: `slack`, `pagerduty`, … */
  provider: string;
  name: string;
}

export interface OrganizationSettings {
  slug: string;
  id: string;
  members: readonly Member[];
  integrations: readonly Integration[];
}

const foundedOn = "2024-01-01T00:00:00.000Z";

export function organizationView({ slug, id }: OrganizationSettings, url: string) {
  return {
    id,
    slug,
    name: slug,
    status: { id: "active", name: "active" },
    dateCreated: foundedOn,
    isEarlyAdopter: false,
    require2FA: false,
    avatar: { avatarType: "letter_avatar", avatarUuid: null },
    features: ["discover-basic", "incidents", "monitors", "uptime", "workflow-engine-ui"],
    links: { organizationUrl: url, regionUrl: url },
    hasAuthProvider: false,
    allowMemberInvite: true,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    orgRoleList: [],
    teamRoleList: [],
  };
}

export function memberView({ id, email, name }: Member) {
  return {
    id,
    email,
    name,
    user: {
      id,
      name,
      username: email,
      email,
      avatarUrl: "",
      isActive: true,
      isSuspended: false,
      hasPasswordAuth: true,
      isManaged: false,
      dateJoined: foundedOn,
      lastLogin: null,
      has2fa: true,
      lastActive: null,
      isSuperuser: false,
      isStaff: false,
      experiments: {},
      emails: [{ id, email, is_verified: true }],
      avatar: { avatarType: "letter_avatar", avatarUuid: null },
    },
    orgRole: "owner",
    role: "owner",
    pending: false,
    expired: false,
    flags: {
      "idp:provisioned": false,
      "idp:role-restricted": false,
      "sso:linked": false,
      "sso:invalid": false,
      "member-limit:restricted": false,
      "partnership:restricted": false,
    },
    dateCreated: foundedOn,
    inviteStatus: "approved",
    inviterName: null,
  };
}

export function integrationView({ id, provider, name }: Integration, organization: OrganizationSettings) {
  return {
    id,
    name,
    icon: null,
    domainName: `${name.toLowerCase().replace(/\W+/g, "-")}.${provider}.com`,
    accountType: null,
    scopes: null,
    outOfDate: false,
    status: "active",
    provider: {
      key: provider,
      slug: provider,
      name: `${provider.charAt(0).toUpperCase()}${provider.slice(1)}`,
      canAdd: true,
      canDisable: false,
      features: ["alert-rule"],
      aspects: {},
    },
    configOrganization: [],
    configData: {},
    externalId: `T${id.padStart(8, "0")}`,
    organizationId: Number(organization.id),
    organizationIntegrationStatus: "active",
    gracePeriodEnd: null,
  };
}
