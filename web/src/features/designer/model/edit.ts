import { deriveCode } from "./codes";
import {
  type Block,
  type Cell,
  codesBut,
  type Field,
  type Form,
  find,
  isDecoration,
  isSystem,
  type Key,
  mapRows,
  newKey,
  type Row,
  type Table,
} from "./form";
import { type Part, usualWidth } from "./kinds";
import { detach, type Place, stops, type Thing } from "./places";

export const minWidth = 100;
export const step = 10;

/** Puts a new part on the form. */
export function add(form: Form, part: Part, place: Place): Form {
  const fields = part.field ? { ...form.fields, [part.field.key]: part.field } : form.fields;
  const next = { ...form, fields };
  if (part.block) return put(next, part.block, place);
  return part.cell ? put(next, part.cell, place) : form;
}

/** Moves a cell, row, table or group. A place beside or inside itself leaves the form as it is. */
export function move(form: Form, key: Key, place: Place): Form {
  const spot = find(form, key);
  if (!spot) return form;
  const alone = spot.cell && spot.row?.kind === "row" && spot.row.cells.length === 1 ? spot.row.key : undefined;
  const container = place.at === "cell" ? place.row : place.group;
  if ([key, alone].some((own) => own && (own === place.before || own === container))) return form;
  return put(detach(form, key), spot.cell ?? spot.row ?? spot.block, place, alone);
}

/** Puts a cell or block at a place; a cell between rows gets a row of its own (with the key given, if it is free). */
function put(form: Form, what: Cell | Block, place: Place, rowKey?: Key): Form {
  if (place.at === "cell") {
    const cell = what as Cell;
    return mapRows(form, (row) =>
      row.key === place.row ? { ...row, cells: before(row.cells, cell, place.before) } : row,
    );
  }
  const key = rowKey && !find(form, rowKey) ? rowKey : newKey();
  const block: Block = "kind" in what ? what : { kind: "row", key, cells: [what] };
  if (!place.group) return { ...form, blocks: before(form.blocks, block, place.before) };
  const blocks = form.blocks.map((b) =>
    b.kind === "group" && b.key === place.group ? { ...b, rows: before(b.rows, block as Row, place.before) } : b,
  );
  return { ...form, blocks };
}

function before<T extends { key: Key }>(list: readonly T[], item: T, key: Key | undefined): T[] {
  const at = key === undefined ? -1 : list.findIndex((x) => x.key === key);
  return at < 0 ? [...list, item] : [...list.slice(0, at), item, ...list.slice(at)];
}

export type Direction = "up" | "down" | "left" | "right";

/** Moves by keys: left and right within a row or table, up and down through the rows. Undefined: no way on. */
export function nudge(form: Form, thing: Thing, direction: Direction): Form | undefined {
  if (!thing.key) return undefined;
  if (direction === "up" || direction === "down") {
    const { places, index } = stops(form, thing);
    const place = places[index + (direction === "up" ? -1 : 1)];
    return place && move(form, thing.key, place);
  }
  const row = find(form, thing.key)?.row;
  const at = row?.cells.findIndex((c) => c.key === thing.key) ?? -1;
  if (!row || at < 0) return undefined;
  if (direction === "left") {
    const left = row.cells[at - 1];
    return left && move(form, thing.key, { at: "cell", row: row.key, before: left.key });
  }
  if (at === row.cells.length - 1) return undefined;
  return move(form, thing.key, { at: "cell", row: row.key, before: row.cells[at + 2]?.key });
}

/**
 * Takes something off the form: a field with all it holds, a table with its columns. A group's rows stay, in its
 * place; a system field is only taken away, for every record has it.
 */
export function remove(form: Form, key: Key): Form {
  const spot = find(form, key);
  const { [key]: field, ...others } = form.fields;
  if (!spot) return field && !isSystem(field.type) ? { ...form, fields: others } : form;
  if (spot.group?.key === key) {
    const blocks = form.blocks.flatMap((b): Block[] => (b.key === key && b.kind === "group" ? b.rows : [b]));
    return { fields: others, blocks };
  }
  const gone = new Set([key]);
  if (!spot.cell) for (const c of spot.row?.cells ?? []) gone.add(c.key);
  const fields = Object.fromEntries(Object.entries(form.fields).filter(([k, f]) => !gone.has(k) || isSystem(f.type)));
  return { ...detach(form, key), fields };
}

