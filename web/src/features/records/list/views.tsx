import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { View } from "../../../lib/kintone";
import css from "./list.module.css";

type Props = { views: View[]; current: string | undefined; onChange: (id: string) => void };

/** The views of an app, and after them everything. Calendars and custom pages are not lists and are left out. */
export function ViewTabs({ views, current, onChange }: Props) {
  const { t } = useTranslation();
  const lists = views.filter((v) => v.type === "LIST");
  const all = [...lists.map((v) => ({ value: v.id, label: v.name })), { value: "all", label: t("records.allRecords") }];
  if (lists.length === 0) return null;
  if (all.length > 5) {
    return (
      <Select
        aria-label={t("records.view")}
        allowDeselect={false}
        searchable
        data={all}
        value={current ?? "all"}
        onChange={(id) => id && onChange(id)}
      />
    );
  }
  return (
    <nav className={css.views} aria-label={t("records.view")}>
      {all.map((v) => (
        <button
          key={v.value}
          type="button"
          className={css.view}
          aria-current={v.value === (current ?? "all") ? "true" : undefined}
          onClick={() => onChange(v.value)}
        >
          {v.label}
        </button>
      ))}
    </nav>
  );
}
