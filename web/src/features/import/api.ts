import { address, http } from "../../lib/http";

export type ImportState = "preview" | "queued" | "running" | "done" | "cancelled" | "failed";

/** A column of the file and the field it looks like. */
export type Column = {
  index: number;
  label: string;
  type: string;
  /** In the guessed type, from 0 to 1. */
  confidence: number;
  samples: string[];
  /** What a person should know about this column, in his language. */
  issues: string[];
};

/** A row that could not be taken, and why. */
export type Reject = { line: number; column?: string; value?: string; message: string };

/** A file on its way to becoming an app. */
export type Import = {
  id: string;
  fileName: string;
  kind: "csv" | "xlsx";
  state: ImportState;
  encoding: string;
  encodings: string[];
  separator: string;
  hasHeader: boolean;
  sheet: string;
  sheets: string[];
  columns: Column[];
  /** The first 20 rows. */
  rows: string[][];
  rowCount: number;
  /** False while rowCount is an estimate. */
  exact?: boolean;
  notices?: string[];
  done: number;
  rejected: number;
  /** The first 100. */
  rejects: Reject[];
  app: string | null;
  appName?: string;
  createdAt: string;
  error?: { message: string } | null;
};

/** How the file is to be read, where the guess was wrong. */
export type Reading = Partial<Pick<Import, "encoding" | "separator" | "hasHeader" | "sheet">>;

export type ColumnChoice = { index: number; label: string; type: string; skip: boolean };

export const importQuery = (id: string) => ({
  queryKey: ["import", id],
  queryFn: () => http.get<Import>("/api/v1/import", { id }),
});

export const importsQuery = {
  queryKey: ["imports"],
  queryFn: async () => (await http.get<{ imports: Import[] }>("/api/v1/imports")).imports,
};

export const uploadFile = (file: File, onProgress: (share: number) => void, signal: AbortSignal) =>
  http.upload<Import>("/api/v1/imports", file, { onProgress, signal });

export const readAgain = (id: string, reading: Reading) => http.put<Import>("/api/v1/import", { id, ...reading });

export const startImport = (id: string, appName: string, columns: ColumnChoice[]) =>
  http.post("/api/v1/import/start", { id, appName, columns });

export const cancelImport = (id: string) => http.post("/api/v1/import/cancel", { id });
export const resumeImport = (id: string) => http.post("/api/v1/import/resume", { id });

/** The rows that were not taken, as a file. */
export const rejectedAddress = (id: string) => address("/api/v1/import/rejected.csv", { id });
