import { gunzipSync, inflateSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { browserApp } from "./browser-app.ts";

/** The private part of each input of the helper's calls, in the form in which it may appear there. */
const marks = {
  query: "markquery-71",
  fragment: "markfragment-72",
  contact: "mark.contact@example.com",
  name: "Markus Markmann",
  note: "marknote likes tea",
  forbidden: "mark.forbidden@example.com",
  unknown: "mark.unknown@example.com",
  errorText: "mark.error@example.com",
  cause: "markcause-73x",
  extra: "markextra-74x",
  tenant: "mark.tenant@example.com",
  flag: "mark.flag@example.com",
  path: "mark.path@example.com",
  printed: "mark.printed@example.com",
  rejected: "mark.rejected@example.com",
  title: "mark.title@example.com",
  data: "Marka Datenfrau",
} as const;

/** A body as text, whatever it was compressed with. */
function textOf(body: Buffer): string {
  for (const unpack of [gunzipSync, inflateSync]) {
    try {
      return unpack(body).toString("utf8");
    } catch {
      // The body has another compression.
    }
  }
  return body.toString("latin1");
}

test("no private mark leaves the page or stays in the browser, whatever call it was planted in", {
  timeout: 300_000,
}, async (context) => {
  if (!chromiumPath) return context.skip();
  const { onTestFinished } = context;
  const served = await browserApp(onTestFinished);
  const browser = await launchChromium(onTestFinished);
  const left: string[] = [];
  browser.on("request", (request) => {
    if (request.url().startsWith(served.url)) return;
    const body = request.postDataBuffer();
    left.push([request.url(), JSON.stringify(request.headers()), body ? textOf(body) : ""].join("\n"));
  });
  const page = await browser.newPage();
  await page.goto(`${served.url}/join?flags&token=${marks.query}&utm_source=sms#access_token=${marks.fragment}`);
  await page.getByRole("heading").waitFor();
  await page.evaluate((mark) => {
    const { helpers } = window as unknown as { helpers: Record<string, (...given: unknown[]) => unknown> };
    const call = (name: string, ...given: unknown[]) => helpers[name]?.(...given);
    document.title = mark.title;
    const element = document.createElement("button");
    element.setAttribute("data-client", mark.data);
    element.setAttribute("aria-label", `Call ${mark.data}`);
    document.body.append(element);
    call("identify", "3fa85f64-5717-4562-b3fc-2c963f66afa6", {
      ...{ tenant_id: mark.tenant, email: mark.contact, name: mark.name, user_metadata: { full_name: mark.name } },
      note: mark.note,
    });
    call("setTenant", mark.tenant);
    call("setFeatureFlag", "onboarding-length", mark.flag);
    call("trackEvent", "ask.response_error", {
      ...{ onboard: true, error: `failed for ${mark.errorText}`, prompt: mark.forbidden, more: mark.unknown },
      $set: { name: mark.name, email: mark.contact },
    });
    call("trackPageview", `/clients/${mark.path}?name=${mark.name}`);
    const error = new Error(`broke for ${mark.errorText}`, { cause: new Error(`password=${mark.cause}`) });
    call("captureError", Object.assign(error, { api_key: mark.extra }));
    console.error(`printed for ${mark.printed}`);
    element.click();
    void Promise.reject(new Error(`rejected for ${mark.rejected}`));
    setTimeout(() => {
      throw new Error(`thrown for ${mark.errorText}`);
    });
  }, marks);
  await vi.waitFor(
    () => {
      expect(served.posthog.events().map(({ event }) => event)).toContain("ask.response_error");
      expect(served.sentry.events().some(({ payload }) => JSON.stringify(payload).includes("broke for"))).toBe(true);
      expect(left.some((request) => request.includes("/flags/"))).toBe(true);
      expect(served.sentry.items("replay_event").length).toBeGreaterThan(0);
    },
    { timeout: 60_000, interval: 200 },
  );
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  const cookies = JSON.stringify(await browser.cookies());
  const all = [
    ...left,
    stored,
    cookies,
    JSON.stringify(served.sentry.items()),
    JSON.stringify(served.posthog.events()),
  ];
  const spelled = (mark: string) => [mark, encodeURIComponent(mark), mark.replaceAll(" ", "+")];
  const found = Object.entries(marks).flatMap(([input, mark]) =>
    all
      .filter((text) => spelled(mark).some((one) => text.includes(one)))
      .map((text) => {
        const at = Math.max(...spelled(mark).map((one) => text.indexOf(one)));
        return `${input}: …${text.slice(Math.max(0, at - 200), at + 60)}`;
      }),
  );
  expect(found).toEqual([]);
});
