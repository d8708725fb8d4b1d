import { expect, test } from "vitest";
import { httpClient } from "../http-client.ts";
import { cloudflare, project, projects } from "./support.ts";

const assets = "/client/v4/pages/assets";
const text = (value: string) => Buffer.from(value).toString("base64");
const keys = { page: "0".repeat(32), script: "1".repeat(32), lost: "2".repeat(32) };
const file = (key: string, value: string, contentType: string) => ({
  ...{ key, value: text(value), metadata: { contentType }, base64: true },
});

/** What `wrangler pages deploy` does; recorded from wrangler 4.86.0 against this twin, without headers. */
async function uploading() {
  const { twin, api } = await cloudflare();
  await api.post(projects, { name: "operator-ui", production_branch: "main" });
  const { jwt } = (await api.get(`${project}/upload-token`)).body.result;
  const upload = httpClient(twin.url, { Authorization: `Bearer ${jwt}` });
  const deploy = async (files: object, more: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ manifest: JSON.stringify(files), ...more })) form.append(name, value);
    const answer = await fetch(`${twin.url}${project}/deployments`, {
      ...{ method: "POST", headers: { Authorization: `Bearer ${"t".repeat(40)}` }, body: form },
    });
    return { status: answer.status, body: (await answer.json()) as { result: Record<string, unknown> } };
  };
  const served = (path: string) => {
    const found = twin.fileAt("operator-ui", path);
    return found && [found.status, found.contentType, Buffer.from(found.content).toString()];
  };
  return { twin, api, upload, deploy, served };
}

test("contents are asked for once, and a deployment serves its files as Pages does", async () => {
  const { upload, deploy, served } = await uploading();
  expect(served("/"), "nothing is deployed yet").toBeNull();
  const hashes = [keys.page, keys.script];
  const missing = async () => (await upload.post(`${assets}/check-missing`, { hashes })).body.result;
  expect(await missing()).toEqual(hashes);
  await upload.post(`${assets}/upload`, [
    file(keys.page, "<h1>Home</h1>", "text/html"),
    file(keys.script, "go()", "application/javascript"),
  ]);
  expect(await missing()).toEqual([]);
  expect((await upload.post(`${assets}/upsert-hashes`, { hashes })).body.result).toBe(true);
  const { body } = await deploy(
    { "/index.html": keys.page, "/about.html": keys.page, "/assets/a.js": keys.script },
    { branch: "main", commit_hash: "3f2a9c1", commit_dirty: "true" },
  );
  expect(body.result.deployment_trigger).toMatchObject({
    metadata: { commit_hash: "3f2a9c1", commit_dirty: true },
  });
  expect(served("/assets/a.js")).toEqual([200, "application/javascript", "go()"]);
  for (const path of ["/", "/about", "/inbox/7", "/assets/a.js.map"])
    expect(served(path), path).toEqual([200, "text/html", "<h1>Home</h1>"]);
  await deploy({ "/index.html": keys.script, "/404.html": keys.page, "/sub/index.html": keys.script });
  expect(served("/nowhere/7")).toEqual([404, "text/html", "<h1>Home</h1>"]);
  expect(served("/sub/")).toEqual([200, "application/javascript", "go()"]);
  await deploy({ "/index.html": keys.page }, { branch: "feature" });
  expect(served("/"), "a preview is another site").toEqual([200, "application/javascript", "go()"]);
});

test("a file whose content is not there, a manifest that is none, and a token that is none, are refused", async () => {
  const { twin, upload, deploy, served } = await uploading();
  expect((await deploy({ "/index.html": keys.lost })).status).toBe(400);
  expect((await deploy(["no map"])).status).toBe(400);
  expect(served("/")).toBeNull();
  const other = httpClient(twin.url, { Authorization: `Bearer ${"t".repeat(40)}` });
  const refused = await other.post(`${assets}/check-missing`, { hashes: [] });
  expect([refused.status, refused.body.errors[0].code]).toEqual([401, 8000013]);
  expect((await upload.post(`${assets}/upload`, [{ key: "../../etc", value: "" }])).status).toBe(400);
});
