import { html } from "hono/html";
import { mostShown, type StreamedEvent } from "../events/stream.ts";
import { happeningButtons } from "./happenings.ts";
import type { Markup } from "./layout.ts";

export interface EventsPage {
  readonly recent: readonly StreamedEvent[];
  readonly total: number;
}

export function eventsPage({ recent, total }: EventsPage): Markup {
  return html`
    <div class="head">
      <div>
        <h1>Events</h1>
        <p class="question">
          What BrandVX's apps send, as it arrives at PostHog, and what the redactor took out on the way.
        </p>
        <p class="muted"><span id="total">${total.toLocaleString("en-US")}</span> events so far; the last ${mostShown} are shown, the filter searches all.</p>
      </div>
      ${happeningButtons("/events")}
    </div>
    <div class="stream-tools">
      <label>Only events whose name or values contain <input type="search" id="filter" autocomplete="off" spellcheck="false"></label>
      <label><input type="checkbox" id="only-redacted"> Only what the redactor changed</label>
      <button type="button" id="hold" aria-pressed="false">Hold</button>
      <span class="muted" id="matches" role="status"></span>
    </div>
    <div class="table stream" tabindex="0" role="region" aria-label="Events, the newest first">
      <table role="table">
        <thead><tr>
          <th scope="col">Time</th><th scope="col">App</th><th scope="col">Event</th><th scope="col">Properties</th><th scope="col">Redactor</th>
        </tr></thead>
        <tbody id="stream">${recent.map(eventRow)}</tbody>
      </table>
    </div>`;
}

const appNames = { "operator-ui": "operator UI", backend: "backend", "another client": "another client" } as const;

/** A row of the stream; also sent to the page when an event arrives. */
export function eventRow({ id, at, app, event, who, properties, isInCatalog, redactions }: StreamedEvent): Markup {
  const touched = redactions !== undefined && redactions.length > 0;
  return html`
    <tr role="row" data-id="${id}"${touched ? " data-redacted" : ""}>
      <td role="cell"><time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)}</time></td>
      <td role="cell"><span class="badge ${app === "backend" ? "server" : ""}">${appNames[app]}</span></td>
      <td role="cell"><code>${event}</code>${isInCatalog ? "" : html` <span class="badge warn">not in the catalog</span>`}
        <span class="who" title="${who}">${who.slice(0, 8)}</span></td>
      <td role="cell" class="properties">${Object.entries(properties).map(
        ([name, value]) => html`<span><b>${name}</b> ${value === "" ? html`<i class="muted">empty</i>` : value}</span>`,
      )}</td>
      <td role="cell" class="redactor">${redactionCell(redactions)}</td>
    </tr>`;
}

function redactionCell(redactions: StreamedEvent["redactions"]): Markup {
  if (redactions === undefined) return html`<span class="muted" title="It is not known what the app gave">–</span>`;
  if (redactions.length === 0) return html`<span class="muted">nothing to do</span>`;
  return html`${redactions.map(({ property, what, before, after }) =>
    what === "dropped"
      ? html`<span><b>${property}</b> <del>${before}</del> dropped</span>`
      : html`<span><b>${property}</b> <del>${before}</del> <ins>${after}</ins></span>`,
  )}`;
}
