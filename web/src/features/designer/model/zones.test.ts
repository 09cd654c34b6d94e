import { expect, test } from "vitest";
import { type Area, type Zone, zoneAt } from "./zones";

// A form 600 wide: a row of two fields (0–200, 210–400) from y 0 to 60, and a table from 80 to 180.
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const zones: Zone[] = [
  { id: "above", area: "", box: box(0, -4, 600, 0), place: { at: "row", before: "r" } },
  { id: "left", area: "", box: box(0, 0, 4, 60), place: { at: "cell", row: "r", before: "a" } },
  { id: "between", area: "", box: box(200, 0, 210, 60), place: { at: "cell", row: "r", before: "b" } },
  { id: "right", area: "", box: box(400, 0, 600, 60), place: { at: "cell", row: "r" } },
  { id: "below", area: "", box: box(0, 66, 600, 74), place: { at: "row", before: "t" } },
  { id: "column", area: "t", box: box(150, 80, 160, 180), place: { at: "cell", row: "t" } },
  { id: "end", area: "", box: box(0, 184, 600, 190), place: { at: "row" } },
];
const areas: Area[] = [{ key: "t", box: box(0, 80, 600, 180) }];

test.each([
  ["near a field's side", 190, 30, "between"],
  ["in the free space of a row", 500, 30, "right"],
  ["above the middle of a field", 100, 12, "above"],
  ["below the middle of a field", 100, 50, "below"],
  ["far inside a table", 500, 130, "column"],
  ["at a table's edge", 300, 84, "below"],
  ["below everything", 300, 400, "end"],
])("%s", (_, x, y, want) => {
  expect(zoneAt({ x, y }, zones, areas)?.id).toBe(want);
});
