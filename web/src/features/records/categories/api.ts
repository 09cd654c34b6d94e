import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";

export type Category = { name: string; children: Category[] };

type Level = Record<string, { name: string; index: string; children: Level }>;

/** A level of the tree in its order, with all below it. */
const inOrder = (level: Level): Category[] =>
  Object.values(level)
    .sort((a, b) => Number(a.index) - Number(b.index))
    .map(({ name, children }) => ({ name, children: inOrder(children) }));

export const categoriesQuery = (app: string) =>
  queryOptions({
    queryKey: ["app", app, "categories"],
    queryFn: async () => inOrder((await http.get<{ categories: Level }>("/api/v1/app/categories", { app })).categories),
    staleTime: 60_000,
  });

/** Puts a record into categories, and takes it out of all others, if it is still at a revision. */
export const fileRecord = (app: string, id: string, revision: string, categories: string[]) =>
  http.put<{ revision: string }>("/api/v1/record/categories", { app, id, revision, categories });
