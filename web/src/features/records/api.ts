import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { outgoingRecord } from "../../fields/outgoing";
import { http } from "../../lib/http";
import type { Fields, LayoutItem, RecordData, View } from "../../lib/kintone";
import { inFormOrder } from "./form-order";

export type Can = {
  view: boolean;
  add: boolean;
  edit: boolean;
  delete: boolean;
  manage: boolean;
  import: boolean;
  export: boolean;
};
export type App = {
  id: string;
  name: string;
  description: string;
  can: Can;
  titleField: string | null;
  settings: { enableComments?: boolean; enableDuplicateRecord?: boolean; enableBulkDeletion?: boolean };
  revision: string;
};

/** Everything a screen of an app needs before it can show a record; the fields are in the form's order. */
export type AppForm = { app: App; fields: Fields; layout: LayoutItem[] };

export const appFormQuery = (app: string) =>
  queryOptions({
    queryKey: ["app", app, "form"],
    queryFn: async (): Promise<AppForm> => {
      const [about, { properties }, { layout }] = await Promise.all([
        http.get<App>("/api/v1/app", { app }),
        http.get<{ properties: Fields }>("/k/v1/app/form/fields.json", { app }),
        http.get<{ layout: LayoutItem[] }>("/k/v1/app/form/layout.json", { app }),
      ]);
      const used = Object.entries(properties).filter(([, f]) => f.enabled !== false);
      return { app: about, fields: inFormOrder(Object.fromEntries(used), layout), layout };
    },
    staleTime: 60_000,
  });

export const viewsQuery = (app: string) =>
  queryOptions({
    queryKey: ["app", app, "views"],
    queryFn: async () => {
      const { views } = await http.get<{ views: Record<string, View> }>("/k/v1/app/views.json", { app });
      return Object.values(views).sort((a, b) => Number(a.index) - Number(b.index));
    },
    staleTime: 60_000,
  });

export const pageSize = 100;
/** The API does not skip more records than this. */
export const maxOffset = 10_000;

export type RecordPage = { records: RecordData[]; more: boolean };

/** A page of records: one more than shown is asked for, so that "is there a next page" needs no count. */
export const recordsQuery = (app: string, query: string, page: number) =>
  queryOptions({
    queryKey: ["records", app, "page", query, page],
    queryFn: async ({ signal }): Promise<RecordPage> => {
      const bounds = `limit ${pageSize + 1} offset ${(page - 1) * pageSize}`;
      const { records } = await http.get<{ records: RecordData[] }>(
        "/k/v1/records.json",
        { app, query: `${query} ${bounds}`.trim() },
        { signal },
      );
      return { records: records.slice(0, pageSize), more: records.length > pageSize };
    },
    placeholderData: keepPreviousData,
  });

export const countQuery = (app: string, condition: string) =>
  queryOptions({
    queryKey: ["records", app, "count", condition],
    queryFn: ({ signal }) =>
      http.get<{ count: number | string; exact: boolean }>(
        "/api/v1/records/count",
        { app, query: condition },
        { signal },
      ),
    staleTime: 60_000,
  });

export const recordQuery = (app: string, record: string) =>
  queryOptions({
    queryKey: ["record", app, record],
    queryFn: async () => (await http.get<{ record: RecordData }>("/k/v1/record.json", { app, id: record })).record,
  });

export const neighboursQuery = (app: string, record: string, query: string) =>
  queryOptions({
    queryKey: ["record", app, record, "neighbours", query],
    queryFn: () =>
      http.get<{ previous: string | null; next: string | null }>("/api/v1/record/neighbours", { app, record, query }),
  });

export const addRecord = (app: string, record: RecordData, fields: Fields) =>
  http.post<{ id: string; revision: string }>("/k/v1/record.json", { app, record: outgoingRecord(record, fields) });

/** Changes the given fields if the record is still at a revision; a Conflict (409) says that it is not. */
export const changeRecord = (app: string, id: string, revision: string, record: RecordData, fields: Fields) =>
  http.put<{ revision: string }>("/k/v1/record.json", { app, id, revision, record: outgoingRecord(record, fields) });

/** Moves records to the trash, at most 100 at a time. */
export const deleteRecords = (app: string, ids: string[]) => http.delete("/k/v1/records.json", { app, ids });

export type TrashedRecord = { id: string; title: string; deletedAt: string; deletedBy: { code: string; name: string } };

export const trashQuery = (app: string) =>
  queryOptions({
    queryKey: ["trash", app],
    queryFn: async () => (await http.get<{ records: TrashedRecord[] }>("/api/v1/trash", { app })).records,
  });

export const restoreRecords = (app: string, ids: string[]) => http.post("/api/v1/trash/restore", { app, ids });
