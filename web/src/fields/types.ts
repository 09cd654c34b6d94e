import type { Icon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { FieldErrors } from "../lib/http";
import type { FieldProperty, Value } from "../lib/kintone";

export type DisplayProps = {
  field: FieldProperty;
  value: Value;
  /** True in a row of a list or table, where there is one line of room. */
  compact?: boolean;
};

export type EditorProps = {
  field: FieldProperty;
  value: Value;
  /** Takes the new value, or how to make it from the old one when the change comes later than the key press. */
  onChange: (next: Value | ((old: Value) => Value)) => void;
  /** The id the label points to; also the stem of the ids of several inputs. */
  id: string;
  /** What is wrong with the value; the editor shows it under its input, and ties the two together. */
  error?: string;
  /** Where this value stands in a request, e.g. "record.件名" or "record.明細.value[0].value.品名". */
  path: string;
  /** All problems of the form; a table shows those of its cells. */
  errors: FieldErrors;
  compact?: boolean;
};

/** An operator of the query language. */
export type Operator =
  | "="
  | "!="
  | ">"
  | "<"
  | ">="
  | "<="
  | "in"
  | "not in"
  | "like"
  | "not like"
  | "is empty"
  | "is not empty";

/** How the right side of a condition on a field is entered. */
export type FilterInput = "text" | "number" | "date" | "datetime" | "time" | "options" | "people";

/** What everybody needs to know about a field type, without the code that draws it. */
export type FieldInfo = {
  icon: Icon;
  /** Operators in the order offered; none means that records cannot be filtered by it. */
  operators: readonly Operator[];
  filterInput?: FilterInput;
  sortable?: boolean;
  /** Numbers stand to the right. */
  align?: "right";
  /** Width of its column in a list until someone drags it, in px. */
  width: number;
  /** The value of a new record. Absent for what the server fills in. */
  initial?: (field: FieldProperty) => Value;
  /** The value as a write wants it, where that is less than what a read gives (people and files without their names). */
  outgoing?: (value: Value, field: FieldProperty) => unknown;
};

export type Display = ComponentType<DisplayProps>;
export type Editor = ComponentType<EditorProps>;
