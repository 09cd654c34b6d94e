import type { Browser, Page } from "@playwright/test";
import { clientOf, makeApp, send } from "../clients/fixtures";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";

const secret = "原価は 310000 です";

/** A record with something to show and something to hide, an attached file, and an internal comment. */
async function makeDeal(server: Parameters<typeof clientOf>[0]) {
  const client = clientOf(server, { username: admin.login, password: admin.password });
  const app = await makeApp(client, "受注管理", {
    件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名" },
    金額: { type: "NUMBER", code: "金額", label: "金額", digit: true, unit: "¥" },
    社内メモ: { type: "MULTI_LINE_TEXT", code: "社内メモ", label: "社内メモ" },
    見積書: { type: "FILE", code: "見積書", label: "見積書" },
    明細: {
      type: "SUBTABLE",
      code: "明細",
      label: "明細",
      fields: { 品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名" } },
    },
  });
  const { fileKey } = await client.file.uploadFile({ file: { name: "見積書.txt", data: Buffer.from("机 50台") } });
  const { id } = await client.record.addRecord({
    app,
    record: {
      件名: { value: "机 50台 納品の件" },
      金額: { value: "490000" },
      社内メモ: { value: secret },
      見積書: { value: [{ fileKey }] },
      明細: { value: [{ value: { 品名: { value: "会議机" } } }] },
    },
  });
  await client.record.addRecordComment({ app, record: id, comment: { text: secret } });
  return `/k/${app}/show#record=${id}`;
}

/** Makes a link in the dialog and answers its address and password. */
async function share(page: Page, fields: RegExp[], download: boolean) {
  await page.getByRole("button", { name: /^社外と共有/ }).click();
  await page.getByRole("button", { name: "リンクを作る" }).click();
  const dialog = page.getByRole("dialog", { name: "社外と共有する" });
  await expect(dialog.getByRole("checkbox", { name: /件名|金額|見積書|明細|社内メモ/, checked: true })).toHaveCount(0);
  await dialog.getByRole("textbox", { name: "ページの見出し" }).fill("机 50台のご確認");
  for (const field of fields) await dialog.getByRole("checkbox", { name: field }).check();
  if (download) await dialog.getByRole("checkbox", { name: "ファイルを開いて保存する" }).check();
  const preview = dialog.getByRole("region", { name: "相手の画面" });
  await expect(preview.getByRole("heading", { name: "机 50台のご確認" })).toBeVisible();
  await expect(preview).not.toContainText(secret);
  await expect(dialog.getByRole("status")).toContainText(`社外に新しく見えるもの: ${fields.length} 項目`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "社外に共有する" }).click();

  const handOver = page.getByRole("dialog", { name: "リンクを渡す" });
  const url = await handOver.getByRole("textbox", { name: "アドレス" }).inputValue();
  const password = await handOver.getByRole("textbox", { name: "パスワード" }).inputValue();
  await expect(handOver.getByRole("img", { name: "アドレスの QR コード" })).toHaveJSProperty("complete", true);
  const mail = await handOver.getByRole("textbox", { name: "メールの文面" }).inputValue();
  expect(mail).toContain(url);
  expect(mail).not.toContain(password);
  await expectAccessible(page);
  await handOver.getByRole("button", { name: "閉じる" }).last().click();
  return { url, password };
}

/** A customer's phone, on which nothing is known of the company. */
async function phone(browser: Browser, locale = "en-US") {
  const context = await browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
  });
  return context.newPage();
}

async function unlock(page: Page, { url, password }: { url: string; password: string }) {
  await page.goto(url);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "机 50台のご確認" })).toBeVisible();
}

test.beforeEach(async ({ server }) => {
  expect(await send(server, "PUT", "/api/v1/me", { locale: "ja" })).toMatchObject({ status: 200 });
});

