import { expect, test } from "vitest";
import { openApi } from "../../../vendors/openapi.ts";
import { brandvx, upstash } from "./support.ts";

const published = openApi("upstash");

test("answers have the shape that Upstash publishes", async () => {
  const { api } = await upstash();
  const conforms = async (method: string, path: string, body?: unknown) => {
    const answer = await api.send(method, `/v2${path}`, body);
    expect([method, path, ...published.response(method, path, answer.status, answer.body)]).toEqual([method, path]);
    return answer.body;
  };
  const { database_id: id } = await conforms("POST", "/redis/database", brandvx);
  await conforms("GET", "/redis/databases");
  await conforms("GET", `/redis/database/${id}`);
  await conforms("POST", `/redis/rename/${id}`, { name: "renamed" });
  await conforms("POST", `/redis/reset-password/${id}`);
  await conforms("POST", `/redis/enable-tls/${id}`);
  for (const change of ["enable-eviction", "disable-eviction", "enable-autoupgrade", "disable-autoupgrade"])
    await conforms("POST", `/redis/${change}/${id}`);
  await conforms("POST", `/redis/${id}/change-plan`, { plan_name: "fixed_1gb" });
  await conforms("POST", `/redis/update-regions/${id}`, { read_regions: ["us-west-1"] });
  await conforms("PATCH", `/redis/update-budget/${id}`, { budget: 40 });
  await conforms("PATCH", `/redis/enable-dailybackup/${id}`);
  await conforms("GET", `/redis/stats/${id}`);
  await conforms("DELETE", `/redis/database/${id}`);
});

test("the newer API's own request is taken", async () => {
  const { api } = await upstash();
  const request = { database_name: "new", platform: "gcp", primary_region: "us-central1", plan: "free", tls: true };
  expect(published.request("POST", "/redis/database", request)).toEqual([]);
  expect((await api.post("/v2/redis/database", request)).status).toBe(200);
});
