import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUploading } from "../../../fields/shared/uploads";
import { formatRecent } from "../../../lib/dates";
import { ApiError, http } from "../../../lib/http";
import type { RecordData } from "../../../lib/kintone";
import { command, useCommands } from "../../../ui/command";
import { ErrorList, Problem } from "../../../ui/errors";
import { type AppForm, addRecord, changeRecord } from "../api";
import { revisionOf } from "../title";
import { ConflictDialog } from "./conflict";
import { useDraft } from "./draft";
import { listErrors, RecordEdit } from "./edit";
import css from "./editor.module.css";
import look from "./form.module.css";
import { enteredValues, useFormState } from "./state";

type Props = {
  form: AppForm;
  /** The record to change; absent makes a new one. */
  record?: RecordData;
  id?: string;
  /** Values to begin a new record with, those of the one it is a copy of. */
  start?: RecordData;
  title: ReactNode;
  onSaved: (id: string) => void;
  onCancel: () => void;
};

type EditContext = { save: () => void };
const editCommands = [
  command<EditContext>({ id: "record.save", label: "records.save", shortcut: "mod+s", run: (c) => c.save() }),
];

/** Writes a record: all its problems at once, its typing kept as a draft, and other people's changes respected. */
export function RecordEditor({
  form: { app, fields, layout },
  record,
  id = "",
  start,
  title,
  onSaved,
  onCancel,
}: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const uploading = useUploading();
  const [stored, setStored] = useState(record);
  const initial = useMemo(() => enteredValues(fields, record), [fields, record]);
  const form = useFormState(initial, start ? { ...initial, ...enteredValues(fields, start) } : initial);
  const revision = stored ? revisionOf(stored) : "";
  const draft = useDraft(app.id, id, revision, form.changed);
  const [conflict, setConflict] = useState<{ stored: RecordData; changed: RecordData }>();

  const save = useMutation({
    mutationFn: async ({ values, at }: { values: RecordData; at: string }) => {
      if (!id) return (await addRecord(app.id, form.values, fields)).id;
      if (Object.keys(values).length > 0) await changeRecord(app.id, id, at, values, fields);
      return id;
    },
    onSuccess: async (saved) => {
      draft.close();
      await cache.invalidateQueries({ queryKey: ["record", app.id, saved] });
      onSaved(saved);
    },
    onError: async (error) => {
      if (!(error instanceof ApiError)) return;
      form.setErrors(error.errors);
      if (error.status === 409 && id) {
        const now = (await http.get<{ record: RecordData }>("/k/v1/record.json", { app: app.id, id })).record;
        setConflict({ stored: now, changed: form.changed });
      }
    },
  });
  const { mutate, isPending } = save;
  const { changed } = form;
  const context = useMemo<EditContext>(
    () => ({ save: () => !isPending && !uploading && mutate({ values: changed, at: revision }) }),
    [mutate, isPending, uploading, changed, revision],
  );
  useCommands(editCommands, context);
  useWarnBeforeLeaving(uploading);

  const listed = listErrors(form.errors, fields);
  const refused = save.error instanceof ApiError && save.error.status === 409;
  const submit = (e: FormEvent) => {
    e.preventDefault();
    context.save();
  };
  return (
    <form className={css.editor} onSubmit={submit} noValidate aria-label={t("records.form")}>
      <div className={css.head}>
        <div className={css.title}>{title}</div>
        <div className={css.acts}>
          <Button
            variant="default"
            onClick={() => {
              draft.close();
              onCancel();
            }}
          >
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={uploading} data-command="record.save">
            {t(uploading ? "records.uploading" : "common.save")}
          </Button>
        </div>
      </div>
      <div className={css.body}>
        {draft.found && (
          <div className={look.draft} role="status">
            <span>{t("records.draft.found", { at: formatRecent(draft.found.at) })}</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                if (draft.found) form.take(draft.found.changed);
                draft.decided();
              }}
            >
              {t("records.draft.take")}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={draft.forget}>
              {t("records.draft.drop")}
            </Button>
          </div>
        )}
        {listed.length > 0 ? <ErrorList errors={listed} /> : save.error && !refused && <Problem error={save.error} />}
        <RecordEdit layout={layout} fields={fields} form={form} record={stored} />
      </div>
      {conflict && (
        <ConflictDialog
          app={app.id}
          record={id}
          fields={fields}
          base={stored ?? {}}
          changed={conflict.changed}
          stored={conflict.stored}
          onClose={() => setConflict(undefined)}
          onResolve={(mine) => {
            setConflict(undefined);
            setStored(conflict.stored);
            const base = enteredValues(fields, conflict.stored);
            form.rebase(base, { ...base, ...mine });
            mutate({ values: mine, at: revisionOf(conflict.stored) });
          }}
        />
      )}
    </form>
  );
}

/** A transfer would be cut off; typing need not be asked about, because it is kept. */
function useWarnBeforeLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (e: BeforeUnloadEvent) => e.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);
}
