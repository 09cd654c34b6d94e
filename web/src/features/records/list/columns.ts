import { infoOf } from "../../../fields/infos";
import type { FieldProperty, Fields, LayoutItem, View } from "../../../lib/kintone";

/** The codes on a form, in the order they are read; those that are not placed come last. */
export function formOrder(layout: LayoutItem[], fields: Fields): string[] {
  const placed = layout.flatMap((item): string[] => {
    if (item.type === "ROW") return item.fields.flatMap((f) => f.code ?? []);
    if (item.type === "SUBTABLE") return [item.code];
    return item.layout.flatMap((row) => row.fields.flatMap((f) => f.code ?? []));
  });
  return [...new Set([...placed, ...Object.keys(fields)])];
}

/** The columns of a list: the view's, or for the built-in view of everything the whole form with its number first. */
export function columnsOf(view: View | undefined, fields: Fields, layout: LayoutItem[]): FieldProperty[] {
  if (view?.fields?.length) return view.fields.flatMap((code) => fields[code] ?? []);
  const all = formOrder(layout, fields).flatMap((code) => fields[code] ?? []);
  const shown = all.filter((f) => f.enabled !== false && (infoOf(f.type)?.width ?? 0) > 0);
  return [...shown.filter((f) => f.type === "RECORD_NUMBER"), ...shown.filter((f) => f.type !== "RECORD_NUMBER")];
}
