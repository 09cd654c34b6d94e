import { type Choice, type Field, type Key, newKey } from "./form";

/** Options are told apart by their labels in records, so each may be there once. Blank lines are none. */
export function parseChoices(text: string): string[] {
  return [...new Set(text.split(/\r?\n|\t/).map((line) => line.trim()))].filter((line) => line !== "");
}

/** Adds options at the end, or before another; those that are there already are left as they are. */
export function addChoices(field: Field, labels: string[]): Partial<Field> {
  const old = field.choices ?? [];
  const known = new Set(old.map((c) => c.label));
  const added = labels.filter((l) => !known.has(l)).map((label): Choice => ({ key: newKey(), label }));
  return { choices: [...old, ...added] };
}

/** Gives an option another name; a default that named it follows. */
export function renameChoice(field: Field, key: Key, label: string): Partial<Field> {
  const old = field.choices?.find((c) => c.key === key)?.label;
  const choices = field.choices?.map((c) => (c.key === key ? { ...c, label } : c));
  return { choices, defaultValue: defaults(field, (d) => (d === old ? label : d)) };
}

/** Takes an option away, and from the default. A radio button always has a default: its first option. */
export function removeChoice(field: Field, key: Key): Partial<Field> {
  const gone = field.choices?.find((c) => c.key === key)?.label;
  const choices = field.choices?.filter((c) => c.key !== key);
  const instead = field.type === "RADIO_BUTTON" ? (choices?.[0]?.label ?? "") : "";
  return { choices, defaultValue: defaults(field, (d) => (d === gone ? instead : d)) };
}

/** Moves an option to where another stands. */
export function moveChoice(field: Field, key: Key, to: number): Partial<Field> {
  const choices = [...(field.choices ?? [])];
  const from = choices.findIndex((c) => c.key === key);
  const [moved] = choices.splice(from, 1);
  if (from < 0 || !moved) return {};
  choices.splice(to, 0, moved);
  return { choices };
}

function defaults(field: Field, fn: (label: string) => string): Field["defaultValue"] {
  const value = field.defaultValue;
  if (typeof value === "string") return fn(value);
  return (value as string[] | undefined)?.map(fn).filter((l) => l !== "");
}
