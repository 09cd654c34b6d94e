import type { EditorProps } from "../types";

/** The attributes that tie an input to its label and its error. */
export const inputProps = (p: EditorProps) => ({
  id: p.id,
  error: p.invalid,
  "aria-describedby": p.describedBy,
  "aria-required": p.field.required || undefined,
  "aria-label": p.compact ? p.field.label : undefined,
});

/** The same for a group of inputs, which no <label> can point to. */
export const groupProps = (p: EditorProps) => ({
  id: p.id,
  role: "group",
  tabIndex: -1,
  "aria-labelledby": p.compact ? undefined : `${p.id}-label`,
  "aria-label": p.compact ? p.field.label : undefined,
  "aria-describedby": p.describedBy,
});

export const textOf = (p: EditorProps): string => (typeof p.value === "string" ? p.value : "");
export const listOf = (p: EditorProps): string[] => (Array.isArray(p.value) ? (p.value as string[]) : []);
