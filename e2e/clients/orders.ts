// The app that the tests of records use: every field type a person can fill, and a table.
import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { makeApp } from "./fixtures";

const options = (...labels: string[]) =>
  Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));

export const orderFields = {
  番号: { type: "SINGLE_LINE_TEXT", code: "番号", label: "番号", unique: true, maxLength: "8" },
  件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名", required: true },
  備考: { type: "MULTI_LINE_TEXT", code: "備考", label: "備考" },
  説明: { type: "RICH_TEXT", code: "説明", label: "説明" },
  金額: { type: "NUMBER", code: "金額", label: "金額", minValue: "0", maxValue: "1000000" },
  区分: { type: "RADIO_BUTTON", code: "区分", label: "区分", options: options("新規", "継続"), defaultValue: "新規" },
  状態: { type: "DROP_DOWN", code: "状態", label: "状態", options: options("商談中", "受注", "失注") },
  用途: { type: "CHECK_BOX", code: "用途", label: "用途", options: options("社内", "社外", "その他") },
  色: { type: "MULTI_SELECT", code: "色", label: "色", options: options("赤", "青", "緑") },
  受注日: { type: "DATE", code: "受注日", label: "受注日" },
  時刻: { type: "TIME", code: "時刻", label: "時刻" },
  日時: { type: "DATETIME", code: "日時", label: "日時" },
  サイト: { type: "LINK", code: "サイト", label: "サイト", protocol: "WEB" },
  添付: { type: "FILE", code: "添付", label: "添付" },
  担当: { type: "USER_SELECT", code: "担当", label: "担当" },
  明細: {
    type: "SUBTABLE",
    code: "明細",
    label: "明細",
    fields: {
      品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名" },
      数量: { type: "NUMBER", code: "数量", label: "数量", defaultValue: "1" },
      納品: { type: "CHECK_BOX", code: "納品", label: "納品", options: options("済") },
    },
  },
} as const satisfies Parameters<typeof makeApp>[2];

export const makeOrders = (client: KintoneRestAPIClient) => makeApp(client, "受注管理", orderFields);

/** `{code: v}` as the API wants it: `{code: {value: v}}`. */
export const values = (record: { [code: string]: unknown }) =>
  Object.fromEntries(Object.entries(record).map(([code, value]) => [code, { value }]));

/** A record's values alone, of these fields. */
export const pick = (record: { [code: string]: { value: unknown } }, ...codes: string[]) =>
  Object.fromEntries(codes.map((code) => [code, record[code]?.value]));
