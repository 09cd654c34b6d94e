import { infoOf } from "../../../fields/infos";
import { type Field, type Form, reading, tableOf } from "../model/form";

/** Fields of the form in reading order, then those that are not on it; without what stands in tables. */
function outer(form: Form): Field[] {
  const placed = reading(form).flatMap((key) => form.fields[key] ?? []);
  const rest = Object.values(form.fields).filter((f) => !placed.includes(f));
  return [...placed, ...rest].filter((f) => !tableOf(form, f.key) && f.enabled !== false);
}

/** Fields that can be columns of a list. */
export const columnsFor = (form: Form): Field[] => outer(form).filter((f) => (infoOf(f.type)?.width ?? 0) > 0);

/** Fields that a calendar can go by. */
export const datesOf = (form: Form): Field[] =>
  outer(form).filter((f) => ["DATE", "DATETIME", "CREATED_TIME", "UPDATED_TIME"].includes(f.type));

/** Fields that can name a calendar's entries. */
export const titlesOf = (form: Form): Field[] => outer(form).filter((f) => infoOf(f.type)?.filterInput !== undefined);

/** Fields that records can be sorted by. */
export const sortable = (form: Form): Field[] => outer(form).filter((f) => infoOf(f.type)?.sortable);

/** The columns a new list begins with: the number, and the first few of the form. */
export function usualColumns(form: Form): string[] {
  const all = columnsFor(form);
  const number = all.filter((f) => f.type === "RECORD_NUMBER");
  const placed = new Set(reading(form));
  const first = all.filter((f) => placed.has(f.key) && f.type !== "RECORD_NUMBER").slice(0, 7);
  return [...number, ...first].map((f) => f.code);
}
