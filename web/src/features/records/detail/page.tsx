import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconDots, IconMessage } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../../lib/boot";
import { useServerEvent } from "../../../lib/events";
import type { Fields, FieldValue, LayoutItem, RecordData } from "../../../lib/kintone";
import { go, setAddress, useHash } from "../../../lib/location";
import { useCommands } from "../../../ui/command";
import { CommandButton, CommandItem } from "../../../ui/command-button";
import { Problem } from "../../../ui/errors";
import { said } from "../../../ui/toast";
import { type AppForm, appFormQuery, neighboursQuery, recordQuery } from "../api";
import { CategoryLine } from "../categories/line";
import { RecordShow } from "../form/show";
import { revisionOf, titleOf } from "../title";
import { useTrash } from "../trash/use-trash";
import { deleteRecord, duplicateRecord, editRecord, type RecordContext, recordCommands } from "./commands";
import css from "./detail.module.css";
import { RecordSide, sideId, type Tab } from "./side";

// Reading a record needs none of the inputs; they are fetched once it is on the screen.
const fetchEditor = () => import("../form/editor");
const RecordEditor = lazy(async () => ({ default: (await fetchEditor()).RecordEditor }));

/** What other features add to a record's screen; app/ brings it. */
export type Sharing = {
  /** True while someone outside can read the record's shared comments. */
  outside: boolean;
  /** The button in the head that tells about and leads to sharing. */
  button: (open: () => void) => ReactNode;
  /** The tab's content. */
  panel: ReactNode;
};
export type RecordAt = {
  app: string;
  record: string;
  title: string;
  titleField: string | null;
  fields: Fields;
  layout: LayoutItem[];
};
export type UseSharing = (at: RecordAt) => Sharing;

/** /k/{app}/show#record=12: one record, read or (with &mode=edit) written. */
export function RecordPage({ useSharing }: { useSharing: UseSharing }) {
  const app = boot().app?.id ?? "";
  const hash = useHash();
  const id = hash.get("record") ?? "";
  const form = useQuery(appFormQuery(app));
  const record = useQuery({ ...recordQuery(app, id), enabled: id !== "" });
  const error = form.error ?? record.error;
  if (error) {
    return (
      <div className={css.problem}>
        <Problem error={error} retry={() => Promise.all([form.refetch(), record.refetch()])} />
      </div>
    );
  }
  if (!form.data || !record.data) return null;
  const at = { form: form.data, record: record.data, id };
  return hash.get("mode") === "edit" ? <EditRecord {...at} /> : <ShowRecord {...at} useSharing={useSharing} />;
}

type At = { form: AppForm; record: RecordData; id: string };

/** The address with some values after "#" set, or left out. */
function hashWith(changes: Record<string, string | undefined>): string {
  const hash = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of Object.entries(changes)) {
    if (value) hash.set(name, value);
    else hash.delete(name);
  }
  return `${location.pathname}#${hash}`;
}

function EditRecord({ form, record, id }: At) {
  const { t } = useTranslation();
  const title = titleOf(record, form.app, form.fields);
  const show = () => setAddress(hashWith({ mode: undefined }));
  useTitle(title, form.app.name);
  return (
    <Suspense>
      <RecordEditor
        key={id}
        form={form}
        record={record}
        id={id}
        title={
          <div className={css.names}>
            <a href={`/k/${form.app.id}/`} className={css.app}>
              {form.app.name}
            </a>
            <h1 className={css.title}>{title}</h1>
          </div>
        }
        onCancel={show}
        onSaved={() => {
          said(t("records.saved"));
          show();
        }}
      />
    </Suspense>
  );
}

