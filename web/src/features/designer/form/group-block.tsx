import { useDraggable, useDroppable } from "@dnd-kit/core";
import { ActionIcon } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Group } from "../model/form";
import { useDesigner } from "../state";
import type { Dragged } from "./dragging";
import css from "./form.module.css";
import { PartCover } from "./part-cover";
import { useTrouble } from "./trouble";

/** Rows under a head that opens and closes; here it opens whatever it will do on the form. */
export function GroupBlock({ group, children }: { group: Group; children: ReactNode }) {
  const { t } = useTranslation();
  const { draft, selected, isLive } = useDesigner();
  const [open, setOpen] = useState(true);
  const field = draft.form.fields[group.key];
  const label = field?.label ?? "";
  const data: Dragged = { thing: { kind: "group", type: "GROUP", key: group.key, live: isLive(group.key) }, label };
  const drag = useDraggable({
    id: `move ${group.key}`,
    data,
    attributes: { roleDescription: t("designer.draggable") },
  });
  const { setNodeRef } = useDroppable({ id: `area ${group.key}`, data: { area: group.key }, disabled: !open });
  const trouble = useTrouble(group.key);
  return (
    <div
      ref={drag.setNodeRef}
      className={css.whole}
      data-selected={selected === group.key || undefined}
      data-dragging={drag.isDragging || undefined}
    >
      <div ref={setNodeRef}>
        <div className={css.wholeHead}>
          <ActionIcon
            className={css.fold}
            variant="subtle"
            color="gray"
            size={24}
            aria-expanded={open}
            aria-label={t(open ? "designer.closeGroup" : "designer.openGroup", { name: label })}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
          <strong>{label || t("designer.noName")}</strong>
          <span className={css.soft}>{t(field?.openGroup ? "designer.opensOpen" : "designer.opensClosed")}</span>
          <PartCover part={group.key} label={label} type="GROUP" drag={drag} chosen={selected === group.key} />
        </div>
        {trouble.length > 0 && <p className={css.trouble}>{trouble.join(" ")}</p>}
        {open && (
          <div className={css.groupBody}>
            {group.rows.length === 0 && <p className={css.soft}>{t("designer.emptyGroup")}</p>}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
