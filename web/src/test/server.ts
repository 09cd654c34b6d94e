import { afterEach, beforeEach, vi } from "vitest";

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
type Handler = (request: { url: URL; body: unknown }) => Answer | Promise<Answer>;
export type Call = { route: string; url: URL; body: unknown };

/**
 * Answers the requests of a test file: routes are "GET /k/v1/record.json". An unexpected request fails the test that makes
 * it. Returns the calls made so far, which each test begins with none of.
 */
export function serve(routes: Record<string, Handler>): Call[] {
  const calls: Call[] = [];
  beforeEach(() => {
    calls.length = 0;
    vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
      const url = new URL(address, "http://engawa.test");
      const route = `${init.method} ${url.pathname}`;
      const body = init.body ? JSON.parse(String(init.body)) : undefined;
      const handler = routes[route];
      if (!handler) throw new Error(`unexpected request: ${route}`);
      calls.push({ route, url, body });
      const { status = 200, body: answer = {}, headers } = await handler({ url, body });
      return new Response(JSON.stringify(answer), { status, headers });
    });
    vi.stubGlobal(
      "EventSource",
      class {
        addEventListener() {}
        removeEventListener() {}
        close() {}
      },
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  return calls;
}
