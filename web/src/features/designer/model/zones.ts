import type { Key } from "./form";
import type { Place } from "./places";

export type Box = { left: number; top: number; right: number; bottom: number };
export type Point = { x: number; y: number };

/** A line at which something can be dropped, and the part of the form it belongs to. */
export type Zone = { id: string; box: Box; area: Key; place: Place };

/** The form itself (key ""), a group or a table, as far as it takes what is dragged. */
export type Area = { key: Key; box: Box };

/** How far inside a group or table the pointer must be before its own lines count, in px. */
const edge = 10;

/**
 * The zone that a pointer means: of the innermost group or table it is in, the line nearest to it. Above and below
 * the middle of a row that is the line between rows, near a field's sides the line in the row.
 */
export function zoneAt(point: Point, zones: readonly Zone[], areas: readonly Area[]): Zone | undefined {
  const inside = areas.filter((a) => distance(point, inset(a.box)) === 0);
  inside.sort((a, b) => size(a.box) - size(b.box));
  for (const area of [...inside.map((a) => a.key), ""]) {
    const own = zones.filter((z) => z.area === area);
    const nearest = own.reduce<Zone | undefined>(
      (best, z) => (best && distance(point, best.box) <= distance(point, z.box) ? best : z),
      undefined,
    );
    if (nearest) return nearest;
  }
  return undefined;
}

/** How far a point is from a box; 0 inside it. */
export function distance(p: Point, b: Box): number {
  return Math.hypot(Math.max(b.left - p.x, 0, p.x - b.right), Math.max(b.top - p.y, 0, p.y - b.bottom));
}

const inset = (b: Box): Box => ({ left: b.left, right: b.right, top: b.top + edge, bottom: b.bottom - edge });
const size = (b: Box): number => (b.right - b.left) * (b.bottom - b.top);
