import { html } from "hono/html";
import type { PosthogTwin } from "../../twins/posthog/index.ts";
import { happeningButtons } from "./happenings.ts";
import { act, type Markup } from "./layout.ts";

type Message = ReturnType<PosthogTwin["sent"]>[number];

/** What fired alerts of PostHog sent, and where it arrived. */
export function messagesPage(sent: readonly Message[]): Markup {
  return html`
    <div class="head">
      <div>
        <h1>Messages</h1>
        <p class="question">
          Whom PostHog's alerts told, by e-mail, in Slack and by webhook. The local PostHog looks at an alert as often as
          its file says, and at the last whole hour or day of its tile.
        </p>
        ${act("/messages/check", {}, "Look at all alerts now")}
      </div>
      ${happeningButtons("/messages")}
    </div>
    ${sent.length === 0 ? html`<p>No alert has fired yet.</p>` : table(sent)}`;
}

const table = (sent: readonly Message[]): Markup => html`
  <div class="table" tabindex="0" role="region" aria-label="Messages, the newest first">
    <table>
      <thead><tr>
        <th scope="col">Time</th><th scope="col">Alert</th><th scope="col">To</th><th scope="col">Message</th>
      </tr></thead>
      <tbody>${sent.map(row)}</tbody>
    </table>
  </div>`;

const row = ({ at, alert_name: alert, by, to, text, problem }: Message): Markup => html`
  <tr>
    <td><time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)}</time></td>
    <td>${alert}</td>
    <td><span class="badge">${by}</span> ${to}</td>
    <td>${text}${problem === undefined ? "" : html` <span class="badge warn">did not arrive: ${problem}</span>`}</td>
  </tr>`;
