import type { Operator } from "../../../fields/types";

/** One line of the filter dialog. Values are as in the query: texts, numbers, or functions such as TODAY(). */
export type Condition = { field: string; operator: Operator; values: string[] };

/** Several conditions that must all hold, or of which one must. */
export type Filter = { match: "all" | "any"; conditions: Condition[] };

export const noFilter: Filter = { match: "all", conditions: [] };

const functionCall = /^[A-Z_]+\([^()"]*\)$/;

/** A value of the query language: a function stands bare, everything else is a quoted string. */
export function literal(value: string): string {
  if (functionCall.test(value)) return value;
  const escaped = value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return `"${escaped}"`;
}

function conditionText({ field, operator, values }: Condition): string {
  if (operator === "is empty" || operator === "is not empty") return `${field} ${operator}`;
  if (operator === "in" || operator === "not in") return `${field} ${operator} (${values.map(literal).join(", ")})`;
  return `${field} ${operator} ${literal(values[0] ?? "")}`;
}

/** The filter in the query language; empty when there is nothing to filter by. */
export const filterText = (filter: Filter): string =>
  filter.conditions.map(conditionText).join(filter.match === "all" ? " and " : " or ");

/** One field to sort by. */
export type Sort = { field: string; descending: boolean };

export const sortText = (sorts: Sort[]): string =>
  sorts.map((s) => `${s.field} ${s.descending ? "desc" : "asc"}`).join(", ");

/** Reads an order-by list ("期日 asc, $id desc"). */
export function readSort(text: string): Sort[] {
  return text.split(",").flatMap((part) => {
    const [field, direction] = part.trim().split(/\s+/);
    return field ? { field, descending: direction?.toLowerCase() === "desc" } : [];
  });
}

/** A condition and an order as one query. */
export function queryText(condition: string, sort: string): string {
  return [condition, sort && `order by ${sort}`].filter(Boolean).join(" ");
}
