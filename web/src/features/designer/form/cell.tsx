import { useDraggable } from "@dnd-kit/core";
import { type CSSProperties, memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Cell, type Field, isDecoration, type Key } from "../model/form";
import { usualWidth } from "../model/kinds";
import { useDesigner } from "../state";
import type { Dragged } from "./dragging";
import { DropLine } from "./drop-line";
import css from "./form.module.css";
import { PartCover } from "./part-cover";
import { ResizeEdge, useResize } from "./resize";
import { DecorationSample, FieldSample } from "./sample";
import { type Trouble, troubleOf, useWords } from "./trouble";

type Props = {
  cell: Cell;
  row: Key;
  area: Key;
  /** It is a column of a table. */
  column?: boolean;
};

/** One part in a row or table, at its size. */
export function CanvasCell(props: Props) {
  const designer = useDesigner();
  const { key } = props.cell;
  return (
    <Drawn
      {...props}
      {...troubleOf(designer, key)}
      field={designer.draft.form.fields[key]}
      chosen={designer.selected === key}
      live={designer.isLive(key)}
    />
  );
}

type DrawnProps = Props & Trouble & { field: Field | undefined; chosen: boolean; live: boolean };

/** Drawn anew only when the part itself changes: there may be hundreds of them, and one of them being typed about. */
const Drawn = memo(function Drawn({ cell, row, area, column, field, chosen, live, found, told }: DrawnProps) {
  const { t } = useTranslation();
  const trouble = useWords({ found, told }).join(" ");
  const label = field?.label ?? t(`fields.type.${cell.type}`);
  const data: Dragged = { thing: { kind: "cell", type: cell.type, key: cell.key, live }, label };
  const drag = useDraggable({ id: `move ${cell.key}`, data, attributes: { roleDescription: t("designer.draggable") } });
  const [width, setWidth] = useState<number>();
  const resize = useResize(cell, setWidth);
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
      data-selected={chosen || undefined}
      data-dragging={drag.isDragging || undefined}
      data-trouble={trouble !== "" || undefined}
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
      {trouble && <p className={css.trouble}>{trouble}</p>}
      <PartCover
        part={cell.key}
        label={label}
        type={cell.type}
        note={field?.required ? t("designer.required") : undefined}
        drag={drag}
        chosen={chosen}
        sizable
      />
      <ResizeEdge label={label} width={width} {...resize} />
    </div>
  );
});

const px = (n: number | undefined) => (n === undefined ? undefined : `${n}px`);
