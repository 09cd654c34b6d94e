import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { screenOf } from "../../../test/render";
import { serve } from "../../../test/server";
import { pressed } from "../../../ui/command";
import { ListPage } from "./page";

const record = (id: number) => ({
  $id: { type: "__ID__", value: String(id) },
  件名: { type: "SINGLE_LINE_TEXT", value: `商談 ${id}` },
  状況: { type: "DROP_DOWN", value: "受注" },
});
const all = Array.from({ length: 150 }, (_, i) => record(i + 1));

let found = all;
let counted = Promise.resolve();
let sees = true;
const calls = serve({
  "GET /api/v1/app": () => ({
    body: {
      id: "5",
      name: "受注管理",
      can: { view: sees, add: true, edit: true, delete: true, manage: false, export: true },
      titleField: "件名",
      settings: {},
    },
  }),
  "GET /k/v1/app/form/fields.json": () => ({
    body: {
      properties: {
        件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名" },
        状況: {
          type: "DROP_DOWN",
          code: "状況",
          label: "状況",
          options: { 見積: { label: "見積", index: "0" }, 受注: { label: "受注", index: "1" } },
        },
      },
    },
  }),
  "GET /k/v1/app/form/layout.json": () => ({ body: { layout: [] } }),
  "GET /k/v1/app/views.json": () => ({
    body: {
      views: {
        受注一覧: {
          id: "20",
          name: "受注一覧",
          type: "LIST",
          index: "0",
          fields: ["件名", "状況"],
          filterCond: "",
          sort: "",
        },
      },
    },
  }),
  "GET /k/v1/records.json": ({ url }) => {
    const [, limit, offset] = /limit (\d+) offset (\d+)/.exec(url.searchParams.get("query") ?? "") ?? [];
    return { body: { records: found.slice(Number(offset), Number(offset) + Number(limit)), totalCount: null } };
  },
  "GET /api/v1/records/count": async () => {
    await counted;
    return { body: { count: "150", exact: true } };
  },
  "DELETE /k/v1/records.json": () => ({}),
  "POST /api/v1/trash/restore": () => ({}),
});

beforeEach(() => {
  found = all;
  counted = Promise.resolve();
  sees = true;
  history.replaceState(null, "", "/k/5/");
});

const query = () =>
  calls
    .filter((c) => c.route === "GET /k/v1/records.json")
    .at(-1)
    ?.url.searchParams.get("query");
const press = (key: string) => pressed(new KeyboardEvent("keydown", { key, cancelable: true }));

test("the page is there before the total, which is added when it arrives", async () => {
  let count = () => {};
  counted = new Promise((resolve) => {
    count = resolve;
  });
  await screenOf(<ListPage />);
  expect(await screen.findByText("1–100")).toBeVisible();
  expect(screen.queryByText(/150/)).toBeNull();
  count();
  expect(await screen.findByText("/ 150 件")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "次のページ" }));
  expect(await screen.findByText("101–150")).toBeVisible();
  expect(screen.getByRole("button", { name: "次のページ" })).toBeDisabled();
  expect(location.search).toBe("?page=2");
});

test.each([
  ["ja", "0 件"],
  ["en", "0 records"],
] as const)("an empty list says how many records there are (%s)", async (lang, words) => {
  found = [];
  await screenOf(<ListPage />, lang);
  expect(await screen.findByText(words)).toBeVisible();
});

test("a row's link is called what it shows", async () => {
  await screenOf(<ListPage />);
  expect(await screen.findByRole("link", { name: "商談 1" })).toHaveAttribute("href", "/k/5/show#record=1");
});

test("a filter from the dialog becomes a query and stays in the address", async () => {
  await screenOf(<ListPage />);
  await userEvent.click(await screen.findByRole("button", { name: "絞り込み" }));
  const dialog = await screen.findByRole("dialog", { name: "絞り込み" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "値" }), '50"台');
  await userEvent.click(within(dialog).getByRole("button", { name: "絞り込む" }));
  expect(await screen.findByRole("button", { name: "絞り込み(1)" })).toBeVisible();
  expect(query()).toBe('件名 like "50\\"台" limit 101 offset 0');
  expect(new URLSearchParams(location.search).get("q")).toBe('件名 like "50\\"台"');
});

test("a head sorts, first upwards then downwards", async () => {
  await screenOf(<ListPage />);
  const head = await screen.findByRole("columnheader", { name: /件名/ });
  await userEvent.click(within(head).getByRole("button", { name: "件名" }));
  expect(query()).toContain("order by 件名 asc");
  expect(head).toHaveAttribute("aria-sort", "ascending");
  await userEvent.click(within(head).getByRole("button", { name: "件名" }));
  expect(query()).toContain("order by 件名 desc");
});

test("a column keeps the width it is given", async () => {
  const { unmount } = await screenOf(<ListPage />);
  const grip = await screen.findByRole("separator", { name: "「件名」の幅" });
  const before = Number(grip.getAttribute("aria-valuenow"));
  grip.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  unmount();
  await screenOf(<ListPage />);
  expect(await screen.findByRole("separator", { name: "「件名」の幅" })).toHaveAttribute(
    "aria-valuenow",
    String(before + 32),
  );
});

test("j and k move through the rows", async () => {
  await screenOf(<ListPage />);
  await screen.findByText("商談 1");
  expect(press("j")).toBe(true);
  const active = () => document.querySelector("tr[data-active]")?.getAttribute("data-record");
  await waitFor(() => expect(active()).toBe("1"));
  press("j");
  await waitFor(() => expect(active()).toBe("2"));
  press("k");
  await waitFor(() => expect(active()).toBe("1"));
});

test("chosen rows are deleted, and one click brings them back", async () => {
  await screenOf(<ListPage />);
  await userEvent.click(await screen.findByRole("checkbox", { name: "レコード 2 を選ぶ" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "レコード 3 を選ぶ" }));
  await userEvent.click(within(screen.getByRole("toolbar")).getByRole("button", { name: "削除" }));
  await userEvent.click(await screen.findByRole("button", { name: "元に戻す" }));
  const [deleted, restored] = calls.filter((c) => /DELETE|restore/.test(c.route));
  expect([...(deleted?.url.searchParams ?? [])]).toEqual([
    ["app", "5"],
    ["ids[0]", "2"],
    ["ids[1]", "3"],
  ]);
  expect(restored?.body).toEqual({ app: "5", ids: ["2", "3"] });
});

test("who may only add is offered to, and is told of no problem", async () => {
  sees = false;
  await screenOf(<ListPage />);
  expect(await screen.findByText("レコードを追加できます")).toBeVisible();
  expect(screen.getByRole("button", { name: /レコードを追加/ })).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(query()).toBeUndefined();
});
