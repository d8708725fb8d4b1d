import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startHosting } from "../../src/local/hosting/index.ts";
import { uploadToPages } from "../../src/local/hosting/upload.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { account, cloudflare, cloudflareWithProject } from "./twins/cloudflare/support.ts";
import { sentryWithProject } from "./twins/sentry/support.ts";

async function hosted(port = 0) {
  const [{ twin: pages }, { twin: sentry }] = await Promise.all([cloudflare(), sentryWithProject()]);
  const hosting = await startHosting({
    cloud: { cloudflare: pages, sentry },
    portOf: (key) => (key === "brandvx-observability:appUrl" ? port : 0),
  });
  onTestFinished(() => hosting.stop());
  return hosting;
}

test("before the apps are deployed their addresses say so; a health that changes is told as it is", async () => {
  const hosting = await hosted();
  for (const url of [hosting.appUrl, hosting.healthUrl]) {
    const answer = await fetch(url);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("is not deployed yet");
  }
  let redis = "ok";
  hosting.deployBackend(async () => ({ redis }));
  expect(await (await fetch(hosting.healthUrl)).json()).toEqual({ redis: "ok" });
  redis = "error";
  expect(await (await fetch(hosting.healthUrl)).json()).toEqual({ redis: "error" });
});

test("another program may have the port", async () => {
  const first = await hosted();
  const second = await hosted(Number(new URL(first.appUrl).port));
  expect(second.appUrl).not.toBe(first.appUrl);
});

test("a folder is uploaded as it is, and again without what is there; Cloudflare's reason is said", async () => {
  const { twin } = await cloudflareWithProject();
  using folder = temporaryFolder("dist-");
  mkdirSync(join(folder.path, "assets"));
  const script = join(folder.path, "assets", "a.js");
  writeFileSync(join(folder.path, "index.html"), "<h1>Inbox</h1>");
  writeFileSync(script, "one()");
  const to = {
    ...{ apiUrl: `${twin.url}/client/v4`, token: "t".repeat(40), accountId: account, projectName: "operator-ui" },
  };
  await uploadToPages(folder.path, to);
  const served = (path: string) => Buffer.from(twin.fileAt("operator-ui", path)?.content ?? []).toString();
  expect([served("/"), served("/assets/a.js")]).toEqual(["<h1>Inbox</h1>", "one()"]);
  writeFileSync(script, "two()");
  await uploadToPages(folder.path, to);
  expect(served("/assets/a.js")).toBe("two()");
  const uploads = twin.requests.writes().filter(({ path }) => path.endsWith("/assets/upload"));
  expect(uploads.map(({ body }) => (body as unknown[]).length)).toEqual([2, 1]);
  await expect(uploadToPages(folder.path, { ...to, projectName: "elsewhere" })).rejects.toThrow(
    /^Cloudflare answers 404 to .*: Project not found\..*\(8000007\)$/,
  );
});
