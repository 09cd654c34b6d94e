import type { Column, ColumnChoice } from "./api";

/** The types a column can become, in the order offered. */
export const columnTypes = [
  "SINGLE_LINE_TEXT",
  "MULTI_LINE_TEXT",
  "NUMBER",
  "DATE",
  "TIME",
  "DATETIME",
  "DROP_DOWN",
  "RADIO_BUTTON",
  "CHECK_BOX",
  "MULTI_SELECT",
  "LINK",
] as const;

/** What a person changed, by the column's index. The rest stays as guessed, also when the file is read again. */
export type Edits = Record<number, Partial<Omit<ColumnChoice, "index">>>;

export const chosen = (columns: Column[], edits: Edits): ColumnChoice[] =>
  columns.map(({ index, label, type }) => ({ index, label, type, skip: false, ...edits[index] }));

export type Confidence = "chosen" | "empty" | "sure" | "likely" | "unsure";

/** How far the type on the screen can be relied on. */
export function confidence(column: Column, choice: ColumnChoice): Confidence {
  if (choice.type !== column.type) return "chosen";
  if (column.samples.every((s) => s === "")) return "empty";
  if (column.confidence >= 0.9) return "sure";
  return column.confidence >= 0.6 ? "likely" : "unsure";
}

/** What is wrong with the names, by the column's index: "missing" or "twice". Columns left out have no name to mind. */
export function nameProblems(choices: ColumnChoice[]): Map<number, "missing" | "twice"> {
  const problems = new Map<number, "missing" | "twice">();
  const first = new Map<string, number>();
  for (const { index, label, skip } of choices) {
    if (skip) continue;
    const name = label.trim();
    const earlier = first.get(name);
    if (!name) problems.set(index, "missing");
    else if (earlier === undefined) first.set(name, index);
    else {
      problems.set(earlier, "twice");
      problems.set(index, "twice");
    }
  }
  return problems;
}
