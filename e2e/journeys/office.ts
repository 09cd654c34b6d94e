// People, their browsers, and an app of orders, for journeys that begin with a company at work.
import type { Browser } from "@playwright/test";
import { clientOf, makeApp, send } from "../clients/fixtures";
import { admin, expect, loginAs } from "./fixtures";

type Server = Parameters<typeof clientOf>[0];

/** A colleague without rights of an administrator. */
export const sato = { login: "sato", password: "aoba-sales-2208", name: "佐藤 美咲", email: "sato@aoba.example" };

/** Makes sure that the colleague is there; the server is shared by the tests of a worker. */
export async function hireSato(server: Server) {
  const there = await send(server, "GET", `/v1/users.json?codes[0]=${sato.login}`);
  if (there.body.users.length > 0) return;
  const { login: code, ...rest } = sato;
  const user = { ...rest, code, valid: true, locale: "ja", timezone: "Asia/Tokyo" };
  expect(await send(server, "POST", "/v1/users.json", { users: [user] })).toMatchObject({ status: 200 });
}

/** Sets the administrator's language, which his screens are in whatever his browser asks for. */
export async function speak(server: Server, locale: "ja" | "en") {
  const zone = { locale, timezone: "Asia/Tokyo" };
  expect(await send(server, "PUT", "/api/v1/me", zone)).toMatchObject({ status: 200 });
}

/** Another person's browser, logged in. */
export async function browserOf(browser: Browser, server: Server, who: { login: string; password: string }) {
  const context = await browser.newContext({ baseURL: server.url, locale: "ja-JP" });
  const page = await context.newPage();
  await loginAs(page, who);
  return page;
}

/** A browser on a phone, on which nothing is known of the company. */
export async function phone(browser: Browser, locale: string) {
  const context = await browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
  });
  return context.newPage();
}

/** An app of orders with a field for every kind of mistake, and three orders. */
export async function makeOrders(server: Server) {
  const client = clientOf(server, { username: admin.login, password: admin.password });
  const app = await makeApp(client, "受注管理", {
    件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名", required: true, maxLength: "30" },
    金額: { type: "NUMBER", code: "金額", label: "金額", digit: true, unit: "¥", maxValue: "9000000" },
    納期: { type: "DATE", code: "納期", label: "納期", required: true },
    状況: {
      type: "DROP_DOWN",
      code: "状況",
      label: "状況",
      required: true,
      options: { 手配中: { label: "手配中", index: "0" }, 納品済み: { label: "納品済み", index: "1" } },
    },
    明細: {
      type: "SUBTABLE",
      code: "明細",
      label: "明細",
      fields: { 品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名", required: true } },
    },
    資料: { type: "FILE", code: "資料", label: "資料" },
  });
  const order = (title: string, amount: string, day: string, state: string) => ({
    件名: { value: title },
    金額: { value: amount },
    納期: { value: day },
    状況: { value: state },
    明細: { value: [{ value: { 品名: { value: "会議机" } } }] },
  });
  const { ids } = await client.record.addRecords({
    app,
    records: [
      order("机 50台 納品の件", "490000", "2026-11-30", "手配中"),
      order("書庫の増設", "806800", "2026-12-04", "手配中"),
      order("応接室の家具更新", "2925000", "2026-12-15", "納品済み"),
    ],
  });
  const [id = ""] = ids;
  return { app, id, list: `/k/${app}/`, show: `/k/${app}/show#record=${id}`, client };
}
