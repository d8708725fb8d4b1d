/** Where a visit came from: what posthog-js takes from a page's address. Source: posthog-js, event-utils.ts, CAMPAIGN_PARAMS. */
const campaign =
  /^(?:utm_[a-z]+|gclid|gclsrc|dclid|[gw]braid|gad_source|fbclid|msclkid|twclid|li_fat_id|mc_cid|igshid|ttclid|rdt_cid|epik|qclid|sccid|irclid|_kx|bfcid|oppref)$/;

/** Whether a parameter of a page's address says where the visit came from. */
export function isCampaignParameter(name: string): boolean {
  return campaign.test(name);
}

/**
 * The name of one of PostHog's own properties without what PostHog puts before it: `$session_entry_url` is "url", and not
 * a session.
 */
export function barePosthogName(name: string): string {
  return name.replace(/^\$(?:session_entry_|initial_|prev_pageview_|prev_|session_|device_|sdk_debug_)?/, "");
}
