import { ApiError } from "../../lib/http";
import { problemText } from "../../lib/problem";

/** Why something failed, for someone who has no administrator to ask. */
export function reasonFor(error: unknown, t: (key: string) => string): string {
  const known = error instanceof ApiError && (error.status === 0 || (error.status >= 400 && error.status < 500));
  return known ? problemText(error, t) : t("outside.later");
}
