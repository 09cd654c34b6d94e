// A preview server as far as forms go, for tests: it refuses what the real one refuses.
import type { FieldProperty, Fields, LayoutField, LayoutItem, LayoutRow } from "../../../lib/kintone";
import { isDecoration, isSystem } from "./form";
import type { Step } from "./step";

type Preview = { fields: Fields; layout: LayoutItem[] };

const fail = (text: string): never => {
  throw new Error(text);
};

const codes = (fields: Fields): string[] =>
  Object.values(fields).flatMap((f) => [f.code, ...Object.keys(f.fields ?? {})]);

/** The preview after a call; throws where the real server answers with an error. */
export function answer(p: Preview, step: Step): Preview {
  if (!step.path.includes("/form/")) return p;
  const next = structuredClone(p);
  const body = structuredClone(step.body) as { properties: Fields; fields: string[]; layout: LayoutItem[] };
  if (step.path.endsWith("layout.json")) {
    check(next.fields, body.layout);
    return { ...next, layout: body.layout };
  }
  if (step.method === "DELETE") for (const code of body.fields) drop(next, code);
  if (step.method === "POST") for (const [key, f] of Object.entries(body.properties)) insert(next, key, f);
  if (step.method === "PUT") for (const [key, f] of Object.entries(body.properties)) update(next, key, f);
  const all = codes(next.fields);
  if (new Set(all).size < all.length) fail(`a code twice: ${all}`);
  return next;
}

function insert(p: Preview, key: string, f: FieldProperty): void {
  if (f.code !== key || codes(p.fields).includes(key)) fail(`cannot add ${key}`);
  p.fields[key] = f;
  if (f.options) f.options = renamed({}, f.options);
  const inner = Object.values(f.fields ?? {}).map((c) => placed(c.type, c.code));
  if (f.type === "SUBTABLE") p.layout.push({ type: "SUBTABLE", code: key, fields: inner });
  else if (f.type === "GROUP") p.layout.push({ type: "GROUP", code: key, layout: [] });
  else p.layout.push({ type: "ROW", fields: [placed(f.type, key)] });
}

/** A new field as the server places it: with the sizes that programs look for. */
function placed(type: string, code: string): LayoutField {
  const lines = type === "MULTI_LINE_TEXT" || type === "RICH_TEXT";
  return { type, code, size: { width: "220", ...(lines && { innerHeight: "80" }) } };
}

function update(p: Preview, key: string, f: FieldProperty): void {
  const old = p.fields[key] ?? fail(`no ${key}`);
  const { fields: inner, ...rest } = f;
  delete p.fields[key];
  if (codes(p.fields).includes(f.code)) fail(`${f.code} is taken`);
  const columns = { ...old.fields };
  for (const [code, c] of Object.entries(inner ?? {})) {
    if (columns[code]) {
      const { [code]: before, ...others } = columns;
      if (others[c.code]) fail(`${c.code} is taken`);
      delete columns[code];
      columns[c.code] = { ...before, ...c, ...(c.options && { options: renamed(before?.options ?? {}, c.options) }) };
      rename(p, code, c.code);
    } else {
      if (c.code !== code) fail(`cannot add ${code}`);
      columns[code] = c;
      for (const item of p.layout) {
        if (item.type === "SUBTABLE" && item.code === key) item.fields.push(placed(c.type, code));
      }
    }
  }
  const options = f.options && { options: renamed(old.options ?? {}, f.options) };
  p.fields[f.code] = { ...old, ...rest, ...options, ...(old.type === "SUBTABLE" && { fields: columns }) };
  rename(p, key, f.code);
}

type Options = NonNullable<FieldProperty["options"]>;

function renamed(old: Options, next: Options): Options {
  const out: Options = {};
  for (const [key, o] of Object.entries(next)) {
    if (!old[key] && o.label !== key) fail(`no option ${key}`);
    if (out[o.label]) fail(`option ${o.label} twice`);
    out[o.label] = o;
  }
  return out;
}

function rename(p: Preview, from: string, to: string): void {
  const each = (f: LayoutField) => {
    if (f.code === from) f.code = to;
  };
  for (const item of p.layout) {
    if (item.type === "ROW") item.fields.forEach(each);
    else {
      if (item.code === from) item.code = to;
      if (item.type === "SUBTABLE") item.fields.forEach(each);
      else for (const row of item.layout) row.fields.forEach(each);
    }
  }
}

function drop(p: Preview, code: string): void {
  const table = Object.values(p.fields).find((f) => f.fields?.[code]);
  const own = p.fields[code];
  if (table?.fields) delete table.fields[code];
  else if (!own || isSystem(own.type)) fail(`cannot delete ${code}`);
  delete p.fields[code];
  const kept = (row: LayoutRow): LayoutRow[] => {
    const fields = row.fields.filter((f) => f.code !== code);
    return fields.length > 0 || row.fields.length === 0 ? [{ ...row, fields }] : [];
  };
  p.layout = p.layout.flatMap((item): LayoutItem[] => {
    if (item.type === "ROW") return kept(item);
    if (item.type === "GROUP") {
      return item.code === code ? item.layout : [{ ...item, layout: item.layout.flatMap(kept) }];
    }
    return item.code === code ? [] : [{ ...item, fields: item.fields.filter((f) => f.code !== code) }];
  });
}

function check(fields: Fields, layout: LayoutItem[]): void {
  const seen = new Set<string>();
  const once = (code = "") => {
    if (!fields[code] || seen.has(code)) fail(`${code} cannot stand there`);
    seen.add(code);
  };
  const row = (list: LayoutField[]) => {
    for (const f of list) if (!isDecoration(f.type)) once(f.code);
  };
  for (const item of layout) {
    if (item.type === "ROW") row(item.fields);
    else once(item.code);
    if (item.type === "GROUP") for (const r of item.layout) row(r.fields);
    if (item.type === "SUBTABLE") {
      const want = Object.keys(fields[item.code]?.fields ?? {}).sort();
      const got = item.fields.map((f) => f.code ?? "").sort();
      if (want.join() !== got.join()) fail(`${item.code} has ${want}, not ${got}`);
    }
  }
}
