import { Button, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { said } from "../../../ui/toast";
import type { DraftView } from "../model/draft";
import type { Lent } from "../page";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { Columns } from "./columns";
import { Condition } from "./condition";
import { SortBuilder } from "./sort";
import { datesOf, titlesOf } from "./usable";

export type ViewProps = { view: DraftView; set: (change: Partial<DraftView>, mark?: string) => void };

/** One view: its name, what it shows, which records, and in which order. */
export function ViewEditor({ view, FilterDialog }: { view: DraftView } & Pick<Lent, "FilterDialog">) {
  const { t } = useTranslation();
  const { draft, change, problems, saving } = useDesigner();
  const set: ViewProps["set"] = (next, mark) =>
    change(
      (d) => ({ ...d, views: d.views.map((v) => (v.key === view.key ? { ...v, ...next } : v)) }),
      mark && `${mark} ${view.key}`,
    );
  const problem = (at: string) => {
    const found = problems.get(view.key)?.find((p) => p.at === at);
    return found && t(`designer.problem.${found.name}`);
  };
  const told = saving.kind === "failed" ? saving.about.get(view.key) : undefined;
  const remove = () => {
    const at = draft.views.indexOf(view);
    change((d) => ({ ...d, views: d.views.filter((v) => v.key !== view.key) }));
    said(t("designer.viewRemoved", { name: view.name }), () =>
      change((d) => {
        if (d.views.some((v) => v.key === view.key)) return d;
        return { ...d, views: [...d.views.slice(0, at), view, ...d.views.slice(at)] };
      }),
    );
  };
  const options = (fields: { code: string; label: string }[]) => fields.map((f) => ({ value: f.code, label: f.label }));
  return (
    <div className={css.stack}>
      {told && (
        <p className={css.bad} role="alert">
          {told.join(" ")}
        </p>
      )}
      <TextInput
        label={t("designer.viewName")}
        autoComplete="off"
        value={view.name}
        error={problem("name")}
        onChange={(e) => set({ name: e.currentTarget.value }, "view name")}
      />
      {view.type === "LIST" && <Columns view={view} set={set} problem={problem("fields")} />}
      {view.type === "CALENDAR" && (
        <>
          <Select
            label={t("designer.calendarDate")}
            allowDeselect={false}
            data={options(datesOf(draft.form))}
            value={view.date ?? null}
            error={problem("date")}
            onChange={(date) => set({ date: date ?? "" })}
          />
          <Select
            label={t("designer.calendarTitle")}
            description={t("designer.calendarTitleNote")}
            clearable
            clearButtonProps={{ "aria-label": t("designer.clear") }}
            data={options(titlesOf(draft.form))}
            value={view.title || null}
            onChange={(title) => set({ title: title ?? "" })}
          />
        </>
      )}
      {view.type === "CUSTOM" && <p className={css.soft}>{t("designer.customView")}</p>}
      <Condition view={view} set={set} FilterDialog={FilterDialog} />
      <SortBuilder view={view} set={set} />
      {!view.builtinType && (
        <div className={css.danger}>
          <Button variant="default" c="var(--danger)" leftSection={<IconTrash size={16} />} onClick={remove}>
            {t("designer.removeView")}
          </Button>
        </div>
      )}
    </div>
  );
}
