import type { FieldProperty, Fields, LayoutField, LayoutItem, LayoutRow } from "../../../lib/kintone";
import { type Cell, type Field, type Form, isDecoration, type Key, type Row, type Table } from "./form";
import { givenSizes } from "./kinds";

/**
 * A field as the API takes it, without a table's columns. Options are named by the labels the server knows them by
 * (saved), so that renaming one keeps it in the records.
 */
export function writeField({ key: _, choices, autoCode: __, ...rest }: Field, saved?: Field): FieldProperty {
  const property: FieldProperty = { ...rest };
  if (choices) {
    const known = new Map(saved?.choices?.map((c) => [c.key, c.label]));
    property.options = Object.fromEntries(
      choices.map((c, i) => [known.get(c.key) ?? c.label, { label: c.label, index: String(i) }]),
    );
  }
  return property;
}

/** The columns of a table in their order. */
export const columnsOf = (form: Form, table: Key): Field[] => {
  const block = form.blocks.find((b): b is Table => b.kind === "table" && b.key === table);
  return (block?.cells ?? []).flatMap((c) => form.fields[c.key] ?? []);
};

/** A field with a table's columns inside, as a GET shows it and the editors want it. */
export function wholeField(form: Form, field: Field): FieldProperty {
  const property = writeField(field);
  if (field.type !== "SUBTABLE") return property;
  const inner = columnsOf(form, field.key).map((f) => [f.code, writeField(f)] as const);
  return { ...property, fields: Object.fromEntries(inner) };
}

/** The layout as the API takes it, and as it then answers: with every size, also those that only the server knew. */
export function writeLayout(form: Form): LayoutItem[] {
  const code = (key: Key) => form.fields[key]?.code ?? "";
  const row = (r: Row): LayoutRow => ({ type: "ROW", fields: r.cells.map((c) => writeCell(c, code)) });
  return form.blocks.map((b): LayoutItem => {
    if (b.kind === "row") return row(b);
    if (b.kind === "group") return { type: "GROUP", code: code(b.key), layout: b.rows.map(row) };
    return { type: "SUBTABLE", code: code(b.key), fields: b.cells.map((c) => writeCell(c, code)) };
  });
}

function writeCell(c: Cell, code: (key: Key) => string): LayoutField {
  const field: LayoutField = { type: c.type };
  if (!isDecoration(c.type)) field.code = code(c.key);
  if (c.type === "LABEL") field.label = c.label ?? "";
  if (c.elementId) field.elementId = c.elementId;
  const given = givenSizes(c.type);
  const size: NonNullable<LayoutField["size"]> = {};
  for (const name of ["width", "height", "innerHeight"] as const) {
    const px = c[name] ?? given[name];
    if (px !== undefined) size[name] = String(px);
  }
  if (Object.keys(size).length > 0) field.size = size;
  return field;
}

/** The form's fields by code, as a GET shows them: columns inside their tables. */
export function formFields(form: Form): Fields {
  const inner = new Set(form.blocks.flatMap((b) => (b.kind === "table" ? b.cells.map((c) => c.key) : [])));
  const outer = Object.values(form.fields).filter((f) => !inner.has(f.key));
  return Object.fromEntries(outer.map((f) => [f.code, wholeField(form, f)]));
}
