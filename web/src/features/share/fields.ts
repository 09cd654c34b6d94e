import type { FieldProperty, Fields, LayoutField, LayoutItem } from "../../lib/kintone";

export type Choosable = { field: FieldProperty; group?: string };

/** The fields that can be shown outside, in the order of the form; those in a group come with its name. */
export function choosable(fields: Fields, layout: LayoutItem[]): Choosable[] {
  const named = (items: LayoutField[], group?: string): Choosable[] =>
    items.flatMap(({ code }) => {
      const field = code ? fields[code] : undefined;
      return field ? [{ field, group }] : [];
    });
  return layout.flatMap((item) => {
    if (item.type === "ROW") return named(item.fields);
    if (item.type === "SUBTABLE") return named([item]);
    return item.layout.flatMap((row) => named(row.fields, fields[item.code]?.label));
  });
}
