import { infiniteQueryOptions, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useServerEvent } from "../../lib/events";
import { http } from "../../lib/http";

export type Notice = {
  id: string;
  kind: string;
  app: { id: string; name: string } | null;
  space: { id: string; name: string; thread: string } | null;
  record: string | null;
  title: string;
  text: string;
  by: { name: string; outside: boolean } | null;
  at: string;
  read: boolean;
  url: string;
};
export type NoticePage = { notifications: Notice[]; unread: number; more: boolean };

/** The notices of this person, newest first, a page at a time. */
export const noticesQuery = infiniteQueryOptions({
  queryKey: ["notifications", "list"],
  queryFn: ({ pageParam }) => http.get<NoticePage>("/api/v1/notifications", { before: pageParam }),
  initialPageParam: "",
  getNextPageParam: (last: NoticePage) => (last.more ? last.notifications.at(-1)?.id : undefined),
});

/** How many of them are unread. */
export const unreadQuery = queryOptions({
  queryKey: ["notifications", "unread"],
  queryFn: async () => (await http.get<NoticePage>("/api/v1/notifications")).unread,
});

export const markRead = (which: { ids: string[] } | { all: true }) => http.post("/api/v1/notifications/read", which);

/** Keeps the unread count and the list current while the document is open. */
export function useLiveNotices(): void {
  const cache = useQueryClient();
  useServerEvent("notification", ({ unread }) => {
    cache.setQueryData(unreadQuery.queryKey, unread);
    void cache.invalidateQueries({ queryKey: noticesQuery.queryKey });
  });
}
