import type { FieldProperty } from "../../../lib/kintone";

/**
 * A form while it is edited. Every field, row and choice has a key of this page's own that never changes, so that
 * codes, labels and places can, and undoing finds the same thing again. Values are never changed in place.
 */
export type Key = string;

/** An option of a choice field; the key ties a renamed option to the one the server knows. */
export type Choice = { key: Key; label: string };

export type Field = Omit<FieldProperty, "options" | "fields"> & {
  key: Key;
  choices?: Choice[];
  /** The code still follows the label. */
  autoCode?: boolean;
};

/** Something in a row: a field (key is the field's), or a label, spacer or border. Sizes are px. */
export type Cell = {
  key: Key;
  type: string;
  label?: string;
  elementId?: string;
  width?: number;
  height?: number;
  innerHeight?: number;
};

export type Row = { kind: "row"; key: Key; cells: Cell[] };
/** A table; its cells are its columns. key is the field's. */
export type Table = { kind: "table"; key: Key; cells: Cell[] };
/** A group of rows that opens and closes. key is the field's. */
export type Group = { kind: "group"; key: Key; rows: Row[] };
export type Block = Row | Table | Group;

export type Form = { fields: Record<Key, Field>; blocks: Block[] };

let made = 0;

/** A key that nothing in this page has yet. */
export const newKey = (): Key => `k${++made}`;

/** Types that every app has once, from the start. They are placed and taken away, never added or deleted. */
export const systemTypes = ["RECORD_NUMBER", "CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME"] as const;
export const isSystem = (type: string): boolean => (systemTypes as readonly string[]).includes(type);

/** Types that stand only in the layout. */
export const isDecoration = (type: string): boolean => type === "LABEL" || type === "SPACER" || type === "HR";

export const hasChoices = (type: string): boolean =>
  type === "RADIO_BUTTON" || type === "CHECK_BOX" || type === "MULTI_SELECT" || type === "DROP_DOWN";

/** The rows, tables and groups that hold something: where they are and what they hold. */
export type Spot = { block: Block; row?: Row | Table; cell?: Cell; group?: Group };

/** Where a cell, row, table or group stands; undefined when it is not on the form. */
export function find(form: Form, key: Key): Spot | undefined {
  for (const block of form.blocks) {
    if (block.key === key) return block.kind === "group" ? { block, group: block } : { block, row: block };
    const rows = block.kind === "group" ? block.rows : [block];
    const group = block.kind === "group" ? block : undefined;
    for (const row of rows) {
      if (row.key === key) return { block, row, group };
      const cell = row.cells.find((c) => c.key === key);
      if (cell) return { block, row, cell, group };
    }
  }
  return undefined;
}

/** The table a field stands in, if it stands in one. */
export function tableOf(form: Form, key: Key): Table | undefined {
  return form.blocks.find((b): b is Table => b.kind === "table" && b.cells.some((c) => c.key === key));
}

/** All keys on the form in reading order: a table before its columns, a group before its rows' cells. */
export function reading(form: Form): Key[] {
  return form.blocks.flatMap((b) => {
    if (b.kind === "row") return b.cells.map((c) => c.key);
    if (b.kind === "table") return [b.key, ...b.cells.map((c) => c.key)];
    return [b.key, ...b.rows.flatMap((r) => r.cells.map((c) => c.key))];
  });
}

/** Fields of the app that are not on the form, in their order. */
export function unplaced(form: Form): Field[] {
  const on = new Set(reading(form));
  return Object.values(form.fields).filter((f) => !on.has(f.key));
}

/** Every code in use, but for one field's own. */
export function codesBut(form: Form, key?: Key): Set<string> {
  return new Set(
    Object.values(form.fields)
      .filter((f) => f.key !== key)
      .map((f) => f.code),
  );
}

/** The form with its rows passed through fn; rows that come back undefined are gone. Tables are rows of columns. */
export function mapRows(form: Form, fn: (row: Row | Table) => Row | Table | undefined): Form {
  const blocks: Block[] = [];
  for (const b of form.blocks) {
    if (b.kind === "group") {
      blocks.push({ ...b, rows: b.rows.flatMap((r) => (fn(r) as Row | undefined) ?? []) });
    } else {
      const next = fn(b);
      if (next) blocks.push(next);
    }
  }
  return { ...form, blocks };
}
