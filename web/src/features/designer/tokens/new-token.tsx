import { Button, Checkbox, CopyButton, Group, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../../ui/errors";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { addToken, type TokenRights, tokenRights, tokensQuery } from "./api";

const onlyView: TokenRights = { view: true, add: false, edit: false, delete: false, manage: false };

/** Makes a token: what it is for, what it may do; then shows it, this once. */
export function NewTokenForm() {
  const { t } = useTranslation();
  const { app } = useDesigner();
  const cache = useQueryClient();
  const [note, setNote] = useState("");
  const [rights, setRights] = useState(onlyView);
  const make = useMutation({
    mutationFn: addToken,
    onSuccess: () => {
      setNote("");
      setRights(onlyView);
      return cache.invalidateQueries({ queryKey: tokensQuery(app).queryKey });
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    make.mutate({ app, note: note.trim(), rights });
  };
  const some = tokenRights.some((r) => rights[r]);
  return (
    <>
      {make.data && (
        <div className={css.secret} role="status">
          <p>{t("designer.tokenOnce")}</p>
          <div className={css.row}>
            <code className={css.code}>{make.data.token}</code>
            <CopyButton value={make.data.token}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                  onClick={copy}
                >
                  {t(copied ? "designer.copied" : "designer.copy")}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
      )}
      <form onSubmit={submit} className={css.stack}>
        <h2>{t("designer.newToken")}</h2>
        {make.error && <Problem error={make.error} />}
        <TextInput
          label={t("designer.tokenNote")}
          placeholder={t("designer.tokenNoteHint")}
          autoComplete="off"
          maw={480}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        <Checkbox.Group
          label={t("designer.tokenRights")}
          value={tokenRights.filter((r) => rights[r])}
          onChange={(list) =>
            setRights(Object.fromEntries(tokenRights.map((r) => [r, list.includes(r)])) as TokenRights)
          }
        >
          <Group gap="8px 20px" mt={6}>
            {tokenRights.map((r) => (
              <Checkbox key={r} value={r} label={t(`designer.tokenRight.${r}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <div>
          <Button type="submit" leftSection={<IconKey size={16} />} disabled={!some} loading={make.isPending}>
            {t("designer.makeToken")}
          </Button>
        </div>
      </form>
    </>
  );
}
