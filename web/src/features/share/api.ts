import { queryOptions } from "@tanstack/react-query";
import { address, http } from "../../lib/http";
import type { SharedRecord } from "../../lib/shared";

/** A link by which outsiders read one record. */
export type Share = {
  id: string;
  title: string;
  /** Codes, in the order of the form. */
  fields: string[];
  hasPassword: boolean;
  expiresAt: string | null;
  mayComment: boolean;
  mayDownload: boolean;
  createdAt: string;
  createdBy: { code: string; name: string };
  revokedAt: string | null;
  state: "active" | "expired" | "revoked";
  /** Only for those who may share. */
  url?: string;
  opens: number;
  lastOpenedAt: string | null;
  comments: number;
};

export type AccessKind = "opened" | "wrongPassword" | "commented" | "downloaded" | "refused";
export type Access = { at: string; kind: AccessKind; name?: string; device: string; ip: string };

/** What a link is to be. A password left out stays as it is; an empty one is none. */
export type ShareInput = {
  title: string;
  fields: string[];
  password?: string;
  expiresAt: string | null;
  mayComment: boolean;
  mayDownload: boolean;
};

export const sharesKey = ["shares"];

export const sharesQuery = (app: string, record: string) =>
  queryOptions({
    queryKey: [...sharesKey, app, record],
    queryFn: () => http.get<{ shares: Share[]; canShare?: boolean }>("/api/v1/shares", { app, record }),
  });

export const accessesQuery = (id: string) =>
  queryOptions({
    queryKey: [...sharesKey, "accesses", id],
    queryFn: async () => (await http.get<{ accesses: Access[] }>("/api/v1/share/accesses", { id })).accesses,
  });

/** What an outsider would see, answered by the code that answers outsiders. */
export const previewQuery = (app: string, record: string, input: ShareInput, id?: string) =>
  queryOptions({
    queryKey: [...sharesKey, "preview", app, record, id, input],
    queryFn: ({ signal }) =>
      http.post<SharedRecord>("/api/v1/share/preview", { app, record, id, ...input }, { signal }),
    staleTime: 0,
  });

export const createShare = (app: string, record: string, input: ShareInput) =>
  http.post<{ id: string; url: string }>("/api/v1/share", { app, record, ...input });

export const changeShare = (id: string, input: ShareInput) => http.put("/api/v1/share", { id, ...input });
export const revokeShare = (id: string) => http.post("/api/v1/share/revoke", { id });

export const qrAddress = (id: string) => address("/api/v1/share/qr", { id });
