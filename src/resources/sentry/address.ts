/**
 * Sentry's address without `/api`, `/api/0` and slashes at its end: people write it in each of these ways, and the
 * plugin of @pulumiverse/sentry accepts them (terraform-provider-sentry 0.11.2: sentry/provider.go).
 *
 * @internal
 */
export const sentryRoot = (baseUrl: string): string => baseUrl.replace(/(\/api(\/0)?)?\/*$/, "").replace(/\/+$/, "");
