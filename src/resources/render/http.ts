import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { Http } from "../kernel/http.ts";
import { explain } from "./explain.ts";

const errorBody = z.object({ id: z.string().optional(), message: z.string() });

/** Requests to Render's API, with explained failures. */
export function renderHttp({ host, key }: { host: string; key: string }): Http {
  return new Http({
    vendor: vendors.render.name,
    baseUrl: host,
    headers: { Authorization: `Bearer ${key}` },
    readError: (body) => {
      const parsed = errorBody.safeParse(body).data;
      return parsed ? { code: parsed.id || "said", detail: parsed.message } : {};
    },
    explain: (failure) => explain(failure, host),
  });
}
