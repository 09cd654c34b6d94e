import { useCallback, useMemo, useReducer } from "react";
import { editable } from "../../../fields/editors";
import { infoOf } from "../../../fields/infos";
import type { FieldErrors } from "../../../lib/http";
import type { Fields, RecordData, Value } from "../../../lib/kintone";

export type Next = Value | ((old: Value) => Value);

/** A record being written: the values it began with, those it has now, and what is wrong with them. */
export type FormState = { base: RecordData; values: RecordData; errors: FieldErrors };

type Act =
  | { act: "set"; code: string; next: Next }
  | { act: "take"; values: RecordData }
  | { act: "rebase"; base: RecordData; values: RecordData }
  | { act: "errors"; errors: FieldErrors };

function reduce(state: FormState, a: Act): FormState {
  switch (a.act) {
    case "set": {
      const old = state.values[a.code];
      if (!old) return state;
      const value = typeof a.next === "function" ? a.next(old.value) : a.next;
      return { ...state, values: { ...state.values, [a.code]: { ...old, value } } };
    }
    case "take":
      return { ...state, values: { ...state.values, ...a.values } };
    case "rebase":
      return { base: a.base, values: a.values, errors: {} };
    case "errors":
      return { ...state, errors: a.errors };
  }
}

/** The values people enter of a record; one that the record does not have begins with its default. */
export function enteredValues(fields: Fields, record: RecordData = {}): RecordData {
  const values: RecordData = {};
  for (const [code, field] of Object.entries(fields)) {
    if (!editable(field.type)) continue;
    values[code] = record[code] ?? { type: field.type, value: infoOf(field.type)?.initial?.(field) ?? "" };
  }
  return values;
}

/** True for two values that a save would store alike; empty is empty, however it is written. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a || "") === JSON.stringify(b || "");
}

/** The values that differ from those the record began with. */
export function changedValues(state: Pick<FormState, "base" | "values">): RecordData {
  return Object.fromEntries(
    Object.entries(state.values).filter(([code, { value }]) => !sameValue(value, state.base[code]?.value)),
  );
}

export function useFormState(initial: RecordData, start: RecordData = initial) {
  const [state, dispatch] = useReducer(reduce, { base: initial, values: start, errors: {} });
  const set = useCallback((code: string, next: Next) => dispatch({ act: "set", code, next }), []);
  const take = useCallback((values: RecordData) => dispatch({ act: "take", values }), []);
  const rebase = useCallback((base: RecordData, values: RecordData) => dispatch({ act: "rebase", base, values }), []);
  const setErrors = useCallback((errors: FieldErrors) => dispatch({ act: "errors", errors }), []);
  const changed = useMemo(() => changedValues(state), [state]);
  return { ...state, changed, set, take, rebase, setErrors };
}
export type Form = ReturnType<typeof useFormState>;
