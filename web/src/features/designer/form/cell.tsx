import { useDraggable } from "@dnd-kit/core";
import { type CSSProperties, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Cell, Key } from "../model/form";
import { isDecoration } from "../model/form";
import { usualWidth } from "../model/kinds";
import { useDesigner } from "../state";
import type { Dragged } from "./dragging";
import { DropLine } from "./drop-line";
import css from "./form.module.css";
import { PartCover } from "./part-cover";
import { ResizeEdge, useResize } from "./resize";
import { DecorationSample, FieldSample } from "./sample";
import { useTrouble } from "./trouble";

type Props = { cell: Cell; row: Key; area: Key /** It is a column of a table. */; column?: boolean };

/** One part in a row or table, at its size. */
export function CanvasCell({ cell, row, area, column }: Props) {
  const { t } = useTranslation();
  const { draft, selected, isLive } = useDesigner();
  const field = draft.form.fields[cell.key];
  const label = field?.label ?? t(`fields.type.${cell.type}`);
  const data: Dragged = { thing: { kind: "cell", type: cell.type, key: cell.key, live: isLive(cell.key) }, label };
  const drag = useDraggable({ id: `move ${cell.key}`, data, attributes: { roleDescription: t("designer.draggable") } });
  const [width, setWidth] = useState<number>();
  const resize = useResize(cell, setWidth);
  const trouble = useTrouble(cell.key);
  return (
    <div
      ref={drag.setNodeRef}
      className={css.cell}
      style={
        {
          "--width": `${width ?? cell.width ?? usualWidth(cell.type)}px`,
          "--inner": px(cell.innerHeight),
        } as CSSProperties
      }
      data-type={cell.type}
      data-column={column || undefined}
      data-selected={selected === cell.key || undefined}
      data-dragging={drag.isDragging || undefined}
      data-trouble={trouble.length > 0 || undefined}
    >
      <DropLine place={{ at: "cell", row, before: cell.key }} area={area} />
      {field && (!field.noLabel || column) && (
        <div className={css.cellLabel}>
          {field.label || t("designer.noName")}
          {field.required && (
            <span className={css.required} aria-hidden>
              {" *"}
            </span>
          )}
        </div>
      )}
      {isDecoration(cell.type) ? (
        <DecorationSample cell={cell} />
      ) : (
        field && <FieldSample field={field} compact={column} />
      )}
      {trouble.length > 0 && <p className={css.trouble}>{trouble.join(" ")}</p>}
      <PartCover
        part={cell.key}
        label={label}
        type={cell.type}
        note={field?.required ? t("designer.required") : undefined}
        drag={drag}
        sizable
      />
      <ResizeEdge label={label} width={width} {...resize} />
    </div>
  );
}

const px = (n: number | undefined) => (n === undefined ? undefined : `${n}px`);
