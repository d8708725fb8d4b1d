import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { cloudflareHttp } from "../../resources/cloudflare/http.ts";
import { hasStatus } from "../../resources/kernel/errors.ts";
import type { Http } from "../../resources/kernel/http.ts";
import type { Decisions } from "./questions.ts";
import type { VendorLook } from "./report.ts";

const pageInfo = z.object({ total_pages: z.number().nullish() }).nullish();
const accountPage = z.object({
  result: z.array(z.object({ id: z.string(), name: z.string() })),
  result_info: pageInfo,
});
const projectPage = z.object({ result: z.array(z.object({ name: z.string() })), result_info: pageInfo });

/** Finds the account and the browser app's Pages project at Cloudflare. */
export async function lookAtCloudflare(decisions: Decisions, token: string): Promise<VendorLook> {
  const { draft } = decisions;
  const baseUrl = (draft.value("cloudflare:baseUrl") || vendors.cloudflare.address.default).replace(/\/+$/, "");
  const http = cloudflareHttp({ baseUrl, accountId: draft.value("pages.accountId") ?? "(not set)", token });
  const accounts = await rows(http, "/accounts", accountPage);
  const accountId = await decisions.decide({
    ...{ path: "pages.accountId", ask: "Which account of Cloudflare is it?", isOpen: accounts.length === 0 },
    choices: accounts.map(({ id, name }) => ({ value: id, what: name })),
    ...(accounts.length === 1 && { suggested: accounts[0]?.id }),
  });
  if (accountId === undefined) return { vendor: vendors.cloudflare.name, state: "looked at", found: [], lacks: [] };
  let projects: string[];
  try {
    const path = `/accounts/${encodeURIComponent(accountId)}/pages/projects`;
    projects = (await rows(http, path, projectPage)).map(({ name }) => name);
  } catch (error) {
    if (!hasStatus(error, 403)) throw error;
    const lacks = ["Account > Cloudflare Pages > Edit, for this account"];
    return { vendor: vendors.cloudflare.name, state: "looked at", found: [`the account ${accountId}`], lacks };
  }
  const isCreated = draft.value("pages.project") === "created";
  const name = await decisions.decide({
    ...{
      path: "pages.projectName",
      ask: "Which Pages project is the browser app?",
      isOpen: isCreated || projects.length === 0,
    },
    choices: projects.map((one) => ({ value: one, what: one })),
    ...(projects.length === 1 && { suggested: projects[0] }),
  });
  const exists = name !== undefined && projects.includes(name);
  if (name !== undefined && !exists && !isCreated && projects.length === 0)
    // There are no Pages projects at all, so a new one is meant.
    draft.set({ path: "pages.project", value: "created" });
  const found =
    name === undefined ? [] : [exists ? `the Pages project ${name}` : `no Pages project ${name}: the next up makes it`];
  return {
    vendor: vendors.cloudflare.name,
    state: "looked at",
    found: [`the account ${accountId}`, ...found],
    lacks: [],
  };
}

/** All pages of a list. Cloudflare Pages allows at most 10 rows a page, and refuses a larger size. */
async function rows<Row>(
  http: Http,
  path: string,
  answer: z.ZodType<{ result: Row[]; result_info?: z.infer<typeof pageInfo> }>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (let page = 1; ; page++) {
    const { result, result_info } = await http.request("GET", `${path}?page=${page}&per_page=10`, answer);
    all.push(...result);
    if (page >= (result_info?.total_pages ?? 1)) return all;
  }
}