test("a customer is let in by a link, reads, answers, and sees nothing else", async ({ page, browser, server }) => {
  const record = await makeDeal(server);
  await loginAs(page, admin);
  await page.goto(record);
  const link = await share(page, [/^件名/, /^金額/, /^見積書/, /^明細/], true);

  const customer = await phone(browser);
  await customer.goto(link.url);
  await expect(customer.getByRole("heading", { name: "Enter the password" })).toBeVisible();
  expect(await customer.content()).not.toMatch(/机|490000/);
  await expectAccessible(customer);
  await customer.getByLabel("Password").fill("wrong");
  await customer.getByRole("button", { name: "Open" }).click();
  await expect(customer.getByRole("alert")).toContainText("The password is wrong.");
  await unlock(customer, link);

  await expect(customer.getByText("¥490,000")).toBeVisible();
  await expect(customer.getByRole("cell", { name: "会議机" })).toBeVisible();
  expect(await customer.content()).not.toContain("310000");
  await expectNoSidewaysScroll(customer);
  await expectAccessible(customer);
  await customer.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(customer);
  const [download] = await Promise.all([
    customer.waitForEvent("download"),
    customer.getByRole("link", { name: /見積書\.txt/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("見積書.txt");

  await customer.getByRole("textbox", { name: "Your name" }).fill("山田");
  await customer.getByRole("textbox", { name: /^Message to/ }).fill("納期を1日早められますか");
  await customer.getByRole("button", { name: "Send" }).click();
  await expect(customer.getByRole("log")).toContainText("納期を1日早められますか");
  await customer.reload();
  await expect(customer.getByText("Sent as 山田")).toBeVisible();

  await page.getByRole("tab", { name: "コメント" }).click();
  const said = page.getByRole("listitem").filter({ hasText: "納期を1日早められますか" });
  await expect(said).toContainText("山田");
  await expect(said).toContainText("社外");
  await expect(page.getByRole("banner").getByRole("link", { name: /未読の通知/ })).toBeVisible();

  await page.getByRole("tab", { name: "共有" }).click();
  await page.getByRole("button", { name: /回開かれました/ }).click();
  const accesses = page.getByRole("list", { name: "開かれた記録" });
  await expect(accesses).toContainText("パスワードを間違えました");
  await expect(accesses).toContainText("山田 コメントしました");
  await expect(accesses).toContainText("ファイルを保存しました");
  await expectAccessible(page);

  await page.getByRole("button", { name: "いますぐ止める" }).click();
  await expect(customer.getByRole("heading", { name: "This link is no longer available" })).toBeVisible();
  expect(await customer.content()).not.toMatch(/机|490|山田/);
  await customer.reload();
  await expect(customer.getByRole("heading", { name: "This link is no longer available" })).toBeVisible();
  await expect(page.getByText("社外には見えていません")).toBeVisible();
});

test("what may not be saved is known by name only, and who may not comment has nowhere to", async ({
  page,
  browser,
  server,
}) => {
  const record = await makeDeal(server);
  await loginAs(page, admin);
  await page.goto(record);
  const link = await share(page, [/^見積書/], false);
  const customer = await phone(browser);
  await unlock(customer, link);
  await expect(customer.getByText("見積書.txt")).toBeVisible();
  await expect(customer.getByRole("link")).toHaveCount(0);
  await expect(customer.getByRole("textbox", { name: /^Message to/ })).toBeVisible();

  await page.getByRole("button", { name: "このリンクの操作" }).click();
  await page.getByRole("menuitem", { name: "見せるものを変える" }).click();
  const dialog = page.getByRole("dialog", { name: "社外との共有を変える" });
  await expect(dialog.getByRole("status")).toContainText("社外に新しく見えるものはありません");
  await dialog.getByRole("checkbox", { name: "コメントを書く" }).uncheck();
  await dialog.getByRole("checkbox", { name: /^金額/ }).check();
  await expect(dialog.getByRole("status")).toContainText("1 項目");
  await dialog.getByRole("button", { name: "変更を社外に反映する" }).click();
  await expect(dialog).toBeHidden();
  await customer.reload();
  await expect(customer.getByText("¥490,000")).toBeVisible();
  await expect(customer.getByRole("textbox")).toHaveCount(0);
});

test("an address that never was says what a closed one says, in the reader's language", async ({ browser, server }) => {
  for (const [locale, words] of [
    ["en-US", "This link is no longer available"],
    ["ja-JP", "このリンクは使えません"],
  ] as const) {
    const stranger = await phone(browser, locale);
    await stranger.goto(`${server.url}/s/AAAAAAAAAAAAAAAAAAAAAAAA`);
    await expect(stranger.getByRole("heading", { name: words })).toBeVisible();
    await expectNoSidewaysScroll(stranger);
    await expectAccessible(stranger);
    await stranger.getByRole("button", { name: locale === "ja-JP" ? "English" : "日本語" }).click();
    await expect(stranger.getByRole("heading", { name: words })).toBeHidden();
  }
});
