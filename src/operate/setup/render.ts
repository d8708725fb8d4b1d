import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { renderHttp } from "../../resources/render/http.ts";
import type { Decisions } from "./questions.ts";
import type { VendorLook } from "./report.ts";

const servicePage = z.array(
  z.object({
    cursor: z.string(),
    service: z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      serviceDetails: z.looseObject({ region: z.string().nullish(), url: z.string().nullish() }).nullish(),
    }),
  }),
);

/** Upstash's region next to each of Render's (render.com/docs/regions: all on AWS). */
const regionNextTo: Readonly<Record<string, string>> = {
  oregon: "us-west-2",
  ohio: "us-east-2",
  virginia: "us-east-1",
  frankfurt: "eu-central-1",
  singapore: "ap-southeast-1",
};

/** What the rest of the set-up needs to know about the backend's service. */
export interface Backend {
  /** Upstash's nearest region. */
  readonly region: string | undefined;
  /** Address of its /health, at Render's own domain. */
  readonly healthUrl: string | undefined;
}

/** Finds the backend's service at Render. */
export async function lookAtRender(
  decisions: Decisions,
  key: string,
): Promise<{ look: VendorLook; backend: Backend | undefined }> {
  const host = (decisions.draft.value("render:host") || vendors.render.address.default).replace(/\/+$/, "");
  const http = renderHttp({ host, key });
  const services: z.infer<typeof servicePage>[number]["service"][] = [];
  for (let cursor = ""; ; ) {
    const query = new URLSearchParams({ limit: "100", ...(cursor === "" ? {} : { cursor }) });
    const page = await http.request("GET", `/services?${query}`, servicePage);
    services.push(...page.map(({ service }) => service));
    const last = page.at(-1);
    if (!last) break;
    cursor = last.cursor;
  }
  // A static site has no environment at run time.
  const running = services.filter(({ type }) => type !== "static_site");
  const id = await decisions.decide({
    ...{ path: "render.serviceId", ask: "Which service of Render is the backend?", isOpen: false },
    choices: running.map(({ id: value, name, type }) => ({ value, what: `${name}, ${type.replaceAll("_", " ")}` })),
    ...(running.length === 1 && { suggested: running[0]?.id }),
  });
  const chosen = running.find((one) => one.id === id);
  const { region, url } = chosen?.serviceDetails ?? {};
  const found = chosen
    ? [`the service ${chosen.name} (${chosen.id})`]
    : running.length === 0
      ? ["no service that runs"]
      : [];
  return {
    look: { vendor: vendors.render.name, state: "looked at", found, lacks: [] },
    backend: chosen && {
      region: region ? regionNextTo[region] : undefined,
      healthUrl: url ? `${url.replace(/\/+$/, "")}/health` : undefined,
    },
  };
}
