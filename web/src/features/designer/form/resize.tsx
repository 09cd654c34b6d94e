import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { minWidth, step } from "../model/edit";
import type { Cell } from "../model/form";
import { useActs } from "./acts";
import css from "./form.module.css";

/** Dragging a part's edge: while it lasts only the width shown changes, and once it ends the form does. */
export function useResize(cell: Cell, show: (width: number | undefined) => void) {
  const acts = useActs();
  const from = useRef<{ x: number; width: number }>(undefined);
  const widthAt = (e: PointerEvent) => {
    if (!from.current) return undefined;
    const free = from.current.width + e.clientX - from.current.x;
    return Math.max(minWidth, Math.round(free / step) * step);
  };
  const finish = (e: PointerEvent) => {
    const width = widthAt(e);
    from.current = undefined;
    show(undefined);
    if (width !== undefined && width !== cell.width) acts.resize(cell.key, { width });
  };
  return {
    onPointerDown: (e: PointerEvent<HTMLElement>) => {
      e.stopPropagation();
      e.currentTarget.setPointerCapture(e.pointerId);
      from.current = { x: e.clientX, width: e.currentTarget.parentElement?.offsetWidth ?? 0 };
    },
    onPointerMove: (e: PointerEvent) => {
      const width = widthAt(e);
      if (width !== undefined) show(width);
    },
    onPointerUp: finish,
    onPointerCancel: finish,
  };
}

type Props = { label: string; width: number | undefined } & ReturnType<typeof useResize>;

/** The edge that is dragged. Keyboards have + and − on the part itself. */
export function ResizeEdge({ label, width, ...handlers }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.edge} title={t("designer.resize", { name: label })} aria-hidden {...handlers}>
      {width !== undefined && <span className={css.widthNote}>{width} px</span>}
    </div>
  );
}
