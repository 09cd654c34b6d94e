import { http } from "../../lib/http";

export type PortalApp = {
  id: string;
  name: string;
  description: string;
  updatedAt: string;
  icon?: { type: string; key: string };
  recordCount: number | string | null;
};
export type ExpiringShare = { id: string; app: string; record: string; title: string; expiresAt: string };
export type RunningImport = {
  id: string;
  fileName: string;
  state: string;
  done: number;
  rowCount: number;
  rejected?: number;
  app?: { id: string; name?: string } | string | null;
};
export type Portal = {
  apps: PortalApp[];
  drafts: { id: string; name: string }[];
  unread: number;
  expiringShares: ExpiringShare[];
  imports: RunningImport[];
};

export const portalQuery = {
  queryKey: ["portal"],
  queryFn: () => http.get<Portal>("/api/v1/portal"),
};

export const cancelImport = (id: string) => http.post("/api/v1/import/cancel", { id });
