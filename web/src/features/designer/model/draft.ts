import type { Form, Key } from "./form";

/** A saved list or calendar while it is edited. Conditions and sorts are kept as the query language writes them. */
export type DraftView = {
  key: Key;
  name: string;
  type: "LIST" | "CALENDAR" | "CUSTOM";
  builtinType?: string;
  fields?: string[];
  date?: string;
  title?: string;
  html?: string;
  pager?: boolean;
  device?: string;
  filterCond: string;
  sort: string;
};

export type Icon = { type: "PRESET"; key: string } | { type: "FILE"; file: { fileKey: string } };

/** The app's general settings, as the API has them. */
export type General = {
  name: string;
  description: string;
  icon: Icon;
  theme: string;
  titleField: { selectionMode: "AUTO" | "MANUAL"; code?: string };
  enableThumbnails: boolean;
  enableBulkDeletion: boolean;
  enableComments: boolean;
  enableDuplicateRecord: boolean;
  enableInlineRecordEditing: boolean;
  numberPrecision: { digits: string; decimalPlaces: string; roundingMode: string };
  firstMonthOfFiscalYear: string;
};

export type Who = { type: "USER" | "GROUP" | "ORGANIZATION" | "CREATOR" | "FIELD_ENTITY"; code: string | null };

export const appVerbs = [
  "recordViewable",
  "recordAddable",
  "recordEditable",
  "recordDeletable",
  "recordImportable",
  "recordExportable",
  "appEditable",
] as const;
export type AppVerb = (typeof appVerbs)[number];
export type AppRight = { entity: Who; includeSubs?: boolean } & Record<AppVerb, boolean>;

export type Accessibility = "READ" | "WRITE" | "NONE";
export type FieldRight = {
  code: string;
  entities: { accessibility: Accessibility; entity: Who; includeSubs?: boolean }[];
};

/** A record permission. This page does not edit them, but keeps them and tells when they differ. */
export type RecordRight = { filterCond: string; entities: unknown[] };

/** Everything an app's administrators edit on this page, as one value: one history, one thing to save. */
export type Draft = {
  form: Form;
  views: DraftView[];
  general: General;
  appRights: AppRight[];
  recordRights: RecordRight[];
  fieldRights: FieldRight[];
};

export type Section = "form" | "views" | "settings" | "permissions" | "tokens";
export const sections: readonly Section[] = ["form", "views", "settings", "permissions", "tokens"];

/** Whether two values say the same, whatever the order of their keys. What is undefined is not there. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const x = a as Record<string, unknown>;
  const y = b as Record<string, unknown>;
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].every((k) => same(x[k], y[k]));
}
