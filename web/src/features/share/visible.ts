import type { FileValue, TableRow, Value } from "../../lib/kintone";
import type { SharedRecord } from "../../lib/shared";

export type Visible = { fields: number; files: number; comments: number };

/** How much an outsider sees now that he did not see before; before is undefined when there was nothing yet. */
export function newlyVisible(before: SharedRecord | undefined, now: SharedRecord): Visible {
  const known = new Set(before?.fields.map((f) => f.code));
  const fresh = now.fields.filter((f) => !known.has(f.code));
  const opened = now.can.download && before !== undefined && !before.can.download; // known by name, now to be had
  const files = (opened ? now.fields : fresh).reduce((n, f) => n + filesIn(f.type, f.value), 0);
  const heard = new Set(before?.comments.map((c) => c.id));
  return { fields: fresh.length, files, comments: now.comments.filter((c) => !heard.has(c.id)).length };
}

function filesIn(type: string, value: Value): number {
  if (type === "FILE") return (value as FileValue[]).length;
  if (type !== "SUBTABLE") return 0;
  return (value as TableRow[])
    .flatMap((row) => Object.values(row.value))
    .reduce((n, cell) => n + filesIn(cell.type, cell.value), 0);
}
