import { html, raw } from "hono/html";
import { vendors as allVendors } from "../../../model/vendors/index.ts";
import { handChanges } from "../resources/by-hand/index.ts";
import type { DriftRun } from "../resources/drift.ts";
import { troublesOf } from "../resources/faults.ts";
import type { VendorObject } from "../resources/objects.ts";
import { type Vendor, vendors } from "../resources/vendor-api.ts";
import { act, type Markup } from "./layout.ts";

export interface ResourcesPage {
  readonly objects: readonly VendorObject[];
  readonly vendorStates: Readonly<Record<Vendor, VendorState>>;
  readonly drift: DriftRun;
  /** Changes by hand since the console started that still exist, newest first. */
  readonly handChangesMade: readonly string[];
}

export interface VendorState {
  readonly url: string;
  readonly requests: number;
  /** Active faults, in words. */
  readonly faults: readonly string[];
  /** For Upstash: number of Redis keys by prefix, or why there is no Redis. */
  readonly keys?: Readonly<Record<string, number>> | "no database" | "no redis-server";
  /** For Upstash: operations of the apps that its databases refuse. */
  readonly redisTroubles?: readonly string[];
}

export function resourcesPage({ objects, vendorStates, drift, handChangesMade }: ResourcesPage): Markup {
  return html`
    <div class="head">
      <div>
        <h1>Resources</h1>
        <p class="question">
          Everything that <code>pulumi up</code> made at the vendors. Change something by hand, then watch the drift check find it.
        </p>
        <p class="muted"><a href="#drift">Drift check</a> · ${vendors.map((vendor, index) => html`${index > 0 ? " · " : ""}<a href="#${vendor}">${allVendors[vendor].name}</a>`)}</p>
      </div>
    </div>
    <p class="unseen" id="drift-status" role="status"></p>
    ${driftPanel(drift, handChangesMade)}
    ${vendors.map((vendor) =>
      vendorSection(
        vendor,
        vendorStates[vendor],
        objects.filter((object) => object.vendor === vendor),
      ),
    )}`;
}

/** The drift check with its output; also sent to the page while it runs. */
export function driftPanel(drift: DriftRun, made: readonly string[]): Markup {
  const isRunning = drift.state === "running";
  return html`
    <section class="panel" id="drift" aria-labelledby="drift-title" data-running="${isRunning ? "true" : "false"}">
      <h2 id="drift-title">Drift check</h2>
      ${
        made.length === 0
          ? html`<p class="muted">Nothing here is changed by hand now: the buttons below each change something at a vendor, past the code.</p>`
          : html`<p>Changed by hand:</p><ul class="made">${made.map((one) => html`<li>${one}</li>`)}</ul>`
      }
      <div class="actions">
        ${act("/drift", { what: "check" }, isRunning && drift.command === "check" ? "Looking …" : "Look for drift", { look: "primary" })}
        ${act("/drift", { what: "heal" }, isRunning && drift.command === "heal" ? "Healing …" : "Heal it: pulumi up --refresh")}
        <span class="muted">The same in a terminal: <code>npx obs drift --stack local</code></span>
      </div>
      ${drift.state === "never" ? "" : html`<pre class="terminal" tabindex="0" role="region" aria-label="What the check says">${drift.output || "…"}</pre>`}
      ${drift.state === "done" ? html`<p class="${drift.exitCode === 0 ? "good" : "by-hand"}" data-verdict>${verdict(drift)}</p>` : ""}
    </section>`;
}

function verdict({ command, exitCode }: Extract<DriftRun, { state: "done" }>): string {
  if (exitCode === 0) return command === "heal" ? "Healed." : "No drift: everything is as the code says.";
  if (exitCode === 7) return "There is drift (exit code 7). Heal it here, or change the code.";
  return `The command failed (exit code ${exitCode}).`;
}

function vendorSection(vendor: Vendor, state: VendorState, objects: readonly VendorObject[]): Markup {
  return html`
    <section class="panel" id="${vendor}" aria-labelledby="${vendor}-title">
      <h2 id="${vendor}-title">${allVendors[vendor].name} <span class="muted">${objects.length === 1 ? "1 resource" : `${objects.length} resources`}</span></h2>
      <p class="muted"><code>${state.url}</code> · ${state.requests.toLocaleString("en-US")} ${state.requests === 1 ? "request" : "requests"}${
        state.keys === undefined ? "" : html` · ${redisInWords(state.keys, state.redisTroubles)}`
      }</p>
      ${
        vendor === "cloudflare"
          ? html`<div class="actions">${act("/deploy", {}, "Deploy the operator UI again")}
              <span class="muted">A site keeps the variables that it was built with: what was changed on Pages is in the browser only after a deployment.</span></div>`
          : ""
      }
      <details class="troubles"${state.faults.length > 0 ? raw(" open") : ""}>
        <summary>Inject a fault<span class="unseen"> into ${allVendors[vendor].name}</span>${state.faults.length > 0 ? html` <span class="badge warn">${state.faults.join("; ")}</span>` : ""}</summary>
        <div class="actions">
          ${troublesOf(vendor).map(({ key, label }) => act("/faults", { vendor, fault: key }, label, { of: allVendors[vendor].name }))}
          ${act("/faults", { vendor, fault: "clear" }, "Clear", { look: "quiet", of: allVendors[vendor].name })}
        </div>
      </details>
      ${
        objects.length === 0
          ? html`<p class="muted">Nothing yet.</p>`
          : html`<ul class="objects">${objects.map(objectItem)}</ul>`
      }
    </section>`;
}

function redisInWords(keys: NonNullable<VendorState["keys"]>, troubles: VendorState["redisTroubles"] = []): string {
  if (troubles.length > 0) return troubles.join("; ");
  if (keys === "no redis-server")
    return "no Redis runs behind it, since no redis-server is on PATH: the backend keeps its state in memory. Install one, then start npm start again";
  if (keys === "no database") return "no Redis runs behind it yet: there is no database";
  const entries = Object.entries(keys).sort(([one], [other]) => one.localeCompare(other));
  const held = entries.map(([prefix, count]) => `${count} ${prefix}`).join(", ");
  return `Redis holds ${held || "nothing"}`;
}

/** The id of a key is the key. */
function objectItem(object: VendorObject): Markup {
  const { urn, kind, name, id, path } = object;
  const changes = handChanges(object);
  return html`
    <li class="object">
      <p><span class="badge">${kind}</span> <strong>${name}</strong> ${kind === "SentryKey" ? "" : html`<code class="muted" title="${id}">${id}</code>`}</p>
      ${
        path === undefined
          ? ""
          : html`<details data-live="${urn}"><summary>Live state<span class="unseen"> of ${kind} ${name}</span></summary><pre tabindex="0" role="region" aria-label="Live state of ${kind} ${name}">Loading …</pre></details>`
      }
      <div class="actions">${
        changes.length === 0
          ? html`<span class="muted">nothing of it was made here: it is only verified</span>`
          : changes.map(({ key, label }) => act("/by-hand", { urn, change: key }, label, { of: `${kind} ${name}` }))
      }</div>
    </li>`;
}
