import { useDroppable } from "@dnd-kit/core";
import type { Key } from "../model/form";
import type { Place } from "../model/places";
import css from "./form.module.css";

type Props = {
  place: Place;
  area: Key /** The last line of its list also takes the free space after it. */;
  last?: boolean;
};

/** Where something can be dropped; seen only while something is over it. */
export function DropLine({ place, area, last }: Props) {
  const id =
    place.at === "row"
      ? `row ${place.group ?? ""} ${place.before ?? "end"}`
      : `cell ${place.row} ${place.before ?? "end"}`;
  const { setNodeRef, isOver } = useDroppable({ id, data: { zone: { place, area } } });
  return (
    <div
      ref={setNodeRef}
      className={place.at === "row" ? css.lineBetween : last ? css.lineRest : css.lineBeside}
      data-over={isOver || undefined}
      data-last={last || undefined}
      aria-hidden
    />
  );
}
