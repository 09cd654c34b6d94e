import type { EditorProps } from "../types";

/** The attributes of an input from the UI kit, which draws the error and refers to it itself. */
export const inputProps = (p: EditorProps) => ({
  id: p.id,
  error: p.error,
  "aria-required": p.field.required || undefined,
  "aria-label": p.compact ? p.field.label : undefined,
});

export const textOf = (p: EditorProps): string => (typeof p.value === "string" ? p.value : "");
export const listOf = (p: EditorProps): string[] => (Array.isArray(p.value) ? (p.value as string[]) : []);
