// A record is filed under the company's categories, on a phone as well.
import { clientOf, deploy, send } from "../clients/fixtures";
import { admin, expect, expectAccessible, expectNoSidewaysScroll, loginAs, test } from "./fixtures";
import { makeOrders, speak } from "./office";

test("a record is put into categories, and out of them again", async ({ page, server }) => {
  await speak(server, "ja");
  const { app } = await makeOrders(server);
  await loginAs(page, admin);
  await page.goto(`/k/${app}/show#record=1`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("カテゴリー")).toHaveCount(0); // they are turned off

  const categories = {
    オフィス: { index: 0, children: { 会議室: { index: 0 }, 受付: { index: 1 } } },
    倉庫: { index: 1 },
  };
  await send(server, "PUT", "/api/v1/preview/app/categories", { app, enabled: true, categories });
  await deploy(clientOf(server, { username: admin.login, password: admin.password }), app);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  const line = page.locator('[data-field-code="カテゴリー"]').first();
  await line.getByRole("button", { name: "変更" }).click();
  await page.getByRole("checkbox", { name: "会議室" }).check();
  await page.getByRole("checkbox", { name: "倉庫" }).check();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(line.getByRole("listitem")).toHaveText(["会議室", "倉庫"]);

  await line.getByRole("button", { name: "変更" }).click();
  await page.getByRole("checkbox", { name: "会議室" }).uncheck();
  await page.keyboard.press("Enter");
  await expect(line.getByRole("listitem")).toHaveText(["倉庫"]);
  const { body } = await send(server, "GET", `/k/v1/record.json?app=${app}&id=1`);
  expect(body.record.カテゴリー).toEqual({ type: "CATEGORY", value: ["倉庫"] });
});
