import type { FieldProperty } from "../../../lib/kintone";
import { type Draft, same } from "./draft";
import { remove } from "./edit";
import { withForm } from "./follow";
import { type Block, type Field, type Form, isSystem, type Key, type Table, tableOf } from "./form";
import type { Step } from "./step";
import { wholeField, writeField, writeLayout } from "./write";

const path = "/k/v1/preview/app/form/fields.json";
const perCall = 100;

const homeOf = (form: Form, key: Key): Key | undefined => tableOf(form, key)?.key;

/** Fields that are gone, and those moved into or out of a table, which for the API are other fields. */
export function deletions(now: Draft, wanted: Form): Step[] {
  const gone = Object.values(now.form.fields).filter(({ key, type }) => {
    const table = homeOf(now.form, key);
    if (isSystem(type) || (table && !wanted.fields[table])) return false; // a column goes with its table
    return !wanted.fields[key] || homeOf(wanted, key) !== table;
  });
  let form = now.form;
  return chunks(gone).map((list) => {
    form = list.reduce((f, { key }) => remove(f, key), form);
    return {
      method: "DELETE",
      path,
      body: { fields: list.map((f) => f.code) },
      about: Object.fromEntries(list.map((f, i) => [`fields[${i}]`, f.key])),
      saved: withForm(now, form),
    };
  });
}

/**
 * The renames that others wait for: a code is given only once its last owner has another, and a circle is broken by
 * a code in between. A rename that nothing is in the way of is left to the update of its field.
 */
export function renames(now: Draft, wanted: Form): Step[] {
  const steps: Step[] = [];
  let form = now.form;
  for (;;) {
    const due = Object.values(form.fields).flatMap((f) => {
      const code = wanted.fields[f.key]?.code ?? f.code;
      return code === f.code ? [] : [{ key: f.key, from: f.code, to: code }];
    });
    const held = new Set(due.map((d) => d.from));
    const [first] = due;
    if (!first || due.every((d) => !held.has(d.to))) return steps;
    const free = due.filter((d) => !held.has(d.to));
    const round = free.length > 0 ? free : [{ ...first, to: between(first.from, form, wanted) }];
    const fields = { ...form.fields };
    for (const { key, to } of round) fields[key] = { ...(fields[key] as Field), code: to };
    const next = { ...form, fields };
    steps.push(
      put(
        now,
        form,
        next,
        round.map((d) => d.key),
      ),
    );
    form = next;
  }
}

function between(code: string, form: Form, wanted: Form): string {
  const taken = new Set([...Object.values(form.fields), ...Object.values(wanted.fields)].map((f) => f.code));
  let n = 0;
  while (taken.has(`${code}_${n}`)) n++;
  return `${code}_${n}`;
}

/** Settings of the fields that stay and new columns of the tables that stay; twice, where option names are passed on. */
export function updates(now: Draft, wanted: Form): Step[] {
  const steps: Step[] = [];
  let form = now.form;
  for (const target of [settled, (_: Field, w: Field) => w]) {
    const fields = { ...form.fields };
    const changed: Key[] = [];
    for (const f of Object.values(form.fields)) {
      const w = wanted.fields[f.key];
      const to = w && target(f, w);
      if (!to || same(writeField(f, f), writeField(to, f))) continue;
      fields[f.key] = to;
      changed.push(f.key);
    }
    for (const table of tables(wanted)) {
      if (!form.fields[table.key]) continue;
      for (const { key } of table.cells) {
        const column = wanted.fields[key];
        if (!column || fields[key]) continue;
        fields[key] = column;
        changed.push(key);
      }
    }
    if (changed.length === 0) continue;
    const next = { fields, blocks: withColumns(form.blocks, wanted, fields) };
    steps.push(put(now, form, next, changed));
    form = next;
  }
  return steps;
}

