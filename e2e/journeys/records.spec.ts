// A day's work with records: written, found, discussed, changed by two at once, put right again.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";
import { browserOf, hireSato, makeOrders, sato, speak } from "./office";

test.use({ locale: "ja-JP", timezoneId: "Asia/Tokyo" });

const titles = (page: Page) => page.locator('tbody [data-field-code="件名"]');
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const said = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });

for (const [locale, size, w] of [
  ["ja", { width: 1280, height: 800 }, { save: "保存", day: "2026年12月4日(金)" }],
  ["en", { width: 360, height: 740 }, { save: "Save", day: "Fri 4 Dec 2026" }],
] as const) {
  test(`a new record in ${locale}, ${size.width} wide: every mistake is told at once, and put right`, async ({
    page,
    server,
  }) => {
    await speak(server, locale);
    const { app } = await makeOrders(server);
    await page.setViewportSize(size);
    await loginAs(page, admin);
    await page.goto(`/k/${app}/edit`);
    await page.getByRole("textbox", { name: "件名" }).fill("あ".repeat(31));
    await page.getByRole("textbox", { name: "金額" }).fill("９，５００，０００");
    await page.getByRole("button", { name: locale === "ja" ? "行を追加" : "Add a row" }).click();
    await button(page, w.save).click();

    const list = page.getByRole("alert");
    await expect(list).toBeFocused();
    await expect(list.getByRole("button")).toHaveText(["件名", "金額", "納期", "状況", "明細"]);
    await expect(page.locator('[aria-invalid="true"]')).toHaveCount(5);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await list.getByRole("button", { name: "納期" }).click();
    const day = page.getByRole("textbox", { name: "納期" });
    await expect(day).toBeFocused();
    await day.fill("2026/12/4");
    await day.press("Tab");
    await expect(day).toHaveValue(w.day);
    await list.getByRole("button", { name: "明細" }).click();
    await expect(page.getByRole("textbox", { name: "品名" })).toBeFocused();
    await page.keyboard.type("会議机");
    await page.getByRole("textbox", { name: "件名" }).fill("会議机の追加");
    await page.getByRole("textbox", { name: "金額" }).fill("９５０，０００");
    await page.getByRole("combobox", { name: "状況" }).click();
    await page.getByRole("option", { name: "手配中" }).click();
    await button(page, w.save).click();

    await expect(page).toHaveURL(/show#record=\d+/);
    await expect(page.getByRole("heading", { level: 1, name: "会議机の追加" })).toBeVisible();
    await expect(page.getByText("¥950,000")).toBeVisible();
    await expect(page.getByText(w.day)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test.describe("in Japanese", () => {
  test.beforeEach(async ({ server }) => {
    await speak(server, "ja");
    await hireSato(server);
  });

  test("records are found: narrowed, sorted, and the address keeps it", async ({ page, server }) => {
    const { list } = await makeOrders(server);
    await loginAs(page, admin);
    await page.goto(list);
    await expect(titles(page)).toHaveCount(3);
    await button(page, "絞り込み").click();
    const dialog = page.getByRole("dialog", { name: "絞り込み" });
    await dialog.getByRole("combobox", { name: "項目" }).click();
    await page.getByRole("option", { name: "状況" }).click();
    await dialog.getByRole("combobox", { name: "値" }).click();
    await page.getByRole("option", { name: "手配中" }).click();
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "条件を追加" }).click();
    await dialog.getByRole("combobox", { name: "項目" }).last().click();
    await page.getByRole("option", { name: "金額" }).click();
    await dialog.getByRole("combobox", { name: "くらべ方" }).last().click();
    await page.getByRole("option", { name: "≧ 以上" }).click();
    await dialog.getByRole("textbox", { name: "値" }).fill("500,000");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "絞り込む", exact: true }).click();
    await expect(titles(page)).toHaveText(["書庫の増設"]);
    await page.reload();
    await expect(titles(page)).toHaveText(["書庫の増設"]);
    await button(page, "絞り込み(2)").click();
    await dialog.getByRole("button", { name: "絞り込みを外す" }).click();
    await expect(titles(page)).toHaveCount(3);

    await page.getByRole("columnheader", { name: "金額" }).getByRole("button").click();
    await expect(titles(page)).toHaveText(["机 50台 納品の件", "書庫の増設", "応接室の家具更新"]);
    await page.getByRole("columnheader", { name: "金額" }).getByRole("button").click();
    await expect(titles(page)).toHaveText(["応接室の家具更新", "書庫の増設", "机 50台 納品の件"]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("応接室の家具更新");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });

  test("two people change a record at once, and neither loses a word", async ({ page, browser, server }) => {
    const { show } = await makeOrders(server);
    await loginAs(page, admin);
    await page.goto(`${show}&mode=edit`);
    await page.getByRole("textbox", { name: "件名" }).fill("机 60台 納品の件");
    await page.getByRole("textbox", { name: "金額" }).fill("588000");

    const colleague = await browserOf(browser, server, sato);
    await colleague.goto(`${show}&mode=edit`);
    await colleague.getByRole("textbox", { name: "金額" }).fill("480000");
    await colleague.getByRole("textbox", { name: "品名" }).fill("会議机 W1800");
    await button(colleague, "保存").click();
    await expect(colleague.getByText("¥480,000")).toBeVisible();

    await button(page, "保存").click();
    const dialog = page.getByRole("dialog", { name: "ほかの人も、このレコードを変えました" });
    await expect(dialog).toContainText(`${sato.name} `);
    await expect(dialog.getByRole("heading", { level: 3 })).toHaveText(["金額"]); // the only one that both changed
    await expect(dialog).toContainText("¥588,000");
    await expectAccessible(page);
    await dialog.getByRole("radio", { name: "金額: ほかの人の値を残す" }).check();
    await dialog.getByRole("button", { name: "この内容で保存" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "机 60台 納品の件" })).toBeVisible();
    await expect(page.getByText("¥480,000")).toBeVisible();
    await expect(page.getByRole("cell", { name: "会議机 W1800" })).toBeVisible();
  });

  test("a picture is attached, a colleague is called, and hears of it at once", async ({ page, browser, server }) => {
    const { show } = await makeOrders(server);
    const colleague = await browserOf(browser, server, sato);
    await expect(colleague.getByRole("link", { name: "ホーム" })).toBeVisible();
    await loginAs(page, admin);
    const picture = await page.screenshot();
    await page.goto(`${show}&mode=edit`);
    const files = [{ name: "配置図.png", mimeType: "image/png", buffer: picture }];
    await page.locator('input[type="file"]').setInputFiles(files);
    await expect(button(page, "配置図.png を外す")).toBeVisible();
    await button(page, "保存").click();
    const thumbnail = page.getByRole("img", { name: "配置図.png" });
    await expect(thumbnail).toHaveJSProperty("complete", true);
    expect(await thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await expectAccessible(page);

    const comment = page.getByRole("textbox", { name: "社内のコメント" });
    await comment.pressSequentially("@佐藤");
    await page.getByRole("option", { name: sato.name }).click();
    await comment.pressSequentially("配置図を見てください。");
    await comment.press("Control+Enter");
    await expect(page.getByRole("list", { name: "コメント" })).toContainText("配置図を見てください。");

    await colleague
      .getByRole("banner")
      .getByRole("link", { name: /^未読の通知/ })
      .click();
    await colleague
      .getByRole("main")
      .getByRole("link", { name: /配置図を見てください/ })
      .click();
    await expect(colleague.getByRole("heading", { level: 1, name: "机 50台 納品の件" })).toBeVisible();
    await expect(colleague.getByRole("list", { name: "コメント" })).toContainText("配置図を見てください。");
  });

  test("what was changed can be taken back: a version, a deletion, the trash", async ({ page, server }) => {
    const { app, id, show, list, client } = await makeOrders(server);
    await client.record.updateRecord({ app, id, record: { 金額: { value: "1" }, 件名: { value: "まちがい" } } });
    await loginAs(page, admin);
    await page.goto(`${show}&tab=history`);
    const entries = page.getByRole("tabpanel").getByRole("listitem");
    await expect(entries.first()).toContainText("¥490,000");
    await expect(entries.first()).toContainText("まちがい");
    await expectAccessible(page);
    await entries.last().getByRole("button", { name: "この版に戻す" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "この版に戻す" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "机 50台 納品の件" })).toBeVisible();
    await expect(entries.first()).toContainText("以前の版に戻した");

    await button(page, "その他").click();
    await page.getByRole("menuitem", { name: "削除" }).click();
    await expect(page).not.toHaveURL(new RegExp(`record=${id}(&|$)`));
    await said(page, "1 件をごみ箱に移しました。").getByRole("button", { name: "元に戻す" }).click();
    await page.goto(list);
    await expect(titles(page)).toHaveCount(3);
    await page.getByRole("checkbox", { name: "すべて選ぶ" }).check();
    await page.getByRole("toolbar").getByRole("button", { name: "削除" }).click();
    await expect(page.getByRole("heading", { name: "まだレコードがありません" })).toBeVisible();
    await expectAccessible(page);
    await button(page, "その他").click();
    await page.getByRole("menuitem", { name: "ごみ箱" }).click();
    await expect(page.getByRole("heading", { name: "受注管理 のごみ箱" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("row").filter({ hasText: "書庫の増設" }).getByRole("button", { name: "元に戻す" }).click();
    await expect(page.getByRole("row").filter({ hasText: "書庫の増設" })).toHaveCount(0);
    await page.getByRole("link", { name: "一覧へ" }).click();
    await expect(titles(page)).toHaveText(["書庫の増設"]);
  });

  test("what was typed and not saved is still there after the page was lost", async ({ page, server }) => {
    const { app, show } = await makeOrders(server);
    await loginAs(page, admin);
    for (const address of [`/k/${app}/edit`, `${show}&mode=edit`]) {
      await page.goto(address);
      await page.getByRole("textbox", { name: "件名" }).fill("書きかけの件名");
      await page.reload();
      await expect(page.getByRole("textbox", { name: "件名" })).not.toHaveValue("書きかけの件名");
      await button(page, "続きから入力する").click();
      await expect(page.getByRole("textbox", { name: "件名" })).toHaveValue("書きかけの件名");
      await button(page, "キャンセル").click();
      await expect(page.getByRole("form")).toHaveCount(0);
    }
    await page.goto(`${show}&mode=edit`);
    await expect(page.getByRole("textbox", { name: "件名" })).toHaveValue("机 50台 納品の件");
    await expect(button(page, "続きから入力する")).toHaveCount(0); // cancelled is not lost
  });

  test("the keyboard is enough: move, open, edit, add, find an act by its name", async ({ page, server }) => {
    const { list } = await makeOrders(server);
    await loginAs(page, admin);
    await page.goto(list);
    await expect(titles(page)).toHaveCount(3);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "キーボード操作" });
    await expect(help).toContainText("レコードを追加");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();

    const second = (await titles(page).nth(1).textContent()) ?? "";
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: second })).toBeVisible();
    await page.keyboard.press("e");
    await expect(page.getByRole("form", { name: "レコードの入力" })).toBeVisible();
    await page.getByRole("textbox", { name: "件名" }).fill("キーボードから");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("heading", { level: 1, name: "キーボードから" })).toBeVisible();
    await page.keyboard.press("u");
    await expect(titles(page)).toHaveCount(3);
    await page.keyboard.press("c");
    await expect(page.getByRole("heading", { name: "レコードを追加" })).toBeVisible();

    await page.keyboard.press("Control+k");
    const search = page
      .getByRole("searchbox", { name: "検索・操作" })
      .or(page.getByPlaceholder("アプリや操作の名前を入力"));
    await search.first().fill("ユーザー");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "ユーザー", exact: true })).toBeVisible();
  });
});
