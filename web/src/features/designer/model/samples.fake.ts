// A small app and its draft, for tests.
import type { Fields, LayoutItem } from "../../../lib/kintone";
import type { Draft } from "./draft";
import type { Form, Key } from "./form";
import { makePart, type Names } from "./kinds";
import { readForm } from "./read";

export const names: Names = { label: "新しい項目", choice: (n) => `選択肢${n}` };
export const part = (type: string, form: Form, label = names.label) => makePart(type, form, { ...names, label });

export const properties: Fields = {
  レコード番号: { type: "RECORD_NUMBER", code: "レコード番号", label: "レコード番号", noLabel: false },
  件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名", required: true },
  金額: { type: "NUMBER", code: "金額", label: "金額", unit: "円" },
  状況: {
    type: "DROP_DOWN",
    code: "状況",
    label: "状況",
    options: { 見積: { label: "見積", index: "0" }, 受注: { label: "受注", index: "1" } },
    defaultValue: "見積",
  },
  メモ: { type: "MULTI_LINE_TEXT", code: "メモ", label: "メモ" },
  詳細: { type: "GROUP", code: "詳細", label: "詳細", openGroup: true },
  明細: {
    type: "SUBTABLE",
    code: "明細",
    label: "明細",
    fields: {
      品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名" },
      数量: { type: "NUMBER", code: "数量", label: "数量" },
    },
  },
};

const at = (type: string, code: string, width = "200") => ({ type, code, size: { width } });

export const layout: LayoutItem[] = [
  { type: "ROW", fields: [at("SINGLE_LINE_TEXT", "件名"), at("NUMBER", "金額")] },
  { type: "ROW", fields: [at("DROP_DOWN", "状況")] },
  { type: "SUBTABLE", code: "明細", fields: [at("SINGLE_LINE_TEXT", "品名"), at("NUMBER", "数量")] },
  { type: "GROUP", code: "詳細", layout: [{ type: "ROW", fields: [at("MULTI_LINE_TEXT", "メモ")] }] },
];

export const sampleForm = (): Form => readForm(properties, layout);

export const keyOf = (form: Form, code: string): Key => {
  const field = Object.values(form.fields).find((f) => f.code === code);
  if (!field) throw new Error(`no field ${code}`);
  return field.key;
};

/** The form as a text: rows between slashes, "明細(品名 数量)" a table, "詳細[メモ]" a group. */
export function sketch(form: Form): string {
  const name = (key: Key, type = "") => form.fields[key]?.code ?? type;
  const cells = (list: { key: Key; type: string }[]) => list.map((c) => name(c.key, c.type)).join(" ");
  return form.blocks
    .map((b) => {
      if (b.kind === "row") return cells(b.cells);
      if (b.kind === "table") return `${name(b.key)}(${cells(b.cells)})`;
      return `${name(b.key)}[${b.rows.map((r) => cells(r.cells)).join(" / ")}]`;
    })
    .join(" / ");
}

export const sampleDraft = (form = sampleForm()): Draft => ({
  form,
  views: [
    { key: "v1", name: "一覧", type: "LIST", fields: ["件名", "金額"], filterCond: "", sort: "" },
    { key: "v2", name: "受注のみ", type: "LIST", fields: ["件名"], filterCond: '状況 in ("受注")', sort: "" },
  ],
  general: {
    name: "受注",
    description: "",
    icon: { type: "PRESET", key: "APP1" },
    theme: "WHITE",
    titleField: { selectionMode: "AUTO", code: "" },
    enableThumbnails: true,
    enableBulkDeletion: false,
    enableComments: true,
    enableDuplicateRecord: true,
    enableInlineRecordEditing: true,
    numberPrecision: { digits: "16", decimalPlaces: "4", roundingMode: "HALF_EVEN" },
    firstMonthOfFiscalYear: "4",
  },
  appRights: [],
  recordRights: [],
  fieldRights: [],
});
