/**
 * Sentry's address without a trailing `/api`, `/api/0` or slash: users write it in all of these forms, and the plugin
 * of @pulumiverse/sentry accepts them (terraform-provider-sentry 0.11.2: sentry/provider.go).
 *
 * @internal
 */
export const sentryRoot = (baseUrl: string): string => baseUrl.replace(/(\/api(\/0)?)?\/*$/, "").replace(/\/+$/, "");
