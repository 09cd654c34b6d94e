// What the browser journeys start from: Chromium pointed at the worker's server, logged in or not.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../fixtures";
import { admin } from "../server";

export { admin, expect };

/** Pages are of the worker's server: "/k/" is its portal. */
export const test = base.extend({ baseURL: ({ server }, use) => use(server.url) });

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
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => `${id}: ${[...any, ...all, ...none][0]?.message}\n  ${html}`),
  );
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
