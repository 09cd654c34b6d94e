// The company's people: let in, in their own language, kept out, let in again.
import type { Browser, Page } from "@playwright/test";
import { clientOf, makeApp, send } from "../clients/fixtures";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";
import { hireSato, sato, speak } from "./office";

test.use({ locale: "ja-JP", timezoneId: "Asia/Tokyo" });

const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

/** Does something to a user from the menu in his row. */
async function act(page: Page, name: string, what: string) {
  await row(page, name).getByRole("button").click();
  await page.getByRole("menuitem", { name: what }).click();
}

async function freshBrowser(browser: Browser, baseURL: string, locale: string) {
  return (await browser.newContext({ baseURL, locale, timezoneId: "Asia/Tokyo" })).newPage();
}

test.beforeEach(({ server }) => speak(server, "ja"));

test("somebody new logs in, chooses her language, is kept out, and let in again", async ({ page, browser, server }) => {
  await loginAs(page, admin);
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "追加する" }).click();
  const dialog = page.getByRole("dialog", { name: "ユーザーを追加" });
  await dialog.getByRole("button", { name: "追加する" }).click();
  await expect(dialog.getByText("入力してください。", { exact: true })).toHaveCount(2); // all at once
  await dialog.getByLabel("名前", { exact: true }).fill("Anna Weber");
  await dialog.getByLabel("ログイン名").fill("weber");
  await dialog.getByLabel("はじめのパスワード").fill("first-password-81");
  await dialog.getByLabel("メールアドレス").fill("weber@aoba.example");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "追加する" }).click();
  await expect(row(page, "weber@aoba.example")).toContainText("使用中");
  await expectAccessible(page);

  const anna = await freshBrowser(browser, server.url, "ja-JP");
  await anna.goto("/k/#/me");
  await anna.getByRole("textbox", { name: "ログイン名" }).fill("weber");
  await anna.getByLabel("パスワード", { exact: true }).fill("first-password-81");
  await anna.getByRole("button", { name: "ログイン", exact: true }).click();
  await expect(anna).toHaveURL(/\/k\/#\/me$/); // where she wanted to go
  await anna.getByRole("combobox", { name: "言語" }).click();
  await anna.getByRole("option", { name: "English" }).click();
  await anna.getByRole("button", { name: "保存" }).click();
  await expect(anna.getByRole("heading", { name: "My settings" })).toBeVisible();
  await expect(anna.getByRole("link", { name: "Home" })).toBeVisible();
  await expect(anna.getByRole("link", { name: "Users" })).toHaveCount(0);
  await expectAccessible(anna);
  await anna.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(anna);

  await act(page, "weber", "使用を停止する");
  await page.getByRole("dialog").getByRole("button", { name: "使用を停止する" }).click();
  await expect(row(page, "weber")).toContainText("停止中");
  const refused = await anna.request.get("/api/v1/me", { headers: { "X-Requested-With": "XMLHttpRequest" } });
  expect(refused.status()).toBe(401);
  await anna.goto("/k/");
  await expect(anna).toHaveURL(/\/login/);

  await act(page, "weber", "使用を再開する");
  await expect(row(page, "weber")).toContainText("使用中");
  await loginAs(anna, { login: "weber", password: "first-password-81" });
  await expect(anna.getByRole("button", { name: "Menu of Anna Weber" })).toBeVisible();
});

test("too many wrong passwords lock an account plainly, and an administrator unlocks it", async ({
  page,
  browser,
  server,
}) => {
  await hireSato(server);
  const stranger = await freshBrowser(browser, server.url, "en-US");
  await stranger.goto("/login");
  await stranger.getByRole("textbox", { name: "Login name" }).fill(sato.login);
  const alert = stranger.getByRole("alert");
  for (let i = 0; i < 5; i++) {
    await stranger.getByLabel("Password", { exact: true }).fill(`guess ${i}`);
    const answer = stranger.waitForResponse("**/api/v1/login");
    await stranger.getByRole("button", { name: "Log in", exact: true }).click();
    await answer;
  }
  await stranger.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(alert).toContainText("locked");
  await expectAccessible(stranger);

  await loginAs(page, admin);
  await page.goto("/admin/users");
  await expect(row(page, sato.login)).toContainText("ロック中");
  await expectAccessible(page);
  await act(page, sato.login, "ロックを解除する");
  await expect(row(page, sato.login)).toContainText("使用中");
  await loginAs(stranger, sato);
  await expect(stranger.getByRole("link", { name: "ホーム" })).toBeVisible(); // her language, not the browser's
});

test("the mail that a colleague would have got can be read while there is no mail server", async ({ page, server }) => {
  await hireSato(server);
  const client = clientOf(server, { username: admin.login, password: admin.password });
  const app = await makeApp(client, "日報", { 件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名" } });
  const { id } = await client.record.addRecord({ app, record: { 件名: { value: "港区商事を訪問" } } });
  const text = "明日の同行をお願いします。";
  const comment = { text, mentions: [{ code: sato.login, type: "USER" }] };
  expect(await send(server, "POST", "/k/v1/record/comment.json", { app, record: id, comment })).toMatchObject({
    status: 200,
  });
  await loginAs(page, admin);
  const mail = page.getByRole("row").filter({ hasText: sato.email }).filter({ hasText: "港区商事を訪問" });
  await expect(async () => {
    await page.goto("/admin/mails");
    await expect(mail).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expectAccessible(page);
  await mail.getByRole("button").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(text);
  await expect(dialog).toContainText(`/k/${app}/show#record=${id}`);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByText(sato.email).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});
