import { Button, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown, IconFilter, IconNotes } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../../lib/boot";
import { useRawHash } from "../../../lib/location";
import { useCommands } from "../../../ui/command";
import { CommandButton, CommandItem } from "../../../ui/command-button";
import { Problem } from "../../../ui/errors";
import { EmptyState } from "../../../ui/page";
import { type AppForm, appFormQuery, recordsQuery, viewsQuery } from "../api";
import { queryText, readSort, sortText } from "../condition/condition";
import { readFilter } from "../condition/read";
import { idOf } from "../title";
import { TrashPage } from "../trash/page";
import { AddOnly } from "./add-only";
import { useListAddress } from "./address";
import { RecordCards } from "./cards";
import { columnsOf } from "./columns";
import {
  appSettings,
  exportRecords,
  filterRecords,
  type ListContext,
  listCommands,
  newRecord,
  openTrash,
} from "./commands";
import css from "./list.module.css";
import { Pager } from "./pager";
import { SelectionBar } from "./selection";
import { RecordTable } from "./table";
import { ViewTabs } from "./views";
import { useWidths } from "./widths";

/** /k/{app}/: the records of an app, and under #/trash those that were deleted. */
export function ListPage() {
  const app = boot().app?.id ?? "";
  const form = useQuery(appFormQuery(app));
  const trash = useRawHash() === "/trash";
  if (form.error) return <Problem error={form.error} retry={() => form.refetch()} />;
  if (!form.data) return null;
  if (!form.data.app.can.view && form.data.app.can.add) return <AddOnly app={form.data.app} />;
  return trash ? <TrashPage app={form.data.app} /> : <RecordList form={form.data} />;
}

// Its inputs are many, and most visits to a list do not filter.
const FilterDialog = lazy(() => import("./filter-dialog"));

const noRecords: never[] = [];

function RecordList({ form: { app, fields } }: { form: AppForm }) {
  const { t } = useTranslation();
  const [at, change] = useListAddress();
  const views = useQuery(viewsQuery(app.id));
  const view = views.data?.find((v) => v.id === at.view) ?? (at.view ? undefined : views.data?.[0]);
  const condition = at.condition ?? view?.filterCond ?? "";
  const sort = at.sort ?? view?.sort ?? "";
  const query = queryText(condition, sort);
  const page = useQuery({ ...recordsQuery(app.id, query, at.page), enabled: views.isSuccess });
  const records = page.data?.records ?? noRecords;

  const phone = useMediaQuery("(max-width: 600px)");
  const columns = useMemo(() => columnsOf(view, fields), [view, fields]);
  const [widths, setWidth] = useWidths(app.id, view?.id ?? "all");
  const [active, setActive] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [filtering, setFiltering] = useState(false);
  useEffect(() => {
    document.title = `${app.name} - ${boot().site.name}`;
  }, [app.name]);

  const reset = (to: Parameters<typeof change>[0]) => {
    setActive(-1);
    setSelected(new Set());
    change(to);
  };
  const context = useMemo<ListContext>(() => {
    const from = query && `&q=${encodeURIComponent(query)}`;
    const record = records[active];
    return {
      app,
      condition,
      active: record && idOf(record),
      recordAddress: (id) => `/k/${app.id}/show#record=${id}${from}`,
      move: (by) => setActive((i) => Math.min(records.length - 1, Math.max(0, i + by))),
      openFilter: () => setFiltering(true),
    };
  }, [app, condition, query, records, active]);
  useCommands(listCommands, context);

  const firstSort = readSort(sort)[0];
  const sortBy = (code: string) => {
    const descending = firstSort?.field === code && !firstSort.descending;
    reset({ sort: sortText([{ field: code, descending }]) });
  };
  const changed = at.condition !== undefined && at.condition !== (view?.filterCond ?? "");
  const problem = views.error ?? page.error;
  const narrowed = readFilter(condition)?.conditions.length ?? (condition ? 1 : 0);

  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.name}>{app.name}</h1>
        <ViewTabs views={views.data ?? []} current={view?.id} onChange={(id) => reset({ view: id })} />
        <div className={css.acts}>
          <Button
            variant={narrowed ? "light" : "default"}
            leftSection={<IconFilter size={16} aria-hidden />}
            data-command={filterRecords.id}
            onClick={context.openFilter}
          >
            {narrowed ? t("records.filterCount", { count: narrowed }) : t("records.filter")}
          </Button>
          {changed && (
            <Button variant="subtle" onClick={() => reset({ condition: undefined })}>
              {t("records.filterReset")}
            </Button>
          )}
          <Menu>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={14} />}>
                {t("records.others")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {[exportRecords, openTrash, appSettings].map((c) => (
                <CommandItem key={c.id} command={c} context={context} />
              ))}
            </Menu.Dropdown>
          </Menu>
          <CommandButton command={newRecord} context={context} variant="filled" label="common.add" />
        </div>
      </div>
      {problem && <Problem error={problem} retry={() => Promise.all([views.refetch(), page.refetch()])} />}
      {!page.data ? (
        <div className={css.scroll} />
      ) : records.length === 0 ? (
        <EmptyState
          icon={IconNotes}
          title={t(narrowed ? "records.noneMatch" : "records.none")}
          text={narrowed ? undefined : t("records.noneText")}
        >
          {narrowed ? (
            <Button variant="default" onClick={() => reset({ condition: "" })}>
              {t("records.filterClear")}
            </Button>
          ) : (
            <CommandButton command={newRecord} context={context} variant="filled" />
          )}
        </EmptyState>
      ) : phone ? (
        <RecordCards app={app} fields={fields} columns={columns} records={records} address={context.recordAddress} />
      ) : (
        <RecordTable
          columns={columns}
          records={records}
          widths={widths}
          onWidth={setWidth}
          sort={firstSort}
          onSort={sortBy}
          active={active}
          selected={selected}
          onSelect={app.can.delete ? setSelected : undefined}
          address={context.recordAddress}
        />
      )}
      <div className={css.foot}>
        {selected.size > 0 && <SelectionBar app={app.id} selected={selected} onDone={() => setSelected(new Set())} />}
        {page.data && (
          <Pager
            app={app.id}
            condition={condition}
            page={at.page}
            shown={records.length}
            more={page.data.more}
            onPage={(n) => reset({ page: n })}
          />
        )}
      </div>
      {filtering && (
        <Suspense>
          <FilterDialog
            fields={fields}
            condition={condition}
            onClose={() => setFiltering(false)}
            onApply={(c) => {
              setFiltering(false);
              reset({ condition: c === (view?.filterCond ?? "") ? undefined : c });
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
