import type { FieldProperty, Fields, LayoutItem } from "../../lib/kintone";

/** Fields, and the columns of tables, in the order in which the form shows them; those that are not placed come last. */
export function inFormOrder(fields: Fields, layout: LayoutItem[]): Fields {
  const tables = new Map(layout.flatMap((item) => (item.type === "SUBTABLE" ? [[item.code, codesOf(item)]] : [])));
  const ordered = (field: FieldProperty): FieldProperty =>
    field.fields ? { ...field, fields: pick(field.fields, tables.get(field.code) ?? [], (f) => f) } : field;
  return pick(fields, layout.flatMap(placed), ordered);
}

const codesOf = (row: { fields: { code?: string }[] }): string[] => row.fields.flatMap((f) => f.code ?? []);

function placed(item: LayoutItem): string[] {
  if (item.type === "GROUP") return [item.code, ...item.layout.flatMap(codesOf)];
  return item.type === "SUBTABLE" ? [item.code] : codesOf(item);
}

/** The fields with these codes first, then the others as they were. */
function pick(fields: Fields, first: string[], change: (field: FieldProperty) => FieldProperty): Fields {
  const codes = new Set([...first, ...Object.keys(fields)]);
  return Object.fromEntries(
    [...codes].flatMap((code) => {
      const field = fields[code];
      return field ? [[code, change(field)]] : [];
    }),
  );
}
