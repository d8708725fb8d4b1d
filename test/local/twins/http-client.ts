export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes, and compare what they read
  body: any;
  headers: Headers;
}

export type HttpClient = ReturnType<typeof httpClient>;

/** Plain HTTP for tests of twins: JSON in, JSON out, never throws for a status. */
export function httpClient(url: string, headers: Record<string, string> = {}) {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(new URL(path, `${url}/`), {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text), headers: answer.headers };
  };
  return {
    send,
    get: (path: string) => send("GET", path),
    post: (path: string, body?: unknown) => send("POST", path, body),
    put: (path: string, body?: unknown) => send("PUT", path, body),
    patch: (path: string, body?: unknown) => send("PATCH", path, body),
    delete: (path: string, body?: unknown) => send("DELETE", path, body),
  };
}
