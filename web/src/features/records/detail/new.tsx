import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../../lib/boot";
import type { Fields, RecordData, TableRow } from "../../../lib/kintone";
import { go, useHash } from "../../../lib/location";
import { Problem } from "../../../ui/errors";
import { appFormQuery, recordQuery } from "../api";
import { RecordEditor } from "../form/editor";
import css from "./detail.module.css";

/** /k/{app}/edit: a new record, with #copy=12 one that begins like another. */
export function NewRecordPage() {
  const { t } = useTranslation();
  const app = boot().app?.id ?? "";
  const copied = useHash().get("copy") ?? "";
  const form = useQuery(appFormQuery(app));
  const source = useQuery({ ...recordQuery(app, copied), enabled: copied !== "" });
  const start = useMemo(
    () => (source.data && form.data ? copyOf(source.data, form.data.fields) : undefined),
    [source.data, form.data],
  );
  const name = form.data?.app.name ?? "";
  useEffect(() => {
    document.title = `${t("records.new")} - ${name}`;
  }, [t, name]);
  const error = form.error ?? source.error;
  if (error) {
    return (
      <div className={css.problem}>
        <Problem error={error} />
      </div>
    );
  }
  if (!form.data || (copied && !source.data)) return null;
  const { can } = form.data.app;
  return (
    <RecordEditor
      form={form.data}
      start={start}
      title={
        <div className={css.names}>
          <a href={`/k/${app}/`} className={css.app}>
            {name}
          </a>
          <h1 className={css.title}>{t(copied ? "records.newCopy" : "records.new")}</h1>
        </div>
      }
      onCancel={() => go(copied ? `/k/${app}/show#record=${copied}` : `/k/${app}/`)}
      onSaved={(id) => go(can.view ? `/k/${app}/show#record=${id}` : `/k/${app}/`)}
    />
  );
}

/** A record's values for a new one: not its attachments, which belong to it, nor what must be unique, nor its row ids. */
function copyOf(record: RecordData, fields: Fields): RecordData {
  const copy: RecordData = {};
  for (const [code, data] of Object.entries(record)) {
    const field = fields[code];
    if (!field || field.type === "FILE" || field.unique) continue;
    const rows = field.fields;
    const value = rows ? (data.value as TableRow[]).map((row) => ({ value: copyOf(row.value, rows) })) : data.value;
    copy[code] = { ...data, value };
  }
  return copy;
}
