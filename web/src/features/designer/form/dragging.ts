import type { ClientRect, CollisionDetection, KeyboardCoordinateGetter, UniqueIdentifier } from "@dnd-kit/core";
import type { Key } from "../model/form";
import type { Place, Thing } from "../model/places";
import { type Area, type Box, type Point, type Zone, zoneAt } from "../model/zones";

/** What is being dragged: a part of the palette, or something on the form. */
export type Dragged = { thing: Thing; label: string; part?: string };

/** What a droppable element stands for. */
export type DropData = { zone: { place: Place; area: Key } } | { area: Key };

export const formArea = "";

type Droppables = Parameters<CollisionDetection>[0];

/** The lines at which a thing could be dropped, and the parts of the form that take it. */
function targets(
  containers: Droppables["droppableContainers"],
  rects: ReadonlyMap<UniqueIdentifier, ClientRect>,
): { zones: Zone[]; areas: Area[] } {
  const zones: Zone[] = [];
  const areas: Area[] = [];
  for (const { id, data } of containers) {
    const box = rects.get(id);
    const to = data.current as DropData | undefined;
    if (!box || !to) continue;
    if ("zone" in to) zones.push({ id: String(id), box, ...to.zone });
    else areas.push({ key: to.area, box });
  }
  return { zones, areas };
}

const middle = (b: Box): Point => ({ x: (b.left + b.right) / 2, y: (b.top + b.bottom) / 2 });
const holds = (b: Box, p: Point) => p.x >= b.left && p.x <= b.right && p.y >= b.top && p.y <= b.bottom;

/** The line that the pointer means, or for the keyboard the one that the thing was taken to. None off the form. */
export const meantZone: CollisionDetection = ({
  active,
  droppableContainers,
  droppableRects,
  pointerCoordinates,
  collisionRect,
}) => {
  const { zones, areas } = targets(droppableContainers, droppableRects);
  const point = pointerCoordinates ?? middle(collisionRect);
  const form = areas.find((a) => a.key === formArea);
  if (form && !holds(form.box, point)) return [];
  const { thing } = active.data.current as Dragged;
  const within = areas.filter((a) => a.key !== formArea);
  const zone = zoneAt(point, fitting(zones, thing), thing.kind === "cell" ? within : []);
  const container = zone && droppableContainers.find((c) => c.id === zone.id);
  return container ? [{ id: container.id, data: { droppableContainer: container } }] : [];
};

/** Rows, tables and groups go between rows only; what is a whole itself goes on the form only. */
function fitting(zones: Zone[], thing: Thing): Zone[] {
  if (thing.kind === "cell") return zones;
  return zones.filter((z) => z.place.at === "row" && (thing.kind === "row" || z.area === formArea));
}

/** Arrow keys take what was picked up with the space bar from line to line, in reading order. */
export const nextZone: KeyboardCoordinateGetter = (event, { context }) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
  const { active, collisionRect, droppableRects, droppableContainers, over } = context;
  if (!step || !active || !collisionRect) return undefined;
  event.preventDefault();
  const { thing } = active.data.current as Dragged;
  const { zones } = targets(droppableContainers.getEnabled(), droppableRects);
  const order = fitting(zones, thing).sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  const at = order.findIndex((z) => z.id === over?.id);
  const next = order[at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + step))];
  if (!next) return undefined;
  const { x, y } = middle(next.box);
  return { x: x - collisionRect.width / 2, y: y - collisionRect.height / 2 };
};
