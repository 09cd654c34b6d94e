import { useMemo } from "react";
import { setAddress, useSearch, withSearch } from "../../../lib/location";

/** What the list's address says: which view, and what of it is changed. Undefined leaves it as the view has it. */
export type ListAddress = { view?: string; condition?: string; sort?: string; page: number };

export function useListAddress(): [ListAddress, (change: Partial<ListAddress>) => void] {
  const search = useSearch();
  const [view, condition, sort] = ["view", "q", "sort"].map((name) => search.get(name) ?? undefined);
  const page = Math.max(1, Math.floor(Number(search.get("page"))) || 1);
  const address = useMemo(() => ({ view, condition, sort, page }), [view, condition, sort, page]);
  return [address, change];
}

/** Changes the address; anything but turning pages begins again at the first. */
function change(to: Partial<ListAddress>): void {
  const set: Record<string, string | undefined> = { page: to.page && to.page > 1 ? String(to.page) : undefined };
  if ("view" in to) Object.assign(set, { view: to.view, q: undefined, sort: undefined });
  if ("condition" in to) set.q = to.condition;
  if ("sort" in to) set.sort = to.sort;
  setAddress(withSearch(set));
}
