import { createRequire } from "node:module";
import { join } from "node:path";
import { sentryVitePlugin } from "@sentry/vite-plugin";
import { execa } from "execa";
import { afterEach, describe, expect, test, vi } from "vitest";
import { builtPage } from "../../../support/built-page.ts";
import { temporaryFolder } from "../../../support/temporary.ts";
import { defaultKey, organization, sentryWithProject } from "./support.ts";

const cli = join(createRequire(import.meta.url).resolve("@sentry/cli/package.json"), "..", "bin", "sentry-cli");
const project = "/api/0/projects/brandvx/operator-ui";
const version = "operator-ui@1.4.0";

/** The twin, a built page, and the vendor's own client. */
async function uploading(scopes?: readonly "org:ci"[]) {
  const started = await sentryWithProject(scopes && { scopedTokens: [{ token: "sntrys_ci", scopes }] });
  const { twin, api } = started;
  const key = await defaultKey(api);
  const sentryCli = (cwd: string, ...args: string[]) =>
    execa("node", [cli, ...args], {
      cwd,
      reject: false,
      all: true,
      env: {
        SENTRY_URL: twin.url,
        SENTRY_AUTH_TOKEN: "sntrys_ci",
        SENTRY_ORG: "brandvx",
        SENTRY_PROJECT: "operator-ui",
        SENTRY_DISABLE_UPDATE_CHECK: "true",
        HOME: cwd,
      },
    });
  const eventIds = ["a", "b", "c"].map((digit) => digit.repeat(32));
  /** Sends an error of the page's script as a browser does, and reads it back. */
  const thrown = async (script: { url: string; frame: object; debugId: string }, release = version) => {
    const eventId = eventIds.shift() ?? "";
    const event = {
      ...{ event_id: eventId, platform: "javascript", environment: "production", release },
      exception: { values: [{ type: "RangeError", value: "no seats left", stacktrace: { frames: [script.frame] } }] },
      debug_meta: { images: [{ type: "sourcemap", code_file: script.url, debug_id: script.debugId }] },
    };
    const lines = [{ event_id: eventId }, { type: "event" }, event].map((line) => JSON.stringify(line));
    await fetch(`${twin.url}/api/${key.projectId}/envelope/?sentry_key=${key.public}`, {
      method: "POST",
      body: lines.join("\n"),
    });
    const { body } = await api.get(`${project}/events/${eventId}/`);
    const [{ stacktrace, rawStacktrace }] = body.entries[0].data.values;
    return { body, frame: stacktrace.frames[0], raw: rawStacktrace?.frames[0], eventId };
  };
  return { ...started, sentryCli, thrown };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const readable = { lineNo: 3, colNo: 15, inApp: true };
const sourceLine = [3, '    throw new RangeError("no seats left");'];

test("what the unchanged sentry-cli uploads makes an error of a minified script readable, with release and deploy", async () => {
  const { sentryCli, thrown, api } = await uploading(["org:ci"]);
  const { root, script } = await builtPage();
  for (const args of [
    ["releases", "new", version],
    ["sourcemaps", "inject", "dist"],
    ["sourcemaps", "upload", "--release", version, "--wait", "dist"],
    ["deploys", "new", "--release", version, "--env", "production"],
    ["releases", "finalize", version],
  ]) {
    const { exitCode, all } = await sentryCli(root, ...args);
    expect(exitCode, `${args.join(" ")}: ${all}`).toBe(0);
  }
  const { body, frame, raw } = await thrown(await script());
  expect(frame).toMatchObject({ ...readable, filename: expect.stringMatching(/src\/seats\.ts$/) });
  expect(frame.context).toContainEqual(sourceLine);
  expect(raw).toMatchObject({ absPath: (await script()).url });
  expect(body.release).toMatchObject({
    version,
    dateReleased: expect.stringContaining("20"),
    lastDeploy: { environment: "production" },
  });
  const issue = (await api.get(`${organization}/issues/${body.groupID}/`)).body;
  expect(issue).toMatchObject({ culprit: expect.stringContaining("src/seats.ts"), lastRelease: { version } });
});

test("what the unchanged Vite plugin of Sentry uploads does, too", async () => {
  const { twin, thrown } = await uploading();
  // The plugin stores an organization's address in this folder between runs.
  using state = temporaryFolder("sentry-state-");
  vi.stubEnv("SENTRY_CONFIG_DIR", state.path);
  const { script } = await builtPage(
    sentryVitePlugin({
      ...{ org: "brandvx", project: "operator-ui", authToken: "sntrys_ci", url: twin.url },
      ...{ telemetry: false, silent: true, release: { name: version, setCommits: false } },
      errorHandler(error) {
        throw error;
      },
    }),
  );
  const built = await script();
  const { body, frame } = await thrown(built);
  expect(built.content).toMatch(/SENTRY_RELEASE=\{id:["'`]operator-ui@1\.4\.0["'`]\}/);
  expect(frame).toMatchObject({ ...readable, filename: expect.stringMatching(/src\/seats\.ts$/) });
  expect(body.release).toMatchObject({ version, dateReleased: expect.stringContaining("20") });
});

describe("what is missing is said, and the frame stays what it was", () => {
  test("nothing was uploaded", async () => {
    const { thrown, api } = await uploading();
    const { script } = await builtPage();
    const { body, frame, eventId } = await thrown({
      ...(await script()),
      debugId: "3f2a9c10-0000-4000-8000-000000000000",
    });
    expect(frame.filename).toBe((await script()).url);
    expect(body.errors).toMatchObject([{ type: "js_no_source", data: { symbolicator_type: "missing_source" } }]);
    expect((await api.get(`${project}/events/${eventId}/source-map-debug/`)).body).toMatchObject({
      ...{ has_debug_ids: true, project_has_some_artifact_bundle: false, release_has_some_artifact: false },
    });
  });

  test("the deployed script has another debug id and another release than what was uploaded", async () => {
    const { thrown, api, sentryCli } = await uploading();
    const { root, script } = await builtPage();
    await sentryCli(root, "sourcemaps", "inject", "dist");
    await sentryCli(root, "sourcemaps", "upload", "--release", version, "--wait", "dist");
    const wrong = { ...(await script()), debugId: "3f2a9c10-0000-4000-8000-000000000000" };
    const { frame, eventId } = await thrown(wrong, "operator-ui@1.4.1");
    expect(frame.filename).toBe(wrong.url);
    const { body } = await api.get(`${project}/events/${eventId}/source-map-debug/`);
    expect(body).toMatchObject({ project_has_some_artifact_bundle: true, release_has_some_artifact: false });
    expect(body.exceptions[0].frames[0].debug_id_process).toEqual({
      debug_id: wrong.debugId,
      uploaded_source_file_with_correct_debug_id: false,
      uploaded_source_map_with_correct_debug_id: false,
    });
    // The release that it was uploaded for finds it by the script's address.
    expect((await thrown(wrong)).frame.filename).toMatch(/src\/seats\.ts$/);
  });
});

describe("an upload that has bad luck", () => {
  test("a chunk that is lost on its way is sent again", async () => {
    const { twin, sentryCli, thrown } = await uploading();
    const { root, script } = await builtPage();
    await sentryCli(root, "sourcemaps", "inject", "dist");
    twin.faults.add({ match: { method: "POST", path: /chunk-upload/ }, effect: { kind: "status", status: 503 } });
    const { exitCode, all } = await sentryCli(root, "sourcemaps", "upload", "--release", version, "--wait", "dist");
    expect(exitCode, all).toBe(0);
    expect((await thrown(await script())).frame).toMatchObject(readable);
  });

  test("a bundle that is assembled for long is ready later, and not before", async () => {
    const { twin, api, sentryCli } = await uploading();
    const { root } = await builtPage();
    twin.assembleFor(600_000);
    const { exitCode } = await sentryCli(root, "sourcemaps", "upload", "--release", version, "--wait-for", "1", "dist");
    const asked = twin.requests.all().filter(({ path }) => path.includes("assemble"));
    expect(asked.length).toBeGreaterThan(1);
    expect((await api.get(`${project}/files/artifact-bundles/`)).body).toEqual([]);
    expect(exitCode).not.toBe(undefined);
  });

  test("Sentry answers with an error all the time, or refuses the token", async () => {
    const { twin, sentryCli } = await uploading();
    const { root } = await builtPage();
    twin.faults.add({ match: { path: /chunk-upload/ }, times: "always", effect: { kind: "status", status: 401 } });
    expect((await sentryCli(root, "sourcemaps", "upload", "--release", version, "dist")).exitCode).toBe(1);
  });
});

test("bytes that are not what their name says are refused, and bytes that are no bundle are an error of the assembly", async () => {
  const { twin, api } = await sentryWithProject();
  const upload = (name: string, text: string) => {
    const form = new FormData();
    form.append("file", new File([text], name));
    return fetch(`${twin.url}${organization}/chunk-upload/`, {
      ...{ method: "POST", body: form, headers: { Authorization: "Bearer sntryu_test" } },
    });
  };
  const { createHash } = await import("node:crypto");
  const checksum = createHash("sha1").update("no bundle").digest("hex");
  expect((await upload("0".repeat(40), "no bundle")).status).toBe(400);
  const assemble = async () =>
    (
      await api.post(`${organization}/artifactbundle/assemble/`, {
        checksum,
        chunks: [checksum],
        projects: ["operator-ui"],
      })
    ).body;
  expect(await assemble()).toMatchObject({ state: "not_found", missingChunks: [checksum] });
  expect((await upload(checksum, "no bundle")).status).toBe(200);
  await assemble();
  expect(await assemble()).toMatchObject({ state: "error", detail: expect.stringContaining("Invalid bundle") });
});