/** A field less its new options that are called as an option which stays was called until now. */
function settled(old: Field, wanted: Field): Field {
  const known = new Set(old.choices?.map((c) => c.key));
  const stays = new Set(wanted.choices?.map((c) => c.key));
  const held = new Set(old.choices?.filter((c) => stays.has(c.key)).map((c) => c.label));
  const choices = wanted.choices?.filter((c) => known.has(c.key) || !held.has(c.label));
  if (choices?.length === wanted.choices?.length) return wanted;
  const labels = new Set(choices?.map((c) => c.label));
  const { defaultValue } = wanted;
  if (typeof defaultValue === "string") {
    return { ...wanted, choices, defaultValue: labels.has(defaultValue) ? defaultValue : "" };
  }
  return { ...wanted, choices, defaultValue: (defaultValue as string[] | undefined)?.filter((d) => labels.has(d)) };
}

/** One PUT that takes the fields said from one form to the next; a column travels inside its table. */
function put(now: Draft, from: Form, to: Form, keys: Key[]): Step {
  const properties: Record<string, FieldProperty> = {};
  const about: Record<string, Key> = {};
  for (const key of keys) {
    const field = to.fields[key];
    if (!field) continue;
    const old = from.fields[key];
    const code = old?.code ?? field.code;
    const table = to.fields[homeOf(to, key) ?? ""];
    if (!table) {
      properties[code] = { ...properties[code], ...writeField(field, old) };
      about[`properties[${code}]`] = key;
      continue;
    }
    const outer = from.fields[table.key] ?? table;
    const rest = properties[outer.code] ?? writeField(outer);
    properties[outer.code] = { ...rest, fields: { ...rest.fields, [code]: writeField(field, old) } };
    about[`properties[${outer.code}]`] ??= table.key;
    about[`properties[${outer.code}].fields[${code}]`] = key;
  }
  return { method: "PUT", path, body: { properties }, about, saved: withForm(now, to) };
}

/** New fields, tables with their columns. The server puts each at the bottom of the form. */
export function additions(now: Draft, wanted: Form): Step[] {
  const added = Object.values(wanted.fields).filter((f) => !now.form.fields[f.key] && !homeOf(wanted, f.key));
  let form = now.form;
  return chunks(added).map((list) => {
    const about: Record<string, Key> = {};
    const fields = { ...form.fields };
    const blocks = [...form.blocks];
    for (const f of list) {
      fields[f.key] = f;
      about[`properties[${f.code}]`] = f.key;
      const table = tables(wanted).find((t) => t.key === f.key);
      for (const { key } of table?.cells ?? []) {
        const column = wanted.fields[key];
        if (!column) continue;
        fields[key] = column;
        about[`properties[${f.code}].fields[${column.code}]`] = key;
      }
      blocks.push(bottom(f, table));
    }
    form = { fields, blocks };
    return {
      method: "POST",
      path,
      body: { properties: Object.fromEntries(list.map((f) => [f.code, wholeField(wanted, f)])) },
      about,
      saved: withForm(now, form),
    };
  });
}

function bottom(f: Field, table: Table | undefined): Block {
  if (table) return { ...table, cells: table.cells.map((c) => ({ key: c.key, type: c.type })) };
  if (f.type === "GROUP") return { kind: "group", key: f.key, rows: [] };
  return { kind: "row", key: `${f.key} row`, cells: [{ key: f.key, type: f.type }] };
}

/** The whole layout, when it says something else than what the calls before it left. */
export function layout(now: Draft, wanted: Form): Step[] {
  const next = writeLayout(wanted);
  if (same(next, writeLayout(now.form))) return [];
  const saved = withForm(now, wanted);
  return [{ method: "PUT", path: "/k/v1/preview/app/form/layout.json", body: { layout: next }, about: {}, saved }];
}

const tables = (form: Form): Table[] => form.blocks.filter((b) => b.kind === "table");

/** Blocks whose tables have the columns wanted, as far as their fields are there. */
function withColumns(blocks: Block[], wanted: Form, fields: Form["fields"]): Block[] {
  const by = new Map(tables(wanted).map((t) => [t.key, t]));
  return blocks.map((b) => {
    if (b.kind !== "table") return b;
    const added = (by.get(b.key)?.cells ?? []).filter((c) => fields[c.key] && !b.cells.some((x) => x.key === c.key));
    return { ...b, cells: [...b.cells, ...added.map((c) => ({ key: c.key, type: c.type }))] };
  });
}

function chunks<T>(list: T[]): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += perCall) out.push(list.slice(i, i + perCall));
  return out;
}
