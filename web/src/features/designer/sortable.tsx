import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { IconGripVertical } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./sections.module.css";

/** A list put in order by dragging handles, or by keys: space picks up, arrows move, space drops. */
export function SortableList({
  ids,
  onMove,
  children,
}: {
  ids: string[];
  onMove: (id: string, to: number) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const dropped = ({ active, over }: DragEndEvent) => {
    const to = ids.indexOf(String(over?.id));
    if (to >= 0 && active.id !== over?.id) onMove(String(active.id), to);
  };
  const place = (id: unknown) => ({ place: ids.indexOf(String(id)) + 1, count: ids.length });
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={dropped}
      accessibility={{
        screenReaderInstructions: { draggable: t("designer.sort.instructions") },
        announcements: {
          onDragStart: ({ active }) => t("designer.sort.at", place(active.id)),
          onDragOver: ({ over }) => (over ? t("designer.sort.at", place(over.id)) : undefined),
          onDragEnd: ({ over }) => (over ? t("designer.sort.dropped", place(over.id)) : undefined),
          onDragCancel: () => t("designer.sort.cancelled"),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={css.sortable}>{children}</ul>
      </SortableContext>
    </DndContext>
  );
}

/** One line of such a list, its handle first. */
export function SortableLine({
  id,
  label,
  children,
  current,
}: {
  id: string;
  label: string;
  children: ReactNode;
  current?: boolean;
}) {
  const { t } = useTranslation();
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
    attributes: { roleDescription: t("designer.draggable") },
  });
  return (
    <li
      ref={setNodeRef}
      className={css.line}
      data-dragging={isDragging || undefined}
      data-current={current || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        className={css.grip}
        {...attributes}
        {...listeners}
        aria-label={label}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      {children}
    </li>
  );
}
