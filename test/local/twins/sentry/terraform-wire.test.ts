import { expect, test } from "vitest";
import { readFixture } from "../../../vendors/openapi.ts";
import { sentry } from "./support.ts";
import { wrongForTerraform } from "./terraform-shape.ts";

interface Recording {
  steps: { step: string; requests: { method: string; path: string; body: unknown }[] }[];
}

const recording = readFixture("wire-sentry-terraform") as Recording;

test("what Sentry's Terraform provider sends is answered as it needs it, step by step", async () => {
  const { api } = await sentry({ environments: ["production", "prod"] });
  // The recording has the ids of another server; they are replaced by ours once their object exists.
  const ours = new Map<string, string>();
  const translate = (text: string) => text.replace(/\b1\d\d\b/g, (id) => ours.get(id) ?? id);

  for (const { step, requests } of recording.steps) {
    for (const request of requests) {
      const path = translate(request.path);
      const body =
        request.body === null ? undefined : JSON.parse(translateIds(JSON.stringify(request.body), translate));
      const answer = await api.send(request.method, path, body);
      const where = `${step}: ${request.method} ${path}`;
      expect(answer.status, where).toBe(request.method === "DELETE" ? 204 : request.method === "POST" ? 201 : 200);
      if (answer.body !== null && !path.includes("/teams/") && answer.status !== 201)
        expect(wrongForTerraform(request.method, path, answer.status, answer.body), where).toEqual([]);
      learn(request, answer.body, ours);
    }
    if (step.startsWith("threshold")) {
      const { body } = await api.get(`/api/0/organizations/brandvx/detectors/${ours.get("105")}/`);
      expect(body.conditionGroup.conditions.map((condition: { comparison: number }) => condition.comparison)).toContain(
        200,
      );
    }
  }
  expect((await api.get("/api/0/organizations/brandvx/teams/")).body).toEqual([]);
});

/** Replaces only ids: other numbers, such as a threshold of 100, stay. */
function translateIds(body: string, translate: (text: string) => string): string {
  return body.replace(/"(?:team:)?1\d\d"/g, translate);
}

function learn({ method, path }: { method: string; path: string }, answer: unknown, ours: Map<string, string>): void {
  const body = answer as { id?: string } & { id: string }[];
  if (method === "POST" && path.endsWith("/teams/")) ours.set("101", String(body.id));
  if (method === "POST" && path.endsWith("/projects/")) ours.set("102", String(body.id));
  if (path.includes("query=type%3Aerror")) ours.set("103", String(body[0]?.id));
  if (method === "POST" && path.endsWith("/detectors/")) ours.set("105", String(body.id));
  if (method === "POST" && path.endsWith("/workflows/")) ours.set("115", String(body.id));
}
