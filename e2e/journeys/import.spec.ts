import type { Page } from "@playwright/test";
import { send } from "../clients/fixtures";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";
import { shiftJIS } from "./shift-jis";

/** Stock as a warehouse keeps it: half-width katakana, leading zeros, one amount that is none. */
function stockCSV(rows: number): Buffer {
  const lines = ["品番,品名,フリガナ,数量,入荷日,メモ"];
  for (let i = 1; i <= rows; i++) {
    const amount = i === 7 ? "未定" : String(i * 3);
    const day = String((i % 28) + 1).padStart(2, "0");
    lines.push(`${String(i).padStart(6, "0")},会議机 W${1200 + (i % 9)},ｶｲｷﾞﾂﾞｸｴ,${amount},2026/11/${day},`);
  }
  return shiftJIS(`${lines.join("\r\n")}\r\n`);
}

/** Sets the administrator's language, which his screens are in whatever the browser asks for. */
async function speak(server: Parameters<typeof send>[0], locale: "ja" | "en") {
  expect(await send(server, "PUT", "/api/v1/me", { locale })).toMatchObject({ status: 200 });
}

async function choose(page: Page, name: string, buffer: Buffer) {
  await page.goto("/k/create/file");
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

test.describe("in Japanese", () => {
  test.beforeEach(({ server }) => speak(server, "ja"));

  test("an office's CSV becomes an app, and what was not taken is told line by line", async ({ page }) => {
    await loginAs(page, admin);
    await page.goto("/k/create/file");
    await expect(page.getByRole("heading", { name: "ファイルからアプリを作る" })).toBeVisible();
    await expectAccessible(page);
    await choose(page, "在庫一覧.csv", stockCSV(300));

    await expect(page.getByRole("heading", { name: /在庫一覧\.csv/ })).toBeVisible();
    await expect(page).toHaveURL(/\?import=/);
    await expect(page.getByLabel("文字コード")).toHaveValue("Shift_JIS");
    await expect(page.getByLabel("区切り文字")).toHaveValue(",");
    await expect(page.getByLabel("先頭の行は項目名")).toBeChecked();
    await expect(page.getByLabel("アプリの名前")).toHaveValue("在庫一覧");
    await expect(page.getByLabel("1 列目の種類")).toHaveValue("SINGLE_LINE_TEXT");
    await expect(page.getByLabel("4 列目の種類")).toHaveValue("NUMBER");
    await expect(page.getByLabel("5 列目の種類")).toHaveValue("DATE");
    await expect(page.getByRole("cell", { name: "ｶｲｷﾞﾂﾞｸｴ" }).first()).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel("2 列目の項目名").fill("品番");
    await page.getByRole("button", { name: "アプリを作る" }).click();
    await expect(page.getByRole("alert")).toContainText("同じ名前の項目があります。");
    await page.getByLabel("2 列目の項目名").fill("商品名");
    await page.getByLabel("6 列目を取り込む").uncheck();
    await page.reload(); // corrections survive it
    await expect(page.getByLabel("2 列目の項目名")).toHaveValue("商品名");
    await expect(page.getByLabel("6 列目を取り込む")).not.toBeChecked();
    await page.getByRole("button", { name: "アプリを作る" }).click();

    await expect(page.getByRole("heading", { name: "「在庫一覧」ができました" })).toBeVisible();
    await expect(page.getByText("299 行を取り込みました。")).toBeVisible();
    const rejects = page.getByRole("region", { name: /取り込めなかった行/ });
    await expect(rejects.getByRole("listitem")).toHaveCount(1);
    await expect(rejects).toContainText("8 行目");
    await expect(rejects).toContainText("未定");
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      rejects.getByRole("link", { name: "CSV でダウンロード" }).click(),
    ]);
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part);
    expect(Buffer.concat(parts).toString("utf8")).toContain("未定");

    await page.getByRole("link", { name: "アプリを開く" }).click();
    await expect(page).toHaveURL(/\/k\/\d+\//);
    await expect(page.getByText("商品名").first()).toBeVisible();
    await expect(page.getByText("000001")).toBeVisible();
  });

  test("the separator can be corrected, and the columns are guessed again", async ({ page }) => {
    await loginAs(page, admin);
    await choose(page, "住所.txt", Buffer.from("氏名;住所,番地\n青木;東京都港区,1-1\n山田;大阪市北区,2-2\n"));
    await expect(page.getByLabel("区切り文字")).toBeVisible();
    await page.getByLabel("区切り文字").selectOption({ label: "カンマ" });
    await expect(page.getByLabel("1 列目の項目名")).toHaveValue("氏名;住所");
    await page.getByLabel("区切り文字").selectOption({ label: "セミコロン" });
    await expect(page.getByLabel("1 列目の項目名")).toHaveValue("氏名");
    await expect(page.getByLabel("2 列目の項目名")).toHaveValue("住所,番地");
  });

  test("it is worked with one thumb on a phone", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await loginAs(page, admin);
    await page.goto("/k/create/file");
    await expect(page.getByText("ファイルを選ぶ", { exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await choose(page, "在庫.csv", stockCSV(30));
    await expect(page.getByLabel("2 列目の項目名")).toHaveValue("品名");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "アプリを作る" }).click();
    await expect(page.getByRole("link", { name: "アプリを開く" })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

test.describe("in English", () => {
  test.beforeEach(({ server }) => speak(server, "en"));

  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  for (const [what, name, buffer] of [
    ["an empty file", "empty.csv", Buffer.alloc(0)],
    ["a picture named as a table", "prices.csv", png],
    ["a text named as a workbook", "prices.xlsx", Buffer.from("a,b\n1,2\n")],
    [
      "more columns than an app can have",
      "wide.csv",
      Buffer.from(`${Array.from({ length: 1_500 }, (_, i) => `c${i}`)}\n`),
    ],
  ] as const) {
    test(`${what} is refused in plain words, and another can be chosen at once`, async ({ page }) => {
      await loginAs(page, admin);
      await choose(page, name, buffer);
      await expect(page.getByRole("alert")).toContainText(/[a-z]{3,} [a-z]{2,}/);
      await expect(page.getByRole("alert")).not.toContainText(/[\u3040-\u30ff]|import\./);
      await expect(page.getByRole("button", { name: "Choose a file" })).toBeVisible();
    });
  }

  test("a long import shows how far it is, can be left, cancelled, and gone on with", async ({ page }) => {
    await loginAs(page, admin);
    const rows = 60_000;
    await choose(page, "stock.csv", stockCSV(rows));
    await page.getByRole("button", { name: "Make the app" }).click();
    await expect(page.getByRole("progressbar")).toBeVisible();
    await page.getByRole("link", { name: "Go to home" }).click();
    await page.getByRole("main").getByRole("link", { name: "stock.csv" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { name: "“stock” was cancelled" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Go on from there" }).click();
    await expect(page.getByRole("heading", { name: "“stock” is ready" })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("59,999 rows were taken.")).toBeVisible();
  });
});
