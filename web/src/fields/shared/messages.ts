import type { FieldErrors } from "../../lib/http";

/**
 * The messages about the value at a path ("record.金額"), whatever the server appends to it (".value", ".values[0].value")
 * and also where it writes the last code in brackets ("record[金額].value"). A table's own path does not take in
 * those of its cells.
 */
export function messagesAt(errors: FieldErrors, path: string): string[] {
  const dot = path.lastIndexOf(".");
  const bracketed = `${path.slice(0, dot)}[${path.slice(dot + 1)}]`;
  return Object.entries(errors).flatMap(([at, { messages }]) => {
    const stem = [path, bracketed].find((s) => at === s || at.startsWith(`${s}.`) || at.startsWith(`${s}[`));
    if (!stem || /\.value\[\d+\]\.value\./.test(at.slice(stem.length))) return [];
    return messages;
  });
}
