import { expect, test } from "vitest";
import type { Fields, LayoutItem } from "../../lib/kintone";
import { inFormOrder } from "./form-order";

const text = (code: string) => ({ type: "SINGLE_LINE_TEXT", code, label: code });
const fields: Fields = {
  備考: text("備考"),
  連絡先: { type: "GROUP", code: "連絡先", label: "連絡先" },
  電話: text("電話"),
  明細: { type: "SUBTABLE", code: "明細", label: "明細", fields: { 単価: text("単価"), 品名: text("品名") } },
  件名: text("件名"),
};
const at = (code: string) => ({ type: "SINGLE_LINE_TEXT", code });
const layout: LayoutItem[] = [
  { type: "ROW", fields: [at("件名"), { type: "SPACER", elementId: "" }] },
  { type: "SUBTABLE", code: "明細", fields: [at("品名"), at("単価")] },
  { type: "GROUP", code: "連絡先", layout: [{ type: "ROW", fields: [at("電話")] }] },
];

test("fields and the columns of tables come as the form shows them, what is not placed last", () => {
  const ordered = inFormOrder(fields, layout);
  expect(Object.keys(ordered)).toEqual(["件名", "明細", "連絡先", "電話", "備考"]);
  expect(Object.keys(ordered.明細?.fields ?? {})).toEqual(["品名", "単価"]);
});
