import { html, raw } from "hono/html";
import type { InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import { isObject, object } from "../../../insights/define/check/json.ts";
import type { NumbersTable } from "../../../insights/draw/index.ts";
import { type TextBlock, type TextPiece, textBlocks } from "../../../insights/draw/text-blocks.ts";
import { type Definitions, dashboardOfFile, type Problem, placeOf } from "../../edits/definitions.ts";
import type { Chart } from "../dashboards/chart.ts";
import type { StandingDashboard, StandingInsight, StandingTile } from "../dashboards/standing.ts";
import { alertWords, eventsOf, goalWords, type NeededEvent } from "../dashboards/words.ts";
import { happeningButtons } from "./happenings.ts";
import type { Markup } from "./layout.ts";

export interface DashboardPage {
  readonly dashboard: StandingDashboard;
  /** By the tiles' keys. */
  readonly charts: ReadonlyMap<string, Chart>;
  readonly alerts: readonly InsightAlertDefinition[];
  /** Total count of each event. */
  readonly counts: ReadonlyMap<string, number>;
  readonly posthogUrl: string;
  /** The files' catalog. */
  readonly events: Definitions["events"];
  /** Problems of the last save, in all files. */
  readonly problems: readonly Problem[];
}

export function dashboardPage(page: DashboardPage): Markup {
  const { dashboard, charts, alerts, posthogUrl, problems } = page;
  const { definition, id, title, changes } = dashboard;
  const { key, owner, question } = definition;
  return html`
    <div class="head">
      <div>
        <h1>${title}</h1>
        <p class="question">${question}</p>
        <p class="muted">
          Team <strong>${owner}</strong> answers for it ·
          <code>dashboards/${key}.ts</code> ·
          ${id === null ? "not in PostHog" : html`dashboard ${id} in PostHog at <code>${posthogUrl}</code>`}
        </p>
        ${byHand(changes)}
      </div>
      ${happeningButtons(`/dashboards/${key}`)}
    </div>
    <div class="grid" data-dashboard="${key}">
      ${dashboard.tiles.map((tile) =>
        tileArticle(
          tile,
          charts.get(tile.key),
          alerts.find((alert) => alert.dashboardKey === key && alert.tileKey === tile.key),
          problems.filter(({ file, tileKey }) => dashboardOfFile(file) === key && tileKey === tile.key),
          page,
        ),
      )}
    </div>`;
}

function tileArticle(
  tile: StandingTile,
  chart: Chart | undefined,
  alert: InsightAlertDefinition | undefined,
  problems: readonly Problem[],
  { counts, events }: Pick<DashboardPage, "counts" | "events">,
): Markup {
  const { column, row, width } = tile.defined.place;
  const place = `--column: ${column + 1}; --width: ${width}; --order: ${row * 12 + column}`;
  if (tile.kind === "text") {
    return html`<article class="tile text" style="${place}">${markdown(tile.defined.markdown)}</article>`;
  }
  const needed = eventsOf(tile.query, events);
  return html`
    <article class="tile" style="${place}" aria-labelledby="title-${tile.key}">
      <div>
        <h2 id="title-${tile.key}">${tile.title}</h2>
        <p class="reading">${tile.defined.reading}</p>
        ${byHand(tile.changes)}
        ${tile.isPending ? html`<p class="muted">As its file says; not in PostHog yet.</p>` : ""}
        ${needed.filter(({ name }) => !counts.get(name)).map(unsentNote)}
      </div>
      <div class="chart" ${problems.length > 0 ? "" : raw(`data-tile="${tile.key}"`)} data-events="${needed.map(({ name }) => name).join(" ")}">
        ${problems.length > 0 ? problemNote(problems) : chart === undefined ? "" : chartFigure(tile.title, chart)}
      </div>
      <div class="about">
        ${alert === undefined ? "" : alertNote(tile, alert, chart)}
        <details data-numbers="${tile.key}">
          <summary>Numbers<span class="unseen"> of ${tile.title}</span></summary>
          <div class="table numbers" tabindex="0" role="region" aria-label="Numbers of ${tile.title}">Loading …</div>
        </details>
        <details>
          <summary>${needed.length === 1 ? "1 event" : `${needed.length} events`}<span class="unseen"> of ${tile.title}</span></summary>
          <dl class="events">${needed.map(
            ({ name, purpose, source }) => html`
              <dt><code>${name}</code> <span class="badge">${source}</span></dt>
              <dd>${purpose}. <span class="muted" data-count="${name}">${(counts.get(name) ?? 0).toLocaleString("en-US")} so far</span></dd>`,
          )}</dl>
        </details>
        <details>
          <summary>Query<span class="unseen"> of ${tile.title}</span></summary>
          <pre tabindex="0" aria-label="Query of ${tile.title}">${JSON.stringify(tile.query, null, 2)}</pre>
        </details>
      </div>
    </article>`;
}

/** Distinguishes an event that no app sends yet from an empty chart. The page removes the note when the event arrives. */
const unsentNote = ({ name }: NeededEvent): Markup =>
  html`<p class="muted" data-unsent="${name}">Nobody sends <code>${name}</code> yet.</p>`;

function byHand(changes: readonly string[]): Markup | "" {
  return changes.length === 0 ? "" : html`<p class="by-hand">${changes.join(" ")}</p>`;
}

/** Shown instead of the chart: problems of the tile as last saved. */
const problemNote = (problems: readonly Problem[]): Markup => html`
  <div class="problem" data-state="broken" tabindex="0" role="region" aria-label="What is wrong with this tile">
    ${problems.map((one) => html`<p><code>${placeOf(one)}</code></p><p>${one.message}</p>`)}
  </div>`;

/** Present even when nothing fires, so that the page can update it. */
const firingBadge = (key: string, chart: Chart | undefined): Markup =>
  html`<span class="badge firing" data-firing="${key}" role="status" title="${chart?.firing ?? ""}">${chart?.firing ? "firing now" : ""}</span>`;

/** A tile's chart; also sent to the page when new events change it. */
export function chartFigure(title: string, { state, svg, summary, isTable, numbers }: Chart): Markup {
  const label = `${title}. ${summary}`;
  if (!isTable || numbers === null) {
    return html`<figure data-state="${state}" role="img" aria-label="${label}">${raw(svg)}</figure>`;
  }
  return html`
    <div class="table" data-state="${state}" tabindex="0" role="region" aria-label="${label}">${numbersTable(numbers)}</div>`;
}

/** A chart's numbers, for readers who cannot see it or want exact values. */
export function numbersTable({ columns, rows }: NumbersTable): Markup {
  return html`
    <table>
      <thead><tr>${columns.map((column, at) => (at === 0 && column === "" ? html`<td></td>` : html`<th scope="col">${column}</th>`))}</tr></thead>
      <tbody>${rows.map(
        ({ name, cells }) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
      )}</tbody>
    </table>`;
}

function alertNote({ key, query }: StandingInsight, alert: InsightAlertDefinition, chart: Chart | undefined): Markup {
  const { source } = object(query);
  const { aggregationAxisFormat } = object(object(isObject(source) ? source : {}).trendsFilter);
  const goals = goalWords(query, alert);
  return html`
    <details class="alert">
      <summary>Alert: ${alertWords(alert, aggregationAxisFormat)} ${firingBadge(key, chart)}</summary>
      <p><strong>${alert.name}</strong> tells ${alert.notify.join(" and ")}. ${alert.because}</p>
    </details>
    ${goals === undefined ? "" : html`<p class="muted goals">${goals}</p>`}`;
}

/** A text tile as the pictures show it, and as elements of a page. */
export const markdown = (text: string): Markup => html`${textBlocks(text).map(element)}`;

function element({ kind, pieces }: TextBlock): Markup {
  const words = pieces.map(inline);
  // A page has one outline of its own, in which a tile's headings are no part.
  return kind === "heading" ? html`<p><strong>${words}</strong></p>` : html`<p>${words}</p>`;
}

function inline({ text, style }: TextPiece): Markup {
  switch (style) {
    case "bold":
      return html`<strong>${text}</strong>`;
    case "code":
      return html`<code>${text}</code>`;
    case "italic":
      return html`<em>${text}</em>`;
    case "plain":
      return html`${text}`;
  }
}
