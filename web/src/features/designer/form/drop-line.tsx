import { useDroppable } from "@dnd-kit/core";
import { memo } from "react";
import type { Key } from "../model/form";
import type { Place } from "../model/places";
import css from "./form.module.css";

const idOf = (place: Place): string =>
  place.at === "row"
    ? `row ${place.group ?? ""} ${place.before ?? "end"}`
    : `cell ${place.row} ${place.before ?? "end"}`;

type Props = {
  place: Place;
  area: Key;
  /** The last line of its list also takes the free space after it. */
  last?: boolean;
};

const same = (a: Props, b: Props) => idOf(a.place) === idOf(b.place) && a.area === b.area && a.last === b.last;

/** Where something can be dropped; seen only while something is over it. */
export const DropLine = memo(function DropLine({ place, area, last }: Props) {
  const { setNodeRef, isOver } = useDroppable({ id: idOf(place), data: { zone: { place, area } } });
  return (
    <div
      ref={setNodeRef}
      className={place.at === "row" ? css.lineBetween : last ? css.lineRest : css.lineBeside}
      data-over={isOver || undefined}
      data-last={last || undefined}
      aria-hidden
    />
  );
}, same);
