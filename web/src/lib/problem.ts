import { ApiError } from "./http";

type T = (key: string, args?: Record<string, unknown>) => string;

/** One plain sentence for any failure: the server's own words where it has some, else what we know ourselves. */
export function problemText(error: unknown, t: T): string {
  if (!(error instanceof ApiError)) return t("common.problem.unknown");
  if (error.status === 0) return t("common.problem.network");
  if (error.message) return error.message;
  if (error.status === 403) return t("common.problem.forbidden");
  if (error.status === 404) return t("common.problem.missing");
  if (error.status === 413) return t("common.problem.tooLarge");
  if (error.status === 429) return t("common.problem.tooMany");
  return t("common.problem.unknown");
}
