import { useDraggable } from "@dnd-kit/core";
import { IconGripVertical } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Key, Row } from "../model/form";
import { useDesigner } from "../state";
import { useActs } from "./acts";
import { CanvasCell } from "./cell";
import type { Dragged } from "./dragging";
import { DropLine } from "./drop-line";
import css from "./form.module.css";

/** Fields side by side. */
export const RowBlock = memo(function RowBlock({ row, area }: { row: Row; area: Key }) {
  return (
    <div className={css.row}>
      {row.cells.length > 1 && <RowHandle row={row} />}
      {row.cells.map((cell) => (
        <CanvasCell key={cell.key} cell={cell} row={row.key} area={area} />
      ))}
      <DropLine place={{ at: "cell", row: row.key }} area={area} last />
    </div>
  );
});

/** Moves a row as a whole. */
function RowHandle({ row }: { row: Row }) {
  const { t } = useTranslation();
  const { form } = useDesigner().draft;
  const acts = useActs();
  const names = row.cells.map((c) => form.fields[c.key]?.label ?? t(`fields.type.${c.type}`));
  const label = t("designer.rowOf", { names: names.join(t("designer.comma")) });
  const data: Dragged = { thing: { kind: "row", type: "ROW", key: row.key }, label };
  const { setNodeRef, listeners, attributes } = useDraggable({
    id: `whole ${row.key}`,
    data,
    attributes: { roleDescription: t("designer.draggable") },
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={css.rowHandle}
      data-part={row.key}
      {...attributes}
      {...listeners}
      aria-label={label}
      onKeyDown={(e) => {
        if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
          e.preventDefault();
          acts.nudge(row.key, e.key === "ArrowUp" ? "up" : "down");
        } else listeners?.onKeyDown?.(e);
      }}
    >
      <IconGripVertical size={16} aria-hidden />
    </button>
  );
}
