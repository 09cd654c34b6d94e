import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { Fields, LayoutItem, RecordData } from "../../../lib/kintone";
import { screenOf } from "../../../test/render";
import { serve } from "../../../test/server";
import type { AppForm } from "../api";
import { RecordEditor } from "./editor";

const fields: Fields = {
  件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名", required: true },
  金額: { type: "NUMBER", code: "金額", label: "金額", digit: true },
  原価: { type: "NUMBER", code: "原価", label: "原価" },
  社内用: { type: "GROUP", code: "社内用", label: "社内用", openGroup: false },
  明細: {
    type: "SUBTABLE",
    code: "明細",
    label: "明細",
    fields: { 品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名" } },
  },
};
const cell = (code: string) => ({ type: fields[code]?.type ?? "", code });
const layout: LayoutItem[] = [
  { type: "ROW", fields: [cell("件名"), cell("金額")] },
  { type: "GROUP", code: "社内用", layout: [{ type: "ROW", fields: [cell("原価")] }] },
  { type: "SUBTABLE", code: "明細", fields: [{ type: "SINGLE_LINE_TEXT", code: "品名" }] },
];
const form = {
  app: { id: "5", name: "受注管理", titleField: "件名", settings: {} },
  fields,
  layout,
} as unknown as AppForm;

const stored = (title: string, price: string, revision: string): RecordData => ({
  $id: { type: "__ID__", value: "7" },
  $revision: { type: "__REVISION__", value: revision },
  件名: { type: "SINGLE_LINE_TEXT", value: title },
  金額: { type: "NUMBER", value: price },
  原価: { type: "NUMBER", value: "" },
  明細: { type: "SUBTABLE", value: [] },
});

let answer: { status?: number; body?: unknown } = {};
const calls = serve({
  "POST /k/v1/record.json": () => answer,
  "PUT /k/v1/record.json": ({ body }) =>
    (body as { revision: string }).revision === "3"
      ? { status: 409, body: { code: "GAIA_CO02", message: "指定したrevisionは最新ではありません。" } }
      : { body: { revision: "5" } },
  "GET /k/v1/record.json": () => ({ body: { record: stored("机 60台", "490", "4") } }),
  "GET /api/v1/record/history": () => ({
    body: {
      entries: [
        {
          revision: "4",
          at: "2026-11-21T04:00:00Z",
          by: { code: "sato", name: "佐藤 次郎" },
          kind: "update",
          changes: [{ code: "件名", label: "件名", type: "SINGLE_LINE_TEXT", old: "机 50台", new: "机 60台" }],
        },
      ],
      more: false,
    },
  }),
});

const onSaved = vi.fn();
const onCancel = vi.fn();
beforeEach(() => {
  onSaved.mockReset();
  onCancel.mockReset();
  answer = { body: { id: "8", revision: "1" } };
});
const add = () => screenOf(<RecordEditor form={form} title="" onSaved={onSaved} onCancel={onCancel} />);
const edit = () =>
  screenOf(
    <RecordEditor
      form={form}
      record={stored("机 50台", "490", "3")}
      id="7"
      title=""
      onSaved={onSaved}
      onCancel={onCancel}
    />,
  );
const save = () => userEvent.click(screen.getByRole("button", { name: "保存" }));

test("a new record is sent as it was typed, numbers in full width made plain", async () => {
  await add();
  await userEvent.type(screen.getByRole("textbox", { name: /件名/ }), "机 50台");
  await userEvent.type(screen.getByRole("textbox", { name: "金額" }), "４９０，０００");
  await save();
  expect(onSaved).toHaveBeenCalledWith("8");
  expect(screen.getByRole("textbox", { name: "金額" })).toHaveValue("490,000");
  expect(calls[0]?.body).toMatchObject({ app: "5", record: { 件名: { value: "机 50台" }, 金額: { value: "490000" } } });
});

test("all problems stand at their fields and in the list that jumps to them", async () => {
  answer = {
    status: 400,
    body: {
      code: "CB_VA01",
      message: "入力内容が正しくありません。",
      errors: {
        "record.件名.value": { messages: ["必須です。"] },
        "record[原価].value": { messages: ["数字でなければなりません。"] },
      },
    },
  };
  await add();
  expect(screen.queryByRole("textbox", { name: "原価" })).toBeNull();
  await save();
  const list = await screen.findByRole("alert");
  expect(list).toHaveTextContent("2 件の入力を直してください");
  expect(list).toHaveFocus();
  const title = screen.getByRole("textbox", { name: /件名/ });
  expect(title).toBeInvalid();
  expect(title).toHaveAccessibleDescription("必須です。");
  await userEvent.click(within(list).getByRole("button", { name: "原価" })); // its folded group has opened
  expect(screen.getByRole("textbox", { name: "原価" })).toHaveFocus();
});

test("what was typed is offered again after the page was lost", async () => {
  const { unmount } = await add();
  await userEvent.type(screen.getByRole("textbox", { name: /件名/ }), "机");
  window.dispatchEvent(new Event("pagehide"));
  unmount();
  await add();
  expect(screen.getByRole("textbox", { name: /件名/ })).toHaveValue("");
  await userEvent.click(screen.getByRole("button", { name: "続きから入力する" }));
  expect(screen.getByRole("textbox", { name: /件名/ })).toHaveValue("机");
  await save();
  expect(onSaved).toHaveBeenCalled();
  window.dispatchEvent(new Event("pagehide"));
  expect(localStorage.getItem("engawa:aoki:draft:5:new")).toBeNull();
});

test("a conflict shows who changed what, and keeps what each field is told to keep", async () => {
  await edit();
  const title = screen.getByRole("textbox", { name: /件名/ });
  await userEvent.clear(title);
  await userEvent.type(title, "机 55台");
  await userEvent.clear(screen.getByRole("textbox", { name: "金額" }));
  await userEvent.type(screen.getByRole("textbox", { name: "金額" }), "500");
  await save();
  const dialog = await screen.findByRole("dialog", { name: "ほかの人も、このレコードを変えました" });
  expect(await within(dialog).findByText("佐藤 次郎")).toBeVisible();
  expect(within(dialog).queryByRole("heading", { name: "金額" })).toBeNull();
  await userEvent.click(within(dialog).getByRole("radio", { name: "件名: ほかの人の値を残す" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "この内容で保存" }));
  await vi.waitFor(() => expect(onSaved).toHaveBeenCalledWith("7"));
  expect(calls.at(-1)?.body).toEqual({ app: "5", id: "7", revision: "4", record: { 金額: { value: "500" } } });
});

test("table rows are added and removed", async () => {
  await add();
  await userEvent.click(screen.getByRole("button", { name: "行を追加" }));
  await userEvent.type(screen.getByRole("textbox", { name: "品名" }), "椅子");
  await userEvent.click(screen.getByRole("button", { name: "1 行目の操作" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "行を複製" }));
  const cells = screen.getAllByRole("textbox", { name: "品名" });
  expect(cells.map((c) => (c as HTMLInputElement).value)).toEqual(["椅子", "椅子"]);
  await save();
  expect(calls[0]?.body).toMatchObject({
    record: { 明細: { value: [{ value: { 品名: { value: "椅子" } } }, { value: { 品名: { value: "椅子" } } }] } },
  });
});
