import type { KeyboardEvent, PointerEvent } from "react";
import { narrowest } from "./widths";

/** The edge of a column: dragged with a pointer, or moved with the arrow keys while it has the focus. */
export function useResize(width: number, set: (width: number) => void) {
  const onPointerDown = (e: PointerEvent<HTMLElement>) => {
    e.preventDefault();
    const grip = e.currentTarget;
    const from = e.clientX;
    grip.setPointerCapture(e.pointerId);
    const move = (m: globalThis.PointerEvent) => set(width + m.clientX - from);
    const end = () => {
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", end);
      grip.removeEventListener("pointercancel", end);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[e.key];
    if (!step) return;
    e.preventDefault();
    set(width + step);
  };
  return {
    onPointerDown,
    onKeyDown,
    tabIndex: 0,
    "aria-orientation": "vertical" as const,
    "aria-valuenow": width,
    "aria-valuemin": narrowest,
  };
}
