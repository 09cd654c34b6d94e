import { type Draft, type DraftView, type FieldRight, type Section, same } from "./draft";
import { type Block, type Field, type Form, type Key, type Row, type Table, tableOf } from "./form";
import { writeField, writeLayout } from "./write";

/** One difference between two drafts, for the words of a summary. what names the thing, details the settings. */
export type Change = {
  section: Section;
  kind:
    | "fieldAdded"
    | "fieldRemoved"
    | "fieldChanged"
    | "layout"
    | "viewAdded"
    | "viewRemoved"
    | "viewChanged"
    | "viewOrder"
    | "general"
    | "appRights"
    | "recordRights"
    | "fieldRights";
  key?: Key;
  what?: string;
  type?: string;
  /** The former name of what is renamed. */
  was?: string;
  details?: string[];
  /** Records lose data by it. */
  loses?: boolean;
};

/** What is different in a draft from an earlier one, in the order of the page's sections. */
export function changes(from: Draft, to: Draft): Change[] {
  return [...ofForm(from.form, to.form), ...ofViews(from.views, to.views), ...ofRest(from, to)];
}

function ofForm(from: Form, to: Form): Change[] {
  const list: Change[] = [];
  const section = "form";
  for (const f of Object.values(to.fields)) {
    const old = from.fields[f.key];
    const name = { key: f.key, what: f.label, type: f.type };
    if (!old) list.push({ section, kind: "fieldAdded", ...name });
    else if (!same(settingsOf(old, old), settingsOf(f, old))) {
      const renamed = old.label !== f.label ? { was: old.label } : {};
      const details = differing(old, f);
      const loses = !!old.choices?.some((c) => !f.choices?.some((x) => x.key === c.key));
      list.push({ section, kind: "fieldChanged", ...name, ...renamed, details, ...(loses && { loses }) });
    }
  }
  for (const f of Object.values(from.fields)) {
    if (to.fields[f.key]) continue;
    if (tableOf(from, f.key) && !to.fields[tableOf(from, f.key)?.key ?? ""]) continue; // said with its table
    list.push({ section, kind: "fieldRemoved", key: f.key, what: f.label, type: f.type, loses: f.type !== "GROUP" });
  }
  if (!same(shape(from, to), shape(to, from))) list.push({ section, kind: "layout" });
  return list;
}

/** A field without what only this page knows. */
const settingsOf = ({ autoCode: _, ...field }: Field, saved: Field) => writeField(field, saved);

function differing(old: Field, f: Field): string[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(f)])] as (keyof Field)[];
  return names.filter((n) => n !== "key" && n !== "autoCode" && n !== "label" && !same(old[n], f[n]));
}

/** The layout of what both forms have: a new field alone is no change of the layout, nor is a new group around old rows. */
function shape(form: Form, other: Form): unknown {
  const both = (key: Key) => !form.fields[key] || !!other.fields[key];
  const strip = <R extends Row | Table>(row: R): R[] => {
    const cells = row.cells.filter((c) => both(c.key));
    return cells.length > 0 ? [{ ...row, cells }] : [];
  };
  const blocks = form.blocks.flatMap((b): Block[] => {
    if (b.kind !== "group") return strip(b);
    const rows = b.rows.flatMap(strip);
    return both(b.key) ? [{ ...b, rows }] : rows;
  });
  const fields = Object.fromEntries(Object.entries(form.fields).map(([k, f]) => [k, { ...f, code: k }]));
  return writeLayout({ fields, blocks });
}

function ofViews(from: DraftView[], to: DraftView[]): Change[] {
  const list: Change[] = [];
  const section = "views";
  for (const v of to) {
    const old = from.find((x) => x.key === v.key);
    if (!old) list.push({ section, kind: "viewAdded", key: v.key, what: v.name });
    else if (!same(old, v)) {
      const names = [...new Set([...Object.keys(old), ...Object.keys(v)])] as (keyof DraftView)[];
      const details = names.filter((n) => n !== "name" && !same(old[n], v[n]));
      const was = old.name !== v.name ? { was: old.name } : {};
      list.push({ section, kind: "viewChanged", key: v.key, what: v.name, ...was, details });
    }
  }
  for (const v of from) {
    if (!to.some((x) => x.key === v.key)) list.push({ section, kind: "viewRemoved", key: v.key, what: v.name });
  }
  const order = (views: DraftView[], other: DraftView[]) =>
    views.map((v) => v.key).filter((k) => other.some((x) => x.key === k));
  if (!same(order(from, to), order(to, from))) list.push({ section, kind: "viewOrder" });
  return list;
}

function ofRest(from: Draft, to: Draft): Change[] {
  const list: Change[] = [];
  const names = Object.keys(to.general) as (keyof Draft["general"])[];
  const details = names.filter((n) => !same(from.general[n], to.general[n]));
  if (details.length > 0) list.push({ section: "settings", kind: "general", details });
  if (!same(from.appRights, to.appRights)) list.push({ section: "permissions", kind: "appRights" });
  if (!same(from.recordRights, to.recordRights)) list.push({ section: "permissions", kind: "recordRights" });
  for (const code of differingCodes(from.fieldRights, to.fieldRights)) {
    const field = Object.values(to.form.fields).find((f) => f.code === code);
    list.push({ section: "permissions", kind: "fieldRights", key: field?.key, what: field?.label ?? code });
  }
  return list;
}

function differingCodes(from: FieldRight[], to: FieldRight[]): string[] {
  const codes = new Set([...from, ...to].map((r) => r.code));
  const at = (list: FieldRight[], code: string) => list.find((r) => r.code === code);
  return [...codes].filter((code) => !same(at(from, code), at(to, code)));
}
