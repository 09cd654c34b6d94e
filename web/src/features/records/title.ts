import type { Fields, RecordData } from "../../lib/kintone";
import type { App } from "./api";

const fitting = ["SINGLE_LINE_TEXT", "LINK", "NUMBER", "MULTI_LINE_TEXT"];

/** What a record is called: its title field's value, else the first text it has, else its number. */
export function titleOf(record: RecordData, app: App, fields: Fields): string {
  const codes = app.titleField
    ? [app.titleField]
    : Object.values(fields).flatMap((f) => (fitting.includes(f.type) ? f.code : []));
  for (const code of codes) {
    const value = record[code]?.value;
    if (typeof value === "string" && value.trim()) return value.trim().split("\n", 1)[0] ?? "";
  }
  return `#${idOf(record)}`;
}

export const idOf = (record: RecordData): string => String(record.$id?.value ?? "");
export const revisionOf = (record: RecordData): string => String(record.$revision?.value ?? "");
