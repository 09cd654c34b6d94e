import type { Fields, LayoutItem } from "../../lib/kintone";
import { storage } from "../../lib/storage";
import type { Form, Key } from "./model/form";
import { readForm } from "./model/read";

/**
 * The API names fields by code and options by label, so after a reload nobody could tell a renamed field from one
 * removed and another added, nor a field from another that took its code. What was done here is remembered on this
 * device until it is published.
 */
type Renames = {
  codes: Record<string, string>;
  choices: Record<string, Record<string, string>>;
  /** Codes that a new field has taken over from a deleted one: the same name, other data. */
  taken: string[];
};

const nothing: Renames = { codes: {}, choices: {}, taken: [] };
const nameOf = (app: string) => `designer:renames:${app}`;

/** The live form with the keys of the preview, across remembered renames. */
export function recalled(app: string, properties: Fields, layout: LayoutItem[], preview: Form): Form {
  const { codes, choices, taken } = storage.get(nameOf(app), nothing);
  const keys: Record<string, Key> = {};
  for (const [live, code] of Object.entries(codes)) {
    const field = Object.values(preview.fields).find((f) => f.code === code);
    if (field) keys[live] = field.key;
  }
  const same = Object.entries(preview.fields).filter(([, f]) => !taken.includes(f.code));
  const form = readForm(properties, layout, { ...preview, fields: Object.fromEntries(same) }, keys);
  for (const field of Object.values(form.fields)) {
    const labels = choices[field.code];
    const now = preview.fields[field.key]?.choices;
    if (!labels || !now || !field.choices) continue;
    field.choices = field.choices.map((c) => ({
      ...c,
      key: now.find((n) => n.label === labels[c.label])?.key ?? c.key,
    }));
  }
  return form;
}

/** Remembers how what is live is called in the preview, where that differs. */
export function remember(app: string, live: Form | undefined, preview: Form): void {
  const renames: Renames = { codes: {}, choices: {}, taken: [] };
  const codes = new Set(Object.values(preview.fields).map((f) => f.code));
  for (const old of Object.values(live?.fields ?? {})) {
    const now = preview.fields[old.key];
    if (!now && codes.has(old.code)) renames.taken.push(old.code);
    if (!now) continue;
    if (now.code !== old.code) renames.codes[old.code] = now.code;
    for (const choice of old.choices ?? []) {
      const label = now.choices?.find((c) => c.key === choice.key)?.label;
      if (label === undefined || label === choice.label) continue;
      renames.choices[old.code] = { ...renames.choices[old.code], [choice.label]: label };
    }
  }
  const none = Object.keys(renames.codes).length + Object.keys(renames.choices).length + renames.taken.length === 0;
  if (none) storage.remove(nameOf(app));
  else storage.set(nameOf(app), renames);
}
