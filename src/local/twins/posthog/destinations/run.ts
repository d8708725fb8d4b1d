import { isObject } from "../queries/source.ts";
import type { HogFunctionRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";

/** A message that left PostHog, or failed to. */
export interface Sent {
  readonly by: "e-mail" | "Slack" | "webhook";
  /** An address, a channel, or the host of a webhook: the rest of its address is a secret. */
  readonly to: string;
  readonly text: string;
  /** Why it did not arrive; undefined when it did. */
  readonly problem: string | undefined;
}

/** The token of the local Slack, as PostHog's Slack integration has one. */
const slackToken = "xoxb-local-posthog";

/** Runs a Hog function of PostHog's own templates on its event. Other code is not run. */
export async function runDestination(
  world: World,
  destination: HogFunctionRecord,
  properties: JsonObject,
  slackUrl: string | undefined,
): Promise<Sent> {
  const globals = { event: { properties }, project: { url: `/project/${world.project.id}` } };
  const input = (key: string): unknown => {
    const given = destination.inputs[key] ?? destination.encrypted_inputs[key];
    return rendered(isObject(given) ? given.value : undefined, globals);
  };
  switch (destination.template_id) {
    case "template-slack": {
      const [channel, text, blocks] = ["channel", "text", "blocks"].map(input);
      const sent = { by: "Slack", to: String(channel), text: String(text ?? "") } as const;
      if (slackUrl === undefined) return { ...sent, problem: "Slack cannot be reached" };
      return { ...sent, problem: await toSlack(slackUrl, { channel, text, blocks }) };
    }
    case "template-webhook": {
      const [url, method, body] = [String(input("url")), String(input("method") ?? "POST"), input("body")];
      const sent = { by: "webhook", to: new URL(url).host, text: JSON.stringify(body) } as const;
      return { ...sent, problem: await toWebhook(url, method, sent.text) };
    }
    default:
      return { by: "webhook", to: "", text: "", problem: "this twin runs no code but that of PostHog's templates" };
  }
}

async function toSlack(slackUrl: string, body: JsonObject): Promise<string | undefined> {
  const answer = await posted(`${slackUrl}/api/chat.postMessage`, "POST", JSON.stringify(body), {
    Authorization: `Bearer ${slackToken}`,
  });
  if (typeof answer === "string") return answer;
  const { ok, error } = (await answer.json()) as { ok: boolean; error?: string };
  return answer.status === 200 && ok ? undefined : `Failed to post message to Slack: ${answer.status}: ${error}`;
}

async function toWebhook(url: string, method: string, body: string): Promise<string | undefined> {
  const answer = await posted(url, method, body);
  if (typeof answer === "string") return answer;
  return answer.status < 400 ? undefined : `Webhook failed with status ${answer.status}`;
}

/** The answer, or why there is none. */
const posted = (
  url: string,
  method: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response | string> =>
  fetch(url, {
    ...{ method, body, headers: { "Content-Type": "application/json", ...headers }, redirect: "manual" },
    signal: AbortSignal.timeout(3000),
  }).catch((error: Error) => error.message);

/**
 * A value with its placeholders filled: `{event.properties.alert_name}`; `\{` is a brace. Only names with dots are
 * understood, of all that Hog's templates may contain.
 */
function rendered(value: unknown, globals: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => rendered(item, globals));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rendered(item, globals)]));
  if (typeof value !== "string") return value;
  return value.replace(/\\([\\{])|\{([^{}]*)\}/g, (_, escaped: string | undefined, path: string) =>
    escaped === undefined ? lookedUp(path.trim(), globals) : escaped,
  );
}

function lookedUp(path: string, globals: JsonObject): string {
  if (!/^\w+(\.\w+)*$/.test(path)) throw new Error(`this twin does not evaluate {${path}}`);
  const found = path.split(".").reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), globals);
  return found === undefined || found === null ? "" : String(found);
}
