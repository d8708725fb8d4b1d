import { type SentryTwin, startSentryTwin } from "../../src/local/twins/sentry/index.ts";

export interface SentryProject {
  readonly twin: SentryTwin;
  readonly dsn: string;
}

/** A local Sentry with one project, for tests of what apps send. */
export async function startSentryProject(onEnd: (end: () => Promise<void>) => void): Promise<SentryProject> {
  const twin = await startSentryTwin();
  onEnd(() => twin.stop());
  const api = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${twin.url}/api/0/${path}`, {
      method,
      headers: { authorization: "Bearer test", "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { organization } = twin;
  await api("POST", `organizations/${organization}/teams/`, { slug: "apps", name: "Apps" });
  await api("POST", `teams/${organization}/apps/projects/`, { name: "App", slug: "app" });
  const [key] = await api<{ dsn: { public: string } }[]>("GET", `projects/${organization}/app/keys/`);
  if (!key) throw new Error("the project has no key");
  return { twin, dsn: key.dsn.public };
}
