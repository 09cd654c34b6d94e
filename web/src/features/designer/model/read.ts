import { type FieldProperty, type Fields, type LayoutField, type LayoutItem, optionsOf } from "../../../lib/kintone";
import { type Cell, type Field, type Form, isDecoration, type Key, newKey, type Row } from "./form";

/** The form as the API gives it. Fields and choices that a known form has by code keep its keys. */
export function readForm(properties: Fields, layout: LayoutItem[], known?: Form, codes?: Record<string, Key>): Form {
  const byCode = new Map(Object.values(known?.fields ?? {}).map((f) => [f.code, f]));
  const fields: Record<Key, Field> = {};
  const keys = new Map<string, Key>();
  const add = (p: FieldProperty) => {
    const old = known?.fields[codes?.[p.code] ?? ""] ?? byCode.get(p.code);
    const field = readField(p, old?.type === p.type ? old : undefined);
    fields[field.key] = field;
    keys.set(p.code, field.key);
    for (const inner of Object.values(p.fields ?? {})) add(inner);
  };
  // Fields that a feature brings along are turned on with it, and are not designed.
  for (const p of Object.values(properties)) if (p.enabled === undefined) add(p);
  const keyOf = (code: string | undefined) => keys.get(code ?? "") ?? newKey();
  const cells = (list: LayoutField[] = []) =>
    list.filter((f) => isDecoration(f.type) || keys.has(f.code ?? "")).map((f) => readCell(f, keyOf));
  const row = (list: LayoutField[]): Row => ({ kind: "row", key: newKey(), cells: cells(list) });
  return {
    fields,
    blocks: layout.map((item) => {
      if (item.type === "ROW") return row(item.fields);
      const key = keyOf(item.code);
      if (item.type === "SUBTABLE") return { kind: "table", key, cells: cells(item.fields) };
      return { kind: "group", key, rows: (item.layout ?? []).map((r) => row(r.fields)) };
    }),
  };
}

function readField({ options, fields: _, ...rest }: FieldProperty, known?: Field): Field {
  const field: Field = { ...rest, key: known?.key ?? newKey() };
  if (!options) return field;
  const keys = new Map(known?.choices?.map((c) => [c.label, c.key]));
  field.choices = optionsOf({ ...rest, options }).map((label) => ({ key: keys.get(label) ?? newKey(), label }));
  return field;
}

function readCell(f: LayoutField, keyOf: (code: string | undefined) => Key): Cell {
  const cell: Cell = { key: isDecoration(f.type) ? newKey() : keyOf(f.code), type: f.type };
  if (f.label !== undefined) cell.label = f.label;
  if (f.elementId) cell.elementId = f.elementId;
  for (const name of ["width", "height", "innerHeight"] as const) {
    const px = Number(f.size?.[name] || Number.NaN);
    if (Number.isFinite(px)) cell[name] = px;
  }
  return cell;
}
