import { deriveCode } from "./codes";
import {
  type Block,
  type Cell,
  codesBut,
  type Field,
  type Form,
  hasChoices,
  isDecoration,
  isSystem,
  newKey,
  systemTypes,
} from "./form";

/** The parts of the palette, grouped as people look for them. */
export const partGroups = [
  { id: "text", types: ["SINGLE_LINE_TEXT", "MULTI_LINE_TEXT", "RICH_TEXT", "LINK"] },
  { id: "number", types: ["NUMBER", "DATE", "TIME", "DATETIME"] },
  { id: "choice", types: ["RADIO_BUTTON", "CHECK_BOX", "DROP_DOWN", "MULTI_SELECT"] },
  { id: "people", types: ["USER_SELECT", "FILE"] },
  { id: "frame", types: ["SUBTABLE", "GROUP", "LABEL", "SPACER", "HR"] },
  { id: "system", types: [...systemTypes] },
] as const;

const widths: Record<string, number> = {
  SINGLE_LINE_TEXT: 220,
  MULTI_LINE_TEXT: 360,
  RICH_TEXT: 480,
  LINK: 260,
  NUMBER: 160,
  DATE: 160,
  TIME: 120,
  DATETIME: 260,
  RADIO_BUTTON: 260,
  CHECK_BOX: 260,
  DROP_DOWN: 200,
  MULTI_SELECT: 220,
  USER_SELECT: 220,
  FILE: 300,
  LABEL: 240,
  SPACER: 160,
  HR: 480,
};

/** The width of a new cell, and of one without, in px. */
export const usualWidth = (type: string): number => widths[type] ?? 160;

/** The sizes that the server gives to what stands in a layout without: they are how a record's form draws it. */
export function givenSizes(type: string): Pick<Cell, "width" | "height" | "innerHeight"> {
  if (type === "REFERENCE_TABLE") return {};
  if (type === "HR") return { width: 480 };
  if (type === "SPACER") return { width: 220, height: 10 };
  return hasInnerHeight(type) ? { width: 220, innerHeight: 80 } : { width: 220 };
}

/** Types with an inner height of their own. */
export const hasInnerHeight = (type: string): boolean => type === "MULTI_LINE_TEXT" || type === "RICH_TEXT";
export const usualInnerHeight = (type: string): number => (type === "RICH_TEXT" ? 160 : 120);

/** Words for what a new part starts with, in the reader's language. */
export type Names = { label: string; choice: (n: number) => string };

export type Part = { cell?: Cell; block?: Block; field?: Field };

/** A new part for a form: its field, where it has one, and what stands in the layout. */
export function makePart(type: string, form: Form, names: Names): Part {
  if (isSystem(type)) {
    const field = Object.values(form.fields).find((f) => f.type === type);
    return field ? { cell: { key: field.key, type, width: usualWidth(type) } } : {};
  }
  const key = newKey();
  if (isDecoration(type)) {
    const cell: Cell = { key, type, width: usualWidth(type) };
    if (type === "LABEL") cell.label = names.label;
    if (type === "SPACER") cell.height = 60;
    return { cell };
  }
  const field: Field = {
    key,
    type,
    label: names.label,
    code: deriveCode(names.label, codesBut(form)),
    autoCode: true,
    noLabel: false,
    ...settings(type, names),
  };
  if (type === "SUBTABLE") return { field, block: { kind: "table", key, cells: [] } };
  if (type === "GROUP") return { field, block: { kind: "group", key, rows: [] } };
  const cell: Cell = { key, type, width: usualWidth(type) };
  if (hasInnerHeight(type)) cell.innerHeight = usualInnerHeight(type);
  return { field, cell };
}

/** What the API would fill in for settings left out, so that the panel shows them from the start. */
function settings(type: string, names: Names): Partial<Field> {
  if (hasChoices(type)) {
    const choices = [1, 2].map((n) => ({ key: newKey(), label: names.choice(n) }));
    const first = choices[0]?.label ?? "";
    if (type === "RADIO_BUTTON") return { required: true, choices, defaultValue: first, align: "HORIZONTAL" };
    if (type === "CHECK_BOX") return { required: false, choices, defaultValue: [], align: "HORIZONTAL" };
    return { required: false, choices, defaultValue: type === "DROP_DOWN" ? "" : [] };
  }
  switch (type) {
    case "SUBTABLE":
      return {};
    case "GROUP":
      return { openGroup: true };
    case "FILE":
      return { required: false, thumbnailSize: "150" };
    case "USER_SELECT":
      return { required: false, entities: [], defaultValue: [] };
    case "MULTI_LINE_TEXT":
    case "RICH_TEXT":
      return { required: false, defaultValue: "" };
    case "TIME":
      return { required: false, defaultValue: "", defaultNowValue: false };
    case "DATE":
    case "DATETIME":
      return { required: false, unique: false, defaultValue: "", defaultNowValue: false };
    case "NUMBER":
      return {
        required: false,
        unique: false,
        minValue: "",
        maxValue: "",
        digit: false,
        displayScale: "",
        unit: "",
        unitPosition: "BEFORE",
        defaultValue: "",
      };
    case "LINK":
      return { required: false, unique: false, protocol: "WEB", minLength: "", maxLength: "", defaultValue: "" };
    default:
      return { required: false, unique: false, minLength: "", maxLength: "", defaultValue: "" };
  }
}
