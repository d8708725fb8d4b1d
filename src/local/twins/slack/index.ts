import { Hono } from "hono";
import { openStore, parseJson, readBearer, startTwin, type Twin, type TwinEnv } from "../kit/index.ts";

export interface SlackMessage {
  id: number;
  /** ISO text. */
  at: string;
  /** As it was given: a name with "#", or an id. */
  channel: string;
  text: string;
  blocks: unknown;
}

export interface SlackTwin extends Twin {
  /** Everything that was posted, oldest first. */
  messages(): SlackMessage[];
}

export interface SlackTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** SQLite file to continue from; default in memory. */
  file?: string;
  /** Channels that exist, without "#". Default: all. */
  channels?: readonly string[];
}

/**
 * The one method of Slack's API that PostHog and Sentry post with: chat.postMessage. Slack answers 200 to mistakes, too, with
 * `ok: false` and a word for the mistake (docs.slack.dev/reference/methods/chat.postMessage).
 */
export async function startSlackTwin({ port, file, channels }: SlackTwinOptions = {}): Promise<SlackTwin> {
  const store = openStore(file);
  const posted = store.collection<SlackMessage>("message");
  const app = new Hono<TwinEnv>();
  app.post("/api/chat.postMessage", async (c) => {
    const refused = (error: string): Response => c.json({ ok: false, error });
    if (!readBearer(c.req.header("Authorization"))?.startsWith("xoxb-")) return refused("not_authed");
    const body = read(await c.req.text());
    if (body === undefined) return refused("invalid_json");
    const { channel, text, blocks = null } = body;
    if (typeof channel !== "string" || channel === "") return refused("channel_not_found");
    if (channels && !channels.includes(channel.replace(/^#/, ""))) return refused("channel_not_found");
    const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
    if ((typeof text !== "string" || text === "") && !hasBlocks) return refused("no_text");
    const at = new Date();
    posted.put({ id: posted.nextId(), at: at.toISOString(), channel, text: String(text ?? ""), blocks });
    return c.json({ ok: true, channel, ts: (at.getTime() / 1000).toFixed(6), message: { text, blocks } });
  });
  const twin = await startTwin({
    name: "slack",
    app,
    errorResponse: ({ status }) => Response.json({ ok: false, error: "fatal_error" }, { status }),
    onStop: () => store.close(),
    ...(port === undefined ? {} : { port }),
  });
  return { ...twin, messages: () => posted.all() };
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = parseJson(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
