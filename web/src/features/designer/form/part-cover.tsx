import type { useDraggable } from "@dnd-kit/core";
import type { KeyboardEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Direction } from "../model/edit";
import type { Key } from "../model/form";
import { useActs } from "./acts";
import css from "./form.module.css";
import { PartMenu } from "./part-menu";

type Props = {
  part: Key;
  label: string;
  type: string;
  note?: string;
  drag: ReturnType<typeof useDraggable>;
  chosen: boolean;
  /** Its width can be changed. */
  sizable?: boolean;
};

const arrows: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

/**
 * The part as one button above its sample: pressed it is selected, dragged it moves, and every key of the keyboard
 * alternative works on it.
 */
export function PartCover({ part, label, type, note, drag, chosen, sizable }: Props) {
  const { t } = useTranslation();
  const acts = useActs();
  const [menu, setMenu] = useState(false);

  const onKeyDown = (e: KeyboardEvent) => {
    if (drag.isDragging) return drag.listeners?.onKeyDown?.(e);
    const arrow = arrows[e.key];
    const mod = e.ctrlKey || e.metaKey;
    if (arrow && e.altKey) acts.nudge(part, arrow);
    else if (arrow && !mod) acts.walk(part, arrow === "up" || arrow === "left" ? -1 : 1);
    else if (sizable && !mod && (e.key === "+" || e.key === "=" || e.key === ";")) acts.widen(part, 1);
    else if (sizable && !mod && e.key === "-") acts.widen(part, -1);
    else if (e.key === "Delete" || e.key === "Backspace") acts.remove(part);
    else if (mod && e.key.toLowerCase() === "d") acts.duplicate(part);
    else if (e.key === "Enter") acts.settings(part);
    else if (e.key === "Escape") acts.select(undefined);
    else if (e.key === "ContextMenu" || (e.shiftKey && e.key === "F10")) setMenu(true);
    else return drag.listeners?.onKeyDown?.(e);
    e.preventDefault();
  };
  return (
    <>
      <button
        type="button"
        ref={drag.setActivatorNodeRef}
        className={css.cover}
        data-part={part}
        {...drag.attributes}
        {...drag.listeners}
        aria-pressed={chosen}
        aria-label={[label, t(`fields.type.${type}`), note].filter(Boolean).join(t("designer.comma"))}
        onClick={() => acts.select(part)}
        onDoubleClick={() => acts.settings(part)}
        onKeyDown={onKeyDown}
        onContextMenu={(e) => {
          e.preventDefault();
          acts.select(part);
          setMenu(true);
        }}
      />
      {(chosen || menu) && <PartMenu part={part} label={label} type={type} opened={menu} onChange={setMenu} />}
    </>
  );
}
