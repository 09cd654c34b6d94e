import type { Locator, Page } from "@playwright/test";
import { clientOf, makeApp, send } from "../clients/fixtures";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";

const clientOfAdmin = (server: Parameters<typeof clientOf>[0]) =>
  clientOf(server, { username: admin.login, password: admin.password });

/** A published app of orders, its fields each in a row of its own. */
const makeOrders = (server: Parameters<typeof clientOf>[0]) =>
  makeApp(clientOfAdmin(server), "受注管理", {
    件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名", required: true },
    金額: { type: "NUMBER", code: "金額", label: "金額" },
    納期: { type: "DATE", code: "納期", label: "納期" },
    明細: {
      type: "SUBTABLE",
      code: "明細",
      label: "明細",
      fields: { 品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名" } },
    },
  });

const settingsOf = (app: string, section = "form") => `/k/admin/app/flow?app=${app}#section=${section}`;

const canvas = (page: Page) => page.getByRole("region", { name: "フォーム" });
const part = (page: Page, name: string) =>
  page.getByRole("complementary", { name: "部品", exact: true }).getByRole("button", { name, exact: true });
const placed = (page: Page, label: string) => canvas(page).getByRole("button", { name: new RegExp(`^${label}、`) });
const saved = (page: Page) => expect(page.getByText("下書き保存済み")).toBeVisible();

/** Drags with the mouse to a point of the window. */
async function drag(page: Page, what: Locator, to: { x: number; y: number }) {
  const box = await boxOf(what);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 12, box.y + box.height / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
}

async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (!box) throw new Error(`${what} is not on the screen`);
  return box;
}

/** The saved form in short: rows between slashes, a table with its columns. */
async function rowsOf(server: Parameters<typeof clientOf>[0], app: string, preview = true): Promise<string> {
  const { layout } = await clientOfAdmin(server).app.getFormLayout({ app, preview });
  const codes = (fields: object[]) => fields.map((f) => ("code" in f ? f.code : "-")).join(" ");
  return layout
    .map((row) => (row.type === "ROW" ? codes(row.fields) : `${row.code}(${"fields" in row ? codes(row.fields) : ""})`))
    .join(" / ");
}

