import type { JsonObject } from "../records.ts";

/** A template that Hog functions are made from. Source: plugin-server/src/cdp/templates. */
export interface Template {
  readonly id: string;
  readonly name: string;
  /** Hidden ones cannot be used by the API. */
  readonly status: "stable" | "hidden";
  readonly code: string;
  readonly inputs_schema: readonly JsonObject[];
}

const field = (key: string, type: string, label: string, more: JsonObject = {}): JsonObject => ({
  ...{ key, type, label, secret: false, required: false, hidden: false },
  ...more,
});

const slack: Template = {
  id: "template-slack",
  name: "Slack",
  status: "stable",
  code: "let res := fetch('https://slack.com/api/chat.postMessage', {'method': 'POST', 'body': {'channel': inputs.channel, 'blocks': inputs.blocks, 'text': inputs.text}})",
  inputs_schema: [
    field("slack_workspace", "integration", "Slack workspace", { integration: "slack", required: true }),
    field("channel", "integration_field", "Channel to post to", {
      integration_key: "slack_workspace",
      integration_field: "slack_channel",
      required: true,
    }),
    field("icon_emoji", "string", "Emoji icon", { default: ":hedgehog:" }),
    field("username", "string", "Bot name", { default: "PostHog" }),
    field("blocks", "json", "Blocks"),
    field("text", "string", "Plain text message"),
  ],
};

const webhook: Template = {
  id: "template-webhook",
  name: "HTTP Webhook",
  status: "stable",
  code: "let res := fetch(inputs.url, {'headers': inputs.headers, 'body': inputs.body, 'method': inputs.method})",
  inputs_schema: [
    field("url", "string", "Webhook URL", { required: true }),
    field("method", "choice", "Method", { default: "POST" }),
    field("body", "json", "JSON Body", { default: { event: "{event}", person: "{person}" } }),
    field("headers", "dictionary", "Headers", { default: { "Content-Type": "application/json" } }),
  ],
};

const email: Template = { id: "template-email", name: "Email", status: "hidden", code: "", inputs_schema: [] };

export const templates: readonly Template[] = [slack, webhook, email];