function ShowRecord({ form: { app, fields, layout }, record, id, useSharing }: At & { useSharing: UseSharing }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const hash = useHash();
  const query = hash.get("q") ?? "";
  const { data: beside } = useQuery(neighboursQuery(app.id, id, query));
  const tab = (hash.get("tab") as Tab | null) ?? "comments";
  const title = titleOf(record, app, fields);
  const category = Object.values(fields).find((f) => f.type === "CATEGORY");
  const sharing = useSharing({ app: app.id, record: id, title, titleField: app.titleField, fields, layout });
  const setTab = (to: Tab) => setAddress(hashWith({ tab: to }), { replace: true });
  useTitle(title, app.name);
  useServerEvent("record", (e) => {
    if (e.app === app.id && e.record === id) void cache.invalidateQueries({ queryKey: ["record", app.id, id] });
  });

  useEffect(() => void fetchEditor(), []);
  const asked = useRef(hash.has("tab")); // by the address that one came with
  useEffect(() => {
    if (asked.current) showSide();
  }, []);

  const { mutate: trash } = useTrash(app.id);
  const previous = beside?.previous ?? null;
  const next = beside?.next ?? null;
  const context = useMemo<RecordContext>(
    () => ({
      app,
      record: id,
      previous,
      next,
      listAddress: `/k/${app.id}/`,
      show: (other) => setAddress(hashWith({ record: other })),
      edit: () => setAddress(hashWith({ mode: "edit" })),
      trash: () =>
        trash([id], {
          onSuccess: () => {
            const other = next ?? previous;
            if (other) setAddress(hashWith({ record: other }));
            else go(`/k/${app.id}/#/trash`); // where it can be taken back when nothing is left to stay at
          },
        }),
      comment: () => {
        setAddress(hashWith({ tab: "comments" }), { replace: true });
        requestAnimationFrame(() => document.getElementById("comment")?.focus()); // once the tab is there
      },
    }),
    [app, id, previous, next, trash],
  );
  useCommands(recordCommands, context);

  return (
    <div className={css.page}>
      <div className={css.head}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          component="a"
          href={context.listAddress}
          aria-label={t("records.toList")}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
        <div className={css.names}>
          <a href={context.listAddress} className={css.app}>
            {app.name}
          </a>
          <h1 className={css.title}>{title}</h1>
        </div>
        <nav className={css.beside} aria-label={t("records.beside")}>
          <Beside id={previous} label={t("records.previous")}>
            <IconChevronLeft size={18} />
          </Beside>
          <Beside id={next} label={t("records.next")}>
            <IconChevronRight size={18} />
          </Beside>
        </nav>
        <div className={css.acts}>
          <span className={css.onPhone}>
            <ActionIcon variant="default" size={36} aria-label={t("records.comments")} onClick={context.comment}>
              <IconMessage size={18} />
            </ActionIcon>
          </span>
          {sharing.button(() => {
            setTab("share");
            requestAnimationFrame(showSide);
          })}
          <Menu>
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t("records.others")}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <CommandItem command={duplicateRecord} context={context} />
              <CommandItem command={deleteRecord} context={context} />
            </Menu.Dropdown>
          </Menu>
          <CommandButton command={editRecord} context={context} variant="filled" />
        </div>
      </div>
      <div className={css.body}>
        <div className={css.form}>
          {category && record[category.code] && (
            <CategoryLine
              key={id}
              app={app.id}
              record={id}
              revision={revisionOf(record)}
              field={category}
              data={record[category.code] as FieldValue}
              mayEdit={app.can.edit}
            />
          )}
          <RecordShow layout={layout} fields={fields} record={record} />
        </div>
        <RecordSide
          key={id}
          app={app}
          record={id}
          revision={revisionOf(record)}
          fields={fields}
          sharing={sharing}
          tab={tab}
          onTab={setTab}
        />
      </div>
    </div>
  );
}

/** On a phone the comments, history and sharing stand below the form. */
const showSide = () => document.getElementById(sideId)?.scrollIntoView();

function Beside({ id, label, children }: { id: string | null; label: string; children: ReactNode }) {
  return id ? (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      component="a"
      href={hashWith({ record: id })}
      aria-label={label}
    >
      {children}
    </ActionIcon>
  ) : (
    <ActionIcon variant="subtle" color="gray" size={36} disabled aria-label={label}>
      {children}
    </ActionIcon>
  );
}

function useTitle(title: string, app: string): void {
  useEffect(() => {
    document.title = `${title} - ${app}`;
  }, [title, app]);
}
