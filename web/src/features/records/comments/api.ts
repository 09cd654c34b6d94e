import { infiniteQueryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";

/** Who can read a comment: the company only, or the outsiders of the record's links as well. */
export type Lane = "internal" | "shared";
export type Mention = { code: string; type: "USER" };
export type Comment = {
  id: string;
  lane: Lane;
  text: string;
  createdAt: string;
  author: { code: string; name: string; outside: boolean };
  mentions: Mention[];
  mine: boolean;
};
export type CommentPage = { comments: Comment[]; more: boolean };

/** The comments of a record, newest first. */
export const commentsQuery = (app: string, record: string) =>
  infiniteQueryOptions({
    queryKey: ["record", app, record, "comments"],
    queryFn: ({ pageParam }) => http.get<CommentPage>("/api/v1/record/comments", { app, record, before: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last: CommentPage) => (last.more ? last.comments.at(-1)?.id : undefined),
  });

export const addComment = (app: string, record: string, comment: { text: string; mentions: Mention[]; lane: Lane }) =>
  http.post<{ id: string }>("/api/v1/record/comment", { app, record, comment });

export const deleteComment = (app: string, record: string, comment: string) =>
  http.delete("/api/v1/record/comment", { app, record, comment });
