/** The shapes of kintone's API that the screens read and write: values, field settings, layout, views. */

export type Person = { code: string; name: string };
export type FileValue = { fileKey: string; name: string; contentType: string; size: string };
export type TableRow = { id?: string | null; value: RecordData };

/** A field's value in a record. Text, numbers and dates are strings; "" and null both mean empty. */
export type Value = string | null | string[] | Person | Person[] | FileValue[] | TableRow[];
/** True for a value that says nothing. */
export const isBlank = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

export type FieldValue = { type: string; value: Value };
export type RecordData = Record<string, FieldValue>;

export type Option = { label: string; index: string };
export type Entity = { type: "USER" | "GROUP" | "ORGANIZATION" | "FUNCTION"; code: string };

/** A field's settings. Which of the optional ones are there depends on the type. */
export type FieldProperty = {
  type: string;
  code: string;
  label: string;
  noLabel?: boolean;
  required?: boolean;
  unique?: boolean;
  enabled?: boolean;
  defaultValue?: string | string[] | Entity[];
  defaultNowValue?: boolean;
  minLength?: string;
  maxLength?: string;
  minValue?: string;
  maxValue?: string;
  digit?: boolean;
  displayScale?: string;
  unit?: string;
  unitPosition?: "BEFORE" | "AFTER";
  protocol?: "WEB" | "CALL" | "MAIL";
  /** The formula of a computed number or text. */
  expression?: string;
  /** How a computed number is shown. */
  format?: string;
  options?: Record<string, Option>;
  align?: "HORIZONTAL" | "VERTICAL";
  thumbnailSize?: string;
  entities?: Entity[];
  openGroup?: boolean;
  /** Columns of a table. */
  fields?: Record<string, FieldProperty>;
};
export type Fields = Record<string, FieldProperty>;

/** One thing on the form: a field by its code, or a label, spacer or border, which have none. */
export type LayoutField = {
  type: string;
  code?: string;
  label?: string;
  elementId?: string;
  size?: { width?: string; height?: string; innerHeight?: string };
};
export type LayoutRow = { type: "ROW"; fields: LayoutField[] };
export type LayoutTable = { type: "SUBTABLE"; code: string; fields: LayoutField[] };
export type LayoutGroup = { type: "GROUP"; code: string; layout: LayoutRow[] };
export type LayoutItem = LayoutRow | LayoutTable | LayoutGroup;

export type View = {
  id: string;
  name: string;
  type: "LIST" | "CALENDAR" | "CUSTOM";
  builtinType?: string;
  index: string;
  fields?: string[];
  filterCond: string;
  sort: string;
};

/** A field's options in their order. */
export const optionsOf = (field: FieldProperty): string[] =>
  Object.values(field.options ?? {})
    .sort((a, b) => Number(a.index) - Number(b.index))
    .map((o) => o.label);
