import type { Draft, DraftView } from "./draft";
import type { Form } from "./form";

const token = /"(?:\\.|[^"\\])*"|[^\s\u3000"=<>!(),]+/g;

/** A condition or sort with its field codes renamed; what stands in quotes is data. */
const renameIn = (text: string, to: ReadonlyMap<string, string>): string =>
  text.replace(token, (word) => to.get(word) ?? word);

const names = (text: string, codes: ReadonlySet<string>): boolean =>
  (text.match(token) ?? []).some((w) => codes.has(w));

/**
 * The draft with another form, and everything that names fields by code brought along, as the server does it: renamed
 * codes are renamed in views, title and permissions, and deleted ones leave them. A condition or sort that used a
 * deleted field goes whole, for half a condition would show other records than its author meant; a record permission
 * keeps it, and from then on allows nothing.
 */
export function withForm(draft: Draft, form: Form): Draft {
  if (form === draft.form) return draft;
  const to = new Map<string, string>();
  const gone = new Set<string>();
  const kept = new Set(Object.values(form.fields).map((f) => f.code));
  for (const old of Object.values(draft.form.fields)) {
    const now = form.fields[old.key];
    if (!now && !kept.has(old.code)) gone.add(old.code);
    else if (now && now.code !== old.code) to.set(old.code, now.code);
  }
  if (to.size + gone.size === 0) return { ...draft, form };
  const code = (c: string) => to.get(c) ?? c;
  const optional = (c: string | undefined) => (c && !gone.has(c) ? code(c) : undefined);
  const text = (t: string) => (names(t, gone) ? "" : renameIn(t, to));
  const view = (v: DraftView): DraftView => ({
    ...v,
    ...(v.fields && { fields: v.fields.filter((c) => !gone.has(c)).map(code) }),
    ...(v.date && { date: optional(v.date) ?? "" }),
    ...(v.title && { title: optional(v.title) ?? "" }),
    filterCond: text(v.filterCond),
    sort: text(v.sort),
  });
  const { titleField } = draft.general;
  const title = optional(titleField.code);
  return {
    ...draft,
    form,
    views: draft.views.map(view),
    general: titleField.code
      ? { ...draft.general, titleField: title ? { ...titleField, code: title } : { selectionMode: "AUTO" } }
      : draft.general,
    recordRights: draft.recordRights.map((r) => ({ ...r, filterCond: renameIn(r.filterCond, to) })),
    fieldRights: draft.fieldRights.filter((r) => !gone.has(r.code)).map((r) => ({ ...r, code: code(r.code) })),
  };
}
