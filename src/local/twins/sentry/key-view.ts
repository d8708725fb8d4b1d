import type { ProjectKey } from "./model.ts";

/** A key with its DSNs. They have the twin's address, so that an SDK with one of them sends its events here. */
export function keyView(key: ProjectKey, url: string) {
  const { host, protocol } = new URL(url);
  const base = `${protocol}//${host}`;
  const project = Number(key.projectId);
  const api = `${base}/api/${project}`;
  return {
    id: key.id,
    name: key.name,
    label: key.name,
    public: key.id,
    secret: key.secret,
    projectId: project,
    isActive: key.isActive,
    rateLimit: key.rateLimit,
    dsn: {
      secret: `${protocol}//${key.id}:${key.secret}@${host}/${project}`,
      public: `${protocol}//${key.id}@${host}/${project}`,
      csp: `${api}/csp-report/?sentry_key=${key.id}`,
      security: `${api}/security/?sentry_key=${key.id}`,
      minidump: `${api}/minidump/?sentry_key=${key.id}`,
      nel: `${api}/nel/?sentry_key=${key.id}`,
      unreal: `${api}/unreal/${key.id}/`,
      crons: `${api}/cron/___MONITOR_SLUG___/${key.id}/`,
      cdn: `${base}/js-sdk-loader/${key.id}.min.js`,
      playstation: `${api}/playstation/?sentry_key=${key.id}`,
      integration: `${api}/integration/`,
      otlp_traces: `${api}/integration/otlp/v1/traces`,
      otlp_logs: `${api}/integration/otlp/v1/logs`,
    },
    browserSdkVersion: key.browserSdkVersion,
    browserSdk: {
      choices: [
        ["latest", "latest"],
        ["7.x", "7.x"],
      ],
    },
    dateCreated: key.dateCreated,
    dynamicSdkLoaderOptions: key.dynamicSdkLoaderOptions,
    useCase: key.useCase,
  };
}