test.describe("in Japanese", () => {
  test.use({ locale: "ja-JP" });
  test.beforeEach(async ({ page, server }) => {
    await send(server, "PUT", "/api/v1/me", { locale: "ja" });
    await loginAs(page, admin);
  });

  test("an app from nothing: named, built by mouse and keyboard, tried, published, opened", async ({
    page,
    server,
  }) => {
    await page.goto("/k/admin/app/flow?new=1");
    await expectAccessible(page);
    await page.getByRole("button", { name: "作る" }).click();
    await expect(page.getByText("名前を入力してください。")).toBeVisible();
    await page.getByRole("textbox", { name: "アプリの名前" }).fill("見積管理");
    await page.getByRole("button", { name: "作る" }).click();
    await expect(page.getByRole("heading", { name: "部品を置きましょう" })).toBeVisible();
    const app = new URL(page.url()).searchParams.get("app") ?? "";

    const { x, y } = await boxOf(canvas(page));
    await drag(page, part(page, "文字列(1行)"), { x: x + 150, y: y + 60 });
    const name = page.getByRole("textbox", { name: "項目名" });
    await name.fill("件名");
    await expect(page.getByRole("textbox", { name: "フィールドコード" })).toHaveValue("件名");
    const title = await boxOf(placed(page, "件名"));
    await drag(page, part(page, "数値"), { x: title.x + title.width + 60, y: title.y + title.height / 2 });
    await name.fill("合計(税込)");
    await expect(page.getByRole("textbox", { name: "フィールドコード" })).toHaveValue("合計_税込_");

    await part(page, "ドロップダウン").press("Enter");
    await name.fill("状況");
    const option = page.getByRole("textbox", { name: "選択肢の名前" });
    await option.first().fill("作成中");
    await page.getByRole("textbox", { name: "選択肢を追加" }).fill("提出済み");
    await page.keyboard.press("Enter");
    await expect(option).toHaveCount(3);
    await page.getByRole("button", { name: "「選択肢2」を外す" }).click();
    await expect(option).toHaveCount(2);

    await part(page, "テーブル").press("Enter");
    await part(page, "文字列(複数行)").press("Enter");
    await expect(placed(page, "文字列\\(複数行\\)")).toBeVisible();
    await saved(page);
    await expectAccessible(page);
    expect(await rowsOf(server, app)).toBe("件名 合計_税込_ / 状況 / テーブル(文字列_複数行_)");

    await page.getByRole("button", { name: "試す" }).click();
    const preview = page.getByRole("dialog", { name: "試す: 見積管理" });
    await preview.getByRole("textbox", { name: "件名" }).fill("机 50台");
    await expectAccessible(page);
    await preview.getByRole("button", { name: "閉じる" }).click();

    await page.getByRole("button", { name: "公開する", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "公開する" }).click();
    await expect(page.getByText("「見積管理」を公開しました。")).toBeVisible();
    await expect(page.getByRole("button", { name: "すべて公開済み" })).toBeDisabled();
    await page.getByRole("link", { name: "アプリを開く" }).click();
    await expect(page.getByRole("heading", { name: "見積管理" })).toBeVisible();
  });

  test("the keyboard alone moves, widens, copies, deletes and takes back", async ({ page, server }) => {
    const app = await makeOrders(server);
    await page.goto(settingsOf(app));
    await placed(page, "納期").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByText("納期を 2 行目の 2 番目へ動かしました。")).toBeAttached();
    await page.keyboard.press("Alt+ArrowLeft");
    await expect(placed(page, "納期")).toBeFocused();
    await page.keyboard.press("+");
    await page.keyboard.press("Control+d");
    await expect(placed(page, "納期")).toHaveCount(2);
    await page.keyboard.press("Delete");
    await expect(placed(page, "納期")).toHaveCount(1);
    await saved(page);
    expect(await rowsOf(server, app)).toBe("件名 / 納期 金額 / 明細(品名)");

    await placed(page, "納期").press("Enter");
    await expect(page.getByRole("textbox", { name: "項目名" })).toBeFocused();
    await page.getByRole("textbox", { name: "フィールドコード" }).fill("1番");
    await expect(page.getByText("フィールドコードは半角数字で始められません。").first()).toBeVisible();
    await expect(page.getByRole("button", { name: /直すと保存されます/ })).toBeVisible();
    for (let n = 0; n < 6; n++) await page.keyboard.press("Control+z");
    await saved(page);
    expect(await rowsOf(server, app)).toBe("件名 / 金額 / 納期 / 明細(品名)");
    await expect(page.getByRole("button", { name: "すべて公開済み" })).toBeVisible();
    await page.keyboard.press("Control+y");
    await expect(page.getByRole("button", { name: "公開する: 1 か所の変更" })).toBeVisible();

    await placed(page, "件名").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByText(/「金額」|「納期」/).first()).toBeAttached();
    await page.keyboard.press("Escape");
  });

  test("a published field stays out of tables, and deleted it comes back with its data", async ({ page, server }) => {
    const app = await makeOrders(server);
    const client = clientOfAdmin(server);
    const { id } = await client.record.addRecord({ app, record: { 件名: { value: "机" }, 金額: { value: "490000" } } });
    await page.goto(settingsOf(app));
    const column = await boxOf(placed(page, "品名"));
    await drag(page, placed(page, "金額"), { x: column.x + column.width - 8, y: column.y + column.height / 2 });
    await expect(page.getByText("公開済みの項目は、テーブルの中へ移せません").first()).toBeVisible();

    await placed(page, "金額").focus();
    await page.keyboard.press("Delete");
    await saved(page);
    await expect.poll(() => rowsOf(server, app)).toBe("件名 / 納期 / 明細(品名)");
    await page.getByRole("button", { name: "公開する: 1 か所の変更" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("数値「金額」を削除")).toBeVisible();
    await expect(dialog.getByText("この項目に入っているデータが消えます")).toBeVisible();
    await dialog.getByRole("button", { name: "キャンセル" }).click();

    await page.getByRole("button", { name: "元に戻す", exact: true }).first().click();
    await page.getByRole("textbox", { name: "アプリの名前" }).fill("受注台帳");
    await expect.poll(() => rowsOf(server, app)).toBe("件名 / 金額 / 納期 / 明細(品名)");
    await saved(page);
    await page.getByRole("button", { name: "公開する: 1 か所の変更" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "公開する" }).click();
    await expect(page.getByText("「受注台帳」の変更を公開しました。")).toBeVisible();
    const { record } = await client.record.getRecord({ app, id });
    expect(record.金額?.value).toBe("490000");
  });

  test("another administrator's change is shown, and neither version is lost", async ({ page, server }) => {
    const app = await makeOrders(server);
    await page.goto(settingsOf(app));
    await expect(placed(page, "件名")).toBeVisible();
    await clientOfAdmin(server).app.updateFormFields({
      app,
      properties: { 納期: { type: "DATE", code: "納期", label: "希望納期" } },
    });
    await placed(page, "金額").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "項目名" }).fill("受注金額");
    const dialog = page.getByRole("dialog", { name: "ほかの人が設定を変えました" });
    await expect(dialog.getByText("日付「希望納期」を変更")).toBeVisible();
    await expect(dialog.getByText("数値「受注金額」を変更")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "最新を読み込む" }).click();
    await expect(placed(page, "希望納期")).toBeVisible();
    await expect(placed(page, "金額")).toBeVisible();
    await page.getByRole("button", { name: "元に戻す", exact: true }).first().click();
    await expect(placed(page, "受注金額")).toBeVisible();
    await saved(page);
  });

  test("views, settings, permissions and tokens; what is published is told, what is discarded comes back", async ({
    page,
    server,
  }) => {
    const app = await makeOrders(server);
    await page.goto(settingsOf(app, "views"));
    await page.getByRole("button", { name: "一覧を追加" }).click();
    await page.getByRole("menuitem", { name: "表形式" }).click();
    await page.getByRole("textbox", { name: "一覧の名前" }).fill("大口");
    await page.getByRole("button", { name: "「納期」を外す" }).click();
    await page.getByRole("button", { name: "条件を付ける" }).click();
    const filter = page.getByRole("dialog", { name: "絞り込み" });
    await filter.getByLabel("項目").first().click();
    await page.getByRole("option", { name: "金額" }).click();
    await filter.getByLabel("くらべ方").click();
    await page.getByRole("option", { name: /以上/ }).click();
    await filter.getByLabel("値").fill("100000");
    await filter.getByRole("button", { name: "絞り込む" }).click();
    await page.getByPlaceholder("新しい順(項目を選んで変更)").click();
    await page.getByRole("option", { name: "金額" }).click();
    await saved(page);
    await expectAccessible(page);

    await page.getByRole("link", { name: "設定", exact: true }).click();
    await page.getByRole("checkbox", { name: "レコードにコメントを書けるようにする" }).uncheck();
    await page.getByRole("radio", { name: "青" }).click();
    await saved(page);
    await expectAccessible(page);

    await page.getByRole("link", { name: "アクセス権" }).click();
    await page.getByRole("checkbox", { name: "全員: 閲覧" }).uncheck();
    await expect(page.getByRole("checkbox", { name: "全員: 編集" })).not.toBeChecked();
    await page.getByPlaceholder("項目を選んで決める").click();
    await page.getByRole("option", { name: "金額" }).click();
    await saved(page);
    await expectAccessible(page);

    await page.getByRole("button", { name: "公開する: 4 か所の変更" }).click();
    const dialog = page.getByRole("dialog");
    for (const line of [
      "一覧「大口」を追加",
      "アプリの設定を変更",
      "アプリのアクセス権を変更",
      "項目「金額」のアクセス権を変更",
    ]) {
      await expect(dialog.getByText(line)).toBeVisible();
    }
    await dialog.getByRole("button", { name: "公開する" }).click();
    await expect(page.getByText("「受注管理」の変更を公開しました。")).toBeVisible();
    const { views } = await clientOfAdmin(server).app.getViews({ app });
    expect(views.大口).toMatchObject({ filterCond: '金額 >= "100000"', sort: "金額 asc" });

    await page.getByRole("link", { name: "APIトークン" }).click();
    await page.getByRole("textbox", { name: "メモ" }).fill("会計ソフト");
    await page.getByRole("button", { name: "トークンを作る" }).click();
    await expect(page.getByText("トークンはこの一度しか表示されません。")).toBeVisible();
    const token = await page.locator("code").textContent();
    const answer = await page.request.get(`/k/v1/records.json?app=${app}`, {
      headers: { "X-Cybozu-API-Token": token ?? "" },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    await expectAccessible(page);
    await page.getByRole("button", { name: "トークン「会計ソフト」を削除" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "削除" }).click();
    await expect(page.getByText("APIトークンはまだありません")).toBeVisible();

    await page.getByRole("link", { name: "フォーム" }).click();
    await placed(page, "金額").focus();
    await page.keyboard.press("Delete");
    await saved(page);
    await page.getByRole("button", { name: "公開のほかの操作" }).click();
    await page.getByRole("menuitem", { name: "変更を破棄" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "変更を破棄" }).click();
    await expect(placed(page, "金額")).toBeVisible();
    await expect(page.getByRole("button", { name: "すべて公開済み" })).toBeVisible();
  });
});

for (const [locale, words] of Object.entries({
  "ja-JP": { add: "部品を追加", date: "日付", settings: "設定", name: "項目名" },
  "en-US": { add: "Add a part", date: "Date", settings: "Settings", name: "Field name" },
})) {
  test.describe(`on a phone, ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 740 }, hasTouch: true });

    test("every section fits, and one thumb adds and sets up a field", async ({ page, server }) => {
      await send(server, "PUT", "/api/v1/me", { locale: locale.slice(0, 2) });
      await loginAs(page, admin);
      const app = await makeOrders(server);
      for (const section of ["views", "settings", "permissions", "tokens", "form"]) {
        await page.goto("about:blank");
        await page.goto(settingsOf(app, section));
        await expect(page.locator(`[href="#section=${section}"][aria-current]`)).toBeVisible();
        await expectNoSidewaysScroll(page);
      }
      await page.getByRole("button", { name: words.add }).tap();
      await page.getByRole("dialog").getByRole("button", { name: words.date, exact: true }).tap();
      await page.getByRole("button", { name: words.settings, exact: true }).tap();
      await page.getByRole("dialog").getByRole("textbox", { name: words.name }).fill("訪問日");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: /^訪問日/ })).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });
}
