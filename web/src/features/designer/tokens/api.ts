import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";

export const tokenRights = ["view", "add", "edit", "delete", "manage"] as const;
export type TokenRights = Record<(typeof tokenRights)[number], boolean>;
export type Token = { id: string; note: string; rights: TokenRights; createdAt: string };

const path = "/api/v1/app/tokens";

export const tokensQuery = (app: string) =>
  queryOptions({
    queryKey: ["designer", app, "tokens"],
    queryFn: async () => (await http.get<{ tokens: Token[] }>(path, { app })).tokens,
  });

export type NewToken = { app: string; note: string; rights: TokenRights };

/** Makes a token; it is told this once. */
export const addToken = (token: NewToken) => http.post<{ id: string; token: string }>(path, token);
export const deleteToken = (app: string, id: string) => http.delete(path, { app, id });
