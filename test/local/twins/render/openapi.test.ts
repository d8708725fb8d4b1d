import { expect, test } from "vitest";
import { openApi } from "../../../vendors/openapi.ts";
import { render } from "./support.ts";

const published = openApi("render");

test("requests and answers have the shape that Render publishes", async () => {
  const { api, id, twin } = await render({ limits: { readsPerMinute: 400, writesPerMinute: 8, deploysPerMinute: 10 } });
  const conforms = async (method: string, path: string, body?: unknown) => {
    if (body !== undefined) expect([method, path, ...published.request(method, path, body)]).toEqual([method, path]);
    const answer = await api.send(method, `/v1${path}`, body);
    expect([method, path, ...published.response(method, path, answer.status, answer.body)]).toEqual([method, path]);
    return answer;
  };
  await conforms("GET", "/owners");
  await conforms("GET", "/services");
  await conforms("GET", `/services/${id}`);
  for (const type of ["private_service", "background_worker", "static_site"] as const)
    await conforms("GET", `/services/${twin.addService({ name: type, type })}`);
  await conforms("PUT", `/services/${id}/env-vars`, [{ key: "A", value: "1" }]);
  await conforms("PUT", `/services/${id}/env-vars/B`, { generateValue: true });
  await conforms("GET", `/services/${id}/env-vars`);
  await conforms("GET", `/services/${id}/env-vars/A`);
  await conforms("DELETE", `/services/${id}/env-vars/A`);
  await conforms("GET", `/services/${id}/env-vars/A`);
  const deploy = (await conforms("POST", `/services/${id}/deploys`, { clearCache: "do_not_clear" })).body;
  await conforms("GET", `/services/${id}/deploys/${deploy.id}`);
  await conforms("GET", `/services/${id}/deploys`);
  await conforms("POST", `/services/${id}/restart`);
  await conforms("POST", "/services", { type: "web_service", name: "other", ownerId: "tea-1" });
  for (let number = 0; number < 6; number += 1) await conforms("DELETE", `/services/${id}/env-vars/NONE`);
});
