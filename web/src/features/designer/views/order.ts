/** One field that records are put in order by. */
export type Order = { field: string; descending: boolean };

/** Reads an order-by list ("期日 asc, $id desc"). */
export function readOrder(text: string): Order[] {
  return text.split(",").flatMap((part) => {
    const [field, direction] = part.trim().split(/\s+/);
    return field ? { field, descending: direction?.toLowerCase() === "desc" } : [];
  });
}

export const writeOrder = (order: Order[]): string =>
  order.map((o) => `${o.field} ${o.descending ? "desc" : "asc"}`).join(", ");
