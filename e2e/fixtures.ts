// What every test here starts from: a server of the worker's own.
import { test as base, expect } from "@playwright/test";
import { type Server, startServer } from "./server";

export { expect };

export interface Options {
  /** Set with `test.use({ demo: true })` in a file whose tests need the demo company. */
  demo: boolean;
  /** Set in a file whose tests begin with a site that nobody has set up. */
  empty: boolean;
  /** The URL of a PostgreSQL database; empty for SQLite. Set by the project, see playwright.config.ts. */
  database: string;
}

export const test = base.extend<{ serverLog: undefined }, Options & { server: Server }>({
  demo: [false, { scope: "worker", option: true }],
  empty: [false, { scope: "worker", option: true }],
  database: ["", { scope: "worker", option: true }],
  server: [
    async ({ demo, empty, database }, use) => {
      const server = await startServer({ demo, empty, database });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  /** Shows what the server logged during a test that failed: all of it attached, its errors printed. */
  serverLog: [
    async ({ server }, use, info) => {
      const before = server.log().length;
      await use(undefined);
      if (info.status === info.expectedStatus) return;
      const log = server.log().slice(before);
      await info.attach("server log", { body: log, contentType: "text/plain" });
      const errors = log.split("\n").filter((line) => /level=(WARN|ERROR)|panic/.test(line));
      if (errors.length > 0) console.error(errors.join("\n"));
    },
    { auto: true },
  ],
});
