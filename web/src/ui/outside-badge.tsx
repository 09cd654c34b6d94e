import { IconDoorExit } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./outside.module.css";

/** Marks what an outsider can see or has said: always the colour, the icon and the word together. */
export function OutsideBadge({ count, label }: { count?: number; label?: string }) {
  const { t } = useTranslation();
  return (
    <span className={css.badge}>
      <IconDoorExit size={14} aria-hidden />
      {label ?? t("common.outside")}
      {count !== undefined && <span className={css.badgeCount}>{count}</span>}
    </span>
  );
}
