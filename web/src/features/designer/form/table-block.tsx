import { useDraggable, useDroppable } from "@dnd-kit/core";
import { useTranslation } from "react-i18next";
import type { Table } from "../model/form";
import { useDesigner } from "../state";
import { CanvasCell } from "./cell";
import { type Dragged, formArea } from "./dragging";
import { DropLine } from "./drop-line";
import css from "./form.module.css";
import { PartCover } from "./part-cover";
import { useTrouble } from "./trouble";

/** A table: its name, its columns with their heads, and one row as a sample. */
export function TableBlock({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { draft, selected, isLive } = useDesigner();
  const field = draft.form.fields[table.key];
  const label = field?.label ?? "";
  const data: Dragged = { thing: { kind: "table", type: "SUBTABLE", key: table.key, live: isLive(table.key) }, label };
  const drag = useDraggable({
    id: `move ${table.key}`,
    data,
    attributes: { roleDescription: t("designer.draggable") },
  });
  const { setNodeRef } = useDroppable({ id: `area ${table.key}`, data: { area: table.key } });
  const trouble = useTrouble(table.key);
  return (
    <div
      ref={drag.setNodeRef}
      className={css.whole}
      data-selected={selected === table.key || undefined}
      data-dragging={drag.isDragging || undefined}
      data-area={formArea}
    >
      <div className={css.wholeHead}>
        <span className={css.cellLabel} data-off={field?.noLabel || undefined}>
          {label || t("designer.noName")}
        </span>
        <PartCover part={table.key} label={label} type="SUBTABLE" drag={drag} chosen={selected === table.key} />
      </div>
      {trouble.length > 0 && <p className={css.trouble}>{trouble.join(" ")}</p>}
      <div ref={setNodeRef} className={css.columnsOf}>
        {table.cells.map((cell) => (
          <CanvasCell key={cell.key} cell={cell} row={table.key} area={table.key} column />
        ))}
        {table.cells.length === 0 && <p className={css.soft}>{t("designer.emptyTable")}</p>}
        <DropLine place={{ at: "cell", row: table.key }} area={table.key} last />
      </div>
    </div>
  );
}
