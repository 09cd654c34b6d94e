import type { Active, Announcements, Over, ScreenReaderInstructions } from "@dnd-kit/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Form, find } from "../model/form";
import { type Place, refusal } from "../model/places";
import type { Dragged, DropData } from "./dragging";

type T = (key: string, args?: Record<string, unknown>) => string;

/** A place in words: "before 件名", "in a new row above 状況", "at the end of the form". */
export function placeWords(form: Form, place: Place, t: T): string {
  const name = (key: string | undefined) => {
    if (!key) return undefined;
    const row = find(form, key)?.row;
    const first = row?.key === key && row.kind === "row" ? row.cells[0]?.key : key;
    return form.fields[first ?? ""]?.label ?? t("designer.decoration");
  };
  if (place.at === "cell") {
    const next = name(place.before);
    return next ? t("designer.place.left", { name: next }) : t("designer.place.rowEnd", { name: name(place.row) });
  }
  const next = name(place.before);
  if (next) return t("designer.place.above", { name: next });
  return place.group ? t("designer.place.groupEnd", { name: name(place.group) }) : t("designer.place.end");
}

/** What a screen reader hears while something is dragged. */
export function useDragWords(form: Form): { announcements: Announcements; instructions: ScreenReaderInstructions } {
  const { t } = useTranslation();
  return useMemo(() => {
    const what = (active: Active) => (active.data.current as Dragged).label;
    const where = (active: Active, over: Over | null) => {
      const to = over?.data.current as DropData | undefined;
      if (!to || !("zone" in to)) return undefined;
      const { place } = to.zone;
      const reason = refusal(form, (active.data.current as Dragged).thing, place);
      return reason ? t(`designer.refusal.${reason}`) : placeWords(form, place, t);
    };
    return {
      announcements: {
        onDragStart: ({ active }) => t("designer.drag.start", { what: what(active) }),
        onDragOver: ({ active, over }) => where(active, over) ?? t("designer.drag.nowhere"),
        onDragEnd: ({ active, over }) => {
          const place = where(active, over);
          return place
            ? t("designer.drag.end", { what: what(active), place })
            : t("designer.drag.cancel", { what: what(active) });
        },
        onDragCancel: ({ active }) => t("designer.drag.cancel", { what: what(active) }),
      },
      instructions: { draggable: t("designer.drag.instructions") },
    };
  }, [form, t]);
}
