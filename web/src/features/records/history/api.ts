import { infiniteQueryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import type { Value } from "../../../lib/kintone";

export type Change = { code: string; label: string; type: string; old: Value; new: Value };
export type HistoryEntry = {
  revision: string;
  /** When and by whom: missing where this person may not see it. */
  at?: string;
  by?: { code: string; name: string; outside?: boolean };
  kind: "create" | "update" | "revert" | "restore" | "follow" | "categories" | "status" | "assignees";
  changes: Change[];
  /** The action that was taken, of kind "status". */
  action?: { name: string; from: string; to: string; for: { code: string; name: string } | null };
};
export type HistoryPage = { entries: HistoryEntry[]; more: boolean };

/** What happened to a record, newest first. */
export const historyQuery = (app: string, record: string) =>
  infiniteQueryOptions({
    queryKey: ["record", app, record, "history"],
    queryFn: ({ pageParam }) => http.get<HistoryPage>("/api/v1/record/history", { app, record, before: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last: HistoryPage) => (last.more ? last.entries.at(-1)?.revision : undefined),
  });

/** Gives a record the values it had at a revision, if it is still at the expected one. */
export const revertRecord = (app: string, record: string, revision: string, expected?: string) =>
  http.post<{ revision: string }>("/api/v1/record/revert", { app, record, revision, expected });
