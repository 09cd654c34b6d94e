import {
  type Block,
  type Form,
  find,
  isDecoration,
  isSystem,
  type Key,
  mapRows,
  type Row,
  type Table,
  tableOf,
} from "./form";

/**
 * Where something can be put: as a new row before another (at the end when before is absent), on the form or in a
 * group; or in a row or table before another cell (at its end when before is absent). Named by keys, so that taking
 * the thing away first changes nothing.
 */
export type Place = { at: "row"; group?: Key; before?: Key } | { at: "cell"; row: Key; before?: Key };

/** What is to be placed. live: people already keep data in it, so it is bound to its table, or to being in none. */
export type Thing = { kind: "cell" | "row" | "table" | "group"; type: string; key?: Key; live?: boolean };

export type Refusal = "whole" | "noNesting" | "notInTable" | "liveOutside" | "liveInside" | "systemOnce";

/** Why a thing may not stand at a place; undefined when it may. */
export function refusal(form: Form, thing: Thing, place: Place): Refusal | undefined {
  const home = thing.key && thing.kind === "cell" ? tableOf(form, thing.key) : undefined;
  const table = place.at === "cell" ? form.blocks.find((b) => b.kind === "table" && b.key === place.row) : undefined;
  if (thing.kind !== "cell") {
    if (place.at === "cell") return "whole";
    return place.group && thing.kind !== "row" ? "noNesting" : undefined;
  }
  if (home && thing.live && home.key !== table?.key) return "liveInside";
  if (!table) return undefined;
  if (isDecoration(thing.type) || isSystem(thing.type)) return "notInTable";
  return thing.live && home?.key !== table.key ? "liveOutside" : undefined;
}

/** What stands at a key, as a thing to move. */
export function thingAt(form: Form, key: Key, isLive: (key: Key) => boolean): Thing | undefined {
  const spot = find(form, key);
  if (!spot) return undefined;
  if (spot.cell) return { kind: "cell", type: spot.cell.type, key, live: isLive(key) };
  const block: Block = spot.row ?? spot.block;
  return { kind: block.kind, type: form.fields[key]?.type ?? "ROW", key, live: isLive(key) };
}

/** The form without a cell, row, table or group; a row that this leaves empty goes too. Fields stay known. */
export function detach(form: Form, key: Key): Form {
  const kept = form.blocks.filter((b) => b.key !== key);
  return mapRows({ ...form, blocks: kept }, (row) => {
    if (row.key === key) return undefined;
    const cells = row.cells.filter((c) => c.key !== key);
    if (cells.length === row.cells.length) return row;
    return cells.length === 0 && row.kind === "row" ? undefined : { ...row, cells };
  });
}

/**
 * Every place a thing may move to by keys, in reading order: for what is in a row, that row's end and the gaps
 * between rows; places that would change nothing are told once. Its present place is at index.
 */
export function stops(form: Form, thing: Thing): { places: Place[]; index: number } {
  const key = thing.key ?? "";
  const rest = detach(form, key);
  const places: Place[] = [];
  let index = 0;
  const offer = (place: Place) => {
    if (refusal(form, thing, place)) return;
    places.push(place);
    if (isHere(form, key, place)) index = places.length - 1;
  };
  const rows = (list: Block[], group?: Key) => {
    for (const block of list) {
      offer({ at: "row", group, before: block.key });
      if (block.kind !== "group") offer({ at: "cell", row: block.key });
      else rows(block.rows, block.key);
    }
    offer({ at: "row", group });
  };
  rows(rest.blocks);
  return { places, index };
}

/** Whether a thing standing at key stands at the place that a stop names. */
function isHere(form: Form, key: Key, place: Place): boolean {
  const spot = find(form, key);
  if (!spot) return false;
  const alone = !spot.cell || (spot.row?.kind === "row" && spot.row.cells.length === 1);
  if (place.at === "cell") return !alone && spot.row?.key === place.row;
  if (!alone) return false;
  const inGroup = spot.group && spot.group.key !== key ? spot.group : undefined;
  if (inGroup?.key !== place.group) return false;
  const list: (Block | Row | Table)[] = inGroup ? inGroup.rows : form.blocks;
  const own = spot.cell ? spot.row?.key : key;
  const at = list.findIndex((b) => b.key === own);
  return list[at + 1]?.key === place.before;
}
