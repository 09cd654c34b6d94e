import { infoOf } from "../../../fields/infos";
import type { FieldProperty, Fields, View } from "../../../lib/kintone";

/** The columns of a list: the view's, or for the built-in view of everything the whole form with its number first. */
export function columnsOf(view: View | undefined, fields: Fields): FieldProperty[] {
  if (view?.fields?.length) return view.fields.flatMap((code) => fields[code] ?? []);
  const shown = Object.values(fields).filter((f) => f.enabled !== false && (infoOf(f.type)?.width ?? 0) > 0);
  return [...shown.filter((f) => f.type === "RECORD_NUMBER"), ...shown.filter((f) => f.type !== "RECORD_NUMBER")];
}
