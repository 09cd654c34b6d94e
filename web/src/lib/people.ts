import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { http } from "./http";
import type { Person } from "./kintone";

/** Active users whose name or login name contains the words, the likeliest first. */
export const peopleQuery = (words: string) =>
  queryOptions({
    queryKey: ["people", words],
    queryFn: async ({ signal }) =>
      (await http.get<{ users: Person[] }>("/api/v1/users/suggest", { q: words, limit: 20 }, { signal })).users,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
