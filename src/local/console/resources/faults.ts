import type { Fault, FaultSwitchboard } from "../../twins/kit/index.ts";
import type { Vendor } from "./vendor-api.ts";

/** A fault of a vendor that can be switched on in the console. */
export interface Trouble {
  readonly key: string;
  readonly label: string;
  readonly fault: Fault;
  /** The only vendor that can have it. Default: all. */
  readonly only?: Vendor;
}

/** Matches only management API requests; ingestion of events and errors is not affected. */
const api = { path: /^\/(api\/(0|projects|environments|organizations)|v1|v2|client)\// };

/** Matches all requests below a PostHog project. */
const ofProject = { path: /^\/api\/(projects|environments)\/\d+/ };

export const troubles: readonly Trouble[] = [
  {
    key: "429",
    label: "Refuse the next 3 requests (429, wait 2 s)",
    fault: { match: api, times: 3, effect: { kind: "status", status: 429, retryAfterSeconds: 2 } },
  },
  {
    key: "500",
    label: "Fail the next 3 requests (500)",
    fault: { match: api, times: 3, effect: { kind: "status", status: 500 } },
  },
  {
    key: "lost",
    label: "Lose the answer when the next thing is made",
    fault: { match: { ...api, method: "POST" }, times: 1, effect: { kind: "reset-after" } },
  },
  {
    key: "slow",
    label: "Be slow (2 s each) until cleared",
    fault: { match: api, times: "always", effect: { kind: "slow", delayMs: 2000 } },
  },
  {
    key: "401",
    label: "Refuse our key (401) until cleared",
    fault: { match: api, times: "always", effect: { kind: "status", status: 401 } },
  },
  {
    key: "region",
    label: "Be the other region (401 for every key, events too) until cleared",
    fault: { match: {}, times: "always", effect: { kind: "status", status: 401 } },
    only: "posthog",
  },
  {
    key: "project",
    label: "Not know our project (404) until cleared",
    fault: { match: ofProject, times: "always", effect: { kind: "status", status: 404, detail: "Project not found." } },
    only: "posthog",
  },
];

/** The faults that a vendor can have. */
export const troublesOf = (vendor: Vendor): readonly Trouble[] =>
  troubles.filter(({ only }) => only === undefined || only === vendor);

/** The active faults, in words. */
export function faultWords(faults: FaultSwitchboard): string[] {
  return faults.list().map(({ times, effect }) => {
    const left = times === "always" ? "until cleared" : times === 1 ? "1 request left" : `${times} requests left`;
    switch (effect.kind) {
      case "status":
        return `answers ${effect.status}, ${left}`;
      case "slow":
        return `${effect.delayMs / 1000} s slower, ${left}`;
      default:
        return `loses the connection, ${left}`;
    }
  });
}
