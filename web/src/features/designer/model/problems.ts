import { plainNumber } from "../../../lib/numbers";
import { type CodeProblem, codeProblem } from "./codes";
import type { Draft } from "./draft";
import { type Field, hasChoices, type Key } from "./form";

/** What keeps a field or view from being saved: which setting, and the word for it. */
export type Problem = {
  at: string;
  name:
    | CodeProblem
    | "labelEmpty"
    | "tooLong"
    | "noChoices"
    | "choiceEmpty"
    | "choiceTwice"
    | "notNumber"
    | "notWhole"
    | "minAboveMax"
    | "nameEmpty"
    | "nameTwice"
    | "noDate"
    | "noColumns";
};

/** The key that problems of the app's own settings stand under. */
export const appKey = "app";

/** Everything in a draft that the server would refuse, by the field or view it is about. Empty: it can be saved. */
export function problems(draft: Draft): ReadonlyMap<Key, Problem[]> {
  const found = new Map<Key, Problem[]>();
  const note = (key: Key, list: Problem[]) => list.length > 0 && found.set(key, list);
  const fields = Object.values(draft.form.fields);
  const twice = repeated(fields.map((f) => f.code));
  for (const field of fields) note(field.key, ofField(field, twice));
  const names = repeated(draft.views.map((v) => v.name));
  for (const v of draft.views) {
    const list: Problem[] = [];
    if (v.name.trim() === "") list.push({ at: "name", name: "nameEmpty" });
    if ([...v.name].length > 64) list.push({ at: "name", name: "tooLong" });
    if (names.has(v.name)) list.push({ at: "name", name: "nameTwice" });
    if (v.type === "CALENDAR" && !v.date) list.push({ at: "date", name: "noDate" });
    if (v.type === "LIST" && !v.fields?.length) list.push({ at: "fields", name: "noColumns" });
    note(v.key, list);
  }
  const { name, description } = draft.general;
  const general: Problem[] = [];
  if (name.trim() === "") general.push({ at: "name", name: "nameEmpty" });
  if ([...name].length > 64) general.push({ at: "name", name: "tooLong" });
  if (description.length > 10_000) general.push({ at: "description", name: "tooLong" });
  note(appKey, general);
  return found;
}

/** What a list holds more than once. */
function repeated(list: string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(list.filter((x) => seen.size === seen.add(x).size));
}

function ofField(f: Field, twice: ReadonlySet<string>): Problem[] {
  const list: Problem[] = [];
  if (f.label.trim() === "") list.push({ at: "label", name: "labelEmpty" });
  if ([...f.label].length > 128) list.push({ at: "label", name: "tooLong" });
  const code = codeProblem(f.code, twice);
  if (code) list.push({ at: "code", name: code });
  if (hasChoices(f.type)) list.push(...ofChoices(f));
  for (const at of ["minLength", "maxLength"] as const) {
    if (f[at] && !/^\d{1,5}$/.test(f[at])) list.push({ at, name: "notWhole" });
  }
  for (const at of ["minValue", "maxValue"] as const) {
    if (f[at] && !isNumber(f[at])) list.push({ at, name: "notNumber" });
  }
  if (f.type === "NUMBER" && typeof f.defaultValue === "string" && f.defaultValue && !isNumber(f.defaultValue)) {
    list.push({ at: "defaultValue", name: "notNumber" });
  }
  if (above(f.minLength, f.maxLength) || above(f.minValue, f.maxValue)) {
    list.push({ at: f.type === "NUMBER" ? "maxValue" : "maxLength", name: "minAboveMax" });
  }
  if (f.unit && [...f.unit].length > 128) list.push({ at: "unit", name: "tooLong" });
  return list;
}

function ofChoices(f: Field): Problem[] {
  const labels = (f.choices ?? []).map((c) => c.label);
  if (labels.length === 0) return [{ at: "choices", name: "noChoices" }];
  const list: Problem[] = [];
  if (labels.some((l) => l.trim() === "")) list.push({ at: "choices", name: "choiceEmpty" });
  if (new Set(labels).size < labels.length) list.push({ at: "choices", name: "choiceTwice" });
  if (labels.some((l) => [...l].length > 128)) list.push({ at: "choices", name: "tooLong" });
  return list;
}

export const isNumber = (text: string): boolean => /^[+-]?\d+(\.\d+)?$/.test(plainNumber(text));

const above = (min?: string, max?: string): boolean =>
  !!min && !!max && isNumber(min) && isNumber(max) && Number(min) > Number(max);
