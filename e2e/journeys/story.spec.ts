// What Engawa is for, from the first start to the day a customer is shown out again.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";
import { phone } from "./office";
import { shiftJIS } from "./shift-jis";

test.use({ empty: true, locale: "ja-JP", timezoneId: "Asia/Tokyo" });

const orders = shiftJIS(
  [
    "件名,顧客名,金額,納期,原価",
    "机 50台 納品の件,港区商事,490000,2026/11/30,310000",
    "書庫の増設,盛岡システムズ,806800,2026/12/04,512000",
    "応接室の家具更新,みどり設計,2925000,2026/12/15,1842750",
    "",
  ].join("\r\n"),
);

/** Makes the first administrator at the address that the server prints, and nowhere else. */
async function setUp(page: Page, log: () => string) {
  await page.goto("/k/");
  await expect(page).toHaveURL(/\/login/); // the way in is only known to who started the server
  const address = /http\S+\/setup\/\S+/.exec(log())?.[0] ?? "";
  expect(address).not.toBe("");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "はじめの設定" })).toBeVisible();
  await expectAccessible(page);
  const start = page.getByRole("button", { name: "使いはじめる" });
  await page.getByRole("textbox", { name: "会社名" }).fill("株式会社青葉");
  await page.getByRole("textbox", { name: "名前", exact: true }).fill("青木 健");
  await page.getByRole("textbox", { name: "ログイン名" }).fill(admin.login);
  await page.getByLabel("パスワード", { exact: true }).fill("short");
  await start.click();
  await expect(page.getByText("8 文字以上で入力してください。")).toBeVisible();
  await page.getByLabel("パスワード", { exact: true }).fill(admin.password);
  await start.click();
  await expect(page.getByRole("heading", { name: "最初のアプリを作りましょう" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("株式会社青葉");
  await expectAccessible(page);

  const again = await page.request.get(address);
  expect(again.status(), "the address works once").toBe(404);
}

/** Makes an app from an office's file and opens it. */
async function importOrders(page: Page) {
  await page.getByRole("link", { name: "ファイルからアプリを作る" }).click();
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "受注管理.csv", mimeType: "text/csv", buffer: orders });
  await expect(page.getByLabel("文字コード")).toHaveValue("Shift_JIS");
  await page.getByRole("button", { name: "アプリを作る" }).click();
  await expect(page.getByText("3 行を取り込みました。")).toBeVisible();
  await page.getByRole("link", { name: "アプリを開く" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "受注管理" })).toBeVisible();
  await expect(page.getByText("1–3")).toBeVisible();
  await expectAccessible(page);
}

/** Makes a link that shows three of the five fields, and answers its address and password. */
async function share(page: Page) {
  await page.getByRole("button", { name: "社外と共有" }).click();
  await page.getByRole("button", { name: "リンクを作る" }).click();
  const dialog = page.getByRole("dialog", { name: "社外と共有する" });
  await dialog.getByRole("textbox", { name: "ページの見出し" }).fill("机 50台のご確認");
  for (const field of [/^件名/, /^金額/, /^納期/]) await dialog.getByRole("checkbox", { name: field }).check();
  await dialog.getByRole("button", { name: "社外に共有する" }).click();
  const handOver = page.getByRole("dialog", { name: "リンクを渡す" });
  const url = await handOver.getByRole("textbox", { name: "アドレス" }).inputValue();
  const password = await handOver.getByRole("textbox", { name: "パスワード" }).inputValue();
  await handOver.getByRole("button", { name: "閉じる" }).last().click();
  return { url, password };
}

test("from an empty site to a customer's answer, and the door closed again", async ({ page, browser, server }) => {
  await setUp(page, server.log);
  await importOrders(page);
  await page.getByRole("row").filter({ hasText: "港区商事" }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "机 50台 納品の件" })).toBeVisible();
  await page.getByRole("textbox", { name: "社内のコメント" }).fill("値引きは 5% まで。原価は 310000 です。");
  await page.getByRole("button", { name: "社内に送る" }).click();
  await expect(page.getByRole("list", { name: "コメント" })).toContainText("値引きは 5% まで");
  await expect(page.getByRole("radio", { name: "社外" })).toHaveCount(0); // nobody there to send to
  const link = await share(page);
  await page.getByRole("tab", { name: "コメント" }).click();

  const customer = await phone(browser, "en-US");
  await customer.goto(link.url);
  await customer.getByLabel("Password").fill(link.password);
  await customer.getByRole("button", { name: "Open" }).click();
  await expect(customer.getByRole("heading", { level: 1, name: "机 50台のご確認" })).toBeVisible();
  await expect(customer.getByText("株式会社青葉").first()).toBeVisible();
  await expect(customer.getByText("490000")).toBeVisible();
  await expect(customer.getByText("Mon 30 Nov 2026")).toBeVisible();
  expect(await customer.content(), "what was not chosen").not.toMatch(/310000|310,000|港区商事|値引き/);
  await expectAccessible(customer);
  await expectNoSidewaysScroll(customer);
  await customer.getByRole("textbox", { name: "Your name" }).fill("港区商事 山田");
  await customer.getByRole("textbox", { name: /^Message to/ }).fill("納期を1日早められますか");
  await customer.getByRole("button", { name: "Send" }).click();
  const talk = customer.getByRole("log");
  await expect(talk).toContainText("納期を1日早められますか");

  // The record is still open at the office: bell and comment come by themselves. The other notice is of the import.
  const bell = page.getByRole("banner").getByRole("link", { name: /通知/ });
  await expect(bell).toHaveAccessibleName("未読の通知 2 件");
  const question = page.getByRole("listitem").filter({ hasText: "納期を1日早められますか" });
  await expect(question).toContainText("港区商事 山田");
  await expect(question).toContainText("社外");
  await expectAccessible(page);
  await bell.click();
  await expect(page.getByRole("heading", { name: "通知", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("main")
    .getByRole("link", { name: /納期を1日早められますか/ })
    .click();

  await page.getByRole("radio", { name: "社外" }).check();
  await page.getByRole("textbox", { name: "社外にも見えるコメント" }).fill("はい、29日にお届けします。");
  await expectAccessible(page);
  await page.getByRole("button", { name: "社外に送る" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "29日にお届け" })).toContainText("社外に公開");
  await expect(page.getByRole("textbox", { name: "社内のコメント" })).toBeVisible(); // back inside for the next one
  await expect(talk).toContainText("はい、29日にお届けします。");
  await expect(talk).not.toContainText("値引き");
  await expect(bell).toHaveAccessibleName("未読の通知 1 件"); // the customer's has been read

  await page.getByRole("tab", { name: "共有" }).click();
  await page.getByRole("button", { name: "いますぐ止める" }).click();
  await expect(customer.getByRole("heading", { name: "This link is no longer available" })).toBeVisible();
  expect(await customer.content()).not.toMatch(/机|490|山田/);
});
