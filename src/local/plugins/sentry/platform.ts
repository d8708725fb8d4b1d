import type { Finding } from "../kit/shape.ts";
import { isUnknown, type Value } from "../kit/values.ts";

/** Platforms with a page in Sentry's documentation (docs.sentry.io/platforms), by their names in projects. */
const documented = new Set(
  `android apple apple-ios apple-macos bun capacitor cordova dart dart-flutter deno dotnet dotnet-aspnet dotnet-aspnetcore
  dotnet-awslambda dotnet-gcpfunctions dotnet-maui dotnet-uwp dotnet-winforms dotnet-wpf dotnet-xamarin electron elixir flutter
  go go-echo go-fasthttp go-fiber go-gin go-http go-iris go-martini go-negroni godot ionic java java-log4j2 java-logback
  java-spring java-spring-boot javascript javascript-angular javascript-astro javascript-ember javascript-gatsby
  javascript-nextjs javascript-nuxt javascript-react javascript-react-router javascript-remix javascript-solid
  javascript-solidstart javascript-svelte javascript-sveltekit javascript-tanstackstart-react javascript-vue kotlin minidump
  native native-qt nintendo-switch node node-awslambda node-azurefunctions node-cloudflare-pages node-cloudflare-workers
  node-connect node-express node-fastify node-gcpfunctions node-hapi node-hono node-koa node-nestjs other php php-laravel
  php-symfony playstation powershell python python-aiohttp python-asgi python-awslambda python-bottle python-celery
  python-chalice python-django python-falcon python-fastapi python-flask python-gcpfunctions python-pylons python-pymongo
  python-pyramid python-quart python-rq python-sanic python-serverless python-starlette python-tornado python-tryton python-wsgi
  react-native ruby ruby-rack ruby-rails rust unity unreal xbox`.split(/\s+/),
);

/**
 * The real plugin's check of a platform (terraform-provider-sentry v0.11.2: validatePlatform). It requests the platform's page
 * from Sentry's documentation, so any platform except `other` needs the internet; this one uses a list, since the local cloud
 * works offline.
 */
export function platformFindings(platform: Value | undefined): Finding[] {
  if (typeof platform !== "string" || isUnknown(platform) || documented.has(platform)) return [];
  return [{ property: "platform", reason: `"${platform}" is not a valid platform` }];
}
