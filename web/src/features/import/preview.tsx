import { Button, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { formatCount } from "../../lib/numbers";
import { storage } from "../../lib/storage";
import { ErrorList, type ListedError, Problem } from "../../ui/errors";
import { PageHeader } from "../../ui/page";
import { type Import, importQuery, type Reading, readAgain, startImport } from "./api";
import { nameInput } from "./column-head";
import { chosen, type Edits, nameProblems } from "./columns";
import { ColumnsTable } from "./columns-table";
import css from "./import.module.css";
import { ReadingControls } from "./reading";

type Draft = { appName: string; width: number; edits: Edits };

/** What the file was taken for, to be corrected before the app is made. Corrections survive a reload. */
export function Preview({ made }: { made: Import }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { queryKey } = importQuery(made.id);
  const kept = `import:${made.id}`;
  const [draft, setDraft] = useState<Draft>(() =>
    storage.get(kept, { appName: made.appName ?? nameOf(made.fileName), width: made.columns.length, edits: {} }),
  );
  const [tried, setTried] = useState(false);
  useEffect(() => storage.set(kept, draft), [kept, draft]);

  // Another separator or sheet gives other columns, and what was said about the old ones means nothing for them.
  const edits = draft.width === made.columns.length ? draft.edits : {};
  const choices = chosen(made.columns, edits);

  const again = useMutation({
    mutationFn: (reading: Reading) => readAgain(made.id, reading),
    onSuccess: (read) => cache.setQueryData(queryKey, read),
  });
  const start = useMutation({
    mutationFn: () => startImport(made.id, draft.appName.trim(), choices),
    onSuccess: () => {
      storage.remove(kept);
      return cache.invalidateQueries({ queryKey });
    },
  });
  const problems = columnProblems();
  const name = draft.appName.trim() ? serverMessages("appName") : [t("import.needed")];
  const listed = listProblems();
  const ok = problems.size === 0 && draft.appName.trim() !== "";

  function columnProblems(): Map<number, string[]> {
    const found = new Map<number, string[]>();
    for (const [index, kind] of nameProblems(choices)) found.set(index, [t(`import.name.${kind}`)]);
    choices.forEach((c, i) => {
      const said = [...serverMessages(`columns[${i}].label`), ...serverMessages(`columns[${i}].type`)];
      if (said.length > 0) found.set(c.index, [...(found.get(c.index) ?? []), ...said]);
    });
    return found;
  }
  function serverMessages(path: string): string[] {
    return (start.error instanceof ApiError && start.error.errors[path]?.messages) || [];
  }
  function listProblems(): ListedError[] {
    if (!tried) return [];
    const list: ListedError[] = [];
    const add = (field: string, label: string, messages: string[]) =>
      list.push({ field, label, messages, focus: () => document.getElementById(field)?.focus() });
    if (name.length > 0) add("app-name", t("import.appName"), name);
    for (const [index, messages] of problems) {
      add(nameInput(index), choices.find((c) => c.index === index)?.label || `${index + 1}`, messages);
    }
    return list;
  }
  const change = (next: Partial<Draft>) => {
    start.reset();
    setDraft({ ...draft, width: made.columns.length, edits, ...next });
  };
  const taken = choices.filter((c) => !c.skip).length;

  return (
    <>
      <div className={css.body}>
        <PageHeader title={t("import.previewTitle", { name: made.fileName })} note={t("import.previewNote")} />
        <ErrorList errors={listed} />
        {start.error && listed.length === 0 && <Problem error={start.error} />}
        {again.error && <Problem error={again.error} />}
        {made.notices?.map((notice) => (
          <p key={notice} className={css.notice}>
            <IconInfoCircle size={18} aria-hidden />
            {notice}
          </p>
        ))}
        <TextInput
          id="app-name"
          className={css.appName}
          label={t("import.appName")}
          required
          withAsterisk={false}
          value={draft.appName}
          error={tried && name.length > 0 ? name.join(" ") : undefined}
          onChange={(e) => change({ appName: e.currentTarget.value })}
        />
        <ReadingControls made={made} busy={again.isPending} onChange={(reading) => again.mutate(reading)} />
        <ColumnsTable
          made={made}
          choices={choices}
          problems={problems}
          onChange={(index, next) => change({ edits: { ...edits, [index]: { ...edits[index], ...next } } })}
        />
      </div>
      <div className={css.footer}>
        <span className={css.soft}>
          {t(made.exact === false ? "import.sumAbout" : "import.sum", {
            rows: formatCount(made.rowCount),
            count: taken,
          })}
        </span>
        <Button component="a" href="/k/create/file" variant="default">
          {t("import.another")}
        </Button>
        <Button
          loading={start.isPending}
          disabled={again.isPending || taken === 0}
          onClick={() => {
            setTried(true);
            if (ok) start.mutate();
          }}
        >
          {t("import.start")}
        </Button>
      </div>
    </>
  );
}

/** A file's name without folder and ending, as an app would be called. */
const nameOf = (fileName: string): string => fileName.replace(/\.[^.]+$/, "");
