import { Button, TextInput } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { go } from "../../lib/location";
import { Problem } from "../../ui/errors";
import { PageHeader } from "../../ui/page";
import { createApp } from "./api";
import css from "./designer.module.css";

/** Asks a new app's name, which is all it needs to begin. */
export function NewApp() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string>();
  const create = useMutation({
    mutationFn: createApp,
    onSuccess: ({ app }) => go(`/k/admin/app/flow?app=${app}#section=form`),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const wanted = name.trim();
    if (wanted === "") setProblem(t("designer.problem.nameEmpty"));
    else if ([...wanted].length > 64) setProblem(t("designer.problem.tooLong"));
    else create.mutate(wanted);
  };
  return (
    <div className={css.newApp}>
      <PageHeader title={t("designer.newTitle")} note={t("designer.newNote")} />
      {create.error && <Problem error={create.error} />}
      <form onSubmit={submit} noValidate className={css.newForm}>
        <TextInput
          label={t("designer.appName")}
          placeholder={t("designer.appNameHint")}
          autoComplete="off"
          autoFocus
          value={name}
          error={problem}
          onChange={(e) => {
            setName(e.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" loading={create.isPending || create.isSuccess}>
          {t("designer.create")}
        </Button>
      </form>
      <p className={css.newFile}>
        <IconFileSpreadsheet size={18} aria-hidden />
        <a href="/k/create/file">{t("designer.fromFile")}</a>
      </p>
    </div>
  );
}
