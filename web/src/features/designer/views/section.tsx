import { Button, Menu } from "@mantine/core";
import { IconCalendar, IconCode, IconLayoutList, IconList, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { setAddress, useHash } from "../../../lib/location";
import { EmptyState } from "../../../ui/page";
import type { DraftView } from "../model/draft";
import { type Form, newKey } from "../model/form";
import type { Lent } from "../page";
import css from "../sections.module.css";
import { SortableLine, SortableList } from "../sortable";
import { useDesigner } from "../state";
import { ViewEditor } from "./editor";
import { datesOf, usualColumns } from "./usable";

const icons = { LIST: IconList, CALENDAR: IconCalendar, CUSTOM: IconCode };
const show = (key: string) =>
  setAddress(`${location.pathname}${location.search}#section=views&view=${encodeURIComponent(key)}`, { replace: true });

/** The app's lists and calendars, in the order people meet them. */
export function ViewsSection({ FilterDialog }: Pick<Lent, "FilterDialog">) {
  const { t } = useTranslation();
  const { draft, change, problems } = useDesigner();
  const { views, form } = draft;
  const chosen = useHash().get("view");
  const view = views.find((v) => v.key === chosen) ?? views[0];
  const set = (next: DraftView[]) => change((d) => ({ ...d, views: next }));
  const add = (type: "LIST" | "CALENDAR") => {
    const made = newView(type, t(`designer.newView.${type}`), views, form);
    set([...views, made]);
    show(made.key);
  };
  const move = (key: string, to: number) => {
    const rest = views.filter((v) => v.key !== key);
    const moved = views.find((v) => v.key === key);
    if (moved) set([...rest.slice(0, to), moved, ...rest.slice(to)]);
  };
  const adding = (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} />}>
          {t("designer.addView")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconList size={16} />} onClick={() => add("LIST")}>
          {t("designer.viewType.LIST")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCalendar size={16} />}
          disabled={datesOf(form).length === 0}
          onClick={() => add("CALENDAR")}
        >
          {t("designer.viewType.CALENDAR")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  if (!view) {
    return (
      <EmptyState icon={IconLayoutList} title={t("designer.noViews")} text={t("designer.noViewsText")}>
        {adding}
      </EmptyState>
    );
  }
  return (
    <div className={css.two}>
      <div>
        <SortableList ids={views.map((v) => v.key)} onMove={move}>
          {views.map((v) => {
            const Icon = icons[v.type];
            return (
              <SortableLine
                key={v.key}
                id={v.key}
                label={t("designer.moveLine", { name: v.name })}
                current={v.key === view.key}
              >
                <button
                  type="button"
                  className={css.choose}
                  aria-current={v.key === view.key || undefined}
                  onClick={() => show(v.key)}
                >
                  <Icon size={16} aria-hidden />
                  <span className={problems.has(v.key) ? css.bad : undefined}>{v.name || t("designer.noName")}</span>
                </button>
              </SortableLine>
            );
          })}
        </SortableList>
        {adding}
      </div>
      <ViewEditor key={view.key} view={view} FilterDialog={FilterDialog} />
    </div>
  );
}

function newView(type: "LIST" | "CALENDAR", label: string, views: DraftView[], form: Form): DraftView {
  const taken = new Set(views.map((v) => v.name));
  let name = label;
  for (let n = 2; taken.has(name); n++) name = `${label} ${n}`;
  const common = { key: newKey(), name, filterCond: "", sort: "" };
  if (type === "LIST") return { ...common, type, fields: usualColumns(form) };
  return { ...common, type, date: datesOf(form)[0]?.code, title: "" };
}