/** Brings back what an earlier form had at key, beside what it stood beside, whatever has happened since. */
export function restore(form: Form, earlier: Form, key: Key): Form {
  const spot = find(earlier, key);
  if (!spot || find(form, key)) return form;
  const own = spot.cell ? [key] : [key, ...(spot.row?.cells ?? []).map((c) => c.key)];
  const back = own.flatMap((k) => (earlier.fields[k] ? [[k, earlier.fields[k]] as const] : []));
  const next = { ...form, fields: { ...form.fields, ...Object.fromEntries(back) } };
  const after = (list: readonly { key: Key }[], k: Key | undefined) =>
    list.slice(list.findIndex((x) => x.key === k) + 1).find((x) => find(form, x.key))?.key;
  if (spot.cell && spot.row && find(form, spot.row.key)) {
    return put(next, spot.cell, { at: "cell", row: spot.row.key, before: after(spot.row.cells, key) });
  }
  const group = spot.group && spot.group.key !== key && find(form, spot.group.key) ? spot.group : undefined;
  const list = group?.rows ?? earlier.blocks;
  const before = after(list, group ? spot.row?.key : spot.block.key);
  const what = spot.cell ?? (spot.group?.key === key ? { ...spot.group, rows: [] } : (spot.row ?? spot.block));
  return put(next, what, { at: "row", group: group?.key, before }, spot.cell && spot.row?.key);
}

/** Copies a field or decoration beside the original, or a table with its columns below it; the copy's key too. */
export function duplicate(form: Form, key: Key): { form: Form; key: Key } | undefined {
  const spot = find(form, key);
  const field = form.fields[key];
  if (!spot || (field && isSystem(field.type))) return undefined;
  const fields = { ...form.fields };
  const copyField = (k: Key): Key => {
    const original = fields[k];
    const copy = newKey();
    if (original) {
      const code = deriveCode(original.code, codesBut({ fields, blocks: [] }));
      const choices = original.choices?.map((c) => ({ ...c, key: newKey() }));
      fields[copy] = { ...original, key: copy, code, autoCode: false, ...(choices && { choices }) };
    }
    return copy;
  };
  const copyCell = (c: Cell): Cell => ({ ...c, key: copyField(c.key) });
  if (spot.cell && spot.row) {
    const cell = copyCell(spot.cell);
    const after = spot.row.cells[spot.row.cells.indexOf(spot.cell) + 1];
    return {
      form: put({ ...form, fields }, cell, { at: "cell", row: spot.row.key, before: after?.key }),
      key: cell.key,
    };
  }
  if (spot.block.kind !== "table") return undefined;
  const block: Table = { kind: "table", key: copyField(key), cells: spot.block.cells.map(copyCell) };
  const after = form.blocks[form.blocks.indexOf(spot.block) + 1];
  return { form: put({ ...form, fields }, block, { at: "row", before: after?.key }), key: block.key };
}

/** Sets sizes of a cell; widths keep to the grid and never get smaller than a finger can hold. */
export function resize(form: Form, key: Key, size: Pick<Cell, "width" | "height" | "innerHeight">): Form {
  const fit = { ...size };
  if (fit.width !== undefined) fit.width = Math.max(minWidth, Math.round(fit.width / step) * step);
  if (fit.height !== undefined) fit.height = Math.max(step, Math.round(fit.height / step) * step);
  if (fit.innerHeight !== undefined) fit.innerHeight = Math.max(40, Math.round(fit.innerHeight / step) * step);
  return changeCell(form, key, fit);
}

/** Widens or narrows a cell by steps. */
export function widen(form: Form, key: Key, steps: number): Form {
  const cell = find(form, key)?.cell;
  return cell ? resize(form, key, { width: (cell.width ?? usualWidth(cell.type)) + steps * step }) : form;
}

/** Changes what stands in the layout: a label's text, an element id, sizes. */
export function changeCell(form: Form, key: Key, change: Partial<Cell>): Form {
  return mapRows(form, (row) => {
    if (!row.cells.some((c) => c.key === key)) return row;
    return { ...row, cells: row.cells.map((c) => (c.key === key ? { ...c, ...change } : c)) };
  });
}

/** Changes a field's settings. A code that still follows the label is made anew with it. */
export function changeField(form: Form, key: Key, change: Partial<Field>): Form {
  const old = form.fields[key];
  if (!old) return form;
  const field = { ...old, ...change };
  if (change.code !== undefined) field.autoCode = false;
  else if (field.autoCode && change.label) field.code = deriveCode(change.label, codesBut(form, key));
  return { ...form, fields: { ...form.fields, [key]: field } };
}

/** Where a part added by keyboard or tap goes: below what is selected, into a selected table, else at the end. */
export function placeFor(form: Form, type: string, selected: Key | undefined): Place {
  const spot = selected ? find(form, selected) : undefined;
  if (!spot) return { at: "row" };
  const whole = type === "SUBTABLE" || type === "GROUP";
  const plain = !whole && !isDecoration(type) && !isSystem(type);
  if (spot.block.kind === "table" && plain) return { at: "cell", row: spot.block.key };
  if (spot.group && !whole) {
    if (spot.group.key === selected) return { at: "row", group: spot.group.key };
    const at = spot.group.rows.findIndex((r) => r.key === spot.row?.key);
    return { at: "row", group: spot.group.key, before: spot.group.rows[at + 1]?.key };
  }
  return { at: "row", before: form.blocks[form.blocks.indexOf(spot.block) + 1]?.key };
}
