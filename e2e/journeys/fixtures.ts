// What the browser journeys start from: a server of the worker's own, and Chromium pointed at it.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { admin, type Server, startServer } from "../server";

export { admin, expect };

export const test = base.extend<object, { demo: boolean; server: Server }>({
  /** Set with `test.use({ demo: true })` in a file whose journeys need the demo company. */
  demo: [false, { scope: "worker", option: true }],
  server: [
    async ({ demo }, use) => {
      const server = await startServer({ demo });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: ({ server }, use) => use(server.url),
});

/** Logs the page's browser in without the login page, and opens the portal. */
export async function loginAs(page: Page, who: { login: string; password: string }) {
  const answer = await page.request.post("/api/v1/login", {
    data: who,
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  await page.goto("/k/");
}

/** Fails when the page breaks an accessibility rule of WCAG 2.2, up to AA, telling which and where. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((n) => `  ${n.html}`).join("\n")}`);
  expect(told.join("\n"), "accessibility").toBe("");
}

/** Fails when the page is wider than its window, as on a phone it must never be. */
export async function expectNoSidewaysScroll(page: Page) {
  const excess = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(excess, "pixels the page is too wide").toBeLessThanOrEqual(0);
}
